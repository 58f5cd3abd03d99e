//! Other programs: run to their end, asked for their answer, or kept running until dropped.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::Result;

/// Makes the project's folder the current one, wherever the command was typed.
pub(crate) fn enter_project() -> Result<()> {
    // Asked at run time: a folder that was compiled in would be wrong once the clone is moved.
    let own = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let own = own.ok_or("start the commands by cargo xtask")?;
    let project = own.parent().ok_or("the project's folder has gone")?;
    env::set_current_dir(project).map_err(|error| format!("cannot enter {}: {error}", project.display()))
}

/// A command that does not see what `cargo run` told this program about itself.
///
/// Those variables differ between `cargo xtask` and a plain `cargo`, and build scripts that look at
/// them would be run, and all that follows compiled, once for each.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let told = name.to_str().is_some_and(|name| {
            name == "CARGO"
                || ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"]
                    .iter()
                    .any(|start| name.starts_with(start))
        });
        if told {
            command.env_remove(name);
        }
    }
    command
}

/// A command of cargo: `cargo(["fetch", "--locked"])`.
pub(crate) fn cargo<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut cargo = command("cargo");
    cargo.args(arguments);
    cargo
}

/// Runs a command to its end, its output shown as it comes.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| unstarted(command, &error))?;
    succeeded(command, status)
}

fn unstarted(command: &Command, error: &io::Error) -> String {
    format!("cannot start {}: {error}", line(command))
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", line(command))) }
}

/// What a command prints, or `None` where it cannot be started or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// What a command prints, to its end; what it says on the standard error is shown as it comes.
pub(crate) fn told(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| unstarted(command, &error))?;
    succeeded(command, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// The folder on PATH that holds a program of this name.
pub(crate) fn folder_on_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).find(|folder| holds(folder, program))
}

/// Whether a folder holds a program of this name.
pub(crate) fn holds(folder: &Path, program: &str) -> bool {
    folder.join(program).with_extension(env::consts::EXE_EXTENSION).is_file()
}

/// A program that ends when this value is dropped, also when a later step fails.
pub(crate) struct Running {
    child: Child,
    /// Where to ask it to end its own children first.
    shutdown: Option<(u16, &'static str)>,
}

impl Running {
    /// Starts a program in the background; what it says goes to `log`.
    pub(crate) fn start(command: &mut Command, log: &Path) -> Result<Self> {
        if let Some(folder) = log.parent() {
            fs::create_dir_all(folder)
                .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        }
        let open = || fs::OpenOptions::new().create(true).append(true).open(log);
        let (out, err) = open()
            .and_then(|out| Ok((out, open()?)))
            .map_err(|error| format!("cannot write {}: {error}", log.display()))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .spawn()
            .map_err(|error| unstarted(command, &error))?;
        Ok(Self { child, shutdown: None })
    }

    /// Waits until the program listens on this port.
    pub(crate) fn listening(mut self, port: u16) -> Result<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let patience = Instant::now() + Duration::from_secs(30);
        while Instant::now() < patience {
            if TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok() {
                return Ok(self);
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("a helper program ended at once ({status})"));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err(format!("a helper program did not listen on port {port} within 30 seconds"))
    }

    /// Names the address to call before the program is ended.
    pub(crate) fn shut_down_by(mut self, port: u16, path: &'static str) -> Self {
        self.shutdown = Some((port, path));
        self
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some((port, path)) = self.shutdown {
            ask(port, path);
        }
        // A gentle signal first, so that the program can end what it started itself.
        if cfg!(unix) && matches!(self.child.try_wait(), Ok(None)) {
            let _ = Command::new("kill").arg(self.child.id().to_string()).stderr(Stdio::null()).status();
            let patience = Instant::now() + Duration::from_secs(3);
            while Instant::now() < patience && matches!(self.child.try_wait(), Ok(None)) {
                thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Calls an address on this machine and waits for the answer, whatever it is.
fn ask(port: u16, path: &str) {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    if let Ok(mut stream) = TcpStream::connect_timeout(&address, Duration::from_secs(1)) {
        let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
        if stream.write_all(request.as_bytes()).is_ok() {
            let _ = stream.read_to_end(&mut Vec::new());
        }
    }
}

/// A port that nothing listens on at this moment.
pub(crate) fn free_port() -> Result<u16> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| format!("no free port: {error}"))
}

/// The folder that cargo builds into.
pub(crate) fn target_folder() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_named() {
        let failure = run(&mut command("false")).unwrap_err();
        assert!(failure.starts_with("false failed"), "{failure}");
        assert!(run(&mut command("no-such-program")).is_err());
        assert_eq!(answer(&mut command("false")), None);
        assert_eq!(answer(command("echo").arg("yes")).as_deref(), Some("yes"));
        assert!(told(&mut command("false")).is_err());
        assert_eq!(told(command("echo").arg("yes")).as_deref(), Ok("yes\n"));
    }

    #[test]
    fn a_dropped_program_has_ended() {
        let log = env::temp_dir().join("annals-xtask-process-test.log");
        let running = Running::start(command("sleep").arg("60"), &log).unwrap();
        let id = running.child.id().to_string();
        assert!(answer(command("kill").args(["-0", &id])).is_some());
        drop(running);
        assert!(answer(command("kill").args(["-0", &id])).is_none());
    }
}
