//! A plain static file server: what `cargo xtask serve` shows and what the
//! browser tests visit. It does nothing that another static server does not.

use std::fs::File;
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tiny_http::{Header, Method, Request, Response};

use crate::{Error, Result};

/// Requests answered at the same time.
const THREADS: usize = 4;

/// A running server; it stops when it is dropped.
pub struct Server {
    listener: Arc<tiny_http::Server>,
    workers: Vec<JoinHandle<()>>,
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
        let listener =
            tiny_http::Server::from_listener(socket, None).map_err(|error| Error::Serve {
                port,
                reason: error.to_string(),
            })?;
        let listener = Arc::new(listener);
        let workers = (0..THREADS)
            .map(|_| {
                let (listener, folder, mount) = (
                    Arc::clone(&listener),
                    folder.to_path_buf(),
                    mount.to_owned(),
                );
                thread::spawn(move || {
                    // An error here is the request to stop, see `drop`.
                    while let Ok(request) = listener.recv() {
                        answer(request, &folder, &mount);
                    }
                })
            })
            .collect();
        Ok(Self {
            listener,
            workers,
            address,
            mount: mount.to_owned(),
        })
    }

    /// The address of the folder, with a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.mount)
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        for worker in self.workers.drain(..) {
            // A worker that has ended needs no more waiting, however it ended.
            drop(worker.join());
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for _ in &self.workers {
            self.listener.unblock();
        }
        for worker in self.workers.drain(..) {
            drop(worker.join());
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

fn answer(request: Request, folder: &Path, mount: &str) {
    let found = match request.method() {
        Method::Get | Method::Head => file_for(request.url(), mount).map(|file| folder.join(file)),
        _ => None,
    };
    let opened = found.and_then(|path| {
        let file = File::open(&path).ok()?;
        file.metadata().ok()?.is_file().then_some((path, file))
    });
    // A browser that has left no longer wants its answer.
    drop(match opened {
        Some((path, file)) => {
            request.respond(with_headers(Response::from_file(file), media_type(&path)))
        }
        None => request.respond(with_headers(
            Response::from_string("Not found\n").with_status_code(404),
            "text/plain; charset=utf-8",
        )),
    });
}

fn with_headers<R: std::io::Read>(mut response: Response<R>, media_type: &str) -> Response<R> {
    let headers = [
        ("Content-Type", media_type),
        ("Cache-Control", "no-cache"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    response
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
