//! Serves the release by real servers, with their configurations of
//! docs/hosting, and looks at what comes: `cargo xtask hosts`.

use std::error::Error;
use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use browser_tests::Visit;
use serde_json::json;
use ureq::http::Response;
use ureq::{Agent, Body, ResponseExt};
use xtask::hosts::Host;
use xtask::{dist_dir, say};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// Where the folder lies below the root of the server.
const PATHS: [&str; 2] = ["", "pipewright/"];

/// Headers that every answer has, with a part of what they say.
const ALWAYS: [(&str, &str); 6] = [
    ("content-security-policy", "frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

fn main() -> Result {
    for host in Host::ALL {
        for path in PATHS {
            look_at(host, path).map_err(|why| format!("{host:?}, at /{path}: {why}"))?;
        }
    }
    Ok(())
}

fn look_at(host: Host, path: &str) -> Result {
    let running = Running::start(host, path)?;
    let all = files_in(&dist_dir(), "")?;
    let files: Vec<&String> = all.iter().filter(|file| !is_packed(file)).collect();
    for file in &files {
        look_at_file(&running, file, &all).map_err(|why| format!("{file}: {why}"))?;
    }
    let missing = running.ask("no-0123456789abcdef.js", "identity")?;
    expect("status", missing.status().as_u16(), 404)?;
    if header(&missing, "cache-control").contains("immutable") {
        return Err("that something is missing is kept for ever".into());
    }
    let bare = running
        .agent
        .get(running.url.trim_end_matches('/'))
        .call()?;
    expect("address", bare.get_uri().to_string(), running.url.clone())?;
    start_from(running);
    say(format_args!(
        "{host:?}, at /{path}: {} files come as they should, and the app starts, without the network too",
        files.len()
    ));
    Ok(())
}

/// Starts the app, keeps something, and starts it again when the host is gone.
fn start_from(host: Running) {
    Visit::default().at(&host.url.clone()).run(|page| {
        page.goto("#/deals/open");
        page.by_role("button", "Load sample data").click();
        page.expect_present("table", "Open deals");
        page.wait_until("the app is kept by the browser", || {
            let is_kept = "return navigator.serviceWorker.controller !== null;";
            page.evaluate(is_kept, &[]) == json!(true)
        });
        drop(host);
        page.reload();
        page.expect_present("table", "Open deals");
        // It looks for a new version, in vain.
        page.allow_console_error("ERR_CONNECTION_REFUSED");
    });
}

/// A file as it is, and in each of the ways in which it is packed.
fn look_at_file(host: &Running, file: &str, all: &[String]) -> Result {
    let plain = host.ask(file, "identity")?;
    expect("status", plain.status().as_u16(), 200)?;
    for (name, part) in ALWAYS {
        expect_part(name, header(&plain, name), part)?;
    }
    let cache = if has_hash(file) {
        "immutable"
    } else {
        "no-cache"
    };
    expect_part("cache-control", header(&plain, "cache-control"), cache)?;
    expect_part("type", header(&plain, "content-type"), media_type(file))?;
    expect("length", length_of(plain)?, size_of(file)?)?;
    for (coding, ending) in [("br", "br"), ("gzip", "gz")] {
        let twin = format!("{file}.{ending}");
        if all.contains(&twin) {
            let answer = host.ask(file, coding)?;
            expect("coding", header(&answer, "content-encoding"), coding)?;
            let vary = header(&answer, "vary").to_lowercase();
            expect_part("vary", &vary, "accept-encoding")?;
            expect("packed length", length_of(answer)?, size_of(&twin)?)?;
        }
    }
    Ok(())
}

fn expect<T: PartialEq + ToString>(what: &str, is: T, should: T) -> Result {
    if is == should {
        return Ok(());
    }
    let (is, should) = (is.to_string(), should.to_string());
    Err(format!("its {what} is {is:?} instead of {should:?}").into())
}

fn expect_part(what: &str, is: &str, part: &str) -> Result {
    if is.contains(part) {
        return Ok(());
    }
    Err(format!("its {what} is {is:?}, which lacks {part:?}").into())
}

fn is_packed(file: &str) -> bool {
    file.ends_with(".br") || file.ends_with(".gz")
}

/// Whether a name says its content, by a hash of twelve digits or more.
fn has_hash(file: &str) -> bool {
    file.split('-').skip(1).any(|rest| {
        let end = rest.find(|digit| !matches!(digit, '0'..='9' | 'a'..='f'));
        let after = end.filter(|end| *end >= 12).and_then(|end| rest.get(end..));
        after.is_some_and(|after| after.starts_with(['.', '_']))
    })
}

/// A part of what is to be said of a file.
fn media_type(file: &str) -> &'static str {
    match file.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html",
        "js" => "/javascript",
        "css" => "text/css",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "",
    }
}

/// The files of a folder and of those in it, relative to the release.
fn files_in(folder: &Path, before: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files.extend(files_in(&entry.path(), &format!("{name}/"))?);
        } else {
            files.push(name);
        }
    }
    Ok(files)
}

fn size_of(file: &str) -> Result<u64> {
    Ok(fs::metadata(dist_dir().join(file))?.len())
}

fn header<'a>(answer: &'a Response<Body>, name: &str) -> &'a str {
    let value = answer.headers().get(name);
    let text = value.and_then(|value| value.to_str().ok());
    text.unwrap_or_default()
}

/// How many bytes come.
fn length_of(mut answer: Response<Body>) -> Result<u64> {
    let body = answer.body_mut().with_config().limit(100_000_000);
    Ok(u64::try_from(body.read_to_vec()?.len())?)
}

/// A server that ends with this value.
struct Running {
    process: Child,
    url: String,
    agent: Agent,
    _folder: tempfile::TempDir,
}

impl Running {
    /// Starts a server with its configuration of the documentation, but for the
    /// address and the root, below which the release lies at a path.
    fn start(host: Host, path: &str) -> Result<Self> {
        // By a name without a dot before it, which hides a folder from Caddy.
        let folder = tempfile::Builder::new().prefix("pipewright-").tempdir()?;
        let root = match path.strip_suffix('/') {
            None => dist_dir(),
            Some(name) => {
                let root = folder.path().join("root");
                fs::create_dir(&root)?;
                symlink(dist_dir(), root.join(name))?;
                root
            }
        };
        let address = free_address()?;
        let text = fs::read_to_string(host.configuration())?;
        let text = replaced(&text, "/var/www/pipewright", &root.display().to_string())?;
        let mut command = Command::new(host.program()?);
        match host {
            Host::Nginx => {
                let text = replaced(&text, "listen 80;", &format!("listen {address};"))?;
                let site = written(folder.path(), "site.conf", &text)?;
                // What Debian's own nginx.conf has around it.
                let main = format!(
                    "daemon off; user root; pid {0}/pid; error_log stderr; \
                     include /etc/nginx/modules-enabled/*.conf; events {{}} \
                     http {{ access_log off; include /etc/nginx/mime.types; include {1}; }}",
                    folder.path().display(),
                    site.display()
                );
                command.arg("-c");
                command.arg(written(folder.path(), "nginx.conf", &main)?);
            }
            Host::Caddy => {
                let text = replaced(&text, ":80 {", &format!("http://{address} {{"))?;
                let text = format!("{{\n\tadmin off\n}}\n{text}");
                command.args(["run", "--adapter", "caddyfile", "--config"]);
                command.arg(written(folder.path(), "Caddyfile", &text)?);
                command.env("HOME", folder.path());
            }
        }
        let process = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let running = Self {
            process,
            url: format!("http://{address}/{path}"),
            agent: Agent::config_builder()
                .http_status_as_error(false)
                .build()
                .into(),
            _folder: folder,
        };
        for _ in 0..100 {
            if TcpStream::connect(address).is_ok() {
                return Ok(running);
            }
            thread::sleep(Duration::from_millis(100));
        }
        Err("it does not start; its configuration may be wrong".into())
    }

    /// Asks for a file of the release, packed in this way.
    fn ask(&self, file: &str, coding: &str) -> Result<Response<Body>> {
        let request = self.agent.get(format!("{}{file}", self.url));
        Ok(request.header("accept-encoding", coding).call()?)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Asked to end, a server ends its own processes; gone is as good.
        let id = self.process.id().to_string();
        drop(Command::new("kill").args(["-TERM", &id]).status());
        drop(self.process.wait());
    }
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}

fn replaced(text: &str, part: &str, by: &str) -> Result<String> {
    if text.contains(part) {
        return Ok(text.replace(part, by));
    }
    Err(format!("its configuration lacks {part}").into())
}

fn written(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    fs::write(&path, text)?;
    Ok(path)
}
