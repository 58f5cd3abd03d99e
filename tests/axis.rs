//! The axis in the words that are drawn: from seconds to billions of years, at any width.

#![cfg(not(target_arch = "wasm32"))]

use annals::layout::{ApproximateMeasurer, Font, TextMeasurer};
use annals::scale::{Axis, AxisLabel, AxisUnit, TickRank, Tier, Viewport, axis};
use annals::text::{Locale, axis_name};
use annals::time::{CalendarUnit, Civil, DAY, TimePoint, TimeSpan};
use insta::assert_snapshot;
use proptest::prelude::*;

const YEAR: f64 = 31_556_952.0;

fn draw(viewport: Viewport, tier: Tier) -> Axis {
    axis(viewport, tier, None, &|at, unit, heading| axis_name(at, unit, heading, Locale::En).chars().count())
}

fn name(label: &AxisLabel) -> String {
    axis_name(label.at, label.unit, label.heading, Locale::En)
}

/// Where the letters of a label begin and end, by the sizes in `styles/axis.css` and `styles/embed.css`.
fn letters(label: &AxisLabel, tier: Tier) -> (f64, f64) {
    let compact = tier == Tier::Compact;
    let beside = !label.heading && matches!(label.unit, AxisUnit::Year | AxisUnit::Month);
    let around = !label.heading && !beside;
    let size = match (label.unit, compact) {
        (AxisUnit::Year, false) => 17.0,
        (AxisUnit::Year, true) => 13.0,
        _ if around => {
            if compact {
                10.0
            } else {
                12.0
            }
        }
        (AxisUnit::Month, true) if beside => 12.0,
        (_, true) => 11.0,
        (_, false) => 15.0,
    };
    // Both are the measurer's fonts of the same faces, in their own sizes.
    let (font, of) = if around { (Font::Date, 11.0) } else { (Font::LabelStrong, 14.0) };
    let width = ApproximateMeasurer.width(&name(label), font) / of * size;
    let from = match (beside, around) {
        (true, _) => {
            if compact {
                5.0
            } else {
                6.0
            }
        }
        (_, true) => -width / 2.0,
        _ => 0.0,
    };
    (label.x + from, label.x + from + width)
}

/// The longest room in a row of labels, with the gap between two that stand around their places.
fn longest(axis: &Axis, heading: bool) -> f64 {
    let row = axis.labels.iter().filter(|label| label.heading == heading);
    row.map(|label| label.width + if heading { 0.0 } else { 9.0 }).fold(0.0, f64::max)
}

/// The longest room of a year that may be named in a view, whether there is room for it or not.
fn longest_year(viewport: Viewport, tier: Tier) -> f64 {
    let years = viewport.span.secs() as f64 / YEAR;
    let steps = (0..12).flat_map(|power| [1, 2, 5].map(|step| step * 10_i64.pow(power)));
    let fitting = steps.filter(|step| *step == 1 || (years / 8.0..years * 3.0).contains(&(*step as f64)));
    let named = fitting.flat_map(|step| {
        let unit = CalendarUnit::CountedYears(step);
        let first = unit.floor(viewport.span.start);
        [first, unit.next(first), unit.floor(viewport.span.end)]
    });
    let (char_px, gap_px) = if tier == Tier::Compact { (7.2, 5.0) } else { (9.5, 6.0) };
    let lengths = named.map(|at| axis_name(at, AxisUnit::Year, false, Locale::En).chars().count() as f64);
    lengths.fold(0.0, f64::max) * char_px + gap_px
}

fn point(year: i64, month: u8, day: u8, clock: &str) -> TimePoint {
    let seconds = clock.split(':').fold(0, |sum, part| sum * 60 + part.parse::<i64>().unwrap_or_default());
    TimePoint(Civil::new(year, month, day).midnight().0 + seconds)
}

/// The names in their rows, with their places, and how many ticks of each rank there are.
fn tell(start: TimePoint, secs: i64, width_px: f64) -> String {
    let viewport = Viewport { span: TimeSpan::new(start, TimePoint(start.0 + secs)), width_px };
    let tier = Tier::of(viewport, false);
    let axis = draw(viewport, tier);
    let told = axis.labels.iter().map(|label| {
        let marks = [("[", "]"), ("*", ""), ("", "")];
        let (before, after) = marks[if label.heading { 0 } else { 2 - usize::from(label.strong) }];
        format!("{before}{}{after}@{:.0}", name(label), label.x)
    });
    let told = told.collect::<Vec<_>>().join(" ");
    let of_rank = |rank| axis.ticks.iter().filter(|tick| tick.rank == rank).count();
    format!("{told} | {:?}", [TickRank::Major, TickRank::Middle, TickRank::Minor].map(of_rank))
}

#[test]
fn times_of_day_stand_under_their_day() {
    let start = point(1945, 8, 14, "16:20:00");
    assert_snapshot!(tell(start, 2 * DAY - 1, 1208.0), @"[14 August 1945]@0 [15 August 1945]@193 [16 August 1945]@797 18:00@42 20:00@92 22:00@143 *15 Aug@193 02:00@243 04:00@294 06:00@344 08:00@394 10:00@445 12:00@495 14:00@545 16:00@596 18:00@646 20:00@696 22:00@747 *16 Aug@797 02:00@847 04:00@898 06:00@948 08:00@998 10:00@1049 12:00@1099 14:00@1149 | [2, 22, 72]");
    assert_snapshot!(tell(start, 12 * 3600, 1208.0), @"[14 August 1945]@0 [15 August 1945]@772 17:00@67 17:30@117 18:00@168 18:30@218 19:00@268 19:30@319 20:00@369 20:30@419 21:00@470 21:30@520 22:00@570 22:30@621 23:00@671 23:30@721 *15 Aug@772 00:30@822 01:00@872 01:30@923 02:00@973 02:30@1023 03:00@1074 03:30@1124 04:00@1174 | [1, 23, 120]");
    assert_snapshot!(tell(start, 3 * 3600, 480.0), @"[14 August 1945]@0 16:30@27 17:00@107 17:30@187 18:00@267 18:30@347 19:00@427 | [0, 6, 30]");
    assert_snapshot!(tell(start, 1200, 900.0), @"[14 August 1945]@0 16:21@45 16:22@90 16:23@135 16:24@180 16:25@225 16:26@270 16:27@315 16:28@360 16:29@405 16:30@450 16:31@495 16:32@540 16:33@585 16:34@630 16:35@675 16:36@720 16:37@765 16:38@810 16:39@855 | [0, 20, 100]");
    assert_snapshot!(tell(point(1945, 8, 14, "23:58:10"), 300, 1208.0), @"[14 August 1945]@0 [15 August 1945]@443 23:58:30@81 23:59:00@201 23:59:30@322 *15 Aug@443 00:00:30@564 00:01:00@685 00:01:30@805 00:02:00@926 00:02:30@1047 00:03:00@1168 | [1, 9, 140]");
}

#[test]
fn long_numbers_are_short_words() {
    assert_snapshot!(tell(TimePoint((-13_800_000_000.0 * YEAR) as i64), (13_900_000_000.0 * YEAR) as i64, 1208.0), @"14 billion@0 12 billion@156 10 billion@330 8 billion@504 6 billion@678 4 billion@852 2 billion@1025 | [7, 0, 132]");
    assert_snapshot!(tell(point(-67_000_000, 1, 1, ""), (3_000_000.0 * YEAR) as i64, 1208.0), @"67 million@0 66.5 million@201 66 million@403 65.5 million@604 65 million@805 64.5 million@1007 | [6, 0, 144]");
    assert_snapshot!(tell(point(-66_001_999, 1, 1, ""), (2_500.0 * YEAR) as i64, 1208.0), @"66.002 million@0 66,001,500 BCE@242 66.001 million@483 66,000,500 BCE@725 66 million@966 | [6, 0, 120]");
    assert_snapshot!(tell(point(-12_000, 1, 1, ""), (15_000.0 * YEAR) as i64, 1208.0), @"12,000 BCE@0 10,000 BCE@161 8000 BCE@322 6000 BCE@483 4000 BCE@644 2000 BCE@805 1 CE@966 | [8, 0, 142]");
    assert_snapshot!(tell(point(-49, 1, 1, ""), (100.0 * YEAR) as i64, 1208.0), @"50 BCE@0 40 BCE@121 30 BCE@242 20 BCE@362 10 BCE@483 1 CE@604 10 CE@713 20 CE@834 30 CE@954 40 CE@1075 | [11, 0, 89]");
    assert_snapshot!(tell(point(-44, 10, 1, ""), (2.0 * YEAR) as i64, 1208.0), @"45 BCE@0 Dec@101 44 BCE@152 Mar@250 Apr@301 May@351 Jun@402 Jul@451 Aug@503 Sep@554 Oct@604 Nov@655 Dec@704 43 BCE@756 Mar@853 Apr@905 May@954 Jun@1005 Jul@1055 Aug@1106 Sep@1158 | [25, 0, 0]");
    assert_snapshot!(tell(point(-66_000_299, 11, 20, ""), (1.2 * YEAR) as i64, 1208.0), @"Dec@30 66,000,299 BCE@116 Mar@278 Apr@364 May@446 Jun@532 Jul@615 Aug@700 Sep@786 Oct@868 Nov@954 Dec@1036 | [15, 0, 0]");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn labels_never_touch_and_are_never_few(
        octaves in 0.0..1.0,
        before in 0.0..1.0,
        at in 0.0..1.0,
        width_px in 280.0..2000.0,
        compact in any::<bool>(),
    ) {
        // From five minutes to more than there is, and about any date from then to a far future.
        let secs = 300.0 * (15e9 * YEAR / 300.0).powf(octaves);
        let date = 13.8e9 * YEAR * ((1.0 + 1e6_f64).powf(before) - 1.0) / 1e6;
        let start = TimePoint((-date - secs * at) as i64);
        let viewport = Viewport { span: TimeSpan::new(start, TimePoint(start.0 + secs as i64)), width_px };
        let tier = Tier::of(viewport, compact);
        let axis = draw(viewport, tier);
        for heading in [true, false] {
            let row: Vec<&AxisLabel> = axis.labels.iter().filter(|label| label.heading == heading).collect();
            for pair in row.windows(2) {
                let (left, right) = (letters(pair[0], tier), letters(pair[1], tier));
                prop_assert!(left.1 + 2.0 <= right.0, "{left:?} {right:?} {pair:?}");
                prop_assert!(pair[0].until_x <= pair[1].x + 1e-6, "{pair:?}");
                prop_assert_ne!(name(pair[0]), name(pair[1]));
            }
            for label in row {
                // The estimate of a short name is not better than a pixel.
                let (x0, x1) = letters(label, tier);
                prop_assert!(x0 >= 0.0 && x1 <= width_px + 1.0, "{label:?}");
                let (from, to) = label.extent();
                prop_assert!(from <= x0 + 1.0 && x1 <= to + 1.0, "{label:?}");
            }
        }
        prop_assert!(!axis.labels.is_empty() || width_px < 3.0 * longest_year(viewport, tier));
        if width_px >= 7.0 * longest_year(viewport, tier) && width_px >= 2.0 * longest(&axis, true) {
            prop_assert!(width_px < 7.0 * longest(&axis, false) || axis.labels.len() >= 3, "{:?}", axis.labels);
        }
        prop_assert!(axis.ticks.windows(2).all(|pair| pair[1].x - pair[0].x >= 5.0));
        prop_assert!(axis.ticks.len() + axis.gridlines.len() < 1000);
    }
}
