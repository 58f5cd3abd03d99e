//! `<annals-timeline>` in pages of others.

use e2e::{Engine, Hosting, Look, Result, Site, Visit, visit_as};
use serde_json::json;

/// A page of a strict host with some markup, and a host of the release folder that it allows.
fn open(markup: &str) -> Result<(Visit, Site)> {
    let site = Site::start(Hosting::default().recommended()?)?;
    let base = site.address("");
    let policy = format!(
        "default-src 'none'; img-src data:; script-src 'self' {base}; style-src 'self'; frame-src {base}; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let page = format!(
        "<!DOCTYPE html><html lang=en><title>Museum</title><link rel=icon href='data:,'>
         <script type=module src='{base}annals.js'></script>{markup}"
    );
    let hosting = Hosting::default().header("Content-Security-Policy", &policy).file("museum.html", page);
    Ok((visit_as(&Look::sized(1000, 700), hosting, "museum.html")?, site))
}

/// Waits until so many elements show their timelines.
fn run(page: &Visit, count: usize) -> Result<()> {
    page.wait_until(&format!(
        "[...document.querySelectorAll('annals-timeline')].filter((own) => own.shadowRoot?.querySelector('.runs')).length === {count}"
    ))
}

#[test]
fn it_takes_the_place_of_what_stands_in_it_and_speaks_with_the_page() -> Result<()> {
    let (page, _site) = open(
        "<annals-timeline event=treaty-signed theme=dark view='1945-08-01/1945-09-30' title='A treaty'><p>A list</p></annals-timeline>",
    )?;
    run(&page, 1)?;
    page.wait_until("document.querySelector('p').getClientRects().length === 0")?;
    page.enter_shadow_frame("annals-timeline")?;
    page.wait_for("[data-detail][data-event-id=treaty-signed]")?;
    assert_eq!(page.attribute(":root", "data-theme")?.as_deref(), Some("dark"));
    assert!(
        page.value("location.search")?.as_str().unwrap_or_default().contains("from=1945-08-01&to=1945-09-30")
    );
    page.run("document.querySelector('[data-timeline] [data-event-id=treaty-ratified], [data-timeline] li a:not([data-event-id=treaty-signed])').click()")?;
    page.leave_frames()?;
    page.wait_until("document.querySelector('annals-timeline').event !== 'treaty-signed'")?;
    page.run(
        "heard = []; own = document.querySelector('annals-timeline');
         document.addEventListener('select', ({ detail }) => heard.push(detail)); own.select('ga-resolution-505');",
    )?;
    page.wait_until("heard.length === 1")?;
    assert_eq!(page.value("heard[0].event")?, "ga-resolution-505");
    assert!(page.value("heard[0].title")?.as_str().unwrap_or_default().len() > 10);
    assert_eq!(page.value("own.getAttribute('event')")?, "ga-resolution-505");
    page.run("own.removeAttribute('event')")?;
    page.wait_until("heard.length === 2 && heard[1].event === null")?;
    page.run("own.event = 'treaty-signed'")?;
    page.wait_until("heard.length === 3 && own.event === 'treaty-signed'")?;
    assert_eq!(page.value("own.shadowRoot.querySelector('iframe').title")?, "A treaty");
    page.assert_quiet()
}

#[test]
fn three_elements_and_a_field_do_not_disturb_each_other() -> Result<()> {
    let one = "<annals-timeline></annals-timeline>";
    let (page, _site) = open(&format!("<input value=abc>{one}{one}{one}"))?;
    page.run("document.querySelector('input').focus()")?;
    page.run("for (const own of document.querySelectorAll('annals-timeline')) own.scrollIntoView()")?;
    run(&page, 3)?;
    page.run("document.querySelectorAll('annals-timeline')[1].event = 'treaty-signed'; document.querySelector('input').focus()")?;
    page.press(&["Home", "ArrowRight", "+"])?;
    page.rest()?;
    assert_eq!(page.value("document.querySelector('input').value")?, "a+bc");
    assert_eq!(
        page.value("[...document.querySelectorAll('annals-timeline')].map((own) => own.event)")?,
        json!([null, "treaty-signed", null])
    );
    page.assert_quiet()
}

#[test]
fn it_asks_for_nothing_until_it_is_near() -> Result<()> {
    let filler = "<br>".repeat(200);
    let (page, site) = open(&format!("{filler}<annals-timeline>A list</annals-timeline>"))?;
    page.wait_until("customElements.get('annals-timeline')")?;
    page.rest()?;
    assert_eq!(site.requests(), ["/annals.js"]);
    page.run("document.querySelector('annals-timeline').scrollIntoView()")?;
    run(&page, 1)?;
    page.assert_quiet()
}

#[test]
fn where_it_does_not_run_what_stands_in_it_is_seen() -> Result<()> {
    let site = Site::start(
        Hosting::default()
            .header("Content-Security-Policy", "script-src 'self'; style-src 'self' 'unsafe-inline'")
            .header("Access-Control-Allow-Origin", "*"),
    )?;
    let page = format!(
        "<!DOCTYPE html><link rel=icon href='data:,'><script type=module src='{}'></script><annals-timeline><p>A list</p></annals-timeline>",
        site.address("annals.js")
    );
    let page = visit_as(&Look::default(), Hosting::default().file("museum.html", page), "museum.html")?;
    page.wait_until("document.querySelector('annals-timeline').shadowRoot?.querySelector('iframe')")?;
    page.enter_shadow_frame("annals-timeline")?;
    page.wait_for("#notice:not([hidden])")?;
    page.leave_frames()?;
    // The frame has answered.
    page.wait_until(
        "document.querySelector('annals-timeline').shadowRoot.querySelector('iframe').style.blockSize",
    )?;
    assert!(page.value("document.querySelector('p').getBoundingClientRect().height")?.as_f64() > Some(5.0));
    // Nobody sees, hears or reaches the frame.
    let frame = "document.querySelector('annals-timeline').shadowRoot.querySelector('iframe')";
    assert_eq!(
        page.value(&format!("[getComputedStyle({frame}).opacity, {frame}.inert]"))?,
        json!(["0", true])
    );
    Ok(())
}

#[test]
fn what_is_removed_leaves_nothing_behind() -> Result<()> {
    let (page, _site) = open("<div><annals-timeline>A list</annals-timeline></div>")?;
    if page.engine() != Engine::Chromium {
        return Ok(());
    }
    let counters = || -> Result<(i64, i64)> {
        page.devtools("HeapProfiler.collectGarbage", &json!({}))?;
        let counted = page.devtools("Memory.getDOMCounters", &json!({}))?;
        let count = |name: &str| counted[name].as_i64().unwrap_or(i64::MAX);
        Ok((count("documents"), count("jsEventListeners")))
    };
    run(&page, 1)?;
    let mut after_three = (0, 0);
    for time in 1..=50 {
        page.run(
            "const box = document.querySelector('div'), own = box.firstChild; own.remove(); box.append(own);",
        )?;
        if time % 10 == 3 {
            run(&page, 1)?;
        }
        if time == 3 {
            after_three = counters()?;
        }
    }
    run(&page, 1)?;
    let after_all = counters()?;
    assert!(after_three.0 > 0 && after_three.1 > 0, "{after_three:?}");
    assert!(
        after_all.0 <= after_three.0 + 1 && after_all.1 <= after_three.1 + 2,
        "{after_three:?} and {after_all:?}"
    );
    assert_eq!(
        page.value("document.querySelector('annals-timeline').shadowRoot.querySelectorAll('iframe').length")?,
        1
    );
    page.assert_quiet()
}
