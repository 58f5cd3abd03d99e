//! The pages of `tests/hosts`, which have the page in a frame: each frame works in each of them, and nothing is said on the console.

use std::fs;
use std::path::Path;

use e2e::{Hosting, Look, Result, Site, Visit, visit_as};
use serde_json::json;

/// Lets a page find what stands in the shadow tree of one of its elements.
const OWN: &str = "window.own = (place, selector) =>
    document.querySelectorAll('annals-timeline')[place].shadowRoot.querySelector(selector)";

/// Opens a page of that folder. Its frames come from its own host, from another one, and from one that allows no WebAssembly.
fn open(name: &str) -> Result<(Visit, [Site; 2])> {
    let plain = Site::start(Hosting::default().recommended()?)?;
    let policy = "script-src 'self'; style-src 'self' 'unsafe-inline'";
    let strict = Site::start(Hosting::default().header("Content-Security-Policy", policy))?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/hosts");
    let text = fs::read_to_string(folder.join(name))?
        .replace("{{ other }}/", &plain.address("").replace("127.0.0.1", "localhost"))
        .replace("no-wasm/?embed", &strict.address("?embed"));
    let hosting =
        Hosting::default().under("annals").header("Access-Control-Allow-Origin", "*").file(name, text);
    let page = visit_as(&Look::sized(1000, 900), hosting, "")?;
    let base = page.site.address("").replace("annals/", "");
    page.goto(&format!("{base}{name}"))?;
    Ok((page, [plain, strict]))
}

/// Waits until a frame shows events in a place that it has, and tells how many.
fn shown(page: &Visit, frame: usize) -> Result<u64> {
    page.enter_frame(frame)?;
    page.wait_for_app()?;
    let drawn = "[...document.querySelectorAll('[data-timeline] [data-event-id]')].filter((own) => {
        const { left, top, width } = own.getBoundingClientRect();
        return width > 0 && left >= 0 && left < innerWidth && top > 0 && top < innerHeight;
    }).length";
    page.wait_until(&format!("{drawn} > 2"))?;
    let count = page.value(drawn)?;
    page.leave_frames()?;
    Ok(count.as_u64().unwrap_or_default())
}

#[test]
fn every_frame_of_every_page_works() -> Result<()> {
    for (name, frames) in [
        ("frame.html", 1),
        ("other-origin.html", 1),
        ("sandboxed.html", 1),
        ("srcdoc.html", 1),
        ("many.html", 2),
        ("hostile.html", 3),
        ("messages.html", 1),
        ("small.html", 3),
    ] {
        let (page, _sites) = open(name)?;
        page.wait_for("iframe")?;
        assert_eq!(page.count("iframe")?, frames as u64, "{name}");
        for frame in 0..frames {
            let count = shown(&page, frame)?;
            assert!(count >= 3, "{name}: frame {frame} shows {count} events");
        }
        assert_eq!(page.value("scrollY")?, 0, "{name}");
        page.assert_quiet()?;
    }
    Ok(())
}

#[test]
fn elements_run_among_hostile_styles() -> Result<()> {
    let (page, _sites) = open("elements.html")?;
    page.resize(1400, 900)?;
    page.run(OWN)?;
    for place in 0..3 {
        page.run(&format!("document.querySelectorAll('annals-timeline')[{place}].shadowRoot.querySelector('.shell').scrollIntoView()"))?;
        page.wait_until(&format!(
            "own({place}, '#root')?.dataset.app === 'ready' && own({place}, '.mast h1')"
        ))?;
        let found = page.value(&format!(
            "((style) => [style.fontSize, style.textTransform, style.direction, getComputedStyle(own({place}, '#root')).letterSpacing])(getComputedStyle(own({place}, '.mast h1')))"
        ))?;
        assert_eq!(found, json!(["15px", "none", "ltr", "normal"]), "{place}");
        // No label lies on another, nor on the edge.
        let overlaps = page.value(&format!(
            "(() => {{
                const [edge] = own({place}, '[data-timeline]').getClientRects();
                const boxes = [...own({place}, '[data-timeline]').querySelectorAll('.pt .lb:not(.sr)')].map((label) => label.getBoundingClientRect()).filter(({{ width }}) => width > 2);
                const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
                return [boxes.length > 5, boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => meet(a, b))).length,
                    boxes.filter(({{ left, right }}) => left < edge.left - 1 || right > edge.right + 1).length];
            }})()"
        ))?;
        assert_eq!(overlaps, json!([true, 0, 0]), "{place}");
    }
    // Where all is twice as large, the mouse meets what it points at.
    let mark = "own(2, '[data-timeline] [data-event-id=prc-proclaimed] .mk')";
    let mark = page.value(&format!(
        "(({{ left, top, width, height }}) => [left + width / 2, top + height / 2])({mark}.getBoundingClientRect())"
    ))?;
    let at = |place: usize| mark[place].as_f64().unwrap_or_default() as i64;
    page.press_at((at(0), at(1)))?;
    page.wait_until("own(2, '[data-detail]').dataset.eventId === 'prc-proclaimed'")?;
    page.assert_quiet()
}

#[test]
fn every_page_is_listed_and_tested_here() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/hosts");
    let own =
        fs::read_to_string(file!().trim_start_matches("e2e/")).or_else(|_| fs::read_to_string(file!()))?;
    let index = fs::read_to_string(folder.join("index.html"))?;
    for entry in fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        assert!(name == "index.html" || own.contains(&format!("\"{name}\"")), "{name} is not tested");
        assert!(name == "index.html" || index.contains(&name), "{name} is not listed");
    }
    Ok(())
}

#[test]
fn a_frame_that_was_hidden_or_had_no_size_draws_itself_when_it_is_seen() -> Result<()> {
    let (page, _sites) = open("hidden.html")?;
    page.wait_for("iframe")?;
    page.run("document.querySelector('button').click()")?;
    assert!(shown(&page, 1)? >= 3);
    page.run(
        "document.querySelector('details').open = true; document.querySelector('details').scrollIntoView()",
    )?;
    assert!(shown(&page, 0)? >= 3);
    // Away and back again.
    for _ in 0..3 {
        page.run("document.querySelector('button').click()")?;
        page.rest()?;
    }
    page.run("document.querySelector('details').open = false")?;
    page.rest()?;
    page.run(
        "document.querySelector('details').open = true; document.querySelector('#none').className = 'open'",
    )?;
    assert!(shown(&page, 0)? >= 3);
    assert!(shown(&page, 1)? >= 3);
    page.assert_quiet()
}

#[test]
fn where_the_host_forbids_webassembly_the_frame_shows_the_list() -> Result<()> {
    let (page, _sites) = open("no-wasm.html")?;
    page.wait_for("iframe")?;
    page.enter_frame(0)?;
    page.wait_for("#notice:not([hidden])")?;
    assert_eq!(page.attribute("#notice", "data-why")?.as_deref(), Some("no-wasm"));
    assert!(
        page.value("document.querySelector('#story article h3').getBoundingClientRect().height")?.as_f64()
            > Some(10.0)
    );
    assert!(page.count("#story article")? > 50);
    Ok(())
}

#[test]
fn the_field_among_frames_and_elements_keeps_its_focus_and_keys() -> Result<()> {
    let (page, _sites) = open("many.html")?;
    page.run(OWN)?;
    for place in 0..3 {
        page.run(&format!("document.querySelectorAll('annals-timeline')[{place}].scrollIntoView()"))?;
        page.wait_until(&format!("own({place}, '#root')?.dataset.app === 'ready' && own({place}, '[data-timeline] [data-event-id]')"))?;
    }
    // Looked at from outside, as the driver of WebKit gives focus to each frame in which it goes on.
    page.wait_until(
        "Array.from(frames).filter((own) => own.document.querySelector('[data-timeline] [data-event-id]')).length === 2",
    )?;
    page.wait_until("document.activeElement.id === 'notes'")?;
    page.run("scrollTo(0, 0)")?;
    page.press(&["a", "b", "ArrowLeft", "?", "Home", "0"])?;
    page.rest()?;
    assert_eq!(page.value("document.getElementById('notes').value")?, "0a?b");
    assert_eq!(page.value("document.activeElement.id")?, "notes");
    assert_eq!(
        page.value("[...document.querySelectorAll('annals-timeline')].map((own) => [own.event, own.shadowRoot.querySelector('dialog[open]')])")?,
        json!([[null, null], [null, null], [null, null]])
    );
    page.assert_quiet()
}
