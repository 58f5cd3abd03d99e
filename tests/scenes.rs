//! The same picture everywhere: what the layout makes of the same inputs, to the last bit, on this machine and in a browser.
//!
//! The native build writes down a fingerprint of each picture; WebAssembly, in whatever browser, must come to the same ones.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::fmt::Write as _;

use annals::layout::{
    ApproximateMeasurer, CountMark, Label, Plan, PlanInput, PointMark, Scene, SpanMark, Tier, TrackScene,
};
use annals::load::from_json;
use annals::model::Timeline;
use annals::scale::{Limits, Viewport, axis};
use annals::text::{Locale, axis_name, full_date, label_date};

#[expect(dead_code, reason = "of the forms that it writes only one is used here")]
#[path = "../benches/generate.rs"]
mod generate;

/// Sizes of the plot, the last of a low frame.
const SIZES: [(f64, f64); 5] =
    [(1736.0, 860.0), (1256.0, 700.0), (840.0, 560.0), (300.0, 640.0), (636.0, 230.0)];

/// How much closer each view is than the one before it.
const CLOSER: f64 = 2.3;

/// Of the bytes of a text: FNV-1a in 64 bits.
fn fingerprint(text: &str) -> u64 {
    text.bytes()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// All that is drawn, number by number, with the words that stand there.
fn shown(scene: &Scene, timeline: &Timeline) -> String {
    let near = scene.tier == Tier::Near;
    let words = |event: usize, date: bool| {
        let event = &timeline.events[event];
        let date = if date { label_date(&event.date, near, Locale::En) } else { String::new() };
        format!("{} | {date}", event.label.best("en").text)
    };
    let mut out = format!("{:?} {:?} {:?}\n", scene.tier, scene.width, scene.height);
    for track in &scene.tracks {
        let TrackScene { track: index, top, height, base, row_height, earlier, later, .. } = track;
        writeln!(out, "{index} {top:?} {height:?} {base:?} {row_height:?} {earlier:?} {later:?}").unwrap();
        for PointMark { event, x, y, label, emphasis } in &track.points {
            writeln!(out, "point {event} {x:?} {y:?} {emphasis:?}").unwrap();
            if let Some(label) = label {
                let Label { side, x0, x1, cut, mute, date, gloss } = label;
                let gloss = if *gloss { timeline.events[*event].gloss.best("en").text } else { "" };
                let words = words(*event, *date);
                writeln!(out, "{side:?} {x0:?} {x1:?} {cut} {mute} {words} | {gloss}").unwrap();
            }
        }
        for span in &track.spans {
            let SpanMark { event, x0, x1, y, core, caption_x, caption_width, date, emphasis } = span;
            let words = words(*event, *date);
            writeln!(out, "span {event} {x0:?} {x1:?} {y:?} {core:?} {emphasis:?}").unwrap();
            writeln!(out, "{caption_x:?} {caption_width:?} {words}").unwrap();
        }
        writeln!(out, "{:?}", track.feet).unwrap();
        for CountMark { x, y, events, inseparable, emphasis, .. } in &track.counts {
            writeln!(out, "count {x:?} {y:?} {events:?} {inseparable} {emphasis:?}").unwrap();
        }
    }
    out + &format!("{:?} {:?}", scene.eras, scene.arcs)
}

/// A line for each size and choice: the fingerprints of one view after another, ever closer.
fn pictures(name: &str, timeline: &Timeline) -> String {
    let limits = Limits::of(timeline);
    let matches: Vec<bool> = (0..timeline.events.len()).map(|event| event % 3 != 1).collect();
    let mut told = String::new();
    let words: String =
        timeline.events.iter().map(|event| full_date(&event.date, Locale::En) + "\n").collect();
    writeln!(told, "{name}: {} events, dates {:016x}", timeline.events.len(), fingerprint(&words)).unwrap();
    for (width_px, height_px) in SIZES {
        for (case, selection, filter) in
            [("all", None, None), ("one chosen", Some(7), None), ("filtered", None, Some(&matches[..]))]
        {
            let input = PlanInput {
                timeline,
                locale: Locale::En,
                limits,
                width_px,
                height_px,
                compact: height_px < 400.0,
                selection,
                matches: filter,
                hidden_tracks: &[],
            };
            let plan = Plan::new(&input, &ApproximateMeasurer);
            write!(told, "{width_px} x {height_px} {case}:").unwrap();
            let (mut span, mut rest) = (limits.fit, 0.0);
            for view in 0..8 {
                let viewport = Viewport { span, width_px };
                let scene = plan.scene(timeline, viewport);
                let ticks = axis(viewport, scene.tier, None, &|at, unit, heading| {
                    axis_name(at, unit, heading, Locale::En).chars().count()
                });
                write!(
                    told,
                    " {:08x}",
                    fingerprint(&format!("{} {ticks:?} {rest:?}", shown(&scene, timeline))) >> 32
                )
                .unwrap();
                let at = 0.2 + f64::from(view) * 0.09;
                span = limits.zoom(span, &mut rest, at, CLOSER);
            }
            told.push('\n');
        }
    }
    told
}

/// All of them: of the story of the page, and of a made-up one of many events.
fn all() -> String {
    let treaty = from_json(include_bytes!("../data/treaty-1945.json")).unwrap().0;
    let mut file = Vec::new();
    generate::write(400, generate::Format::Annals, &mut file).unwrap();
    let many = from_json(&file).unwrap().0;
    [pictures("treaty-1945", &treaty), pictures("made up", &many)].concat()
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn pictures_are_as_they_were_written_down() {
    insta::assert_snapshot!("scenes", all());
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    fn pictures_are_those_of_the_native_build() {
        let written = include_str!("snapshots/scenes__scenes.snap").split("---\n").nth(2);
        assert_eq!(Some(super::all().trim_end()), written.map(str::trim_end));
    }
}
