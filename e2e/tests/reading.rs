//! A reader opens the page and reads: by mouse, by keyboard, on a phone, in a frame, without scripts.

use std::fs;
use std::thread;
use std::time::Duration;

use e2e::{Browser, Engine, Failure, Fault, Hosting, Look, Result, Visit, visit, visit_as};
use serde_json::{Value, json};

const TREATY: &str = "[data-timeline] [data-event-id='treaty-signed']";

#[test]
fn a_click_opens_the_detail_and_the_address_follows() -> Result<()> {
    let page = visit("")?;
    page.wait_for_app()?;
    page.click(TREATY)?;
    page.wait_for("[data-detail]")?;
    assert_eq!(page.attribute("[data-detail]", "data-event-id")?.as_deref(), Some("treaty-signed"));
    page.wait_until("location.hash === '#event-treaty-signed'")?;
    assert!(page.text("[data-detail] h2")?.contains("Sino-Soviet Treaty signed"));
    page.press(&["Escape"])?;
    page.wait_until("!document.querySelector('[data-detail]')")?;
    page.wait_until("document.activeElement.dataset.eventId === 'treaty-signed'")?;
    page.back()?;
    page.wait_for("[data-detail]")?;
    page.assert_quiet()
}

#[test]
fn an_address_opens_its_event_and_a_wrong_one_says_so() -> Result<()> {
    let page = visit("#event-ga-resolution-505")?;
    page.wait_for_app()?;
    page.wait_for("[data-detail]")?;
    assert_eq!(page.attribute("[data-detail]", "data-event-id")?.as_deref(), Some("ga-resolution-505"));
    page.open("?x=1#event-no-such-event")?;
    page.wait_for_app()?;
    page.wait_until("document.querySelector('.notice').textContent.includes('no-such-event')")?;
    page.open("?at=1946-02-30")?;
    page.wait_for_app()?;
    page.wait_until("document.querySelector('.notice').textContent.includes('1946-02-30')")?;
    page.assert_quiet()
}

#[test]
fn a_day_in_the_address_is_read_on_a_phone() -> Result<()> {
    let page = visit_as(&Look::sized(390, 844), Hosting::default(), "?at=1946-03-01")?;
    page.wait_for_app()?;
    assert!(page.text(".phone .now")?.starts_with("1 March 1946. Treaty in force. Under way: "));
    // The list begins with what had begun by then.
    page.wait_until(
        "(() => {
            const list = document.querySelector('[data-timeline]').getBoundingClientRect();
            const row = document.querySelector('[data-event-id=\"yalta-published-protests\"]').getBoundingClientRect();
            return row.top >= list.top && row.top < list.top + 80;
        })()",
    )?;
    page.assert_quiet()
}

#[test]
fn readouts_without_room_are_cut_after_a_line_and_not_left_out() -> Result<()> {
    let page = visit_as(&Look::sized(1024, 768), Hosting::default(), "?at=1948-09-28")?;
    page.wait_for_app()?;
    page.wait_for(".lnote.now")?;
    let lines = page.value(
        "[...document.querySelectorAll('.lnote.now')].map(note => note.clientHeight / parseFloat(getComputedStyle(note).lineHeight))",
    )?;
    let lines: Vec<f64> = lines.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    assert_eq!(lines.len(), 6);
    assert!(lines.iter().all(|lines| *lines > 0.9), "{lines:?}");
    page.assert_quiet()
}

#[test]
fn an_upright_tablet_has_the_detail_under_the_chart() -> Result<()> {
    let page = visit_as(&Look::sized(768, 1024), Hosting::default(), "#event-treaty-signed")?;
    page.wait_for_app()?;
    page.wait_for("[data-detail]")?;
    page.wait_until(
        "(() => {
            const chart = document.querySelector('[data-timeline]').getBoundingClientRect();
            const detail = document.querySelector('[data-detail]').getBoundingClientRect();
            return detail.top >= chart.bottom && detail.width === innerWidth && chart.width > innerWidth - 60;
        })()",
    )?;
    page.assert_quiet()
}

#[test]
fn every_event_is_reached_and_named_by_the_arrow_keys() -> Result<()> {
    let page = visit("")?;
    page.wait_for_app()?;
    page.run("document.querySelector('[data-timeline] [data-event-id][tabindex=\"0\"]').focus()")?;
    page.press(&["Home"])?;
    let mut names = Vec::new();
    for _ in 0..57 {
        page.rest()?;
        let name = page.value(
            "document.activeElement.dataset.eventId + '|' + document.activeElement.textContent.trim()",
        )?;
        let name = name.as_str().unwrap_or_default().to_owned();
        assert!(name.split('|').nth(1).is_some_and(|name| name.len() > 12), "{name}");
        names.push(name);
        page.press(&["ArrowRight"])?;
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 57, "each event once: {names:?}");
    page.assert_quiet()
}

#[test]
fn there_are_at_most_eight_stops_for_the_tab_key() -> Result<()> {
    for address in ["", "?from=1945-08-05&to=1945-09-04"] {
        let page = visit(address)?;
        page.wait_for_app()?;
        let stops = page.value(
            "[...document.querySelectorAll('#annals a[href], #annals button, #annals input, #annals [tabindex]')]
                .filter(e => e.tabIndex >= 0 && !e.disabled && e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden').length",
        )?;
        let stops = stops.as_u64().unwrap_or_default();
        assert!((4..=8).contains(&stops), "{stops} stops at {address:?}");
    }
    Ok(())
}

/// From the whole story to the closest view in so many steps, for which the wheel turns by 1400 pixels.
const ZOOMS: usize = 40;

/// Zooms in about a place on the plot, and tells how many labels were seen, which touched or were cut within the plot, and which
/// vanished that had room.
const ZOOM_IN: &str = "return (async ([at, zooms]) => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const stage = document.querySelector('.stage'), plot = document.querySelector('.axis').getBoundingClientRect();
    const shown = () => [...stage.querySelectorAll('li:not(.is-off) > a[data-event-id]')].flatMap((a) => {
        const label = a.querySelector('.lb, .sl'), r = label?.getBoundingClientRect();
        const seen = r && !label.matches('.sr, .ghost *') && r.width > 2 && r.height > 2;
        const cut = (e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible';
        const whole = seen && ![label, ...label.querySelectorAll('*')].some(cut);
        return seen ? [{ id: a.dataset.eventId, name: label.textContent, r, whole, words: label.scrollWidth }] : [];
    });
    const inside = (r, room) => r.left > plot.left + room && r.right < plot.right - room;
    const faults = [];
    let before = [], most = 0, views = new Set();
    for (let zoom = 0; zoom <= zooms; zoom++) {
        const now = shown();
        most = Math.max(most, now.length);
        views.add(document.querySelector('.win').style.cssText);
        now.forEach((one, i) => now.slice(i + 1).forEach((other) => {
            const a = one.r, b = other.r;
            if (a.left < b.right - 1 && b.left < a.right - 1 && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3) faults.push(`${one.name} touches ${other.name} at zoom ${zoom}`);
        }));
        for (const label of now) if (!label.whole && inside(label.r, 40)) faults.push(`${label.name} is cut at zoom ${zoom}`);
        const ids = new Set(now.map((label) => label.id));
        for (const label of before.filter((label) => !ids.has(label.id))) {
            const mark = stage.querySelector(`li > a[data-event-id='${label.id}']`)?.parentElement.getBoundingClientRect();
            const room = label.words + 60;
            if (mark && inside(mark, room)) faults.push(`${label.name} vanished at zoom ${zoom}`);
        }
        before = now;
        const by = { deltaY: -1400 / zooms, ctrlKey: true, clientX: plot.left + at * plot.width, clientY: plot.bottom + 40 };
        stage.dispatchEvent(new WheelEvent('wheel', { ...by, bubbles: true, cancelable: true }));
        await frame();
    }
    return [most, views.size, faults.join('; ')];
})(arguments);";

#[test]
fn labels_do_not_touch_shrink_or_vanish_at_any_zoom() -> Result<()> {
    for (width, height) in [(1920, 1080), (1440, 900), (1024, 768), (720, 420), (640, 480)] {
        let page = visit_as(&Look { still: true, ..Look::sized(width, height) }, Hosting::default(), "")?;
        for at in [0.12, 0.6] {
            page.open(&format!("?about={at}"))?;
            page.wait_for_app()?;
            page.rest()?;
            let found = page.run_with(ZOOM_IN, &json!([at, ZOOMS]))?;
            let place = format!("at {width} × {height} about {at}");
            assert_eq!(found[2], "", "{place}");
            assert!(
                found[0].as_u64() > Some(8) && found[1].as_u64() > Some(ZOOMS as u64),
                "{place}: {found}"
            );
        }
        page.assert_quiet()?;
    }
    Ok(())
}

#[test]
fn the_wheel_belongs_to_the_page_until_the_chart_has_focus() -> Result<()> {
    let page = visit("")?;
    page.wait_for_app()?;
    let before = page.attribute("[role=slider]", "aria-valuetext")?;
    let at = page.middle(".axis")?;
    page.wheel(at, (0, -240), None)?;
    page.rest()?;
    assert_eq!(page.attribute("[role=slider]", "aria-valuetext")?, before);
    page.wheel(at, (0, -240), Some("Control"))?;
    page.rest()?;
    assert_ne!(page.attribute("[role=slider]", "aria-valuetext")?, before);
    page.assert_quiet()
}

#[test]
fn search_lists_marks_and_opens() -> Result<()> {
    let page = visit("")?;
    page.wait_for_app()?;
    page.fill("#find", "RAILWAY")?;
    page.wait_for("#results [role=option]")?;
    assert!(page.count("#results mark")? > 0);
    // All that are counted are listed.
    assert_eq!(
        page.value("parseInt(document.querySelector('.r-h').textContent)")?,
        page.count("#results [role=option]")?
    );
    page.wait_until("location.search.includes('q=RAILWAY')")?;
    page.press(&["ArrowDown", "Enter"])?;
    page.wait_for("[data-detail]")?;
    page.open("?q=zzzz")?;
    page.wait_for(".frame .msg h2")?;
    page.resize(390, 844)?;
    page.wait_for(".vtl .msg h2")?;
    page.assert_quiet()
}

#[test]
fn a_bar_is_as_long_as_what_it_stands_for() -> Result<()> {
    let page = visit_as(&Look::sized(1440, 900), Hosting::default(), "")?;
    page.wait_for_app()?;
    let longer = page.run(
        "const bars = [...document.querySelectorAll('.span')].map(span => {
           const rule = span.querySelector('.rib');
           const length = (own, name) => parseFloat(own.style.getPropertyValue(name));
           const whole = length(span, '--w');
           return rule ? rule.getBoundingClientRect().width - (whole - length(rule, '--a') - length(rule, '--b'))
             : parseFloat(getComputedStyle(span.querySelector('a'), '::before').width) - whole;
         });
         return [bars.length > 8, bars.filter(by => Math.abs(by) > 1)];",
    )?;
    assert_eq!(longer, serde_json::json!([true, []]));
    page.assert_quiet()
}

#[test]
fn the_filter_says_beforehand_how_many_each_choice_leaves() -> Result<()> {
    let page = visit_as(&Look::sized(1440, 900), Hosting::default(), "?q=railway")?;
    page.wait_for_app()?;
    page.click(".filter-box > button")?;
    let boxes = page.count(".filters label")?;
    assert!(boxes > 8, "{boxes}");
    for place in 0..boxes {
        let label = format!("document.querySelectorAll('.filters label')[{place}]");
        let said = page.value(&format!("Number({label}.querySelector('.n').textContent)"))?;
        page.run(&format!("{label}.click()"))?;
        page.wait_until(&format!("{label}.control.checked && /(about|party)=/.test(location.search)"))?;
        let left = "[...document.querySelectorAll('.chips .n')].reduce((sum, own) => sum + Number(own.textContent), 0)";
        assert_eq!(page.value(left)?, said, "choice {place}");
        page.run(&format!("{label}.click()"))?;
        page.wait_until("!/(about|party)=/.test(location.search)")?;
    }
    page.assert_quiet()
}

#[test]
fn the_reading_line_says_what_was_running() -> Result<()> {
    let page = visit("?at=1946-03-01")?;
    page.wait_for_app()?;
    page.wait_for(".datum.moment")?;
    let sentence = page.text(".legend.now")?;
    assert!(sentence.contains("1 March 1946") && sentence.contains("Marshall mission"), "{sentence}");
    page.assert_quiet()
}

#[test]
fn a_phone_reads_downward_with_a_sheet() -> Result<()> {
    let page = visit_as(&Look::sized(390, 844), Hosting::default(), "")?;
    page.wait_for_app()?;
    page.wait_until("document.querySelectorAll('.vtl [data-event-id]').length === 57")?;
    page.click(".vtl [data-event-id='yalta-far-east-agreement']")?;
    page.wait_for(".phone [data-detail]")?;
    let overflow = page.value("document.documentElement.scrollWidth > innerWidth")?;
    assert_eq!(overflow, false, "nothing may scroll sideways");
    page.assert_quiet()
}

#[test]
fn rows_that_a_phone_lays_out_late_move_none_in_view() -> Result<()> {
    let page = visit_as(&Look::sized(320, 640), Hosting::default(), "#event-stalin-dies")?;
    page.wait_for_app()?;
    page.wait_for(".vtl .here")?;
    let worst = page.run(
        "return (async () => {
           const list = document.querySelector('.vtl'), rows = [...list.querySelectorAll('.v-ev')];
           const top = row => row.getBoundingClientRect().top;
           let worst = 0, steps = 0;
           for (; list.scrollTop > 60; steps++) {
             const row = rows.findLast(row => top(row) < 500), before = top(row);
             list.scrollTop -= 60;
             await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
             worst = Math.max(worst, Math.abs(top(row) - before - 60));
           }
           return steps > 20 ? worst : 'only ' + steps + ' steps';
         })()",
    )?;
    assert!(worst.as_f64().is_some_and(|worst| worst < 1.5), "{worst}");
    page.assert_quiet()
}

/// Points of the chart with the events whose rows have their middle within 22 px: at the middle of each row, and just
/// above it.
const WITHIN_REACH: &str = "const stage = document.querySelector('[data-timeline]');
    const parts = [...stage.querySelectorAll('[data-event-id], .sl')].map(part => ({
      id: part.closest('[data-event-id]').dataset.eventId, box: part.getBoundingClientRect() }));
    const within = (x, y) => [...new Set(parts.filter(({ box }) => Math.hypot(
      Math.max(box.left - x, x - box.right, 0), (box.top + box.bottom) / 2 - y) <= 22).map(part => part.id))];
    const points = [...stage.querySelectorAll('.pt [data-event-id]')].flatMap(control => {
      const box = control.getBoundingClientRect(), x = Math.round(box.left + 16), middle = (box.top + box.bottom) / 2;
      return [0, -11, -17].map(up => ({ id: control.dataset.eventId, x, y: Math.round(middle + up) }));
    }).map(point => {
      const hit = document.elementFromPoint(point.x, point.y);
      return { ...point, within: within(point.x, point.y), hit: hit.closest('[data-event-id]')?.dataset.eventId, free: !hit.closest('a, button') };
    });";

/// A point of the chart of which a condition holds, and the events within reach of it.
fn point(page: &Browser, condition: &str) -> Result<((i64, i64), Vec<String>)> {
    let point = page.run(&format!(
        "{WITHIN_REACH} return points.find(({{ id, hit, free, within }}) => {condition}) ?? null;"
    ))?;
    let (x, y) = (point["x"].as_i64(), point["y"].as_i64());
    let at = x.zip(y).ok_or_else(|| Failure::new(format!("there is no point where {condition}")))?;
    let within = point["within"].as_array().into_iter().flatten();
    Ok((at, within.filter_map(|id| id.as_str().map(str::to_owned)).collect()))
}

#[test]
fn a_finger_between_events_is_offered_them_and_one_on_a_lone_event_opens_it() -> Result<()> {
    let look = Look { phone: true, still: true, ..Look::sized(1024, 768) };
    let page = visit_as(&look, Hosting::default(), "")?;
    page.wait_for_app()?;
    let closed = "!document.querySelector('.pile') && !document.querySelector('[data-detail]')";
    let (several, within) = point(&page, "hit === id && within.length === 2")?;
    let (lone, _) = point(&page, "hit === id && within.length === 1")?;

    page.tap(several)?;
    page.wait_for(".pile")?;
    let offered = page.value("[...document.querySelectorAll('.pile a')].map(row => row.hash.slice(7))")?;
    let mut offered: Vec<_> = offered.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    offered.sort_unstable();
    let mut within: Vec<_> = within.iter().map(String::as_str).collect();
    within.sort_unstable();
    assert_eq!(offered, within);
    page.wait_until("document.activeElement === document.querySelector('.pile a')")?;
    assert_eq!(
        page.value(
            "(() => {
               const [list, plot] = ['.pile', '.stage-box'].map(part => document.querySelector(part).getBoundingClientRect());
               return list.left >= plot.left && list.right <= plot.right && list.top >= plot.top && list.bottom <= plot.bottom;
             })()"
        )?,
        true
    );
    // Only Chromium is told that the pointer is a finger also where style sheets ask.
    assert_eq!(
        page.value(
            "[...document.querySelectorAll('.pile a')].every(row => Math.round(row.getBoundingClientRect().height) >= 44)"
        )?,
        page.engine() == Engine::Chromium
    );
    page.press(&["Escape"])?;
    page.wait_until(closed)?;
    page.wait_until("document.activeElement.matches('[data-timeline] [data-event-id]')")?;

    page.tap(several)?;
    page.wait_for(".pile")?;
    page.tap(page.middle("h1")?)?;
    page.wait_until(closed)?;

    page.tap(several)?;
    page.wait_for(".pile")?;
    let second = page.value("document.querySelector('.pile li:nth-child(2) a').hash")?;
    page.tap(page.middle(".pile li:nth-child(2) a")?)?;
    page.wait_for("[data-detail]")?;
    page.wait_until(&format!("location.hash === {second}"))?;
    page.press(&["Escape"])?;
    page.wait_until(closed)?;

    page.tap(lone)?;
    page.wait_for("[data-detail]")?;
    assert_eq!(page.count(".pile")?, 0);
    page.assert_quiet()
}

#[test]
fn a_click_beside_a_low_row_takes_the_nearest_event_but_not_beside_a_high_one() -> Result<()> {
    for (width, height, low) in [(720, 420, true), (1440, 900, false)] {
        let page = visit_as(&Look::sized(width, height), Hosting::default(), "")?;
        page.wait_for_app()?;
        let ((x, y), within) = point(&page, "free && within.length === 1")?;
        page.press_at((x, y))?;
        page.rest()?;
        assert_eq!(page.count("[data-detail]")?, u64::from(low), "{within:?} at {width} × {height}");
        if low {
            assert_eq!(page.attribute("[data-detail]", "data-event-id")?.as_ref(), within.first());
        }
        page.assert_quiet()?;
    }
    Ok(())
}

#[test]
fn the_story_reads_without_scripts_and_without_the_module() -> Result<()> {
    for hosting in [
        Hosting::default().fault(".wasm", Fault::Missing),
        Hosting::default().fault(".wasm", Fault::CutAfter(4000)),
    ] {
        let page = visit_as(&Look::default(), hosting, "")?;
        page.wait_until("!document.getElementById('notice').hidden")?;
        assert_eq!(page.count("#story article")?, 57);
        assert!(
            page.value("document.querySelector('#story').getBoundingClientRect().height > 2000")? == true
        );
    }
    Ok(())
}

#[test]
fn another_timeline_is_loaded_by_address_and_a_bad_one_is_explained() -> Result<()> {
    let other = r#"{"format":"annals/1","title":"Three voyages","languages":["en"],"events":[
        {"date":"1492-10-12","title":"Landfall"},{"date":"1497-07/1499-09","title":"To India and back"},{"date":"not a date","title":"Broken"}]}"#;
    let hosting = Hosting::default()
        .file("other.json", other)
        .file("broken.json", "{\"format\":\"annals/1\",\n\"events\":[}");
    let page = visit_as(&Look::default(), hosting, "?src=other.json")?;
    page.wait_for_app()?;
    page.wait_until("document.querySelectorAll('[data-timeline] [data-event-id]').length === 2")?;
    assert_eq!(page.text("h1")?, "Three voyages");
    page.open("?src=broken.json")?;
    page.wait_for(".msg [role=alert]")?;
    assert!(page.text(".msg")?.contains("line 2"), "{}", page.text(".msg")?);
    page.open("?src=no-such-timeline.json")?;
    page.wait_for(".msg .acts button:not([hidden])")?;
    let said = page.text(".msg")?;
    let why = "no-such-timeline.json could not be fetched: the server answered with status 404.";
    assert!(said.contains(why), "{said}");
    Ok(())
}

/// Whether a path is that of the script which reads other files.
fn is_reader(path: &str) -> bool {
    const ENDING: &str = ".js";
    path.rsplit('/').next().is_some_and(|name| name.starts_with("loader-") && name.ends_with(ENDING))
}

/// How often that script was asked for.
fn reader_requests(page: &Visit) -> usize {
    page.site.requests().iter().filter(|path| is_reader(path)).count()
}

#[test]
fn the_reader_of_other_timelines_comes_when_one_is_named_and_from_beside_the_page() -> Result<()> {
    let policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'";
    let other = r#"{"events":[{"date":"1492-10-12","title":"Landfall"}]}"#;
    let hosting = Hosting::default()
        .under("courses/history")
        .header("Content-Security-Policy", policy)
        .file("other.json", other);
    let page = visit_as(&Look::default(), hosting, "")?;
    page.wait_for_app()?;
    assert_eq!(reader_requests(&page), 0, "{:?}", page.site.requests());
    page.open("?src=/other.json")?;
    page.wait_until("document.querySelectorAll('[data-timeline] [data-event-id]').length === 1")?;
    assert_eq!(reader_requests(&page), 1, "{:?}", page.site.requests());
    page.assert_quiet()
}

#[test]
fn a_click_on_a_count_zooms_to_its_events_and_opens_none() -> Result<()> {
    for (width, height) in [(1440, 900), (720, 420)] {
        let page = visit_as(&Look::sized(width, height), Hosting::default(), "")?;
        page.wait_for_app()?;
        page.rest()?;
        page.press_at(page.middle("[data-timeline] .pill button")?)?;
        page.wait_until("location.search.includes('from=')")?;
        assert_eq!(page.count("[data-detail]")?, 0, "at {width} × {height}");
        page.assert_quiet()?;
    }
    Ok(())
}

/// The name of the one built file that begins and ends so.
fn built(beginning: &str, ending: &str) -> Result<String> {
    let mut names =
        fs::read_dir(e2e::dist()?)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let found = names.find(|name| name.starts_with(beginning) && name.ends_with(ending));
    found.ok_or_else(|| Failure::new(format!("no file {beginning}…{ending} is built")))
}

#[test]
fn the_map_comes_with_the_first_detail_and_is_drawn_anew_for_each() -> Result<()> {
    let page = visit("")?;
    page.wait_for_app()?;
    let modules = || page.site.requests().iter().filter(|path| path.contains("/map-")).count();
    assert_eq!(modules(), 0, "{:?}", page.site.requests());
    page.click(TREATY)?;
    page.wait_for(".p-where .land")?;
    assert_eq!(page.text(".p-where .spot.main text")?, "Moscow");
    let first = page.attribute(".p-where .land", "d")?;
    page.open("#event-xinjiang-1949")?;
    page.wait_until("document.querySelector('.p-where .spot.main text')?.textContent === 'Ürümqi'")?;
    assert_ne!(page.attribute(".p-where .land", "d")?, first);
    assert_eq!(modules(), 2, "the module and its script came once: {:?}", page.site.requests());
    page.assert_quiet()
}

#[test]
fn places_are_named_where_the_map_does_not_come() -> Result<()> {
    let hosting = Hosting::default().fault(&built("map-", ".wasm")?, Fault::Missing);
    let page = visit_as(&Look::default(), hosting, "#event-treaty-signed")?;
    page.wait_for("[data-detail] .p-where .cap")?;
    assert!(page.text(".p-where .cap")?.starts_with("Moscow"), "{}", page.text(".p-where .cap")?);
    assert_eq!(page.count(".p-where .land")?, 0);
    Ok(())
}

#[test]
fn a_reader_that_does_not_come_is_asked_for_again() -> Result<()> {
    let hosting = Hosting::default()
        .file("other.json", r#"{"events":[{"date":"1492-10-12","title":"Landfall"}]}"#)
        .fault(&built("loader-", ".js")?, Fault::Missing);
    let page = visit_as(&Look::default(), hosting, "?src=other.json")?;
    page.wait_for(".msg .acts button")?;
    assert!(page.text(".msg")?.contains("could not be fetched"), "{}", page.text(".msg")?);
    assert_eq!(reader_requests(&page), 1);
    page.click(".msg .acts button")?;
    // The page looks as before once the second request has failed as well.
    for _ in 0..100 {
        if reader_requests(&page) == 2 {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("the button asks for nothing: {:?}", page.site.requests())
}

#[test]
fn the_picture_is_the_same_in_every_time_zone() -> Result<()> {
    let mut seen = Vec::new();
    for time_zone in ["UTC", "America/New_York", "Asia/Shanghai", "Pacific/Kiritimati"] {
        let look = Look { time_zone: Some(time_zone), ..Look::default() };
        let page = visit_as(&look, Hosting::default(), "#event-treaty-signed")?;
        page.wait_for_app()?;
        page.rest()?;
        seen.push(page.value("document.querySelector('#annals').innerText")?);
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]));
    Ok(())
}

#[test]
fn paper_has_the_chart_on_one_sheet_across_and_the_list_on_upright_ones() -> Result<()> {
    if Engine::from_environment()? != Engine::Chromium {
        // Others pack the sizes of their sheets where only a reader of PDF finds them.
        return Ok(());
    }
    for javascript in [true, false] {
        let page = visit_as(&Look { javascript, ..Look::default() }, Hosting::default(), "")?;
        if javascript {
            page.wait_for_app()?;
        }
        let paper = page.print()?;
        let sheets = String::from_utf8_lossy(&paper);
        let across = sheets.split("/MediaBox [").skip(1).map(|sheet| {
            let mut edges = sheet.split([' ', ']']).filter_map(|edge| edge.parse::<f64>().ok()).skip(2);
            edges.next() > edges.next()
        });
        let across: Vec<bool> = across.collect();
        assert!(across.len() > 30, "only {} sheets", across.len());
        // A blank sheet before or after the chart would be a second one across.
        assert!(across[0] && !across[1..].contains(&true), "{across:?}");
    }
    Ok(())
}

/// Every text of the chart that lies over another, leaves its room or is cut without saying so.
const FAULTS: &str = "(() => {
    const box = e => e.getBoundingClientRect(), style = e => getComputedStyle(e), faults = [];
    const plot = box(document.querySelector('.axis'));
    const kinds = { label: '.pt:not(.bare) .lb', caption: '.sl', count: '.pill button', edge: '.edgec button', date: '.names > span', era: '.st', heading: '.ln', number: '.lc', note: '.lnote', year: '.my span', flag: '.datum span' };
    const texts = Object.entries(kinds).flatMap(([kind, which]) => [...document.querySelectorAll('.frame ' + which)].flatMap(e => {
        const t = { kind, e, left: 1e9, right: -1e9, top: 1e9, bottom: -1e9, name: '' }, own = box(e), clips = style(e).overflowX != 'visible';
        const words = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
        for (let node; node = words.nextNode();) {
            const parent = node.parentElement, range = document.createRange();
            if (!node.data.trim() || parent.closest('.sr, [hidden], .is-off') || !parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
            range.selectNodeContents(node);
            for (const r of range.getClientRects()) {
                // What wraps out of its box is not seen.
                if (!r.width || clips && (r.left > own.right - 1 || r.top > own.bottom - 1)) continue;
                t.left = Math.min(t.left, r.left), t.right = Math.max(t.right, r.right), t.top = Math.min(t.top, r.top), t.bottom = Math.max(t.bottom, r.bottom);
            }
            t.name += node.data;
        }
        t.name = kind + ' ' + t.name.slice(0, 30);
        if (style(e).textOverflow == 'ellipsis') {
            const seen = Math.min(t.right, own.right) - Math.max(t.left, own.left);
            if (seen < 30 && t.right - t.left > seen + 1) faults.push(t.name + ' is a stub');
            t.left = Math.max(t.left, own.left), t.right = Math.min(t.right, own.right);
        }
        return t.left < t.right ? [t] : [];
    }));
    texts.forEach((a, i) => texts.slice(i + 1).forEach(b => {
        const x = Math.min(a.right, b.right) - Math.max(a.left, b.left), y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (x > 1 && y > (a.kind == 'date' && b.kind == 'date' ? 7 : 4)) faults.push(a.name + ' over ' + b.name);
    }));
    for (const t of texts) {
        const head = ['heading', 'number', 'note'].includes(t.kind);
        const room = head ? box(t.e.closest('.lh')) : t.kind == 'year' ? box(t.e.parentElement) : plot;
        if (t.left < room.left - 1 || t.right > room.right + 1.5 || head && t.bottom > room.bottom + 3) faults.push(t.name + ' leaves its room');
    }
    const ticks = document.querySelector('.axis .tk.y');
    for (const [, at] of ticks.getAttribute('d').matchAll(/M(-?\\d+)/g)) for (const t of texts) {
        const x = box(ticks.ownerSVGElement).left + Number(at);
        if (t.kind != 'date' || x <= t.left + 1 || x >= t.right - 1) continue;
        const [first] = document.elementsFromPoint(x + .5, (t.top + t.bottom) / 2);
        if (first == ticks) faults.push('a tick strikes ' + t.name);
    }
    return faults.join('; ');
})()";

#[test]
fn no_text_of_the_chart_is_cut_or_lies_over_another() -> Result<()> {
    let views = [
        "?from=1945-11-25&to=1946-04-04",
        "?from=1950-01-16&to=1950-07-30",
        "?from=1945-06-01&to=1946-06-01",
        "?from=1945-03-10&to=1949-06-01",
        "?from=1947-09-27&to=1947-12-10",
        "?from=1944-12-10&to=1950-02-20",
        "?from=1952-03-04&to=1952-11-27&at=1952-07-20",
        "?from=1946-12-13&to=1949-12-02",
        "?from=1945-08-14&to=1945-08-16",
        "?from=1945-08-20&to=1946-03-01#event-treaty-signed",
        "?from=1947-01-04&to=1952-09-22#event-yalta-published-protests",
    ];
    for (width, height) in [(1440, 900), (1024, 768), (720, 420)] {
        let page = visit_as(&Look { still: true, ..Look::sized(width, height) }, Hosting::default(), "")?;
        for view in views {
            page.open("nowhere")?;
            page.open(view)?;
            page.wait_for_app()?;
            page.rest()?;
            assert_eq!(page.value(FAULTS)?, "", "{view} at {width} × {height}");
        }
    }
    Ok(())
}

#[test]
fn tracks_fit_the_plot_or_scroll_under_the_axis() -> Result<()> {
    let page = visit_as(&Look::sized(1440, 900), Hosting::default(), "?from=1945-06-01&to=1946-06-01")?;
    page.wait_for_app()?;
    page.rest()?;
    let hidden = "(() => { const box = document.querySelector('.stage-box'); return box.scrollHeight - box.clientHeight; })()";
    assert_eq!(page.value(hidden)?, 0);
    page.run("document.querySelector('.lane:last-child').style.setProperty('margin-block-end', '200px'); document.querySelector('.stage-box').scrollTop = 100")?;
    let moved =
        "['.axis', '.main'].map(which => document.querySelector(which).getBoundingClientRect().top).join()";
    let tops = page.value(moved)?;
    let tops: Vec<&str> = tops.as_str().unwrap_or_default().split(',').collect();
    assert_eq!(tops[0], tops[1], "the axis stays over what is scrolled");
    Ok(())
}

#[test]
fn a_pinch_zooms_the_chart_and_not_the_page() -> Result<()> {
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(());
    }
    let page = visit_as(&Look { phone: true, ..Look::sized(1024, 768) }, Hosting::default(), "")?;
    page.wait_for_app()?;
    page.pinch((600, 400), 120, 440)?;
    page.wait_until("location.search.startsWith('?from=')")?;
    assert_eq!(page.value("visualViewport.scale")?, 1);
    Ok(())
}

#[test]
fn on_a_phone_the_chosen_event_is_in_view_above_the_sheet() -> Result<()> {
    for id in ["railway-transferred", "stalin-dies", "ga-resolution-505", "treaty-signed"] {
        let page = visit_as(&Look::sized(500, 844), Hosting::default(), &format!("#event-{id}"))?;
        page.wait_for_app()?;
        page.wait_for("[data-detail]")?;
        page.wait_until(&format!(
            "document.querySelector(\"[data-timeline] [data-event-id='{id}']\").getBoundingClientRect().bottom
                <= document.querySelector('[data-detail]').getBoundingClientRect().top"
        ))?;
    }
    Ok(())
}

#[test]
fn a_detail_is_over_the_chart_at_once_and_in_its_way_no_longer() -> Result<()> {
    let page = visit("")?;
    page.wait_for_app()?;
    let lies_in = |what: &str| format!("!!document.elementFromPoint(1300, 450).closest('{what}')");
    assert_eq!(page.value(&lies_in(".stage"))?, true, "nothing lies over the chart");
    let at_once = page.run(&format!(
        "document.querySelector('.lanes [data-event-id]').click();
         return new Promise(done => {{
           const look = () => document.querySelector('[data-detail]') ? done({}) : requestAnimationFrame(look);
           look();
         }})",
        lies_in("[data-detail]")
    ))?;
    assert_eq!(at_once, true, "the detail is seen as soon as it is there");
    let beside = "document.querySelector('.main').getBoundingClientRect().right
                  <= document.querySelector('[data-detail]').getBoundingClientRect().left";
    page.wait_until(beside)?;
    page.wait_for(".is-sel")?;
    page.press(&["Escape"])?;
    page.wait_until(&lies_in(".stage"))?;
    page.assert_quiet()
}

#[test]
fn the_sheet_follows_a_finger_on_its_grip() -> Result<()> {
    let page = visit_as(&Look::sized(500, 844), Hosting::default(), "#event-treaty-signed")?;
    page.wait_for_app()?;
    for (to, detent) in [(20, "full"), (800, "low"), (400, "middle")] {
        page.wait_for(".grab")?;
        page.wait_until("document.getAnimations().length === 0")?;
        page.swipe(page.middle(".grab")?, (250, to))?;
        page.wait_until(&format!("document.querySelector('[data-detail]').dataset.detent === '{detent}'"))?;
        // The click at its end, if the engine makes one, is no press.
        page.rest()?;
        page.wait_until(&format!("document.querySelector('[data-detail]').dataset.detent === '{detent}'"))?;
    }
    page.click(".grab")?;
    page.wait_until("document.querySelector('[data-detail]').dataset.detent === 'full'")?;
    page.assert_quiet()
}
