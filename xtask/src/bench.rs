//! Benchmarks: of the engine natively, and of the page in a browser beside other timelines.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::browsers::{self, Engine};
use crate::build::{self, DIST};
use crate::generate::{self, Format};
use crate::process::{answer, cargo, command, run, target_folder, told};
use crate::progress::Progress;
use crate::report::{About, Native, Values, written};
use crate::{Result, tools};

/// Where the tables of a whole run are kept.
const RESULTS: &str = "benches/RESULTS.md";

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    /// The engine.
    pub(crate) native: bool,
    /// The page and the other timelines.
    pub(crate) browser: bool,
    /// Numbers of events, in growing order.
    pub(crate) sizes: Vec<usize>,
    /// How many times the browser measures each.
    pub(crate) rounds: usize,
}

impl Default for Wish {
    fn default() -> Self {
        let sizes = vec![100, 1_000, 10_000, 100_000, 1_000_000];
        Self { native: true, browser: true, sizes, rounds: 3 }
    }
}

/// Measures what is asked for and prints the tables; those of a run with both halves are kept.
pub(crate) fn bench(wish: &Wish) -> Result<()> {
    let engines = [Engine::Chromium];
    let native_steps = usize::from(wish.native);
    let browser_steps =
        if wish.browser { tools::STEPS + browsers::steps(&engines) + build::RELEASE_STEPS + 3 } else { 0 };
    let mut progress = Progress::new(native_steps + browser_steps);
    // What is built and brought comes first, so that it does not take the machine from what is measured.
    let modules = if wish.browser {
        let tools = tools::prepare(&mut progress)?;
        browsers::prepare(&engines, &mut progress)?;
        build::release(&tools, None, &mut progress)?;
        Some(tools::rivals(&mut progress)?)
    } else {
        None
    };
    let mut about = about(wish);
    let native = if wish.native { Some(measure_engine(wish, &mut progress)?) } else { None };
    let values = match modules {
        Some(modules) => Some(measure_pages(wish, &modules, &mut progress)?),
        None => None,
    };
    if let Some(values) = &values {
        about.versions.extend(values.versions.iter().cloned());
    }
    let text = written(&about, native.as_ref(), values.as_ref());
    println!("\n{text}");
    if wish.native && wish.browser {
        fs::write(RESULTS, text).map_err(|error| format!("cannot write {RESULTS}: {error}"))?;
        progress.finish(&format!("The tables are in {RESULTS}"));
    } else {
        progress.finish("Measured one half, so the tables are kept nowhere");
    }
    Ok(())
}

/// Runs the native benchmarks and reads what they found.
fn measure_engine(wish: &Wish, progress: &mut Progress) -> Result<Native> {
    progress.step("Measuring the engine (about two minutes to build the first time)");
    let sizes: Vec<String> = wish.sizes.iter().map(ToString::to_string).collect();
    let mut benches = cargo(["bench", "--package", "annals", "--bench", "engine"]);
    benches.args(["--no-default-features", "--features", "load,large", "--locked"]);
    // What an earlier run has left would be taken for that of this one.
    let found = target_folder().join("criterion");
    if found.is_dir() {
        fs::remove_dir_all(&found)
            .map_err(|error| format!("cannot take {} away: {error}", found.display()))?;
    }
    run(benches.env("ANNALS_BENCH_SIZES", sizes.join(",")))?;
    Ok(Native::read(&found, &wish.sizes))
}

/// Writes the events, and measures the page and the others by turns.
fn measure_pages(wish: &Wish, modules: &Path, progress: &mut Progress) -> Result<Values> {
    progress.step("Writing the events that are shown");
    let data = target_folder().join("bench");
    fs::create_dir_all(&data).map_err(|error| format!("cannot make {}: {error}", data.display()))?;
    for &size in &wish.sizes {
        for format in Format::ALL {
            let path = data.join(format!("{}-{size}.json", format.name()));
            File::create(&path)
                .and_then(|file| generate::write(size, format, &mut BufWriter::new(file)))
                .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        }
    }
    progress.step("Measuring in the browser (some minutes for each size and round)");
    let chromium = Engine::Chromium.browser().ok_or("Chromium has gone")?;
    let sizes: Vec<String> = wish.sizes.iter().map(ToString::to_string).collect();
    let mut driver = command("node");
    driver.arg("benches/run.mjs").arg(chromium).arg(DIST).arg(modules).arg(&data);
    let lines = told(driver.arg(sizes.join(",")).arg(wish.rounds.to_string()))?;
    Values::read(&lines)
}

/// What the measuring is done with and on.
fn about(wish: &Wish) -> About {
    let today = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs() / 86_400);
    let (year, month, day) = generate::civil_since_1970(today as u32);
    let unknown = || "unknown".to_owned();
    // The system tells in files; where there are none it may have a command.
    let field = |file: &str, name: &str| {
        let text = fs::read_to_string(file).ok()?;
        let line = text.lines().find(|line| line.starts_with(name))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let asked = |name: &str| answer(command("sysctl").args(["-n", name]));
    let model = field("/proc/cpuinfo", "model name")
        .or_else(|| asked("machdep.cpu.brand_string"))
        .unwrap_or_else(unknown);
    let kilobytes = field("/proc/meminfo", "MemTotal")
        .and_then(|text| text.split(' ').next()?.parse::<f64>().ok())
        .or_else(|| Some(asked("hw.memsize")?.parse::<f64>().ok()? / 1024.0));
    let memory = kilobytes.map_or_else(unknown, |size| format!("{:.0} GiB", size / f64::from(1 << 20)));
    let load = fs::read_to_string("/proc/loadavg").ok();
    let load = load.and_then(|text| text.split(' ').next().map(str::to_owned)).unwrap_or_else(unknown);
    let rustc = answer(command("rustc").arg("--version")).unwrap_or_else(unknown);
    let commit = answer(command("git").args(["rev-parse", "--short", "HEAD"])).unwrap_or_else(unknown);
    About {
        date: format!("{year}-{month:02}-{day:02}"),
        machine: format!(
            "{} cores, {model}, {memory}, {}; load before: {load}",
            thread::available_parallelism().map_or(0, usize::from),
            std::env::consts::OS
        ),
        versions: vec![
            ("Annals".to_owned(), format!("commit {commit}")),
            ("Rust".to_owned(), rustc.trim_start_matches("rustc ").to_owned()),
        ],
        sizes: wish.sizes.clone(),
        rounds: wish.rounds,
    }
}
