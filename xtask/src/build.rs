//! Building and serving the page with Trunk.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::process::{command, run};
use crate::progress::Progress;
use crate::tools::{self, Tools};

/// Where the release folder is written.
pub(crate) const DIST: &str = "dist";

/// How many steps [`release`] announces.
pub(crate) const RELEASE_STEPS: usize = 2;

/// Builds the app, serves it and opens the browser; comes back only when it is stopped.
pub(crate) fn serve(release: bool, port: u16, open: bool) -> Result<()> {
    let mut progress = Progress::new(tools::STEPS + 1);
    let tools = tools::prepare(&mut progress)?;
    progress.step(&format!(
        "Building the app (about a minute the first time) and serving it at http://127.0.0.1:{port}/, until Ctrl-C"
    ));
    let mut trunk = tools.trunk();
    trunk.args(["serve", "--port", &port.to_string()]);
    if release {
        trunk.arg("--release");
    }
    if open {
        trunk.arg("--open");
    }
    run(&mut trunk)
}

/// Writes the release folder.
pub(crate) fn build() -> Result<()> {
    let mut progress = Progress::new(tools::STEPS + RELEASE_STEPS);
    let tools = tools::prepare(&mut progress)?;
    release(&tools, &mut progress)?;
    progress.finish("Built dist/, ready for any static host under any path");
    Ok(())
}

/// Builds [`DIST`] with addresses that work under any path, in [`RELEASE_STEPS`] announced steps.
pub(crate) fn release(tools: &Tools, progress: &mut Progress) -> Result<()> {
    progress.step("Building the release folder dist/ (about two minutes the first time)");
    run(tools.trunk().args(["build", "--release", "--locked", "--dist", DIST, "--public-url", "./"]))?;
    if let Some(wasm_opt) = tools::wasm_opt(progress)? {
        for module in modules(Path::new(DIST))? {
            shrink(&wasm_opt, &module)?;
        }
    }
    Ok(())
}

/// The WebAssembly files of a built folder.
fn modules(dist: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(dist).map_err(|error| format!("cannot read {}: {error}", dist.display()))?;
    let modules: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "wasm"))
        .collect();
    if modules.is_empty() { Err(format!("{} holds no WebAssembly", dist.display())) } else { Ok(modules) }
}

/// Writes a module anew, optimised for size; a module that does not get smaller stays.
fn shrink(wasm_opt: &Path, module: &Path) -> Result<()> {
    let smaller = module.with_extension("smaller");
    // The features are the ones that the pinned Rust uses by itself: every engine of the last four years has them.
    run(command("node")
        .arg(wasm_opt)
        .args(["-Oz", "--zero-filled-memory", "--strip-debug", "--strip-producers"])
        .args(["--enable-bulk-memory", "--enable-bulk-memory-opt", "--enable-mutable-globals"])
        .args(["--enable-nontrapping-float-to-int", "--enable-sign-ext", "--enable-reference-types"])
        .args(["--enable-multivalue", "--enable-call-indirect-overlong"])
        .arg(module)
        .arg("-o")
        .arg(&smaller))?;
    let size = |path: &Path| fs::metadata(path).map_or(u64::MAX, |data| data.len());
    let (before, after) = (size(module), size(&smaller));
    let outcome = if after < before { fs::rename(&smaller, module) } else { fs::remove_file(&smaller) };
    outcome.map_err(|error| format!("cannot replace {}: {error}", module.display()))?;
    println!("{}: {} kB, before {} kB", module.display(), after.min(before) / 1000, before / 1000);
    Ok(())
}
