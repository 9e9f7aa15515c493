//! A plain static file server: what `cargo xtask serve` shows and what the
//! browser tests visit. It does nothing that another static server does not.

use std::fs;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::{Error, Result};

/// How long a browser may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest request, in bytes; a file server needs no more than the first line.
const LONGEST: u64 = 16_384;

/// A running server; it stops when it is dropped.
///
/// A connection has a thread of its own and one request, so that no request
/// ever waits for another: a page asks for a dozen files at once.
pub struct Server {
    address: SocketAddr,
    mount: String,
    stopped: Arc<AtomicBool>,
    listening: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves `folder` on 127.0.0.1 under the path `mount`, which begins and
    /// ends with a slash. Port 0 takes any free port.
    ///
    /// # Errors
    /// When the port is taken or the folder holds no index.html.
    pub fn start(folder: &Path, mount: &str, port: u16) -> Result<Self> {
        let index = folder.join("index.html");
        if !index.is_file() {
            return Err(Error::missing(
                index.display().to_string(),
                "build it with cargo xtask dist",
            ));
        }
        let socket = bind(port)?;
        let address = socket.local_addr().map_err(|error| Error::Serve {
            port,
            reason: error.to_string(),
        })?;
        let stopped = Arc::new(AtomicBool::new(false));
        let listening = thread::spawn({
            let (stopped, folder) = (Arc::clone(&stopped), Arc::<Path>::from(folder));
            let mount = Arc::<str>::from(mount);
            move || {
                for stream in socket.incoming() {
                    if stopped.load(Ordering::Relaxed) {
                        break;
                    }
                    let (folder, mount) = (Arc::clone(&folder), Arc::clone(&mount));
                    // A browser that has left no longer wants its answer.
                    thread::spawn(move || stream.and_then(|s| answer(s, &folder, &mount)).ok());
                }
            }
        });
        Ok(Self {
            address,
            mount: mount.to_owned(),
            stopped,
            listening: Some(listening),
        })
    }

    /// The address of the folder, with a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.mount)
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(listening) = self.listening.take() {
            // However it ended, there is nothing more to wait for.
            drop(listening.join());
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // The listener looks at the flag when someone comes.
        drop(TcpStream::connect(self.address));
        if let Some(listening) = self.listening.take() {
            drop(listening.join());
        }
    }
}

/// Finds out whether a port is free, before a long build for nothing.
///
/// # Errors
/// When it is not.
pub fn check_port(port: u16) -> Result<()> {
    bind(port).map(drop)
}

fn bind(port: u16) -> Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => Error::PortTaken(port),
        _ => Error::Serve {
            port,
            reason: error.to_string(),
        },
    })
}

fn answer(mut stream: TcpStream, folder: &Path, mount: &str) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut request = BufReader::new(stream.try_clone()?.take(LONGEST));
    let mut first = String::new();
    request.read_line(&mut first)?;
    // The rest of the request says nothing of use, but must have been read
    // before the connection is closed.
    let mut line = String::new();
    while request.read_line(&mut line)? > 2 {
        line.clear();
    }
    let mut words = first.split(' ');
    let method = words.next().unwrap_or_default();
    let url = words.next().unwrap_or_default();
    let found = match method {
        "GET" | "HEAD" => file_for(url, mount).map(|file| folder.join(file)),
        _ => None,
    };
    let read = found.and_then(|path| fs::read(&path).ok().map(|bytes| (media_type(&path), bytes)));
    let (status, media, body) = match read {
        Some((media, bytes)) => ("200 OK", media, bytes),
        None => (
            "404 Not Found",
            "text/plain; charset=utf-8",
            b"Not found\n".to_vec(),
        ),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\
         Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// The file that a request asks for, relative to the folder; none when the
/// address is outside of it.
fn file_for(url: &str, mount: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?;
    let inside = decoded(path.strip_prefix(mount)?)?;
    let file = if inside.is_empty() || inside.ends_with('/') {
        format!("{inside}index.html")
    } else {
        inside
    };
    let file = PathBuf::from(file);
    file.components()
        .all(|part| matches!(part, Component::Normal(_)))
        .then_some(file)
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            u8::try_from(high * 16 + low).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt" | "csv") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(url: &str, mount: &str) -> Option<String> {
        file_for(url, mount).map(|path| path.to_string_lossy().replace('\\', "/"))
    }

    #[test]
    fn a_folder_is_its_index() {
        assert_eq!(file("/", "/").as_deref(), Some("index.html"));
        assert_eq!(file("/?demo", "/").as_deref(), Some("index.html"));
        assert_eq!(
            file("/some/sub/path/", "/some/sub/path/").as_deref(),
            Some("index.html")
        );
    }

    #[test]
    fn names_are_decoded() {
        assert_eq!(file("/a%20b.js", "/").as_deref(), Some("a b.js"));
        assert_eq!(file("/a%2", "/"), None);
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        assert_eq!(file("/../Cargo.toml", "/"), None);
        assert_eq!(file("/%2e%2e/Cargo.toml", "/"), None);
        assert_eq!(file("/%2fetc/passwd", "/"), None);
        assert_eq!(file("/other", "/some/sub/path/"), None);
    }

    #[test]
    fn wasm_has_the_type_that_streaming_compilation_asks_for() {
        assert_eq!(media_type(Path::new("app_bg.wasm")), "application/wasm");
    }
}
