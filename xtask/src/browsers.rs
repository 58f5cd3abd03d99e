//! Browsers and the programs that drive them.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::Result;
use crate::process::{Running, answer, command, folder_on_path, free_port, run, target_folder};
use crate::progress::Progress;
use crate::tools;

/// A browser engine that the tests can run in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Engine {
    /// Reads an engine's name as it is given on the command line.
    pub(crate) fn parse(name: &str) -> Result<Self> {
        match name {
            "chromium" => Ok(Self::Chromium),
            "firefox" => Ok(Self::Firefox),
            "webkit" => Ok(Self::WebKit),
            _ => Err(format!("{name:?} is no browser here; there are chromium, firefox and webkit")),
        }
    }

    /// The engine's name, as on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Whether the browser and its driver are on this machine.
    pub(crate) fn is_present(self) -> bool {
        self.browser().is_some() && self.driver().is_some()
    }

    /// The browser's program.
    pub(crate) fn browser(self) -> Option<PathBuf> {
        let (names, places): (&[&str], &[&str]) = match self {
            Self::Chromium => (
                &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
                &[
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                    "/Applications/Chromium.app/Contents/MacOS/Chromium",
                    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
                ],
            ),
            Self::Firefox => {
                (&["firefox-esr", "firefox"], &["/Applications/Firefox.app/Contents/MacOS/firefox"])
            }
            // The small browser that WebKitGTK brings for tests is not on PATH.
            Self::WebKit => (
                &[],
                &[
                    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
                    "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
                    "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
                    "/usr/lib/webkit2gtk-4.1/MiniBrowser",
                ],
            ),
        };
        let on_path = names.iter().find_map(|name| {
            let program = folder_on_path(name)?.join(name);
            Some(program.with_extension(std::env::consts::EXE_EXTENSION))
        });
        on_path.or_else(|| places.iter().map(PathBuf::from).find(|place| place.is_file()))
    }

    /// The program that drives the browser.
    fn driver(self) -> Option<PathBuf> {
        match self {
            Self::Chromium => folder_on_path("chromedriver").map(|folder| folder.join("chromedriver")),
            Self::Firefox => tools::find_geckodriver().map(|folder| folder.join("geckodriver")),
            Self::WebKit => folder_on_path("Xvfb")
                .and(folder_on_path("WebKitWebDriver"))
                .map(|folder| folder.join("WebKitWebDriver")),
        }
    }

    /// What Debian calls the browser and its driver.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver"],
            Self::Firefox => &["firefox-esr"],
            Self::WebKit => &["webkit2gtk-driver", "xvfb"],
        }
    }

    /// The line to type where the packages cannot be installed from here.
    fn line_to_type(self) -> String {
        let packages = self.packages().join(" ");
        if cfg!(target_os = "macos") {
            match self {
                Self::Chromium => "brew install --cask google-chrome chromedriver".to_owned(),
                Self::Firefox => "brew install --cask firefox".to_owned(),
                Self::WebKit => "(WebKitGTK runs on Linux only: leave webkit out)".to_owned(),
            }
        } else if cfg!(windows) {
            match self {
                Self::Chromium => "winget install Google.Chrome Chromium.ChromeDriver".to_owned(),
                Self::Firefox => "winget install Mozilla.Firefox".to_owned(),
                Self::WebKit => "(WebKitGTK runs on Linux only: leave webkit out)".to_owned(),
            }
        } else if folder_on_path("dnf").is_some() {
            match self {
                Self::Chromium => "sudo dnf install chromium chromedriver".to_owned(),
                Self::Firefox => "sudo dnf install firefox".to_owned(),
                Self::WebKit => "sudo dnf install webkit2gtk4.1 xorg-x11-server-Xvfb".to_owned(),
            }
        } else if folder_on_path("pacman").is_some() {
            match self {
                Self::Chromium => "sudo pacman -S chromium".to_owned(),
                Self::Firefox => "sudo pacman -S firefox".to_owned(),
                Self::WebKit => "sudo pacman -S webkit2gtk-4.1 xorg-server-xvfb".to_owned(),
            }
        } else {
            format!("sudo apt-get update && sudo apt-get install --no-install-recommends {packages}")
        }
    }
}

/// The engines to test in: those asked for, else Chromium and every other that is here.
pub(crate) fn choose(asked: Option<Vec<Engine>>) -> Vec<Engine> {
    asked.unwrap_or_else(|| {
        let others = [Engine::Firefox, Engine::WebKit].into_iter().filter(|engine| engine.is_present());
        std::iter::once(Engine::Chromium).chain(others).collect()
    })
}

/// How many steps [`prepare`] announces for these engines.
pub(crate) fn steps(engines: &[Engine]) -> usize {
    engines.iter().map(|engine| if *engine == Engine::Firefox { 2 } else { 1 }).sum()
}

/// Brings the browsers to this machine, or says the line to type.
pub(crate) fn prepare(engines: &[Engine], progress: &mut Progress) -> Result<()> {
    for &engine in engines {
        let name = engine.name();
        if engine.is_present() || engine == Engine::Firefox && engine.browser().is_some() {
            progress.step(&format!("{name} is here"));
        } else {
            progress.step(&format!("Installing {name} with apt-get (about a minute the first time)"));
            install_packages(engine)?;
        }
        if engine == Engine::Firefox {
            if engine.driver().is_some() {
                progress.step("geckodriver is here");
            } else {
                tools::geckodriver(progress)?;
            }
        }
        if !engine.is_present() {
            return Err(format!(
                "{name} or its driver is missing; please type\n\n  {}\n",
                engine.line_to_type()
            ));
        }
    }
    Ok(())
}

fn install_packages(engine: Engine) -> Result<()> {
    let root = answer(command("id").arg("-u")).as_deref() == Some("0");
    let sudo = !root && answer(command("sudo").args(["-n", "true"])).is_some();
    if folder_on_path("apt-get").is_none() || !(root || sudo) {
        return Err(format!(
            "{} or its driver is missing and cannot be installed from here; please type\n\n  {}\n",
            engine.name(),
            engine.line_to_type()
        ));
    }
    let apt = |arguments: &[&str]| {
        let mut apt = if sudo { command("sudo") } else { command("env") };
        if sudo {
            apt.args(["-n", "env"]);
        }
        run(apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]).args(arguments))
    };
    apt(&["update"])?;
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(engine.packages());
    apt(&arguments).map_err(|failure| format!("{failure}; please type\n\n  {}\n", engine.line_to_type()))
}

/// A driver that listens, and the screen it draws on.
pub(crate) struct Driver {
    pub(crate) engine: Engine,
    port: u16,
    // Dropped in this order: the driver before the screen it draws on.
    _program: Running,
    _screen: Option<Running>,
}

impl Driver {
    /// Starts the driver of an engine.
    pub(crate) fn start(engine: Engine) -> Result<Self> {
        let log = target_folder().join(format!("browsers/{}.log", engine.name()));
        let program = engine.driver().ok_or_else(|| format!("{} has no driver here", engine.name()))?;
        let port = free_port()?;
        let mut driver = command(program);
        driver.arg(format!("--port={port}"));
        let screen = if engine == Engine::WebKit {
            let (display, screen) = screen()?;
            driver.env("DISPLAY", display).env_remove("WAYLAND_DISPLAY");
            // A container has no user namespaces for the sandbox and no graphics card.
            driver.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1").env("LIBGL_ALWAYS_SOFTWARE", "1");
            Some(screen)
        } else {
            None
        };
        let mut running = Running::start(&mut driver, &log)?.listening(port)?;
        if engine == Engine::Chromium {
            running = running.shut_down_by(port, "/shutdown");
        }
        Ok(Self { engine, port, _program: running, _screen: screen })
    }

    /// Tells a command which browser to drive, and where.
    pub(crate) fn tell(&self, command: &mut Command) {
        command.env("ANNALS_BROWSER", self.engine.name());
        command.env("ANNALS_WEBDRIVER", format!("http://127.0.0.1:{}", self.port));
        if let Some(browser) = self.engine.browser() {
            command.env("ANNALS_BROWSER_PATH", browser);
        }
    }
}

/// Tells the runner of the WebAssembly tests which driver to start; `false` where it cannot use this engine.
pub(crate) fn tell_runner(engine: Engine, command: &mut Command) -> bool {
    let variable = match engine {
        Engine::Chromium => "CHROMEDRIVER",
        Engine::Firefox => "GECKODRIVER",
        Engine::WebKit => return false,
    };
    for other in ["CHROMEDRIVER", "GECKODRIVER", "SAFARIDRIVER", "CHROMEDRIVER_REMOTE", "GECKODRIVER_REMOTE"]
    {
        command.env_remove(other);
    }
    engine.driver().is_some_and(|driver| {
        command.env(variable, driver);
        true
    })
}

/// Starts a screen in memory; gives back its name, with the first number that is free.
fn screen() -> Result<(String, Running)> {
    let said = target_folder().join("browsers/screen.log");
    let _ = fs::remove_file(&said);
    let mut server = command("Xvfb");
    // Between two tests no browser is there: a screen that begins anew then would turn the next one away.
    server.args(["-displayfd", "1", "-screen", "0", "1700x1300x24", "-nolisten", "tcp", "-noreset"]);
    let running = Running::start(&mut server, &said)?;
    for _ in 0..200 {
        let text = fs::read_to_string(&said).unwrap_or_default();
        if let Some(number) = text.lines().find_map(|line| line.trim().parse::<u32>().ok()) {
            return Ok((format!(":{number}"), running));
        }
        thread::sleep(Duration::from_millis(50));
    }
    Err(format!("Xvfb started no screen; see {}", said.display()))
}
