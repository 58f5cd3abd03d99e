//! Every check, in the order in which a fault is cheapest to find; and pictures of the result.

use std::path::Path;

use crate::browsers::{self, Driver, Engine};
use crate::build::{self, DIST};
use crate::process::{answer, cargo, run, target_folder};
use crate::progress::Progress;
use crate::{Result, bundle, package, tools};

/// Checks that need no browser, each with what it is called and what cargo is told. Native checks have the same features in
/// each, so that one build serves them all.
const CHECKS: [(&str, &str); 8] = [
    ("Checking the format", "fmt --all --check"),
    (
        "Checking that the core knows no browser",
        "check --quiet --lib --no-default-features --features load --locked",
    ),
    (
        "Running the lints for this machine (about two minutes the first time)",
        "clippy --quiet --workspace --all-targets --features ssr,schema --locked -- -Dwarnings",
    ),
    (
        "Running the lints for the app in WebAssembly (about a minute the first time)",
        "clippy --quiet --target wasm32-unknown-unknown --no-default-features --features web \
         --lib --bin annals --test browser --locked -- -Dwarnings",
    ),
    (
        "Running the lints for the app of large timelines in WebAssembly",
        "clippy --quiet --target wasm32-unknown-unknown --no-default-features --features web,large \
         --lib --bin large --locked -- -Dwarnings",
    ),
    (
        "Running the lints for the app of elements in WebAssembly",
        "clippy --quiet --target wasm32-unknown-unknown --no-default-features --features element \
         --lib --bin element --locked -- -Dwarnings",
    ),
    (
        "Running the lints for the modules that come later in WebAssembly",
        "clippy --quiet --target wasm32-unknown-unknown --no-default-features --features loader,map \
         --bin loader --bin map --locked -- -Dwarnings",
    ),
    (
        "Running the native tests (about three minutes the first time)",
        "test --quiet --workspace --exclude e2e --features ssr,schema --locked",
    ),
];

/// Runs every check; the browser tests in the engines asked for.
pub(crate) fn test(asked: Option<Vec<Engine>>) -> Result<()> {
    let engines = browsers::choose(asked);
    let unit_engines = engines.iter().filter(|engine| **engine != Engine::WebKit).count();
    let mut progress = Progress::new(
        tools::STEPS
            + browsers::steps(&engines)
            + CHECKS.len()
            + 1
            + unit_engines
            + build::RELEASE_STEPS
            + 3
            + engines.len(),
    );
    let tools = tools::prepare(&mut progress)?;
    browsers::prepare(&engines, &mut progress)?;
    for (what, arguments) in CHECKS {
        progress.step(what);
        run(&mut cargo(arguments.split_whitespace()))?;
    }
    deny(&mut progress)?;
    for &engine in &engines {
        // Without `--quiet`, which cargo hands on to a runner that does not know it.
        let mut tests = cargo(["test", "--target", "wasm32-unknown-unknown"]);
        tests
            .args([
                "--no-default-features",
                "--features",
                "web,load",
                "--test",
                "browser",
                "--test",
                "scenes",
            ])
            .arg("--locked")
            .env("PATH", tools.path());
        tests.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", absolute(Path::new("tests/webdriver.json"))?);
        if browsers::tell_runner(engine, &mut tests) {
            progress.step(&format!("Running the WebAssembly tests in {}", engine.name()));
            run(&mut tests)?;
        }
    }
    let shrinkers = build::release(&tools, None, &mut progress)?;
    progress.step("Packing another timeline into one file");
    let other_file =
        bundle::Wish { data: "e2e/data/other.json".into(), out: target_folder().join("other.html") };
    bundle::pack(&other_file, shrinkers.as_ref())?;
    let page = package::page(&mut progress)?;
    let judges = tools::judges(&mut progress)?;
    for &engine in &engines {
        progress.step(&format!("Running the end-to-end tests in {}", engine.name()));
        let driver = Driver::start(engine)?;
        let mut tests = cargo(["test", "--quiet", "--package", "e2e", "--no-fail-fast", "--locked", "--"]);
        // The drivers of Firefox and WebKit serve one session at a time.
        tests.arg(if engine == Engine::Chromium { "--test-threads=2" } else { "--test-threads=1" });
        driver.tell(&mut tests);
        tests.envs(judges.iter().map(|(name, file)| (name, file)));
        tests.envs(page.iter().map(|page| ("ANNALS_PACKAGE_PAGE", page)));
        run(tests
            .env("ANNALS_DIST", absolute(Path::new(DIST))?)
            .env("ANNALS_OTHER_FILE", absolute(&other_file.out)?))?;
    }
    progress.finish("All checks passed");
    Ok(())
}

/// Takes pictures of the release build.
pub(crate) fn shots() -> Result<()> {
    let engines = [Engine::Chromium];
    let mut progress = Progress::new(tools::STEPS + browsers::steps(&engines) + build::RELEASE_STEPS + 1);
    let tools = tools::prepare(&mut progress)?;
    browsers::prepare(&engines, &mut progress)?;
    build::release(&tools, None, &mut progress)?;
    progress.step("Taking the pictures");
    let driver = Driver::start(Engine::Chromium)?;
    let mut shots = cargo(["run", "--quiet", "--package", "e2e", "--bin", "shots", "--locked"]);
    driver.tell(&mut shots);
    let folder = target_folder().join("shots");
    run(shots.env("ANNALS_DIST", absolute(Path::new(DIST))?).env("ANNALS_SHOTS", absolute(&folder)?))?;
    progress.finish(&format!("The pictures are in {}", folder.display()));
    Ok(())
}

/// Licences, sources and doubles of the dependencies, where cargo-deny is on PATH.
///
/// It takes longer to compile than all the rest; the tidy tests check licences and sources without it.
fn deny(progress: &mut Progress) -> Result<()> {
    if answer(&mut cargo(["deny", "--version"])).is_none() {
        progress.step(
            "Leaving cargo deny out, which is not here: the tidy tests have checked licences and sources",
        );
        return Ok(());
    }
    progress.step("Checking the dependencies with cargo deny");
    run(&mut cargo(["deny", "--all-features", "check", "licenses", "bans", "sources"]))
}

/// The path from the root of the file system, for programs that run in another folder.
fn absolute(path: &Path) -> Result<std::path::PathBuf> {
    std::path::absolute(path).map_err(|error| format!("cannot resolve {}: {error}", path.display()))
}
