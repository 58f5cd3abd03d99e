//! A small static host for the built page, which can also misbehave on purpose.

mod files;

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::{Engine, Result, dist};

/// What a host may do wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is not there.
    Missing,
    /// The connection breaks after so many bytes.
    CutAfter(usize),
    /// It comes late.
    Late(Duration),
    /// It comes in parts of so many bytes, with a pause after each.
    Slow(usize, Duration),
}

/// How the built folder is hosted: at the root and without faults, unless told otherwise.
#[derive(Debug, Default, Clone)]
pub struct Hosting {
    prefix: String,
    headers: Vec<(String, String)>,
    faults: Vec<(String, Fault)>,
    files: Vec<(String, String)>,
    folder: Option<PathBuf>,
    unwatched: Vec<String>,
}

impl Hosting {
    /// Of another folder than the built one.
    #[must_use]
    pub fn of(folder: PathBuf) -> Self {
        Self { folder: Some(folder), ..Self::default() }
    }

    /// Under a folder of the host: `courses/history`.
    #[must_use]
    pub fn under(mut self, prefix: &str) -> Self {
        prefix.trim_matches('/').clone_into(&mut self.prefix);
        self
    }

    /// With a header on every answer.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With the headers that the built folder recommends to its hosts.
    ///
    /// # Errors
    /// Where there is no built folder, or it recommends none.
    pub fn recommended(mut self) -> Result<Self> {
        self.headers.extend(files::headers(&fs::read_to_string(dist()?.join("_headers"))?));
        Ok(self)
    }

    /// With a fault of every file whose path ends so, `.wasm`, beside those it has.
    #[must_use]
    pub fn fault(mut self, ending: &str, fault: Fault) -> Self {
        self.faults.push((ending.to_owned(), fault));
        self
    }

    /// With one more file, at this path from the host's root: a page that embeds, another timeline.
    #[must_use]
    pub fn file(mut self, path: &str, text: impl Into<String>) -> Self {
        self.files.push((path.trim_start_matches('/').to_owned(), text.into()));
        self
    }

    /// With the page at this path as it is in every engine, without the script that keeps what is said on the console: it is
    /// compared, or kept.
    #[must_use]
    pub fn unwatched(mut self, path: &str) -> Self {
        self.unwatched.push(path.trim_start_matches('/').to_owned());
        self
    }
}

/// A host on a port of its own, which ends when it is dropped.
#[derive(Debug)]
pub struct Site {
    base: String,
    port: u16,
    shared: Arc<Shared>,
}

/// What the threads of a host share.
#[derive(Debug)]
struct Shared {
    hosting: Hosting,
    folder: PathBuf,
    /// Whether the pages get the script that keeps what they say on the console.
    watched: bool,
    requests: Mutex<Vec<String>>,
    missed: Mutex<Vec<String>>,
    ended: AtomicBool,
}

impl Site {
    /// Starts hosting the built folder.
    ///
    /// # Errors
    /// Where there is no built folder or no free port.
    pub fn start(hosting: Hosting) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let base = match hosting.prefix.as_str() {
            "" => format!("http://127.0.0.1:{port}/"),
            prefix => format!("http://127.0.0.1:{port}/{prefix}/"),
        };
        let shared = Arc::new(Shared {
            folder: hosting.folder.clone().map_or_else(dist, Ok)?,
            hosting,
            watched: !Engine::from_environment()?.tells_console(),
            requests: Mutex::default(),
            missed: Mutex::default(),
            ended: AtomicBool::new(false),
        });
        let host = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(io::Result::ok) {
                if host.ended.load(Ordering::Relaxed) {
                    break;
                }
                let host = Arc::clone(&host);
                // A browser that hangs up early is no fault of the page.
                thread::spawn(move || host.serve(stream).ok());
            }
        });
        Ok(Self { base, port, shared })
    }

    /// An address of the hosted page: a path, a query or a fragment after its folder.
    pub fn address(&self, rest: &str) -> String {
        format!("{}{rest}", self.base)
    }

    /// The paths that were asked for so far, in order, without those of the host's own.
    pub fn requests(&self) -> Vec<String> {
        self.shared.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Those of them that lead to no file.
    pub fn missed(&self) -> Vec<String> {
        self.shared.missed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::Relaxed);
        // One more connection, so that the waiting thread looks up.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

/// The status of an answer that is a file.
const FOUND: &str = "200 OK";

/// An answer of the host.
struct Answer {
    status: &'static str,
    kind: &'static str,
    body: Vec<u8>,
}

impl Shared {
    fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut first = String::new();
        reader.read_line(&mut first)?;
        let mut header = String::new();
        while reader.read_line(&mut header)? > 2 {
            header.clear();
        }
        let mut words = first.split(' ');
        let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(()) };
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let mut answer = self.answer(path);
        let mut sent = usize::MAX;
        let mut pace = (usize::MAX, Duration::ZERO);
        for (_, fault) in self.hosting.faults.iter().filter(|(ending, _)| path.ends_with(ending.as_str())) {
            match *fault {
                Fault::Missing => answer = missing(),
                Fault::CutAfter(bytes) => sent = bytes,
                Fault::Late(time) => thread::sleep(time),
                Fault::Slow(bytes, pause) => pace = (bytes, pause),
            }
        }
        if answer.status != FOUND {
            self.missed.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
        }
        let Answer { status, kind, body } = answer;
        write!(stream, "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n", body.len())?;
        for (name, value) in &self.hosting.headers {
            write!(stream, "{name}: {value}\r\n")?;
        }
        stream.write_all(b"Cache-Control: no-store\r\nConnection: close\r\n\r\n")?;
        if method != "HEAD" {
            for part in body.get(..sent.min(body.len())).unwrap_or_default().chunks(pace.0) {
                stream.write_all(part)?;
                thread::sleep(pace.1);
            }
        }
        stream.flush()
    }

    /// The file at a path.
    fn answer(&self, path: &str) -> Answer {
        if path == WATCH_PATH {
            return Answer { status: FOUND, kind: "text/javascript", body: WATCH.into() };
        }
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
        let path = path.trim_start_matches('/');
        let given = self.hosting.files.iter().find(|(name, _)| name == path);
        let found = match given {
            Some((name, text)) => Some((files::kind(Path::new(name)), text.clone().into_bytes())),
            None => path
                .strip_prefix(self.hosting.prefix.as_str())
                .and_then(|inside| files::read(&self.folder, inside.trim_start_matches('/'))),
        };
        let Some((kind, mut body)) = found else { return missing() };
        let is_watched = self.watched && !self.hosting.unwatched.iter().any(|own| own == path);
        if is_watched && kind.starts_with("text/html") {
            body = with_watch(&body);
        }
        Answer { status: FOUND, kind, body }
    }
}

fn missing() -> Answer {
    Answer { status: "404 Not Found", kind: "text/plain", body: b"not found".to_vec() }
}

/// Where the script is served that keeps what a page says on its console, for drivers that do not tell.
const WATCH_PATH: &str = "/__watch.js";

const WATCH: &str = "(() => {
  const said = window.__said = [];
  for (const level of ['error', 'warn', 'info', 'log', 'debug']) {
    const own = console[level];
    console[level] = (...words) => {
      said.push(level + ': ' + words.map(String).join(' '));
      own.apply(console, words);
    };
  }
  addEventListener('error', event => {
    const { message, target } = event;
    said.push('error: ' + (message || 'did not load: ' + (target.src || target.href || target.nodeName)));
  }, true);
  addEventListener('unhandledrejection', event => said.push('rejection: ' + event.reason));
})();
";

/// A page with that script before all others: at the first tag that can only stand in the head or after it.
fn with_watch(page: &[u8]) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    let first =
        ["<meta", "<title", "<link", "<script", "<style"].iter().filter_map(|tag| page.find(tag)).min();
    let (before, after) = page.split_at(first.unwrap_or(0));
    format!("{before}<script src=\"{WATCH_PATH}\"></script>{after}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_watching_script_comes_first() {
        let page = with_watch(b"<!doctype html><html><head><title>A</title>");
        let page = String::from_utf8(page).unwrap();
        assert_eq!(page, "<!doctype html><html><head><script src=\"/__watch.js\"></script><title>A</title>");
    }
}
