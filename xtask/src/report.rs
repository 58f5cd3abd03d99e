//! What benchmarks have measured, as tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::Result;
use crate::generate::Format;

/// The native benchmarks: the folder of each, and what heads its column.
const BENCHMARKS: [(&str, &str); 6] = [
    ("parse", "parse"),
    ("plan", "plan"),
    ("query fitted", "query, fitted"),
    ("query ninth", "query, a ninth"),
    ("query closest", "query, closest"),
    ("ticks", "ticks, of so many days"),
];

/// What is measured in the browser: its name in the lines, what it is called, and its unit.
const MEASURES: [(&str, &str, Unit); 11] = [
    ("shown", "First event shown", Unit::Ms),
    ("pan-median", "Main thread for each frame of panning, median", Unit::Ms),
    ("pan-p95", "Main thread for each frame of panning, 95th percentile", Unit::Ms),
    ("zoom-median", "Main thread for each frame of zooming, median", Unit::Ms),
    ("zoom-p95", "Main thread for each frame of zooming, 95th percentile", Unit::Ms),
    ("click", "Click to detail", Unit::Ms),
    ("memory", "Memory of the page's process", Unit::Bytes),
    ("heap", "JavaScript heap in use", Unit::Bytes),
    ("nodes", "Nodes that the browser keeps", Unit::Count),
    ("elements", "Elements in the document", Unit::Count),
    ("overlaps", "Pairs of labels that overlap", Unit::Count),
];

/// What a number counts.
#[derive(Clone, Copy)]
enum Unit {
    Ms,
    Bytes,
    Count,
}

impl Unit {
    /// A value with its unit, in as many digits as mean something.
    fn show(self, value: f64) -> String {
        match self {
            Self::Ms => match value {
                0.0..0.001 => format!("{:.0} ns", value * 1e6),
                0.001..1.0 => format!("{:.1} µs", value * 1e3),
                1.0..100.0 => format!("{value:.1} ms"),
                100.0..1000.0 => format!("{value:.0} ms"),
                _ => format!("{:.2} s", value / 1e3),
            },
            Self::Bytes => format!("{:.1} MB", value / 1e6),
            Self::Count => grouped(value),
        }
    }
}

/// What is measured with and on.
pub(crate) struct About {
    /// The day, `2024-10-04`.
    pub(crate) date: String,
    pub(crate) machine: String,
    /// Names and versions.
    pub(crate) versions: Vec<(String, String)>,
    pub(crate) sizes: Vec<usize>,
    pub(crate) rounds: usize,
}

/// Milliseconds of the native benchmarks, by name and size.
pub(crate) struct Native(BTreeMap<(&'static str, usize), f64>);

impl Native {
    /// Reads what criterion has written into its folder; benchmarks that were not run are left out.
    pub(crate) fn read(folder: &Path, sizes: &[usize]) -> Self {
        let mut found = BTreeMap::new();
        for (name, _) in BENCHMARKS {
            for &size in sizes {
                let file = folder.join(name).join(size.to_string()).join("new/estimates.json");
                let median = fs::read_to_string(file).ok().and_then(|text| median_of_estimates(&text));
                found.extend(median.map(|nanoseconds| ((name, size), nanoseconds / 1e6)));
            }
        }
        Self(found)
    }
}

/// The median in nanoseconds from criterion's file of estimates: the number after its name and that of the estimate.
fn median_of_estimates(json: &str) -> Option<f64> {
    let (_, median) = json.split_once("\"median\":")?;
    let (_, number) = median.split_once("\"point_estimate\":")?;
    number.split([',', '}']).next()?.trim().parse().ok()
}

/// What was measured in the browser.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Values {
    /// Names and versions of what took part.
    pub(crate) versions: Vec<(String, String)>,
    /// By product, size and measure: the values of all rounds.
    rounds: BTreeMap<(String, usize, String), Vec<f64>>,
    /// What is missing, as sentences.
    missed: BTreeSet<String>,
}

impl Values {
    /// Reads the lines that the measuring program prints.
    pub(crate) fn read(lines: &str) -> Result<Self> {
        let mut read = Self::default();
        for line in lines.lines() {
            let parts: Vec<&str> = line.split('\t').collect();
            let strange = || format!("the measuring program printed {line:?}");
            match parts.as_slice() {
                ["version", name, version] => {
                    read.versions.push(((*name).to_owned(), (*version).to_owned()));
                }
                ["value", product, size, measure, value] => {
                    let size = size.parse().map_err(|_| strange())?;
                    let value = value.parse().map_err(|_| strange())?;
                    let key = ((*product).to_owned(), size, (*measure).to_owned());
                    read.rounds.entry(key).or_default().push(value);
                }
                ["missed", product, size, stage, why] => {
                    let size = grouped(size.parse().map_err(|_| strange())?);
                    let product = title(product);
                    read.missed.insert(format!("{product} with {size} events, {stage}: {why}"));
                }
                _ => return Err(strange()),
            }
        }
        Ok(read)
    }

    /// The median over the rounds.
    fn median(&self, product: Format, size: usize, measure: &str) -> Option<f64> {
        let key = (product.name().to_owned(), size, measure.to_owned());
        let mut values = self.rounds.get(&key)?.clone();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    }
}

/// A product's name as its makers write it.
fn title(product: &str) -> &str {
    match product {
        "annals" => "Annals",
        "timelinejs" => "TimelineJS",
        other => other,
    }
}

/// A number with a comma after thousands and millions.
fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How many times as much one value is as another: `0.42 ×`.
fn ratio(value: f64, other: f64) -> String {
    let times = value / other;
    if !times.is_finite() {
        "—".to_owned()
    } else if times < 9.95 {
        format!("{times:.2} ×")
    } else {
        format!("{} ×", grouped(times))
    }
}

/// The report, in Markdown.
pub(crate) fn written(about: &About, native: Option<&Native>, values: Option<&Values>) -> String {
    let mut text = String::from("# What the benchmarks measure\n\n");
    let _ = writeln!(
        text,
        "Written by `cargo xtask bench` on {}; the README says how it measures.\n",
        about.date
    );
    let _ = writeln!(text, "- Machine: {}", about.machine);
    let versions: Vec<String> =
        about.versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
    let _ = writeln!(text, "- Versions: {}", versions.join("; "));
    if let Some(native) = native {
        text.push_str("\n## The engine, natively\n\nMedian of criterion for one run.\n\n");
        native_table(&mut text, native, &about.sizes);
    }
    if let Some(values) = values {
        let _ = writeln!(
            text,
            "\n## The page, beside others\n\nMedian of {}, by turns. A ratio below 1 says that Annals needs less. vis-timeline \
             has no detail: its click is answered when the event is marked.",
            if about.rounds == 1 { "one round".to_owned() } else { format!("{} rounds", about.rounds) }
        );
        for measure in MEASURES {
            measure_table(&mut text, values, measure, &about.sizes);
        }
        if !values.missed.is_empty() {
            text.push_str("\n### Why values are missing\n\n");
            for sentence in &values.missed {
                let _ = writeln!(text, "- {sentence}");
            }
        }
    }
    text.push_str("\n## Reach\n\n");
    reach_table(&mut text, native, values, &about.sizes);
    text
}

fn row(text: &mut String, cells: &[String]) {
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

/// The heads of a table whose columns hold numbers, but for so many at its left.
fn heads(text: &mut String, heads: &[String], words: usize) {
    row(text, heads);
    let rules: Vec<&str> = (0..heads.len()).map(|at| if at < words { "---" } else { "---:" }).collect();
    let _ = writeln!(text, "|{}|", rules.join("|"));
}

fn native_table(text: &mut String, native: &Native, sizes: &[usize]) {
    let names = BENCHMARKS.iter().map(|(_, name)| (*name).to_owned());
    heads(text, &std::iter::once("Events".to_owned()).chain(names).collect::<Vec<_>>(), 0);
    for &size in sizes {
        let cell = |(name, _): &(&'static str, &str)| show(native.0.get(&(*name, size)).copied(), Unit::Ms);
        let cells = BENCHMARKS.iter().map(cell);
        row(text, &std::iter::once(grouped(size as f64)).chain(cells).collect::<Vec<_>>());
    }
}

fn show(value: Option<f64>, unit: Unit) -> String {
    value.map_or_else(|| "—".to_owned(), |value| unit.show(value))
}

fn measure_table(
    text: &mut String,
    values: &Values,
    (measure, name, unit): (&str, &str, Unit),
    sizes: &[usize],
) {
    let [own, rivals @ ..] = Format::ALL;
    let is_measured =
        |size: &&usize| Format::ALL.iter().any(|product| values.median(*product, **size, measure).is_some());
    let sizes: Vec<&usize> = sizes.iter().filter(is_measured).collect();
    if sizes.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n### {name}\n");
    let mut names = vec!["Events".to_owned()];
    names.extend(Format::ALL.iter().map(|product| title(product.name()).to_owned()));
    names.extend(rivals.iter().map(|rival| format!("Annals : {}", title(rival.name()))));
    heads(text, &names, 0);
    for &size in sizes {
        let median = |product: Format| values.median(product, size, measure);
        let mut cells = vec![grouped(size as f64)];
        cells.extend(Format::ALL.iter().map(|product| show(median(*product), unit)));
        cells.extend(rivals.iter().map(|rival| match (median(own), median(*rival)) {
            (Some(own), Some(rival)) => ratio(own, rival),
            _ => "—".to_owned(),
        }));
        row(text, &cells);
    }
}

/// Something to be reached: a value that shall stay below a limit.
struct Goal {
    what: String,
    value: Option<f64>,
    limit: Option<f64>,
    unit: Unit,
    /// Whether the limit itself will do.
    inclusive: bool,
}

impl Goal {
    fn below(what: &str, value: Option<f64>, limit: Option<f64>, unit: Unit) -> Self {
        Self { what: what.to_owned(), value, limit, unit, inclusive: false }
    }

    /// Whether it is reached, and by how much it is or is not.
    fn verdict(&self) -> String {
        let (Some(value), Some(limit)) = (self.value, self.limit) else { return "not measured".to_owned() };
        let reached = value < limit || self.inclusive && value <= limit;
        let word = if reached { "yes" } else { "no" };
        if limit > 0.0 { format!("{word}, {} of the limit", ratio(value, limit)) } else { word.to_owned() }
    }
}

/// What the engine shall reach.
fn goals(native: Option<&Native>, values: Option<&Values>, sizes: &[usize]) -> Vec<Goal> {
    let median = |product, size, measure: &str| values?.median(product, size, measure);
    let own = |size, measure: &str| median(Format::Annals, size, measure);
    let vis = |size, measure: &str| median(Format::VisTimeline, size, measure);
    let mut goals = vec![
        Goal::below(
            "100,000 events are shown sooner than 10,000 by vis-timeline",
            own(100_000, "shown"),
            vis(10_000, "shown"),
            Unit::Ms,
        ),
        Goal::below(
            "the aim: sooner than 1,000 by vis-timeline",
            own(100_000, "shown"),
            vis(1_000, "shown"),
            Unit::Ms,
        ),
    ];
    for (gesture, measure) in [("panning", "pan-p95"), ("zooming", "zoom-p95")] {
        goals.push(Goal {
            what: format!(
                "a frame of {gesture} costs at 1,000,000 at most 1.3 times that at 1,000 (95th percentile)"
            ),
            value: own(1_000_000, measure),
            limit: own(1_000, measure).map(|value| value * 1.3),
            unit: Unit::Ms,
            inclusive: true,
        });
        goals.push(Goal::below(
            &format!(
                "a frame of {gesture} costs at 1,000,000 less than vis-timeline's at 100 (95th percentile)"
            ),
            own(1_000_000, measure),
            vis(100, measure),
            Unit::Ms,
        ));
    }
    // A size without a value leaves it open whether the goal is reached there.
    let most = |measure: &str| {
        let found: Option<Vec<f64>> = sizes.iter().map(|size| own(*size, measure)).collect();
        found?.into_iter().reduce(f64::max)
    };
    goals.push(Goal::below(
        "an event is chosen in 50 ms at each size of this run",
        most("click"),
        Some(50.0),
        Unit::Ms,
    ));
    goals.push(Goal::below(
        "the document has fewer than 1,500 elements at each size of this run",
        most("elements"),
        Some(1_500.0),
        Unit::Count,
    ));
    goals.push(Goal {
        what: "no labels overlap with 1,000 events".to_owned(),
        value: own(1_000, "overlaps"),
        limit: Some(0.0),
        unit: Unit::Count,
        inclusive: true,
    });
    let plan = native.and_then(|native| native.0.get(&("plan", 1_000_000)).copied());
    goals.push(Goal::below("1,000,000 events are planned in 1 s, natively", plan, Some(1_000.0), Unit::Ms));
    goals
}

fn reach_table(text: &mut String, native: Option<&Native>, values: Option<&Values>, sizes: &[usize]) {
    let names = ["What is to be reached", "Reached", "Measured", "Limit"];
    heads(text, &names.map(str::to_owned), 2);
    for goal in goals(native, values, sizes) {
        row(
            text,
            &[goal.what.clone(), goal.verdict(), show(goal.value, goal.unit), show(goal.limit, goal.unit)],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let shown = [0.000_04, 0.25, 3.24, 345.6, 13_712.0].map(|value| Unit::Ms.show(value));
        assert_eq!(shown, ["40 ns", "250.0 µs", "3.2 ms", "346 ms", "13.71 s"]);
        assert_eq!(Unit::Bytes.show(51_453_952.0), "51.5 MB");
        assert_eq!([0.0, 999.0, 1000.0, 1_234_567.0].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(ratio(1.0, 3.0), "0.33 ×");
        assert_eq!(ratio(4000.0, 2.0), "2,000 ×");
        assert_eq!(ratio(1.0, 0.0), "—");
    }

    #[test]
    fn reads_what_criterion_writes() {
        let json = r#"{"mean":{"confidence_interval":{"lower_bound":1.0},"point_estimate":2.0},"median":{"confidence_interval":{"confidence_level":0.95,"lower_bound":3.0,"upper_bound":4.0},"point_estimate":3500000.5,"standard_error":1.0},"slope":null}"#;
        assert_eq!(median_of_estimates(json), Some(3_500_000.5));
        assert_eq!(median_of_estimates("{}"), None);
    }

    const LINES: &str = "version\tChromium\tChrome 1\n\
        value\tannals\t1000\tshown\t300\nvalue\tannals\t1000\tshown\t100\nvalue\tannals\t1000\tshown\t200.5\n\
        value\tvis-timeline\t1000\tshown\t401\nvalue\tannals\t1000\tclick\t60\n\
        missed\ttimelinejs\t1000\tshown\tno event was shown in 60 s\n\
        missed\ttimelinejs\t1000\tshown\tno event was shown in 60 s\n";

    #[test]
    fn reads_lines_and_takes_the_median() {
        let values = Values::read(LINES).unwrap();
        assert_eq!(values.versions, [("Chromium".to_owned(), "Chrome 1".to_owned())]);
        assert_eq!(values.median(Format::Annals, 1000, "shown"), Some(200.5));
        assert_eq!(values.median(Format::TimelineJs, 1000, "shown"), None);
        assert_eq!(values.missed.len(), 1);
        for line in ["value\tannals\tmany\tshown\t1", "value\tannals\t1\tshown\tsoon", "hello"] {
            assert!(Values::read(line).is_err(), "{line}");
        }
    }

    #[test]
    fn the_report_compares_and_judges() {
        let values = Values::read(LINES).unwrap();
        let native = Native(BTreeMap::from([(("plan", 1_000_000), 2000.0), (("parse", 1000), 1.5)]));
        let about = About {
            date: "2024-10-04".to_owned(),
            machine: "two cores".to_owned(),
            versions: vec![("Rust".to_owned(), "1.95.0".to_owned())],
            sizes: vec![1000],
            rounds: 3,
        };
        let text = written(&about, Some(&native), Some(&values));
        for line in [
            "- Machine: two cores",
            "- Versions: Rust 1.95.0",
            "| 1,000 | 1.5 ms | — | — | — | — | — |",
            "| 1,000 | 200 ms | 401 ms | — | 0.50 × | — |",
            "- TimelineJS with 1,000 events, shown: no event was shown in 60 s",
            "| an event is chosen in 50 ms at each size of this run | no, 1.20 × of the limit | 60.0 ms | 50.0 ms |",
            "| 1,000,000 events are planned in 1 s, natively | no, 2.00 × of the limit | 2.00 s | 1.00 s |",
            "| no labels overlap with 1,000 events | not measured | — | 0 |",
        ] {
            assert!(text.lines().any(|own| own == line), "{line}\nis not in\n{text}");
        }
        assert!(!written(&about, Some(&native), None).contains("beside others"));
    }

    #[test]
    fn a_goal_is_judged_at_all_sizes() {
        let values = Values::read(LINES).unwrap();
        let click = |sizes: &[usize]| {
            let goals = goals(None, Some(&values), sizes);
            goals.iter().find(|goal| goal.what.starts_with("an event is chosen")).map(Goal::verdict)
        };
        assert_eq!(click(&[1000]).as_deref(), Some("no, 1.20 × of the limit"));
        assert_eq!(click(&[100, 1000]).as_deref(), Some("not measured"));
    }
}
