//! Building and serving the page with Trunk.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{command, run};
use crate::progress::Progress;
use crate::tools::{self, Shrinkers, Tools};
use crate::{Result, bundle, faults, headers, order, squeeze};

/// Where the release folder is written.
pub(crate) const DIST: &str = "dist";

/// How many steps [`release`] announces.
pub(crate) const RELEASE_STEPS: usize = 3;

/// How the modules of the release folder are compiled.
const FLAGS: [&str; 4] = [
    // What only a developer reads.
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
    // What is put in place of a call costs more on the line than the call, once it is compressed.
    "-Cllvm-args=-inline-threshold=0",
    // Half of what is usual: no function of ours goes deep, and the addresses of the data, which lie above, are shorter by a
    // byte.
    "-Clink-arg=-zstack-size=524288",
];

/// Builds the app, serves it and opens the browser, and builds it anew after each change; comes back only when it is stopped.
pub(crate) fn serve(port: u16, open: bool) -> Result<()> {
    let mut progress = Progress::new(tools::STEPS + 1);
    let tools = tools::prepare(&mut progress)?;
    progress.step(&format!(
        "Building the app (about a minute the first time) and serving it at http://127.0.0.1:{port}/, until Ctrl-C"
    ));
    let mut trunk = tools.trunk();
    trunk.args(["serve", "--port", &port.to_string()]);
    if open {
        trunk.arg("--open");
    }
    run(&mut trunk)
}

/// Writes the release folder, for a site with this address if it is known.
pub(crate) fn build(site: Option<&str>) -> Result<()> {
    let mut progress = Progress::new(tools::STEPS + RELEASE_STEPS);
    let tools = tools::prepare(&mut progress)?;
    release(&tools, site, &mut progress)?;
    progress.finish("Built dist/, ready for any static host under any path");
    Ok(())
}

/// Builds [`DIST`] with addresses that work under any path, in [`RELEASE_STEPS`] announced steps. Gives back what made the files
/// smaller, where that is to be had.
pub(crate) fn release(
    tools: &Tools,
    site: Option<&str>,
    progress: &mut Progress,
) -> Result<Option<Shrinkers>> {
    progress.step("Building the release folder dist/ (about two minutes the first time)");
    let mut trunk = tools.trunk();
    trunk.args(["build", "--release", "--locked", "--dist", DIST, "--public-url", "./"]);
    // Trunk hands it on to what writes the story into the page.
    trunk.envs(site.map(|site| ("ANNALS_SITE", site)));
    // What only a developer reads stays out: the places of panics, and values printed for debugging. The pinned Rust knows
    // both wishes, but calls them unstable; without them all works the same, and weighs some kilobytes more.
    trunk.env("RUSTC_BOOTSTRAP", "1");
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", FLAGS.join(" "));
    run(&mut trunk)?;
    let modules = ["annals-", "large-", "element-", "loader-", "map-"]
        .map(|name| built(name, "_bg.wasm"))
        .into_iter()
        .collect::<Result<Vec<_>>>()?;
    let listeners = listeners()?;
    for module in &modules {
        shorten_names(module, &listeners)?;
    }
    let shrinkers = tools::shrinkers(progress)?;
    if let Some(shrinkers) = &shrinkers {
        for module in &modules {
            shrink_module(&shrinkers.wasm_opt, module)?;
            order_functions(module)?;
            prune_script(module)?;
            shrink_script(&shrinkers.terser, &script_of(module))?;
        }
        for name in ["boot-", "share-", "embed-"] {
            shrink_script(&shrinkers.terser, &built(name, ".js")?)?;
        }
    }
    progress.step("Packing the page into one file");
    let one_file = bundle::Wish { out: Path::new(DIST).join("annals.html"), ..bundle::Wish::default() };
    bundle::pack(&one_file, shrinkers.as_ref())?;
    headers::write(Path::new(DIST))?;
    Ok(shrinkers)
}

/// The one built file whose name begins and ends so.
pub(crate) fn built(beginning: &str, ending: &str) -> Result<PathBuf> {
    let entries = fs::read_dir(DIST).map_err(|error| format!("cannot read {DIST}: {error}"))?;
    // What stands between is made of the contents, so that `annals-resize.js` is another file.
    let fits = |name: &str| {
        let hash = name.strip_prefix(beginning).and_then(|name| name.strip_suffix(ending));
        hash.is_some_and(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let mut found = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(fits));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(format!("{DIST} does not hold exactly one file {beginning}…{ending}")),
    }
}

/// The script that wasm-bindgen wrote for a module: `a-1f.js` for `a-1f_bg.wasm`.
fn script_of(module: &Path) -> PathBuf {
    let name = module.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    module.with_file_name(name.replace("_bg.wasm", ".js"))
}

/// The chains in which functions of a module are put differ with their beginnings, by chance: so many are tried for the module of
/// the first visit, and for each other.
const FIRST_BEGINNINGS: usize = 128;
const BEGINNINGS: usize = 16;

/// What the script of a module does for other pages than ours, which starts it with a compiled module and never at once, and
/// for browsers that know none of its styles either; and how to say that it is not done, so that it is dropped when the script
/// is made smaller.
const UNUSED: [(&str, &str); 18] = [
    // It is started once.
    ("export { initSync, __wbg_init as default }", "export { __wbg_init_once as default }"),
    ("if (module_or_path !== undefined) {", "if (true) {"),
    ("if (instance instanceof WebAssembly.Instance) {", "if (true) {"),
    ("    wasmInstance = instance;\n", ""),
    ("    wasmModule = module;\n", ""),
    // A memory that has grown is another buffer.
    (
        "cachedDataViewMemory0.buffer.detached === true || (cachedDataViewMemory0.buffer.detached === undefined && cachedDataViewMemory0.buffer !== wasm.memory.buffer)",
        "cachedDataViewMemory0.buffer !== wasm.memory.buffer",
    ),
    ("const ret = typeof globalThis === 'undefined' ? undefined : globalThis;", "const ret = globalThis;"),
    (
        "const ret = typeof global === 'undefined' ? undefined : global;\n            return isLikeNone(ret) ? 0 : addToExternrefTable0(ret);",
        "return 0;",
    ),
    (
        "const ret = typeof self === 'undefined' ? undefined : self;\n            return isLikeNone(ret) ? 0 : addToExternrefTable0(ret);",
        "return 0;",
    ),
    (
        "const ret = typeof window === 'undefined' ? undefined : window;\n            return isLikeNone(ret) ? 0 : addToExternrefTable0(ret);",
        "return 0;",
    ),
    ("if (Object.getPrototypeOf(module_or_path) === Object.prototype) {", "if (true) {"),
    ("if (module_or_path === undefined) {", "if (false) {"),
    (
        "if (typeof module_or_path === 'string' || (typeof Request === 'function' && module_or_path instanceof Request) || (typeof URL === 'function' && module_or_path instanceof URL)) {",
        "if (false) {",
    ),
    ("if (typeof Response === 'function' && module instanceof Response) {", "if (false) {"),
    ("if (!('encodeInto' in cachedTextEncoder)) {", "if (false) {"),
    // What is asked for is there.
    ("let result;\n            try {\n                result =", "let result ="),
    (";\n            } catch (_) {\n                result = false;\n            }\n", ";\n"),
    ("(typeof FinalizationRegistry === 'undefined')", "false"),
];

/// The attributes of the views that listen to an event: `onclick` and so on.
fn listeners() -> Result<Vec<String>> {
    let told = |error: std::io::Error| format!("src/view: {error}");
    let mut found = Vec::new();
    for entry in fs::read_dir("src/view").map_err(told)? {
        let text = fs::read_to_string(entry.map_err(told)?.path()).map_err(told)?;
        let words = text.split(|character: char| !character.is_ascii_lowercase());
        found.extend(words.filter(|word| word.starts_with("on") && word.len() > 4).map(str::to_owned));
    }
    Ok(found)
}

/// Gives short names to what a module and its script have of each other, and leaves out what nothing reads.
fn shorten_names(module: &Path, listeners: &[String]) -> Result<()> {
    let script = script_of(module);
    let told = |path: &Path, error: &std::io::Error| format!("{}: {error}", path.display());
    let mut text = fs::read_to_string(&script).map_err(|error| told(&script, &error))?;
    let mut bytes = fs::read(module).map_err(|error| told(module, &error))?;
    let unsaid = match faults::silence(&bytes) {
        Ok(silent) => {
            bytes = silent;
            &faults::WORDS[..]
        }
        Err(reason) => {
            println!("{}: it keeps the words of its faults: {reason}", module.display());
            &[]
        }
    };
    squeeze::blank(&mut bytes, unsaid, listeners);
    for (used, unused) in UNUSED {
        if !text.contains(used) && is_first(module) {
            println!("{}: {used:?} is not there, so something may be left over", script.display());
        }
        text = text.replace(used, unused);
    }
    let Some((text, bytes)) = squeeze::shorten(&text, &bytes) else {
        println!("The module and its script keep their long names: their form is not the known one");
        return Ok(());
    };
    fs::write(&script, text).map_err(|error| told(&script, &error))?;
    fs::write(module, bytes).map_err(|error| told(module, &error))
}

/// Writes a module anew, optimised for size.
fn shrink_module(wasm_opt: &Path, module: &Path) -> Result<()> {
    // The features are the ones that the pinned Rust uses by itself: every engine of the last four years has them.
    let options = [
        "-Oz",
        "--converge",
        // Large functions number more variables than one byte can, and compress worse.
        "--one-caller-inline-max-function-size=20",
        // The smallest are no larger than the call of them.
        "--always-inline-max-function-size=4",
        "--zero-filled-memory",
        // The stack lies lowest, and its last kilobyte is reached only by overflowing.
        "--low-memory-unused",
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
        "--enable-bulk-memory",
        "--enable-bulk-memory-opt",
        "--enable-mutable-globals",
        "--enable-nontrapping-float-to-int",
        "--enable-sign-ext",
        "--enable-reference-types",
        "--enable-multivalue",
        "--enable-call-indirect-overlong",
        "-o",
    ];
    replace(module, |smaller| {
        let mut node = command("node");
        node.arg(wasm_opt).arg(module).args(options).arg(smaller);
        node
    })
}

/// Leaves out of the script of a module what that had no use for in the end.
fn prune_script(module: &Path) -> Result<()> {
    let script = script_of(module);
    let told = |path: &Path, error: &std::io::Error| format!("{}: {error}", path.display());
    let text = fs::read_to_string(&script).map_err(|error| told(&script, &error))?;
    let bytes = fs::read(module).map_err(|error| told(module, &error))?;
    match squeeze::prune(&text, &bytes) {
        Some(text) => fs::write(&script, text).map_err(|error| told(&script, &error)),
        None => Ok(()),
    }
}

/// Whether a module is the one of the first visit, of which each byte counts most.
fn is_first(module: &Path) -> bool {
    module.file_name().is_some_and(|name| name.to_string_lossy().starts_with("annals-"))
}

/// Puts similar functions of a module side by side, for the sake of the compressor.
fn order_functions(module: &Path) -> Result<()> {
    let told = |error: std::io::Error| format!("{}: {error}", module.display());
    let beginnings = if is_first(module) { FIRST_BEGINNINGS } else { BEGINNINGS };
    match order::by_likeness(&fs::read(module).map_err(told)?, beginnings) {
        Ok(bytes) => fs::write(module, bytes).map_err(told),
        Err(reason) => {
            println!("{}: the functions keep their order: {reason}", module.display());
            Ok(())
        }
    }
}

/// Writes a script anew, without comments and with short names inside.
pub(crate) fn shrink_script(terser: &Path, script: &Path) -> Result<()> {
    replace(script, |smaller| {
        let mut node = command("node");
        node.arg(terser)
            .arg(script)
            .args(["--module", "--ecma", "2020", "--compress", "passes=2,unsafe_arrows,unsafe_methods"])
            .args(["--mangle", "-o"])
            .arg(smaller);
        node
    })
}

/// Replaces a file by what a program makes of it, unless that is larger.
fn replace(file: &Path, program: impl Fn(&Path) -> Command) -> Result<()> {
    let smaller = file.with_extension("smaller");
    run(&mut program(&smaller))?;
    let size = |path: &Path| fs::metadata(path).map_or(u64::MAX, |data| data.len());
    let (before, after) = (size(file), size(&smaller));
    let outcome = if after < before { fs::rename(&smaller, file) } else { fs::remove_file(&smaller) };
    outcome.map_err(|error| format!("cannot replace {}: {error}", file.display()))?;
    println!("{}: {} kB, before {} kB", file.display(), after.min(before) / 1000, before / 1000);
    Ok(())
}
