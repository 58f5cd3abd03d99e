//! Native benchmarks of the engine: reading a file, planning its labels, drawing views of the plan, ticks of the axis.
//!
//! `cargo xtask bench` runs them and makes a table of them. `ANNALS_BENCH_SIZES=100,1000` chooses the sizes; with
//! `--test`, and under `cargo test`, each runs once and at the smallest size, to show that it works.
#![allow(clippy::expect_used, reason = "a benchmark that cannot go on should say where")]

#[expect(dead_code, reason = "other formats are for the browser")]
mod generate;

use std::env;
use std::hint::black_box;
use std::time::Duration;

use annals::layout::{ApproximateMeasurer, Plan, PlanInput};
use annals::load::from_json;
use annals::scale::{Limits, Tier, Viewport, axis};
use annals::text::{Locale, axis_name};
use annals::time::{DAY, TimePoint, TimeSpan};
use criterion::{BenchmarkId, Criterion, SamplingMode};

/// Numbers of events.
const SIZES: [usize; 5] = [100, 1_000, 10_000, 100_000, 1_000_000];

/// The plot that is planned for, in CSS pixels: that of a window of 1280 × 800.
const WIDTH: f64 = 1048.0;
const HEIGHT: f64 = 550.0;

/// The views of a plan: their names, and how many times less of the history each shows than there is.
const VIEWS: [(&str, f64); 3] = [("fitted", 1.0), ("ninth", 9.0), ("closest", f64::INFINITY)];

fn main() {
    let is_said = |option: &str| env::args().any(|word| word == option);
    let measured = is_said("--bench") && !is_said("--test");
    let asked = env::var("ANNALS_BENCH_SIZES").ok();
    let sizes: Vec<usize> = match &asked {
        _ if !measured => vec![SIZES[0]],
        Some(asked) => asked.split(',').map(|size| size.parse().expect("a size is a number")).collect(),
        None => SIZES.to_vec(),
    };
    let mut criterion = Criterion::default().without_plots().configure_from_args();
    for size in sizes {
        engine(&mut criterion, size);
    }
    criterion.final_summary();
}

/// All benchmarks of a history of so many events.
fn engine(criterion: &mut Criterion, size: usize) {
    let mut file = Vec::new();
    generate::write(size, generate::Format::Annals, &mut file).expect("memory takes it");
    let (timeline, found) = from_json(&file).expect("what is generated can be read");
    assert!(found.is_empty(), "what is generated is in order: {found:?}");

    let mut group = criterion.benchmark_group("parse");
    // From here on a run takes longer than a measurement should.
    if size >= 100_000 {
        group.sample_size(10).sampling_mode(SamplingMode::Flat).warm_up_time(Duration::from_millis(100));
    }
    group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
        bencher.iter_with_large_drop(|| from_json(black_box(&file)));
    });
    group.finish();

    ticks(criterion, size);

    let limits = Limits::of(&timeline);
    let input = PlanInput {
        timeline: &timeline,
        locale: Locale::En,
        limits,
        width_px: WIDTH,
        height_px: HEIGHT,
        compact: false,
        selection: None,
        matches: None,
        hidden_tracks: &[],
    };
    let mut group = criterion.benchmark_group("plan");
    if size >= 10_000 {
        group.sample_size(10).sampling_mode(SamplingMode::Flat).warm_up_time(Duration::from_millis(100));
    }
    group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
        bencher.iter_with_large_drop(|| Plan::new(black_box(&input), &ApproximateMeasurer));
    });
    group.finish();

    let plan = Plan::new(&input, &ApproximateMeasurer);
    for (name, closer) in VIEWS {
        let span = limits.zoom(limits.fit, &mut 0.0, 0.5, closer);
        let viewport = Viewport { span, width_px: WIDTH };
        let mut group = criterion.benchmark_group(format!("query {name}"));
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            bencher.iter(|| plan.scene(&timeline, black_box(viewport)));
        });
        group.finish();
    }
}

/// The axis knows no events: the size is the length of what is shown, in days.
fn ticks(criterion: &mut Criterion, size: usize) {
    let secs = i64::try_from(size).expect("the size is no larger than a million") * DAY;
    let start = TimePoint(-secs / 2);
    let span = TimeSpan { start, end: TimePoint(start.0 + secs) };
    let viewport = Viewport { span, width_px: WIDTH };
    let tier = Tier::of(viewport, false);
    let chars = |at, unit, heading| axis_name(at, unit, heading, Locale::En).chars().count();
    let mut group = criterion.benchmark_group("ticks");
    group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
        bencher.iter(|| axis(black_box(viewport), tier, None, &chars));
    });
    group.finish();
}
