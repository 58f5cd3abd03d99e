//! Small static hosts on this machine: the release folder as it will be published, and pages of others that have it in a frame.

use std::fs;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::build::{self, DIST};
use crate::process::command;
use crate::progress::Progress;
use crate::{Result, files, headers, tools};

/// Where the pages lie that have the release folder in a frame.
const HOSTS: &str = "tests/hosts";

/// In those pages the address of the other origin.
const GAP: &str = "{{ other }}";

/// What a policy has to have for WebAssembly.
const WASM: &str = " 'wasm-unsafe-eval'";

/// So many bytes of a request are read at most.
const LONGEST_REQUEST: u64 = 64 * 1024;

/// Builds the release folder and serves it as it will be published; comes back only when it is stopped.
pub(crate) fn serve(port: u16, open: bool) -> Result<()> {
    // A port that is taken is better told now than after some minutes.
    let listener = listen(port)?;
    let mut progress = Progress::new(tools::STEPS + build::RELEASE_STEPS + 1);
    let tools = tools::prepare(&mut progress)?;
    build::release(&tools, None, &mut progress)?;
    let address = format!("http://127.0.0.1:{port}/");
    progress.step(&format!(
        "Serving {DIST}/ with the headers of {DIST}/{} at {address}, until Ctrl-C",
        headers::FILE
    ));
    if open {
        show(address);
    }
    Host { folders: vec![Folder::release("/")] }.run(&listener);
    Ok(())
}

/// Serves pages that have the release folder in a frame, and that folder as another origin; comes back only when it is stopped.
pub(crate) fn hosts(port: u16, open: bool) -> Result<()> {
    // The headers are written last: with them the folder is whole.
    if !Path::new(DIST).join(headers::FILE).is_file() {
        return Err(format!("there is no release folder {DIST}/: run cargo xtask build first"));
    }
    let beside =
        port.checked_add(1).ok_or_else(|| format!("there is no port after {port} for the other origin"))?;
    let (listener, other) = (listen(port)?, listen(beside)?);
    thread::spawn(move || Host { folders: vec![Folder::release("/")] }.run(&other));
    let address = format!("http://127.0.0.1:{port}/");
    println!("Serving the pages of {HOSTS}/ at {address}, until Ctrl-C");
    if open {
        show(address);
    }
    Host { folders: around(beside) }.run(&listener);
    Ok(())
}

/// What the host of the pages serves, when the other origin has this port.
fn around(other: u16) -> Vec<Folder> {
    vec![
        Folder::release("/annals/"),
        Folder { without: Some(WASM), ..Folder::release("/no-wasm/") },
        // Another name of this machine is another site, not only another port.
        Folder { fill: Some((GAP, format!("http://localhost:{other}"))), ..Folder::new("/", HOSTS) },
    ]
}

/// A folder that a host serves, with the headers that its own file of headers names.
#[derive(Clone, Debug)]
struct Folder {
    /// How the paths begin that lead into it.
    under: &'static str,
    path: PathBuf,
    /// What is left out of the headers.
    without: Option<&'static str>,
    /// A gap in its pages, and what stands there.
    fill: Option<(&'static str, String)>,
}

impl Folder {
    fn new(under: &'static str, path: &str) -> Self {
        Self { under, path: path.into(), without: None, fill: None }
    }

    fn release(under: &'static str) -> Self {
        Self::new(under, DIST)
    }

    /// Where in the folder a path of the host leads, if it leads into it.
    fn inside<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.strip_prefix(self.under)
    }

    /// The file at a path in the folder, with its media type.
    fn read(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        let (kind, mut bytes) = files::read(&self.path, path)?;
        if let Some((gap, text)) = self.fill.as_ref().filter(|_| kind.starts_with("text/html")) {
            bytes = String::from_utf8_lossy(&bytes).replace(gap, text).into_bytes();
        }
        Some((kind, bytes))
    }

    /// The headers of each answer; read each time, as the folder may have been built anew meanwhile.
    fn headers(&self) -> Vec<(String, String)> {
        let mut text = fs::read_to_string(self.path.join(headers::FILE)).unwrap_or_default();
        if let Some(words) = self.without {
            text = text.replace(words, "");
        }
        files::headers(&text)
    }
}

/// A host: the first folder that a path leads into answers it.
struct Host {
    folders: Vec<Folder>,
}

/// What is sent back.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    status: &'static str,
    headers: Vec<(String, String)>,
    kind: &'static str,
    body: Vec<u8>,
}

impl Host {
    /// Answers whoever asks, each in a thread of its own, for as long as the program runs.
    fn run(self, listener: &TcpListener) {
        let host = Arc::new(self);
        for stream in listener.incoming() {
            // Who hangs up early is no fault of the host.
            let Ok(stream) = stream else { continue };
            let host = Arc::clone(&host);
            thread::spawn(move || host.converse(&stream).ok());
        }
    }

    /// Hears a request and sends the answer.
    fn converse(&self, stream: &TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        let mut request = BufReader::new(stream.take(LONGEST_REQUEST));
        let mut first = String::new();
        request.read_line(&mut first)?;
        let mut header = String::new();
        while request.read_line(&mut header)? > 2 {
            header.clear();
        }
        let mut words = first.split(' ');
        let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(()) };
        let Answer { status, headers, kind, body } = self.answer(method, target);
        let mut out = BufWriter::new(stream);
        write!(out, "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n", body.len())?;
        for (name, value) in headers {
            write!(out, "{name}: {value}\r\n")?;
        }
        out.write_all(b"Connection: close\r\n\r\n")?;
        if method != "HEAD" {
            out.write_all(&body)?;
        }
        out.flush()
    }

    /// What belongs to a request.
    fn answer(&self, method: &str, target: &str) -> Answer {
        if !["GET", "HEAD"].contains(&method) {
            return refusal("405 Method Not Allowed", Vec::new());
        }
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let folder = self.folders.iter().find_map(|folder| Some((folder, folder.inside(path)?)));
        let Some((folder, inside)) = folder else { return refusal("404 Not Found", Vec::new()) };
        let headers = folder.headers();
        match folder.read(inside) {
            Some((kind, body)) => Answer { status: "200 OK", headers, kind, body },
            None => refusal("404 Not Found", headers),
        }
    }
}

/// An answer that is no file, and says so.
fn refusal(status: &'static str, headers: Vec<(String, String)>) -> Answer {
    Answer { status, headers, kind: "text/plain; charset=utf-8", body: format!("{status}\n").into_bytes() }
}

/// A port of this machine that nobody else can reach.
fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map_err(|error| format!("cannot listen on port {port} ({error}): name another with --port"))
}

/// Opens the browser; where that cannot be done one opens it oneself.
fn show(address: String) {
    let mut browser = if cfg!(windows) {
        // The first text in quotes would be the title of a window.
        let mut shell = command("cmd");
        shell.args(["/C", "start", ""]);
        shell
    } else {
        command(if cfg!(target_os = "macos") { "open" } else { "xdg-open" })
    };
    browser.arg(&address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // It may last until the browser is closed.
    thread::spawn(move || {
        if !browser.status().is_ok_and(|status| status.success()) {
            println!("No browser could be opened; {address} is there for any.");
        }
    });
}

#[cfg(test)]
mod tests {
    use std::env;

    use super::*;

    /// A folder with these files, and nothing else.
    fn folder(name: &str, contents: &[(&str, &str)]) -> PathBuf {
        let folder = env::temp_dir().join(format!("annals-xtask-host-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (file, text) in contents {
            fs::write(folder.join(file), text).unwrap();
        }
        folder
    }

    /// All that a host sends back to a request.
    fn asked(port: u16, request: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        write!(stream, "{request} HTTP/1.1\r\nHost: here\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn files_come_with_the_headers_of_their_folder() {
        let path = folder(
            "files",
            &[
                ("_headers", "/*\n  X-One: 1 'a'\n"),
                ("index.html", "<p>{{ other }}</p>"),
                ("a_bg.wasm", "asm"),
            ],
        );
        let listener = listen(0).unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || Host { folders: vec![Folder { path, ..Folder::release("/") }] }.run(&listener));

        let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 18\r\nX-One: 1 'a'\r\n\
                    Connection: close\r\n\r\n";
        assert_eq!(asked(port, "GET /?embed"), [html, "<p>{{ other }}</p>"].concat());
        assert_eq!(asked(port, "HEAD /index.html"), html);
        let wasm = asked(port, "GET /a_bg.wasm");
        assert!(
            wasm.contains("Content-Type: application/wasm\r\n") && wasm.ends_with("\r\n\r\nasm"),
            "{wasm}"
        );
        let missing = asked(port, "GET /none.js");
        assert!(missing.starts_with("HTTP/1.1 404 Not Found\r\n") && missing.contains("X-One"), "{missing}");
        assert!(asked(port, "GET /../annals-xtask-host-files/index.html").starts_with("HTTP/1.1 404 "));
        assert!(asked(port, "POST /").starts_with("HTTP/1.1 405 "));
        assert!(listen(port).unwrap_err().contains("--port"));
    }

    #[test]
    fn pages_around_the_release_folder_know_the_other_origin() {
        let dist =
            folder("dist", &[("_headers", &format!("/*\n  Policy: 'self'{WASM};\n")), ("index.html", "app")]);
        let pages =
            folder("pages", &[("index.html", "<a href='{{ other }}/'>"), ("note.txt", "{{ other }}")]);
        let host = Host {
            folders: around(8091)
                .into_iter()
                .map(|folder| {
                    let path = if folder.path == Path::new(DIST) { dist.clone() } else { pages.clone() };
                    Folder { path, ..folder }
                })
                .collect(),
        };
        let body = |target: &str| {
            let Answer { status, body, .. } = host.answer("GET", target);
            (status == "200 OK").then(|| String::from_utf8(body).unwrap())
        };
        assert_eq!(body("/").as_deref(), Some("<a href='http://localhost:8091/'>"));
        assert_eq!(body("/note.txt").as_deref(), Some("{{ other }}"));
        assert_eq!(body("/annals/?embed#event-a").as_deref(), Some("app"));
        let policy = |target: &str| host.answer("GET", target).headers;
        assert_eq!(policy("/annals/"), [("Policy".to_owned(), format!("'self'{WASM};"))]);
        assert_eq!(policy("/no-wasm/"), [("Policy".to_owned(), "'self';".to_owned())]);
        assert_eq!(policy("/"), []);
    }

    #[test]
    fn each_page_is_listed_and_whole() {
        let folder = Path::new("..").join(HOSTS);
        let index = fs::read_to_string(folder.join("index.html")).unwrap();
        let mut pages = 0;
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let page = fs::read_to_string(&path).unwrap();
            for part in
                ["<!DOCTYPE html>\n<html lang=\"en\">", "<title>", "<link rel=\"icon\" href=\"data:,\">"]
            {
                assert_eq!(page.matches(part).count(), 1, "{name}: {part}");
            }
            assert!(name == "index.html" || index.contains(&format!("<a href=\"{name}\">")), "{name}");
            pages += 1;
        }
        assert_eq!(index.matches("<a href=\"").count(), pages - 1);
        // What the policy of the page without WebAssembly is made from.
        assert_eq!(
            fs::read_to_string("../assets/_headers")
                .unwrap()
                .matches(&format!("script-src 'self'{WASM} {{{{ script }}}};"))
                .count(),
            1
        );
    }
}
