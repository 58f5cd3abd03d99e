//! The build tools, each in exactly the version that the project names.
//!
//! A tool is taken from PATH where its version fits, else from a per-user cache folder keyed by version,
//! else installed into that folder. Nothing that the user installed is changed.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::process::{answer, cargo, command, folder_on_path, holds, run};
use crate::progress::Progress;

/// The Trunk that builds the page: the newest that the pinned Rust can compile.
const TRUNK: &str = "0.21.14";

/// The npm package that brings wasm-opt.
const BINARYEN: &str = "132.0.0";

/// The npm package that makes scripts smaller.
const TERSER: &str = "5.51.2";

/// What makes geckodriver, the bridge to Firefox.
const GECKODRIVER: &str = "0.37.1";

/// How many steps [`prepare`] announces.
pub(crate) const STEPS: usize = 4;

/// A program that `cargo install` can make.
struct Tool {
    /// The crate's name.
    package: &'static str,
    /// The program whose version is asked.
    program: &'static str,
    /// A second program that has to be in the same folder.
    companion: Option<&'static str>,
    version: String,
    /// Whether the crate's own lock file is used.
    locked: bool,
    /// How long making it takes on a small machine.
    minutes: u32,
}

impl Tool {
    fn trunk() -> Self {
        Self {
            package: "trunk",
            program: "trunk",
            companion: None,
            version: TRUNK.to_owned(),
            locked: true,
            minutes: 7,
        }
    }

    fn wasm_bindgen() -> Result<Self> {
        let lock = fs::read_to_string("Cargo.lock").map_err(|error| format!("no Cargo.lock: {error}"))?;
        let version = locked_version(&lock, "wasm-bindgen").ok_or("Cargo.lock names no wasm-bindgen")?;
        Ok(Self {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            companion: Some("wasm-bindgen-test-runner"),
            version: version.to_owned(),
            // A crate that its lock file names is missing from the registry.
            locked: false,
            minutes: 4,
        })
    }

    fn geckodriver() -> Self {
        Self {
            package: "geckodriver",
            program: "geckodriver",
            companion: None,
            version: GECKODRIVER.to_owned(),
            locked: true,
            minutes: 5,
        }
    }

    /// Where the cache keeps this version.
    fn cache(&self) -> Result<PathBuf> {
        Ok(cache_folder()?.join(format!("{}-{}", self.package, self.version)))
    }

    /// The folder that holds the tool in this version, on PATH or in the cache.
    fn find(&self) -> Option<PathBuf> {
        let on_path = folder_on_path(self.program);
        let cached = self.cache().ok().map(|root| root.join("bin"));
        on_path.into_iter().chain(cached).find(|folder| self.fits(folder))
    }

    fn fits(&self, folder: &Path) -> bool {
        self.companion.is_none_or(|companion| holds(folder, companion))
            && answer(command(folder.join(self.program)).arg("--version"))
                .is_some_and(|said| said.split_whitespace().any(|word| word == self.version))
    }

    /// Finds the tool or installs it, in one announced step; gives its folder back.
    fn obtain(&self, progress: &mut Progress) -> Result<PathBuf> {
        let Self { package, version, minutes, .. } = self;
        if let Some(folder) = self.find() {
            progress.step(&format!("{package} {version} is here"));
            return Ok(folder);
        }
        progress.step(&format!("Installing {package} {version} (about {minutes} minutes the first time)"));
        let root = self.cache()?;
        if !self.install_binary(&root) {
            let exact = format!("={version}");
            let mut install = cargo(["install", package, "--version", &exact, "--root"]);
            install.arg(&root);
            if self.locked {
                install.arg("--locked");
            }
            run(&mut install)?;
        }
        let folder = root.join("bin");
        if self.fits(&folder) {
            Ok(folder)
        } else {
            Err(format!("{package} {version} was installed but does not start"))
        }
    }

    /// Fetches a ready-made program where `cargo binstall` is present; says whether that worked.
    fn install_binary(&self, root: &Path) -> bool {
        answer(&mut cargo(["binstall", "-V"])).is_some()
            && run(cargo(["binstall", "--no-confirm", "--disable-telemetry", "--root"])
                .arg(root)
                .arg(format!("{}@{}", self.package, self.version)))
            .is_ok()
            && self.fits(&root.join("bin"))
    }
}

/// The tools, ready to be used.
pub(crate) struct Tools {
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
}

/// Brings the tools, the WebAssembly target and the crates to this machine, in [`STEPS`] announced steps.
pub(crate) fn prepare(progress: &mut Progress) -> Result<Tools> {
    wasm_target(progress)?;
    let trunk = Tool::trunk().obtain(progress)?;
    let wasm_bindgen = Tool::wasm_bindgen()?.obtain(progress)?;
    progress.step("Fetching the crates that Cargo.lock names");
    run(&mut cargo(["fetch", "--quiet", "--locked"]))?;
    Ok(Tools { trunk, wasm_bindgen })
}

/// Finds geckodriver, or makes it where it was asked for by name.
pub(crate) fn geckodriver(progress: &mut Progress) -> Result<PathBuf> {
    Tool::geckodriver().obtain(progress)
}

/// The folder of a geckodriver that is already here, in whatever version.
pub(crate) fn find_geckodriver() -> Option<PathBuf> {
    folder_on_path("geckodriver").or_else(|| Tool::geckodriver().find())
}

fn wasm_target(progress: &mut Progress) -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let libraries = answer(command("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    if libraries.is_some_and(|folder| Path::new(&folder).is_dir()) {
        progress.step("The WebAssembly target is here");
        return Ok(());
    }
    progress.step("Adding the WebAssembly target to this Rust (about half a minute the first time)");
    run(command("rustup").args(["target", "add", TARGET]))
}

impl Tools {
    /// A command of Trunk that finds the other tools and downloads nothing.
    pub(crate) fn trunk(&self) -> Command {
        let mut trunk = command(self.trunk.join("trunk"));
        trunk.env("PATH", self.path()).env("TRUNK_SKIP_VERSION_CHECK", "true").env("TRUNK_OFFLINE", "true");
        // Trunk takes this wish of many terminals for its own option and refuses any word but true and false.
        trunk.env_remove("NO_COLOR");
        trunk
    }

    /// PATH with the tools in front.
    pub(crate) fn path(&self) -> OsString {
        let before = env::var_os("PATH").unwrap_or_default();
        let folders = [self.wasm_bindgen.clone(), self.trunk.clone()];
        env::join_paths(folders.into_iter().chain(env::split_paths(&before))).unwrap_or(before)
    }
}

/// What makes built files smaller, each a program for Node.
pub(crate) struct Shrinkers {
    pub(crate) wasm_opt: PathBuf,
    pub(crate) terser: PathBuf,
}

/// wasm-opt and terser, where npm can bring them; `None`, said in the same one step, where it cannot.
pub(crate) fn shrinkers(progress: &mut Progress) -> Result<Option<Shrinkers>> {
    if !has_npm() {
        progress.step(
            "Leaving the built files as they are: wasm-opt and terser come with npm, which is not here",
        );
        return Ok(None);
    }
    let root = cache_folder()?.join(format!("binaryen-{BINARYEN}-terser-{TERSER}"));
    let programs = root.join("node_modules");
    let shrinkers = Shrinkers {
        wasm_opt: programs.join("binaryen/bin/wasm-opt"),
        terser: programs.join("terser/bin/terser"),
    };
    let are_here = || shrinkers.wasm_opt.is_file() && shrinkers.terser.is_file();
    let first = if are_here() { "" } else { ", which are installed first" };
    progress.step(&format!("Making the files smaller with wasm-opt {BINARYEN} and terser {TERSER}{first}"));
    if !are_here() {
        let wanted = [format!("binaryen@{BINARYEN}"), format!("terser@{TERSER}")];
        if npm(&["install", &wanted[0], &wanted[1]], &root).is_err() || !are_here() {
            println!("npm could not bring them; the files stay as they are");
            return Ok(None);
        }
    }
    Ok(Some(shrinkers))
}

/// What the end-to-end tests judge the page by, in one announced step: pairs of a variable and its value.
/// None where npm is not here; the tests then say what they leave out.
pub(crate) fn judges(progress: &mut Progress) -> Result<Vec<(&'static str, PathBuf)>> {
    if !has_npm() {
        progress.step(
            "Leaving out what axe and html-validate would judge: they come with npm, which is not here",
        );
        return Ok(Vec::new());
    }
    progress.step("Bringing axe and html-validate");
    let modules = modules("audit", Path::new("e2e/audit"))?;
    let judges = [
        ("ANNALS_AXE", modules.join("axe-core/axe.min.js")),
        ("ANNALS_HTML_VALIDATE", modules.join("html-validate/bin/html-validate.mjs")),
    ];
    match judges.iter().find(|(_, file)| !file.is_file()) {
        Some((_, file)) => Err(format!("npm brought no {}", file.display())),
        None => Ok(judges.into()),
    }
}

/// Vite and TypeScript, which build a page with the package of the element, in one announced step: the folder of their packages. None
/// where npm is not here; the tests then leave that page out.
pub(crate) fn packers(progress: &mut Progress) -> Result<Option<PathBuf>> {
    if !has_npm() {
        progress.step("Leaving out a page that Vite builds: it comes with npm, which is not here");
        return Ok(None);
    }
    progress.step("Building a page that has the package of the element with Vite");
    modules("vite", Path::new("e2e/vite")).map(Some)
}

/// The timelines that the benchmark measures beside this one, in one announced step: the folder of their packages.
pub(crate) fn rivals(progress: &mut Progress) -> Result<PathBuf> {
    progress.step("Bringing vis-timeline and TimelineJS");
    if has_npm() {
        modules("rivals", Path::new("benches"))
    } else {
        Err("the other timelines come with npm, which is not here; --native leaves them out".to_owned())
    }
}

/// The installed packages that the `package.json` and the lock file of a folder name; they are kept under a name.
fn modules(name: &str, own: &Path) -> Result<PathBuf> {
    let read = |file: &str| {
        let file = own.join(file);
        fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))
    };
    let lock = read("package-lock.json")?;
    // FNV-1a: another lock file gets another folder.
    let key = lock
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |key, byte| (key ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
    let root = cache_folder()?.join(format!("{name}-{key:016x}"));
    let modules = root.join("node_modules");
    // What npm writes last.
    if !modules.join(".package-lock.json").is_file() {
        let package = read("package.json")?;
        fs::create_dir_all(&root)
            .and_then(|()| fs::write(root.join("package-lock.json"), &lock))
            .and_then(|()| fs::write(root.join("package.json"), package))
            .map_err(|error| format!("cannot write {}: {error}", root.display()))?;
        npm(&["ci"], &root)?;
    }
    Ok(modules)
}

fn has_npm() -> bool {
    folder_on_path("npm").is_some() && folder_on_path("node").is_some()
}

/// Runs npm on a folder, without the scripts of the packages.
pub(crate) fn npm(arguments: &[&str], folder: &Path) -> Result<()> {
    run(command(if cfg!(windows) { "npm.cmd" } else { "npm" })
        .args(arguments)
        .args(["--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
        .arg(folder))
}

/// The user's folder for things that can be made again.
fn cache_folder() -> Result<PathBuf> {
    let given = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = if cfg!(windows) {
        given("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        given("HOME").map(|home| home.join("Library/Caches"))
    } else {
        given("XDG_CACHE_HOME").or_else(|| given("HOME").map(|home| home.join(".cache")))
    };
    let folder = cache.ok_or("this user has no home folder")?.join("annals").join("tools");
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    Ok(folder)
}

/// The version that a `Cargo.lock` gives a package.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| **line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_locked_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "bindgen"), None);
    }

    #[test]
    fn the_tool_follows_the_lock_file() {
        // Tests run in the crate's folder, one below the project's.
        let lock = fs::read_to_string("../Cargo.lock").unwrap();
        assert!(locked_version(&lock, "wasm-bindgen").is_some());
    }
}
