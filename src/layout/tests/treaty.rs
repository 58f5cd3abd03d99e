//! The site's own timeline, as it is seen.

use insta::assert_snapshot;

use super::laws::{collisions, words};
use super::support::{plain, plan, treaty};
use crate::layout::fit::LEFT_MARGIN;
use crate::layout::item::{HALF_VAGUE, LABEL_GAP};
use crate::layout::{Emphasis, PlanInput, Scene, Side};
use crate::load::from_json;
use crate::model::{RelationGroup, Timeline};
use crate::scale::{Tier, Viewport};
use crate::text::{Locale, label_date};
use crate::time::{Civil, DAY, TimePoint, TimeSpan};

/// Every track with its rows from the top, the line, and its slots.
fn tell(scene: &Scene, timeline: &Timeline) -> String {
    let mut told = Vec::new();
    let words = |event: usize, date: bool| {
        let event = &timeline.events[event];
        let near = scene.tier == Tier::Near;
        let date = if date { label_date(&event.date, near, Locale::En) } else { String::new() };
        [event.label.best("en").text, &date].join(" | ")
    };
    for track in &scene.tracks {
        told.push(format!("{} {:.0}+{:.0}", timeline.tracks[track.track].id, track.top, track.height));
        let mut rows: Vec<(i64, f64, String)> = Vec::new();
        for point in &track.points {
            let text = match &point.label {
                Some(label) => {
                    let arrow = if label.side == Side::Right { "o-" } else { "-o" };
                    let gloss =
                        if label.gloss { timeline.events[point.event].gloss.best("en").text } else { "" };
                    let words = [&*words(point.event, label.date), gloss].join(" | ");
                    format!("{arrow} {}", words.trim_end_matches([' ', '|']))
                }
                None => "o".to_owned(),
            };
            rows.push((point.y as i64, point.x, text));
        }
        for count in &track.counts {
            rows.push((count.y as i64, count.x, format!("({})", count.count)));
        }
        for span in &track.spans {
            let words = words(span.event, span.date);
            rows.push((span.y as i64, span.x0, format!("== {}", words.trim_end_matches([' ', '|']))));
        }
        for foot in track.feet.iter().filter(|foot| foot.lying) {
            rows.push((track.base as i64, foot.x0, "__".to_owned()));
        }
        rows.sort_by(|a, b| (a.0, a.1).partial_cmp(&(b.0, b.1)).unwrap());
        for row in rows.chunk_by(|a, b| a.0 == b.0) {
            let row: Vec<String> = row.iter().map(|(_, x, text)| format!("{x:.0} {text}")).collect();
            told.push(format!("  {}", row.join("  ")));
        }
        let beyond =
            [&track.earlier, &track.later].map(|beyond| beyond.as_ref().map_or(0, |beyond| beyond.count));
        if beyond != [0, 0] {
            told.push(format!("  beyond {beyond:?}"));
        }
    }
    told.join("\n")
}

#[test]
fn the_whole_story() {
    let timeline = treaty();
    let input = plain(&timeline, 1208.0, 636.0);
    let scene = plan(&input).scene(&timeline, Viewport { span: input.limits.fit, width_px: 1208.0 });
    assert_snapshot!(tell(&scene, &timeline), @r"
    diplomacy 0+154
      21 o- Yalta deal on the Far East | 11 Feb  577 o- Moscow declines to mediate
      74 o- First round in Moscow | 30 Jun  676 o- Moscow recognises the PRC | 2 Oct
      89 o- Second round in Moscow | 7 Aug  729 o- New treaty, with the PRC | 14 Feb  1160 -o Stalin dies
      92 o- Treaty signed in Moscow | 14 Aug  1157 -o Taipei declares treaty void | 25 Feb
      96 o- Treaty ratified, in force | 24 Aug  493 -o Premier: treaty not kept  729 o- Notes: 1945 treaty void | 14 Feb  1157 -o Taipei votes to end treaty | 24 Feb
      69 o
      705 == Mao in Moscow
    manchuria 154+130
      90 o- Soviet-Mongolian offensive | 9 Aug  1136 -o Railway handed over | 31 Dec
      91 (4)  157 (2)  193 o- Soviet withdrawal complete | 3 May  652 o- Soviet-Northeast trade deal  1094 -o Port Arthur stay prolonged
      99 __  116 __  355 o
      90 == Soviet forces in Manchuria
      96 == Railway run jointly on paper
      112 == Handover stalls
    mongolia 284+82
      92 o- Notes on Outer Mongolia | 14 Aug
      118 o- Plebiscite in Mongolia | 20 Oct
      148 o- ROC recognises Mongolia | 5 Jan  682 o- Relations with the PRC  1094 -o Railway through Mongolia
      147 __  347 o
    xinjiang 366+82
      92 o- Pledges on aid and Xinjiang | 14 Aug
      42 == Ili army advances  674 == Xinjiang changes sides
      146 == Coalition in Xinjiang
    civil-war 448+106
      222 o- Full-scale civil war begins | c. Jul  676 o- People’s Republic proclaimed | 1 Oct
      114 o
      134 == Marshall mission  527 == Liaoshen campaign
      174 == Siping and Changchun
      214 == Civil war, final phase
    united-nations 554+82
      702 o- Resolutions 291 and 292 | 8 Dec
      674 -o ROC complaint to the UN | 27 Sep  1006 -o 505: treaty not carried out | 1 Feb
      779 o
      212 == Mongolia asks to join the UN  716 == Soviet boycott
    ");
}

#[test]
fn august_1945_by_day() {
    let timeline = treaty();
    let span = TimeSpan::new(Civil::new(1945, 8, 5).midnight(), Civil::new(1945, 9, 4).midnight());
    let scene = plan(&plain(&timeline, 1208.0, 636.0)).scene(&timeline, Viewport { span, width_px: 1208.0 });
    assert_snapshot!(tell(&scene, &timeline), @r"
    diplomacy 0+128
      383 o- Treaty signed in Moscow | Tue 14 Aug | Wang Shijie and Molotov, for thirty years
      785 o- Treaty ratified, in force | Fri 24 Aug | Ten days after the date on the papers
      81 == Second round in Moscow | 7–14 Aug
      beyond [3, 9]
    manchuria 128+263
      141 o- USSR declares war on Japan | Wed 8 Aug | Announced on the 8th, at war from the 9th
      383 o- Agreements on two ports | Tue 14 Aug | Dairen a free port; a naval base is shared
      383 o- Railway agreement | Tue 14 Aug | Shared for thirty years, then China’s
      161 == Soviet forces in Manchuria | 9 Aug 1945 – 3 May 1946
      765 == Railway run jointly on paper | 24 Aug 1945 – 31 Dec 1952
      161 == Soviet-Mongolian offensive | 9 Aug – 2 Sep
      403 == Japan surrenders | 15 Aug – 2 Sep
      1087 == Industry dismantled | c. Sep 1945 – c. May 1946
      beyond [0, 9]
    mongolia 391+66
      383 o- Notes on Outer Mongolia | Tue 14 Aug | China to accept independence after a vote
      beyond [0, 6]
    xinjiang 457+91
      383 o- Pledges on aid and Xinjiang | Tue 14 Aug | Aid for the National Government alone
      0 == Ili army advances | 8 Apr – Sep
      beyond [0, 2]
    civil-war 548+44
      beyond [0, 7]
    united-nations 592+44
      beyond [0, 6]
    ");
}

#[test]
fn a_chosen_event_stands_out_and_is_joined_to_its_links() {
    let timeline = treaty();
    let selection = timeline.event_by_id("treaty-signed");
    let input = PlanInput { selection, ..plain(&timeline, 808.0, 636.0) };
    let scene = plan(&input).scene(&timeline, Viewport { span: input.limits.fit, width_px: 808.0 });
    let linked = timeline.links_of(selection.unwrap());
    let on_strip = |event: usize| timeline.era_of(event).is_some();
    let mut wanted: Vec<(usize, RelationGroup)> =
        linked.iter().map(|link| (link.other, link.group)).filter(|(other, _)| !on_strip(*other)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut arcs: Vec<(usize, RelationGroup)> = scene.arcs.iter().map(|arc| (arc.other, arc.group)).collect();
    arcs.sort_unstable();
    assert_eq!(arcs, wanted);
    let points = || scene.tracks.iter().flat_map(|track| &track.points);
    let chosen: Vec<_> = points().filter(|point| point.emphasis == Emphasis::Selected).collect();
    assert!(matches!(chosen[..], [point] if Some(point.event) == selection && point.label.is_some()));
    let headroom = scene.tracks[0].points.iter().map(|point| point.y).fold(f64::INFINITY, f64::min);
    assert!(headroom >= 28.0, "arcs have only {headroom} px over the highest mark");
}

#[test]
fn what_does_not_match_lies_down_and_makes_room() {
    let timeline = treaty();
    let matches: Vec<bool> =
        timeline.events.iter().map(|event| &*event.id == "agreement-changchun-railway").collect();
    let input = PlanInput { matches: Some(&matches), ..plain(&timeline, 1208.0, 598.0) };
    let scene = plan(&input).scene(&timeline, Viewport { span: input.limits.fit, width_px: 1208.0 });
    let heights: Vec<f64> = scene.tracks.iter().map(|track| track.height).collect();
    assert_eq!(heights, [34.0, 428.0, 34.0, 34.0, 34.0, 34.0]);
    let labelled = scene.tracks.iter().flat_map(|track| &track.points).filter(|point| point.label.is_some());
    assert_eq!(labelled.map(|point| matches[point.event]).collect::<Vec<_>>(), [true]);
    assert!(scene.tracks.iter().all(|track| track.counts.is_empty() && track.spans.is_empty()));
}

#[test]
fn a_low_frame_with_its_detail_open_keeps_labels_inside_and_counts_clear() {
    let timeline = treaty();
    // What a frame of 720 × 420 px leaves beside the detail.
    let (width_px, height_px) = (296.0, 282.0);
    for chosen in 0..timeline.events.len() {
        let input =
            PlanInput { compact: true, selection: Some(chosen), ..plain(&timeline, width_px, height_px) };
        let plan = plan(&input);
        let scene = plan.scene(&timeline, Viewport { span: input.limits.fit, width_px });
        assert!((scene.height - height_px).abs() < 1e-6, "{chosen}: {} px high", scene.height);
        for track in &scene.tracks {
            assert_eq!(collisions(track), Vec::<String>::new(), "{chosen}");
            for point in &track.points {
                let Some((x0, x1)) = words(point) else { continue };
                assert!(x0 >= 0.0 && x1 <= width_px, "{chosen}: label {} from {x0} to {x1}", point.event);
                // Only the label that its track must show is cut, where neither side has room for it.
                if point.label.as_ref().is_some_and(|label| label.cut) {
                    let own = plan.items.iter().find(|item| item.event() == point.event).unwrap();
                    let room = point.x.max(width_px - point.x);
                    assert!(own.label().far + LABEL_GAP > room - LEFT_MARGIN, "{chosen}: {}", point.event);
                }
            }
        }
    }
}

/// The scene of the site's timeline between two days.
fn between(from: (i64, u8, u8), to: (i64, u8, u8), width_px: f64, height_px: f64) -> Scene {
    let timeline = treaty();
    let [start, end] = [from, to].map(|(year, month, day)| Civil::new(year, month, day).midnight());
    let plan = plan(&plain(&timeline, width_px, height_px));
    plan.scene(&timeline, Viewport { span: TimeSpan::new(start, end), width_px })
}

#[test]
fn a_caption_whose_bar_ends_near_the_left_edge_is_whole_beside_it() {
    let timeline = treaty();
    let named = |event: usize, name: &str| timeline.events[event].label.best("en").text == name;
    for (from, to, name) in
        [((1945, 11, 25), (1946, 4, 4), "Handover stalls"), ((1950, 1, 16), (1950, 7, 30), "Mao in Moscow")]
    {
        let scene = between(from, to, 1208.0, 645.0);
        let span =
            scene.tracks.iter().flat_map(|track| &track.spans).find(|span| named(span.event, name)).unwrap();
        assert!(span.x0 == 0.0 && span.x1 < span.caption_width, "{name} does not end near the edge");
        assert!(span.caption_x >= 0.0 && span.caption_width > 150.0, "{span:?}");
    }
}

#[test]
fn tracks_give_up_their_margins_before_they_leave_the_plot() {
    let scene = between((1945, 6, 1), (1946, 6, 1), 1208.0, 642.0);
    assert!((scene.height - 642.0).abs() < 1e-6, "{} px high", scene.height);
}

#[test]
fn what_goes_on_is_drawn_to_the_end_and_an_unknown_end_as_such() {
    let file = br#"{"events":[
        {"id":"on","date":"1945-08-24/..","title":"On"},
        {"id":"who-knows","date":"1946-03-01/","title":"Who knows"},
        {"id":"late","date":"1953-03-05","title":"Late"}]}"#;
    let timeline = from_json(file).unwrap().0;
    let input = plain(&timeline, 1200.0, 400.0);
    let day = |day: i64| TimePoint(timeline.events[1].date.anchor().0 + day * DAY);
    let view = Viewport { span: TimeSpan::new(day(-30), day(30)), width_px: 1200.0 };
    let scene = plan(&input).scene(&timeline, view);
    let span = |id: &str| {
        let event = timeline.event_by_id(id);
        scene.tracks[0].spans.iter().find(|span| Some(span.event) == event)
    };
    let on = span("on").unwrap();
    assert_eq!((on.x0, on.x1, on.core), (0.0, 1200.0, Some((0.0, 1200.0))));
    // The day that is stated is certain, and what may follow is dashed.
    let who_knows = span("who-knows").unwrap();
    let (from, to) = (view.x_from_time(day(0)) - 10.0, view.x_from_time(day(0)) + 10.0);
    assert!(
        (who_knows.x0 - from).abs() < 0.1 && (who_knows.x1 - to - HALF_VAGUE).abs() < 0.1,
        "{who_knows:?}"
    );
    assert!(who_knows.core.is_some_and(|(a, b)| a < b && b < who_knows.x1 - HALF_VAGUE), "{who_knows:?}");
}
