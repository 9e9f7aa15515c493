//! A plain static file server: what `cargo xtask serve` shows and what the
//! browser tests visit. It does nothing that another static server does not.

use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::manners::Manners;
use crate::trouble::{Trouble, Troubles};
use crate::{Error, Result};

/// The longest request that is listened to, in bytes.
const LONGEST_REQUEST: u64 = 32_768;
/// How long a connection may say nothing. Browsers open some in advance.
const SILENCE: Duration = Duration::from_secs(30);
/// Time between two looks at whether a trouble is over.
const LOOK: Duration = Duration::from_millis(20);

/// A running server; it stops when it is dropped.
pub struct Server {
    acceptor: Option<JoinHandle<()>>,
    is_stopping: Arc<AtomicBool>,
    address: SocketAddr,
    mount: String,
}

impl Server {
    /// Serves `folder` on 127.0.0.1 under the path `mount`, which begins and
    /// ends with a slash. Port 0 takes any free port.
    ///
    /// # Errors
    /// When the port is taken or the folder holds no index.html.
    pub fn start(folder: &Path, mount: &str, port: u16) -> Result<Self> {
        Self::start_with(folder, mount, port, Manners::GOOD, &Troubles::default())
    }

    /// Serves like [`Server::start`], with these manners, and as badly as these
    /// troubles want it.
    ///
    /// # Errors
    /// When the port is taken or the folder holds no index.html.
    pub fn start_with(
        folder: &Path,
        mount: &str,
        port: u16,
        manners: Manners,
        troubles: &Troubles,
    ) -> Result<Self> {
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
        let is_stopping = Arc::new(AtomicBool::new(false));
        let stopping = Arc::clone(&is_stopping);
        let served = Served {
            folder: folder.to_path_buf(),
            mount: mount.to_owned(),
            manners,
            troubles: troubles.clone(),
            is_stopping: Arc::clone(&is_stopping),
        };
        let acceptor = thread::spawn(move || {
            for connection in socket.incoming() {
                if stopping.load(Ordering::Relaxed) {
                    return;
                }
                let served = served.clone();
                // A thread for each, so that one that a browser has opened in
                // advance and says nothing keeps no other one waiting.
                if let Ok(connection) = connection {
                    thread::spawn(move || drop(answer(connection, &served)));
                }
            }
        });
        Ok(Self {
            acceptor: Some(acceptor),
            is_stopping,
            address,
            mount: mount.to_owned(),
        })
    }

    /// The port that it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address of the folder, with a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.mount)
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(acceptor) = self.acceptor.take() {
            // One that has ended needs no more waiting, however it ended.
            drop(acceptor.join());
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_stopping.store(true, Ordering::Relaxed);
        // Wakes it up, to see that it is to stop.
        drop(TcpStream::connect(self.address));
        if let Some(acceptor) = self.acceptor.take() {
            drop(acceptor.join());
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

/// What each connection is answered from.
#[derive(Clone)]
struct Served {
    folder: PathBuf,
    mount: String,
    manners: Manners,
    troubles: Troubles,
    is_stopping: Arc<AtomicBool>,
}

/// Answers the one request of a connection. A browser that has left no longer
/// wants its answer, so an error here is no one's.
fn answer(mut connection: TcpStream, served: &Served) -> io::Result<()> {
    connection.set_read_timeout(Some(SILENCE))?;
    let (request, codings) = request(&connection)?;
    let mut words = request.split(' ');
    let (method, url) = (words.next(), words.next().unwrap_or_default());
    let manners = served.manners;
    let file = match method {
        Some("GET" | "HEAD") => file_for(url, &served.mount, manners.has_index),
        _ => None,
    };
    let file = file
        .map(|file| served.folder.join(file))
        .unwrap_or_default();
    let trouble = || served.troubles.of(&file);
    let (status, media_type, content) = match (fs::read(&file), trouble()) {
        (Ok(content), Some(Trouble::IsCalled(other))) => ("200 OK", Some(other), content),
        (Ok(content), Some(Trouble::IsPage)) => {
            ("200 OK", Some("text/html"), page_of(content.len()))
        }
        (Ok(content), _) => ("200 OK", manners.media_type(&file), content),
        (Err(_), _) => {
            let (status, media_type, text) = manners.missing;
            (status, Some(media_type), text.into())
        }
    };
    let media_type = media_type.map(|it| format!("Content-Type: {it}\r\n"));
    let (coding, content) = match manners.packed(&content, &codings)? {
        Some(packed) => (
            "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n",
            packed,
        ),
        None => ("", content),
    };
    write!(
        connection,
        "HTTP/1.1 {status}\r\n{}{coding}Content-Length: {}\r\n{}Connection: close\r\n\r\n",
        media_type.unwrap_or_default(),
        content.len(),
        manners.headers,
    )?;
    if method != Some("HEAD") {
        send(&content, trouble, served, &mut connection)?;
    }
    connection.flush()
}

/// A page of so many bytes.
fn page_of(length: usize) -> Vec<u8> {
    let mut page = b"<!DOCTYPE html><title>Sign in</title>".to_vec();
    page.resize(length, b' ');
    page
}

/// Sends a content, as badly as its trouble wants it.
fn send(
    content: &[u8],
    trouble: impl Fn() -> Option<Trouble>,
    served: &Served,
    connection: &mut TcpStream,
) -> io::Result<()> {
    let (first, second) = content.split_at(content.len() / 2);
    connection.write_all(first)?;
    while trouble() == Some(Trouble::Stalls) && !served.is_stopping.load(Ordering::Relaxed) {
        thread::sleep(LOOK);
    }
    if !matches!(trouble(), Some(Trouble::Stalls | Trouble::IsCut)) {
        connection.write_all(second)?;
    }
    Ok(())
}

/// The first line of a request, once all of its head has come, and the codings
/// in which it takes an answer.
fn request(connection: &TcpStream) -> io::Result<(String, String)> {
    let mut head = Vec::new();
    let mut buffer = [0; 2048];
    let mut incoming = connection.take(LONGEST_REQUEST);
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let count = incoming.read(&mut buffer)?;
        if count == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        head.extend(buffer.iter().take(count));
    }
    let head = String::from_utf8_lossy(&head);
    let mut lines = head.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    let codings = lines.filter_map(|line| line.split_once(": "));
    let codings = codings.filter(|(name, _)| name.eq_ignore_ascii_case("accept-encoding"));
    Ok((first, codings.map(|(_, codings)| codings).collect()))
}

/// The file that a request asks for, relative to the folder; none when the
/// address is outside of it.
fn file_for(url: &str, mount: &str, has_index: bool) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?;
    let inside = decoded(path.strip_prefix(mount)?)?;
    let file = if has_index && (inside.is_empty() || inside.ends_with('/')) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn file(url: &str, mount: &str) -> Option<String> {
        file_for(url, mount, true).map(|path| path.to_string_lossy().replace('\\', "/"))
    }

    #[test]
    fn a_folder_is_its_index() {
        assert_eq!(file("/", "/").as_deref(), Some("index.html"));
        assert_eq!(file("/?demo", "/").as_deref(), Some("index.html"));
        assert_eq!(
            file("/some/sub/path/", "/some/sub/path/").as_deref(),
            Some("index.html")
        );
        assert_eq!(file_for("/", "/", false).as_deref(), Some(Path::new("")));
    }

    #[test]
    fn silent_connections_keep_no_other_waiting() {
        let folder = crate::root().join("xtask/src");
        assert!(Server::start(&folder, "/", 0).is_err(), "it has no index");
        let folder = std::env::temp_dir().join(format!("pipewright-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("index.html"), "the page").unwrap();
        let server = Server::start(&folder, "/", 0).unwrap();
        let silent: Vec<_> = (0..20)
            .map(|_| TcpStream::connect(server.address).unwrap())
            .collect();
        let ask = |line: &str| {
            let mut connection = TcpStream::connect(server.address).unwrap();
            write!(connection, "{line}\r\nHost: localhost\r\n\r\n").unwrap();
            let mut text = String::new();
            connection.read_to_string(&mut text).unwrap();
            text
        };
        assert!(ask("GET / HTTP/1.1").ends_with("\r\n\r\nthe page"));
        assert!(ask("HEAD / HTTP/1.1").ends_with("Content-Length: 8\r\nCache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"));
        assert!(ask("GET /../index.html HTTP/1.1").starts_with("HTTP/1.1 404"));
        drop((silent, server));
        std::fs::remove_dir_all(folder).unwrap();
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
}
