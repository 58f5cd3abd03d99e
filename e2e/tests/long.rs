//! Timelines of hundreds of events: what is drawn stays small, and nothing is out of reach.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

use e2e::{Engine, Hosting, Look, Result, Visit, visit_as};

/// So many events, one on each third day of a hundred years.
const EVENTS: usize = 1000;

/// A timeline of [`EVENTS`] in three tracks; every tenth is a span, and each name has its number in it.
fn long() -> String {
    let event = |number: usize| {
        let (month, day) = (number / 9, 1 + number % 9 * 3);
        let (year, month) = (1900 + month / 12, 1 + month % 12);
        let start = format!("{year}-{month:02}-{day:02}");
        let date = if number.is_multiple_of(10) {
            format!("{start}/{}-{month:02}-{day:02}", year + 1)
        } else {
            start
        };
        let (track, importance) = (["a", "b", "c"][number % 3], 1 + number % 5);
        format!(
            r#"{{"id":"e{number}","date":"{date}","title":"Event number {number}","track":"{track}","importance":{importance}}}"#
        )
    };
    let events = (0..EVENTS).map(event).collect::<Vec<_>>().join(",");
    let tracks = r#"[{"id":"a","name":"Alpha"},{"id":"b","name":"Beta"},{"id":"c","name":"Gamma"}]"#;
    format!(
        r#"{{"format":"annals/1","title":"A long story","languages":["en"],"tracks":{tracks},"events":[{events}]}}"#
    )
}

fn visit_long(look: &Look, address: &str) -> Result<Visit> {
    let page =
        visit_as(look, Hosting::default().file("long.json", long()), &["?src=long.json", address].concat())?;
    page.wait_for_app()?;
    page.wait_for("[data-timeline] [data-event-id]")?;
    Ok(page)
}

/// The numbers of the events whose rows are on the screen, from top to bottom.
fn seen(page: &Visit) -> Result<Vec<i64>> {
    let script = "const list = document.querySelector('.vtl'), frame = list.getBoundingClientRect();
        return [...list.querySelectorAll('[data-event-id]')].filter((row) => {
            const { top, bottom } = row.getBoundingClientRect();
            return bottom > frame.top + 44 && top < frame.bottom;
        }).map((row) => Number(row.dataset.eventId.slice(1)));";
    let seen = page.run(script)?;
    Ok(seen.as_array().unwrap().iter().map(|number| number.as_i64().unwrap()).collect())
}

#[test]
fn a_long_list_has_rows_where_the_reader_is_and_never_jumps() -> Result<()> {
    let page = visit_long(&Look { phone: true, ..Look::sized(390, 844) }, "")?;
    page.wait_until("document.querySelectorAll('.vtl [data-event-id]').length > 40")?;
    let mut last = seen(&page)?;
    assert_eq!(last[0], 0);
    for step in 0..40 {
        page.run("document.querySelector('.vtl').scrollBy(0, 420)")?;
        page.rest()?;
        let now = seen(&page)?;
        assert!(now.len() >= 5, "blank after step {step}: {now:?}");
        assert!(now.windows(2).all(|pair| pair[1] == pair[0] + 1), "{now:?}");
        // A step is less than a screen: what was last is still there, and something new has come.
        assert!(now.contains(last.last().unwrap()) && now[0] > last[0], "from {last:?} to {now:?}");
        last = now;
    }
    assert!(last[0] > 150, "{last:?}");
    let rows = page.count(".vtl [data-event-id]")?;
    assert!(rows <= 80, "{rows} rows");
    for _ in 0..10 {
        page.run("document.querySelector('.vtl').scrollBy(0, -420)")?;
        page.rest()?;
        let now = seen(&page)?;
        assert!(now.contains(&last[0]) && now[0] < last[0], "from {last:?} to {now:?}");
        last = now;
    }
    let elements = page.count("*")?;
    assert!(elements < 1500, "{elements} elements");
    page.assert_quiet()
}

#[test]
fn every_row_of_a_long_list_is_reached_by_key_by_search_and_by_the_strip() -> Result<()> {
    let page = visit_long(&Look::sized(390, 844), "")?;
    page.wait_until("document.querySelectorAll('.vtl [data-event-id]').length > 40")?;
    page.run("document.querySelector('.vtl [tabindex=\"0\"]').focus()")?;
    page.press(&["End"])?;
    page.wait_until("document.activeElement.dataset.eventId === 'e999'")?;
    assert!(seen(&page)?.contains(&999), "{:?}", seen(&page)?);
    page.press(&["Home"])?;
    page.wait_until("document.activeElement.dataset.eventId === 'e0'")?;
    assert!(seen(&page)?.contains(&0), "{:?}", seen(&page)?);
    // Half-way along the strip the middle of the story is to be seen.
    page.run("const strip = document.querySelector('.mm').getBoundingClientRect();
        const at = { clientX: strip.left + strip.width / 2, clientY: strip.top + 5, bubbles: true, pointerId: 1 };
        document.querySelector('.mm').dispatchEvent(new PointerEvent('pointerdown', at));
        document.querySelector('.mm').dispatchEvent(new PointerEvent('pointerup', at));")?;
    page.rest()?;
    page.rest()?;
    let middle = seen(&page)?;
    assert!(middle.iter().any(|number| (400..600).contains(number)), "{middle:?}");
    Ok(())
}

#[test]
fn a_link_into_a_long_list_opens_at_its_event() -> Result<()> {
    let page = visit_long(&Look { phone: true, ..Look::sized(390, 844) }, "#event-e700")?;
    page.wait_for("[data-detail]")?;
    page.rest()?;
    assert!(seen(&page)?.contains(&700), "{:?}", seen(&page)?);
    assert_eq!(page.text("[data-detail] #p-h")?, "Event number 700");
    Ok(())
}

#[test]
fn another_timeline_is_printed_whole_and_is_no_burden_before() -> Result<()> {
    let page = visit_long(&Look::default(), "")?;
    assert_eq!(page.count("#story, .pr-story")?, 0);
    if page.engine() == Engine::WebKit {
        // Its driver prints nothing; what would be printed is made all the same when the browser says that it will.
        page.run("dispatchEvent(new Event('beforeprint'))")?;
        page.wait_until(&format!("document.querySelectorAll('.pr-story > ol > li').length === {EVENTS}"))?;
        page.run("dispatchEvent(new Event('afterprint'))")?;
        return page.wait_until("!document.querySelector('.pr-story')");
    }
    let sheet = page.print()?;
    // Firefox writes each page of paper as a packed object of its own.
    let each = if page.engine() == Engine::Firefox { "/Type /ObjStm" } else { "/Type /Page" };
    let pages = sheet.windows(each.len()).filter(|bytes| *bytes == each.as_bytes()).count();
    assert!(pages > 40, "{pages} pages of paper");
    page.wait_until("!document.querySelector('.pr-story')")?;
    Ok(())
}

/// So many events are more than the app for others takes: a worker keeps them.
const LARGE: usize = 20_000;

/// A timeline of so many events, as many on each day of five years, in so many tracks; every fiftieth is a span.
fn many(events: usize, tracks: usize) -> String {
    let event = |number: usize| {
        let day = number * 5 * 336 / events;
        let (year, month, date) = (1900 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
        let start = format!("{year}-{month:02}-{date:02}");
        let date = if number.is_multiple_of(50) {
            format!("{start}/{}-{month:02}-{date:02}", year + 1)
        } else {
            start
        };
        let (track, importance) = (number % tracks, 1 + number % 7 % 5);
        format!(
            r#"{{"id":"e{number}","date":"{date}","title":"Event number {number}","track":"t{track}","importance":{importance},"themes":["{}"]}}"#,
            if number.is_multiple_of(4) { "war" } else { "peace" }
        )
    };
    let events = (0..events).map(event).collect::<Vec<_>>().join(",");
    let track = |number| format!(r#"{{"id":"t{number}","name":"Track {number}"}}"#);
    let tracks = (0..tracks).map(track).collect::<Vec<_>>().join(",");
    let themes = r#"[{"id":"war","name":"War"},{"id":"peace","name":"Peace"}]"#;
    format!(
        r#"{{"format":"annals/1","title":"A large story","languages":["en"],"tracks":[{tracks}],"themes":{themes},"events":[{events}]}}"#
    )
}

fn visit_large(look: &Look, address: &str) -> Result<Visit> {
    visit_many((LARGE, 3), look, address)
}

fn visit_many((events, tracks): (usize, usize), look: &Look, address: &str) -> Result<Visit> {
    let hosting = Hosting::default().file("large.json", many(events, tracks));
    let page = visit_as(look, hosting, &["?src=large.json", address].concat())?;
    page.wait_until("document.querySelectorAll('[data-timeline] [data-event-id]').length > 20")?;
    page.rest()?;
    Ok(page)
}

#[test]
fn the_button_prints_another_timeline_whole() -> Result<()> {
    let page = visit_long(&Look::default(), "")?;
    // Browsers do nothing else between this event and the printing.
    page.run(
        "window.print = () => {
             dispatchEvent(new Event('beforeprint'));
             window.printed = document.querySelectorAll('.pr-story > ol > li').length;
             dispatchEvent(new Event('afterprint'));
         };",
    )?;
    page.click(".more-box > button")?;
    page.click("[data-share=print]")?;
    page.wait_until("window.printed !== undefined")?;
    assert_eq!(page.value("printed")?.as_u64(), Some(EVENTS as u64));
    page.wait_until("!document.querySelector('.pr-story')")
}

/// Pairs of labels and counts in one track that lie on one another.
const OVERLAPS: &str = "[...document.querySelectorAll('.lane')].flatMap((lane) => {
    const boxes = [...lane.querySelectorAll('.pt .lb:not(.sr), .pill button')].map((own) => [own.getBoundingClientRect(), own.textContent]);
    return boxes.flatMap(([a, one], at) => boxes.slice(at + 1)
        .filter(([b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3)
        .map(([, other]) => `${one} / ${other}`));
})";

#[test]
fn a_large_timeline_is_shown_with_labels_that_are_clear_and_counts_for_the_others() -> Result<()> {
    let page = visit_large(&Look::default(), "")?;
    assert_eq!(page.text("h1")?, "A large story");
    let counted = "[...document.querySelectorAll('.pill button')].map((own) => Number(own.getAttribute('aria-label').match(/^[\\d,]+/)[0].replaceAll(',', '')))
        .reduce((all, own) => all + own, 0)";
    let shown = page.count(".pt, .span")?;
    let counted = page.value(counted)?.as_u64().unwrap();
    assert_eq!(counted + shown, LARGE as u64, "{counted} counted and {shown} shown");
    for step in 0..6 {
        assert_eq!(page.value(OVERLAPS)?, serde_json::json!([]), "after {step} steps");
        let elements = page.count("*")?;
        assert!(elements < 1500, "{elements} elements after {step} steps");
        page.click(".zoom button:nth-child(2)")?;
        page.rest()?;
    }
    page.assert_quiet()
}

#[test]
fn what_lies_on_the_line_of_a_crowded_track_is_chosen_where_it_lies() -> Result<()> {
    let page = visit_long(&Look::sized(1280, 800), "&from=1902-01-01&to=1903-12-31")?;
    page.wait_until("document.querySelectorAll('.feet :is(use, path)').length > 20")?;
    // The line of a crowded track has no control but the tab stop.
    assert!(page.count(".pt.bare, .ghost")? <= 1);
    let chosen = page.run(
        "const plot = document.querySelector('.axis').getBoundingClientRect();
         const isOwn = (part) => {
             const box = part.getBoundingClientRect();
             return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === part;
         };
         const mark = [...document.querySelectorAll('.feet use')].find(isOwn);
         const { x, y, width, height } = mark.getBoundingClientRect();
         const at = { clientX: x + width / 2, clientY: y + height / 2, bubbles: true, cancelable: true, detail: 1 };
         mark.dispatchEvent(new MouseEvent('click', at));
         await new Promise((done) => setTimeout(done, 400));
         const [from, to] = ['1902-01-01', '1904-01-01'].map((day) => Date.parse(day));
         const day = new Date(from + (to - from) * (at.clientX - plot.left) / plot.width);
         const nearest = ((day.getUTCFullYear() - 1900) * 12 + day.getUTCMonth()) * 9 + (day.getUTCDate() - 1) / 3;
         const name = document.querySelector('[data-detail] #p-h')?.textContent ?? 'nothing';
         return [name, nearest, Math.abs(Number(name.match(/[0-9]+/)?.[0]) - nearest) <= 1.5];",
    )?;
    assert_eq!(chosen[2], true, "{chosen}");
    page.assert_quiet()
}

#[test]
fn in_a_large_timeline_events_are_searched_chosen_filtered_and_reached_by_key() -> Result<()> {
    let page = visit_large(&Look::default(), "")?;
    page.fill("#find", "number 12345")?;
    page.wait_until("document.querySelectorAll('#results [role=option]').length === 1")?;
    page.press(&["Enter"])?;
    page.wait_for("[data-detail]")?;
    assert_eq!(page.text("[data-detail] #p-h")?, "Event number 12345");
    page.wait_until("document.querySelector('.is-sel .lb:not(.sr)')?.textContent.includes('12345')")?;
    page.wait_until("location.hash === '#event-e12345'")?;

    page.press(&["Escape"])?;
    page.wait_until("!document.querySelector('[data-detail]')")?;
    page.run("const find = document.querySelector('#find'); find.value = ''; find.dispatchEvent(new InputEvent('input', { bubbles: true }))")?;
    page.wait_until("document.querySelectorAll('.pill').length > 3")?;
    page.run("document.querySelector('[data-timeline] [data-event-id=\"e12345\"]').focus()")?;
    page.press(&["ArrowRight"])?;
    page.wait_until("document.activeElement.dataset.eventId === 'e12346'")?;
    page.press(&["End"])?;
    page.wait_until("document.activeElement.dataset.eventId === 'e19999'")?;
    // The span of the first day comes after what happened on it.
    page.press(&["Home"])?;
    page.wait_until("document.activeElement.dataset.eventId === 'e1'")?;

    page.click(".lane:nth-child(2) .lh button")?;
    page.wait_until(
        "document.querySelectorAll('.lane:nth-child(2) .pill, .lane:nth-child(2) .span').length === 0",
    )?;
    assert_eq!(page.text(".lane:nth-child(1) .lc")?.split_whitespace().next(), Some("6667"));
    page.assert_quiet()
}

#[test]
fn links_into_a_large_timeline_open_on_wide_and_narrow_pages() -> Result<()> {
    let page = visit_large(&Look::default(), "&about=war#event-e16004")?;
    page.wait_for("[data-detail]")?;
    assert_eq!(page.text("[data-detail] #p-h")?, "Event number 16004");
    page.wait_until("document.querySelector('.is-sel .lb:not(.sr)')?.textContent.includes('16004')")?;
    page.wait_until("document.querySelector('.lane .lc').textContent.startsWith('1667')")?;
    page.assert_quiet()
}

#[test]
fn a_large_list_is_reached_to_its_end() -> Result<()> {
    let page = visit_large(&Look { phone: true, ..Look::sized(390, 844) }, "#event-e12000")?;
    page.wait_for("[data-detail]")?;
    assert_eq!(page.text("[data-detail] #p-h")?, "Event number 12000");
    assert!(seen(&page)?.contains(&12_000), "{:?}", seen(&page)?);
    page.press(&["Escape"])?;
    page.wait_until("document.activeElement.dataset.eventId === 'e12000'")?;
    page.press(&["End"])?;
    page.wait_until("document.activeElement.dataset.eventId === 'e19999'")?;
    assert!(seen(&page)?.contains(&19_999), "{:?}", seen(&page)?);
    let elements = page.count("*")?;
    assert!(elements < 1500, "{elements} elements");
    page.assert_quiet()
}

/// The labels and counts in view: what they say, and where.
const IN_VIEW: &str = "(() => {
    const plot = document.querySelector('.axis').getBoundingClientRect();
    return [...document.querySelectorAll('.pt .lb:not(.sr), .span .sl, .pill button, .edgec button')]
        .map((own) => [own.textContent, own.getBoundingClientRect()])
        .filter(([, box]) => box.right > plot.left && box.left < plot.right)
        .map(([text, box]) => `${text} at ${Math.round(box.left)}, ${Math.round(box.top)}`).sort();
})()";

/// The names on the axis that are seen, and where.
const NAMED: &str = "[...document.querySelectorAll('.names > span')]
    .filter((name) => getComputedStyle(name).visibility === 'visible')
    .map((name) => `${name.innerText} at ${Math.round(name.getBoundingClientRect().left)}`).sort()";

#[test]
fn while_one_pans_the_tracks_of_a_large_timeline_are_moved_as_they_are() -> Result<()> {
    let page = visit_large(&Look::sized(1280, 800), "&from=1902-01-01&to=1902-12-31")?;
    page.wait_until("document.querySelectorAll('.span .sl').length > 3")?;
    if page.engine() != Engine::Chromium {
        // Without a graphics card a frame may take longer than the moment after which the view is at rest, when it is drawn
        // anew then; so the moment is longer here.
        page.run(
            "const later = window.setTimeout;
             window.setTimeout = (what, time, ...more) => later.call(window, what, time === 150 ? 3000 : time, ...more);",
        )?;
    }
    let told = page.run(
        "const stage = document.querySelector('.stage'), lanes = document.querySelector('.lanes');
         const plot = document.querySelector('.axis').getBoundingClientRect();
         const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
         let x = plot.right - 100;
         const send = (kind) => stage.dispatchEvent(new PointerEvent(kind, {
             clientX: x, clientY: plot.bottom + 3, bubbles: true, cancelable: true, pointerId: 1, pointerType: 'mouse', buttons: 1,
         }));
         const move = async (by) => { x += by; send('pointermove'); await frame(); };
         send('pointerdown');
         // The first steps draw what lies beside the view.
         await move(-8);
         await move(-8);
         const from = x;
         const marks = [...lanes.querySelectorAll('.pt a, .pill button')].map((own) => [own, own.getBoundingClientRect().left]);
         let redrawn = 0, astray = 0, lost = 0, pinned = 0;
         const isMark = (node) => node.nodeName === 'LI';
         new MutationObserver((all) => (redrawn += all.filter((one) => [...one.addedNodes].some(isMark)).length))
             .observe(lanes, { childList: true, subtree: true });
         for (let step = 0; step < 30; step += 1) {
             await move(-10);
             astray = Math.max(astray, ...marks.map(([own, left]) => Math.abs(own.getBoundingClientRect().left - left - (x - from))));
             for (const caption of lanes.querySelectorAll(':is(.slide, .still) .sl')) {
                 const {top} = caption.closest('.span').style;
                 const isOwn = (link) => link.ariaLabel.startsWith(caption.firstChild.textContent) && link.parentNode.style.top === top;
                 const link = [...caption.closest('.lp').querySelectorAll('ol .span a')].find(isOwn);
                 const [own, rule] = [caption, link.parentNode].map((part) => part.getBoundingClientRect());
                 if (rule.left > plot.left - 2 || rule.right < plot.left + own.width) continue;
                 pinned += 1;
                 lost += own.left < plot.left - 2 ? 1 : 0;
             }
         }
         const drawnWhile = redrawn;
         send('pointerup');
         return [marks.length > 20, drawnWhile, astray < 1, pinned > 20, lost];",
    )?;
    let named = page.value(NAMED)?;
    assert_eq!(told, serde_json::json!([true, 0, true, true, 0]));
    assert!(named.as_array().unwrap().len() > 3, "{named}");
    // Ticks stand where the lines do.
    let off = "Math.abs(document.querySelector('.tk.y').getBoundingClientRect().left - document.querySelector('.g').getBoundingClientRect().left)";
    assert!(page.value(off)?.as_f64().unwrap() < 2.0, "{}", page.value(off)?);
    // At rest it is the picture of the view, whatever came before.
    page.wait_until("!document.querySelector('.lanes [style*=will-change]')")?;
    assert_eq!(page.value(NAMED)?, named);
    let shown = page.value(IN_VIEW)?;
    assert!(shown.as_array().unwrap().len() > 20, "{shown}");
    // An open menu has everything drawn anew.
    page.click(".filter-box > button")?;
    page.wait_for(".filters label")?;
    page.rest()?;
    assert_eq!(page.value(IN_VIEW)?, shown);
    page.assert_quiet()
}

#[test]
fn a_page_of_many_tracks_stays_small_and_draws_them_where_one_looks() -> Result<()> {
    let page = visit_many((LARGE, 14), &Look::sized(1280, 800), "&from=1902-01-01&to=1902-12-31")?;
    let marks = |lane: usize| page.count(&format!(".lane:nth-child({lane}) .lp li"));
    let scroll = |to: usize| page.run(&format!("document.querySelector('.stage-box').scrollTop = {to}"));
    page.wait_until("document.querySelectorAll('.lane:nth-child(1) .lp li').length > 5")?;
    assert!(marks(13)? <= 1, "{}", marks(13)?);
    scroll(100_000)?;
    page.wait_until("document.querySelectorAll('.lane:nth-child(13) .lp li').length > 5")?;
    assert!(marks(1)? <= 1, "{}", marks(1)?);
    // What moves is drawn with what lies beside it.
    for step in 0..8 {
        // It comes to rest before another question would be answered.
        let told = page.run(
            "const stage = document.querySelector('.stage');
             const wheel = () => stage.dispatchEvent(new WheelEvent('wheel', { deltaX: 30, clientX: 700, clientY: 400, bubbles: true, cancelable: true }));
             const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
             for (let times = 0; times < 60 && !document.querySelector('[data-moves]'); times += 1) { wheel(); await frame(); }
             return [document.querySelectorAll('[data-moves]').length, document.querySelectorAll('*').length];",
        )?;
        assert!(told[0] == 1 && told[1].as_u64() < Some(1500), "{told} after {step} steps");
        page.wait_until("!document.querySelector('[data-moves]')")?;
        page.click(".zoom button:nth-child(2)")?;
        page.rest()?;
    }
    page.assert_quiet()
}

#[test]
fn what_is_chosen_or_focused_in_a_track_out_of_view_is_scrolled_into_it() -> Result<()> {
    // WebKit does not count all that an invisible link reaches below the last track as room that can be scrolled to.
    let below = if Engine::from_environment()? == Engine::WebKit { 3 } else { 1 };
    let is_seen = |control: &str| {
        format!(
            "(() => {{
                const [own, axis, box] = [{control}, document.querySelector('.axis'), document.querySelector('.stage-box')]
                    .map((part) => part.getBoundingClientRect());
                return own.height > 0 && own.top >= axis.bottom - 1 && own.bottom <= box.bottom + {below};
            }})()"
        )
    };
    // Of few events and of many, one in the fourteenth track.
    for (events, chosen) in [(140, 125), (LARGE, 12_333)] {
        let address = format!("&from=1903-01-01&to=1904-12-31#event-e{chosen}");
        let page = visit_many((events, 14), &Look::sized(1280, 600), &address)?;
        page.wait_until(&format!(
            "document.querySelector('.is-sel .lb:not(.sr)')?.textContent.includes('{chosen}')"
        ))?;
        page.wait_until(&is_seen("document.querySelector('.is-sel .lb')"))?;
        assert!(page.value("document.querySelector('.stage-box').scrollTop")?.as_f64().unwrap() > 0.0);
        page.press(&["Escape"])?;
        page.wait_until(&format!(
            "!document.querySelector('[data-detail]') && document.activeElement.dataset.eventId === 'e{chosen}'"
        ))?;
        // Up through all tracks, and down again.
        for key in ["ArrowUp", "ArrowDown"] {
            for _ in 0..13 {
                page.press(&[key])?;
                page.rest()?;
                page.wait_until(&is_seen("document.activeElement"))?;
            }
        }
        page.assert_quiet()?;
    }
    Ok(())
}
