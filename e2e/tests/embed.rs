//! The page in a frame of somebody else's page: it speaks with that page, leaves it where it is, and leaves it its keys, its focus
//! and its wheel.

use e2e::{Hosting, Look, Result, Site, Visit, visit_as};
use serde_json::{Value, json};

/// A host's page with a frame, which keeps what it hears.
fn host(before: &str, frames: &str) -> String {
    format!(
        "<!DOCTYPE html><title>Course</title><link rel=icon href='data:,'>
        <script>heard = []; addEventListener('message', ({{ data, source }}) => heard.push([Array.from(frames).indexOf(source), data]));</script>
        {before}{frames}<div style='height: 3000px'></div>"
    )
}

const FRAME: &str = "<iframe src='/index.html?embed' width=720 height=420 style='border:0'></iframe>";

fn open(host: impl Into<String>) -> Result<Visit> {
    let page = visit_as(&Look::sized(1000, 700), Hosting::default().file("host.html", host), "host.html")?;
    page.wait_until("heard.some(([, said]) => said.type === 'size')")?;
    Ok(page)
}

fn said(page: &Visit, of: &str) -> Result<Vec<Value>> {
    let said = page.value(&format!(
        "heard.map(([, said]) => said).filter((said) => JSON.stringify(said).includes({of:?}))"
    ))?;
    Ok(said.as_array().cloned().unwrap_or_default())
}

#[test]
fn it_says_its_height_to_every_system() -> Result<()> {
    let frame = "<iframe src='/index.html?embed#?secret=aB3' width=360 height=256></iframe>";
    let page = open(host("", frame))?;
    assert!(said(&page, "annals")?.contains(&json!({ "annals": 1, "type": "size", "height": 560 })));
    let canvas = said(&page, "lti.frameResize")?;
    assert_eq!(canvas[0], json!({ "subject": "lti.frameResize", "height": 560 }));
    assert_eq!(canvas[1].as_str(), Some("{\"subject\":\"lti.frameResize\",\"height\":560}"));
    assert_eq!(said(&page, "secret")?, [json!({ "message": "height", "value": 560, "secret": "aB3" })]);
    let h5p = said(&page, "h5p")?;
    assert_eq!(h5p[0], json!({ "context": "h5p", "action": "hello" }));
    assert!(h5p.contains(&json!({ "context": "h5p", "action": "resize", "scrollHeight": 560 })));
    // A page that begins to listen later asks for it again.
    page.run("heard.length = 0; frames[0].postMessage({ context: 'h5p', action: 'ready' }, '*')")?;
    page.wait_until("heard.some(([, said]) => said.action === 'hello')")?;
    page.run("frames[0].postMessage({ context: 'h5p', action: 'resize' }, '*')")?;
    page.wait_until("heard.some(([, said]) => said.scrollHeight === 560)")?;
    page.assert_quiet()
}

#[test]
fn a_frame_without_a_secret_tells_none() -> Result<()> {
    let page = open(host("", FRAME))?;
    assert_eq!(said(&page, "secret")?, Vec::<Value>::new());
    // What is shown whole asks for no more room than it has.
    assert!(said(&page, "annals")?.contains(&json!({ "annals": 1, "type": "size", "height": 420 })));
    page.assert_quiet()
}

#[test]
fn the_script_for_own_pages_gives_each_frame_its_height() -> Result<()> {
    let small = "<iframe src='/index.html?embed' width=360 height=256 style='border:0'></iframe>";
    let frames = [
        "<script src='/annals-resize.js'></script>",
        small,
        "<iframe src='about:blank' height=100></iframe>",
    ]
    .concat();
    let page = open(host("", &frames))?;
    page.wait_until("document.querySelector('iframe').clientHeight === 560")?;
    assert_eq!(page.value("document.querySelectorAll('iframe')[1].style.height")?, "");
    // A message of another form is nothing to it.
    page.run("postMessage({ annals: 1, type: 'size', height: -5 }, '*'); postMessage(null, '*'); postMessage('annals', '*')")?;
    page.rest()?;
    assert_eq!(page.value("document.querySelector('iframe').clientHeight")?, 560);
    page.assert_quiet()
}

#[test]
fn it_says_which_event_is_chosen_and_chooses_what_it_is_told() -> Result<()> {
    let page = open(host("", FRAME))?;
    let tell = |message: Value| page.run_with("frames[0].postMessage(arguments[0], '*')", &json!([message]));
    tell(json!({ "annals": 1, "type": "select", "event": "treaty-signed" }))?;
    page.wait_until("heard.some(([, said]) => said.type === 'select')")?;
    let told = said(&page, "select")?;
    assert_eq!(told[0]["event"], "treaty-signed");
    assert!(told[0]["title"].as_str().unwrap_or_default().contains("Treaty signed"), "{told:?}");
    tell(json!({ "annals": 1, "type": "select", "event": null }))?;
    page.wait_until("heard.some(([, said]) => said.type === 'select' && said.event === null)")?;
    // Also where the address of the frame names one.
    page.run("frames[0].location.replace('/index.html?embed&event=treaty-signed'); heard.length = 0")?;
    page.wait_until("heard.some(([, said]) => said.event === 'treaty-signed')")?;
    tell(json!({ "annals": 1, "type": "select", "event": null }))?;
    page.wait_until("heard.some(([, said]) => said.type === 'select' && said.event === null)")?;
    // What has another form is no message.
    for message in [
        json!({ "type": "select", "event": "treaty-signed" }),
        json!({ "annals": 2, "type": "select", "event": "treaty-signed" }),
        json!({ "annals": 1, "type": "select", "event": "x".repeat(201) }),
        json!({ "annals": 1, "type": "select", "event": 7 }),
        json!({ "annals": 1, "type": "open", "event": "treaty-signed" }),
        json!(null),
        json!("select"),
    ] {
        tell(message)?;
    }
    // Neither is what does not come from the page around it.
    page.enter_frame(0)?;
    page.run("postMessage({ annals: 1, type: 'select', event: 'treaty-signed' }, '*')")?;
    page.rest()?;
    assert_eq!(page.count("[data-detail]")?, 0);
    page.click("[data-timeline] [data-event-id='treaty-signed']")?;
    page.wait_for("[data-detail]")?;
    page.leave_frames()?;
    page.wait_until("heard.at(-1)[1].event === 'treaty-signed'")?;
    page.assert_quiet()
}

#[test]
fn a_link_of_the_page_around_it_leads_to_an_event() -> Result<()> {
    let frame = FRAME.replace("<iframe", "<iframe name=story");
    let link = |id: &str| format!("<a id={id} target=story href='/index.html?embed#event-{id}'>{id}</a>");
    let links = ["treaty-signed", "prc-proclaimed"].map(link).concat();
    let page = open(host(&format!("{links}<div style='height: 500px'></div>"), &frame))?;
    for (id, times) in [("treaty-signed", 1), ("prc-proclaimed", 2)] {
        page.click(&format!("#{id}"))?;
        page.wait_until(&format!(
            "heard.filter(([, said]) => said.type === 'select' && said.event).length === {times}"
        ))?;
        assert_eq!(said(&page, "select")?.last().unwrap()["event"], id);
        page.rest()?;
        assert_eq!(page.value("scrollY")?, 0);
    }
    page.assert_quiet()
}

#[test]
fn a_frame_shows_the_story_in_another_of_its_languages() -> Result<()> {
    let frame = |sandbox: &str| {
        format!(
            "<iframe {sandbox} src='/index.html?embed&lang=ru&event=treaty-signed' width=720 height=420></iframe>"
        )
    };
    let frames = [frame(""), frame("sandbox=allow-scripts")].concat();
    let hosting =
        Hosting::default().header("Access-Control-Allow-Origin", "*").file("host.html", host("", &frames));
    let page = visit_as(&Look::sized(1000, 900), hosting, "host.html")?;
    for place in 0..2 {
        page.enter_frame(place)?;
        page.wait_for("[data-detail][data-event-id=treaty-signed]")?;
        assert_eq!(
            page.value("/\\p{Script=Cyrillic}/u.test(document.querySelector('#annals h1').textContent)")?,
            true
        );
        assert_eq!(
            page.value("document.querySelector('#annals h1 [lang], #annals h1').closest('[lang]').lang")?,
            "ru"
        );
        page.leave_frames()?;
    }
    assert_eq!(page.value("scrollY")?, 0);
    page.assert_quiet()
}

#[test]
fn a_frame_on_another_site_without_storage_works_the_same() -> Result<()> {
    let other = Site::start(Hosting::default())?;
    let address = other.address("?embed&event=treaty-signed&theme=dark").replace("127.0.0.1", "localhost");
    let frame = format!(
        "<iframe sandbox='allow-scripts allow-same-origin' src='{address}' width=720 height=420></iframe>"
    );
    let page = open(host("", &frame))?;
    page.wait_until("heard.some(([, said]) => said.event === 'treaty-signed')")?;
    page.run("frames[0].postMessage({ annals: 1, type: 'select', event: 'ga-resolution-505' }, '*')")?;
    page.wait_until("heard.some(([, said]) => said.event === 'ga-resolution-505')")?;
    page.enter_frame(0)?;
    assert_eq!(page.attribute(":root", "data-theme")?.as_deref(), Some("dark"));
    page.assert_quiet()
}

#[test]
fn a_frame_on_another_site_works_where_the_browser_denies_all_storage() -> Result<()> {
    let other = Site::start(Hosting::default())?;
    let address = other.address("?embed").replace("127.0.0.1", "localhost");
    let frame = format!("<iframe src='{address}' width=720 height=420></iframe>");
    let look = Look { storage: false, ..Look::sized(1000, 700) };
    let page = visit_as(&look, Hosting::default().file("host.html", host("", &frame)), "host.html")?;
    page.wait_until("heard.some(([, said]) => said.type === 'size')")?;
    page.enter_frame(0)?;
    let storage =
        page.value("(() => { try { return String(localStorage); } catch { return 'refused'; } })()")?;
    assert!(storage == "refused" || storage == "null", "{storage}");
    page.wait_for_app()?;
    // An origin of its own it has: nothing but the preference denies it the storage.
    assert_eq!(page.value("self.origin")?, address.trim_end_matches("/?embed"));
    page.click("[data-timeline] [data-event-id='treaty-signed']")?;
    page.wait_for("[data-detail][data-event-id=treaty-signed]")?;
    page.wait_for("[data-detail] svg.map path")?;
    page.assert_quiet()?;
    page.leave_frames()?;
    page.wait_until("heard.at(-1)[1].event === 'treaty-signed'")?;
    page.assert_quiet()
}

#[test]
fn a_frame_without_an_origin_works_where_its_host_allows_it() -> Result<()> {
    let other = Site::start(Hosting::default().header("Access-Control-Allow-Origin", "*"))?;
    let frame = format!(
        "<iframe sandbox='allow-scripts' src='{}' width=720 height=420></iframe>",
        other.address("?embed")
    );
    let page = open(host("", &frame))?;
    page.run("frames[0].postMessage({ annals: 1, type: 'select', event: 'treaty-signed' }, '*')")?;
    page.wait_until("heard.some(([, said]) => said.event === 'treaty-signed')")?;
    page.enter_frame(0)?;
    assert_eq!(page.value("self.origin")?, "null");
    page.assert_quiet()
}

#[test]
fn a_frame_without_an_origin_shows_the_list_where_its_host_does_not_allow_it() -> Result<()> {
    let other = Site::start(Hosting::default())?;
    let frame = format!(
        "<iframe sandbox='allow-scripts' src='{}' width=720 height=420></iframe>",
        other.address("?embed#event-treaty-signed")
    );
    let look = Look::sized(1000, 700);
    let page = visit_as(&look, Hosting::default().file("host.html", host("", &frame)), "host.html")?;
    page.enter_frame(0)?;
    page.wait_until("document.readyState === 'complete'")?;
    assert_eq!(page.value("self.origin")?, "null");
    assert_eq!(page.count("[data-timeline]")?, 0);
    assert_eq!(page.value("document.querySelector(':target')?.id")?, "event-treaty-signed");
    assert!(page.text("#event-treaty-signed")?.len() > 200);
    page.wait_until(
        "[...document.querySelectorAll('#story article')].every((one) => one.getBoundingClientRect().height > 40)",
    )?;
    assert!(page.count("#story article")? > 50);
    Ok(())
}

#[test]
fn the_page_around_it_stays_where_it_is() -> Result<()> {
    let page = open(host(
        "<p style='height: 900px'><input type=text></p>",
        "<iframe src='/index.html?embed&event=treaty-signed' width=720 height=420></iframe>",
    ))?;
    page.wait_until("heard.some(([, said]) => said.event === 'treaty-signed')")?;
    let before = page.value("history.length")?;
    page.run("document.querySelector('input').focus()")?;
    page.press(&["ArrowRight", "a", "?"])?;
    for event in ["ga-resolution-505", "treaty-signed"] {
        page.run(&format!("frames[0].postMessage({{ annals: 1, type: 'select', event: '{event}' }}, '*')"))?;
        page.wait_until(&format!("heard.at(-1)[1].event === '{event}'"))?;
    }
    page.rest()?;
    assert_eq!(page.value("scrollY")?, 0);
    assert_eq!(page.value("document.activeElement.value")?, "a?");
    assert_eq!(page.value("history.length")?, before);
    page.assert_quiet()
}

#[test]
fn the_wheel_is_the_pages_until_the_chart_is_used() -> Result<()> {
    // Lower than the tracks, so that they could be scrolled as well, and what zooming in changes; and the list of a narrow frame.
    let chart =
        (720, 300, ".stage-box", -120, "document.querySelector('#annals [aria-valuetext]').ariaValueText");
    let list = (360, 420, ".vtl", 120, "document.querySelector('.vtl').scrollTop");
    for (width, height, inside, down, changes) in [chart, list] {
        let frame = format!(
            "<iframe src='/index.html?embed' width={width} height={height} style='border:0'></iframe>"
        );
        let page = open(host("", &frame))?;
        page.wheel((300, 200), (0, 120), None)?;
        page.wait_until("scrollY > 60")?;
        page.run("scrollTo(0, 50)")?;
        page.enter_frame(0)?;
        assert_eq!(page.value(&format!("document.querySelector('{inside}').scrollTop"))?, 0);
        let before = page.value(changes)?;
        page.run("document.querySelector('[data-timeline] a').focus()")?;
        // What can be scrolled is drawn so before the wheel asks.
        page.rest()?;
        page.leave_frames()?;
        page.wheel((300, 150), (0, down), None)?;
        page.enter_frame(0)?;
        page.wait_until(&format!("{changes} !== {before}"))?;
        page.leave_frames()?;
        assert_eq!(page.value("scrollY")?, 50, "{width}");
        page.assert_quiet()?;
    }
    Ok(())
}

#[test]
fn a_small_frame_shows_events() -> Result<()> {
    let frame = "<iframe src='/index.html?embed' width=320 height=256 style='border:0'></iframe>";
    let page = open(host("", frame))?;
    page.enter_frame(0)?;
    let seen = "[...document.querySelectorAll('.vtl li a')].filter((link) => {
        const { top, bottom } = link.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
    }).length";
    assert!(page.value(seen)?.as_u64() >= Some(2));
    assert_eq!(page.value("document.documentElement.scrollWidth")?, 320);
    page.assert_quiet()
}

#[test]
fn a_frame_has_a_way_out_to_a_page_of_its_own() -> Result<()> {
    let page = open(host("", FRAME))?;
    page.enter_frame(0)?;
    page.wait_for("#alone:not([hidden])")?;
    page.run(
        "document.getElementById('alone').addEventListener('click', (click) => click.preventDefault())",
    )?;
    page.click("#alone")?;
    let address = page.attribute("#alone", "href")?;
    assert_eq!(address.as_deref(), Some("/index.html"));
    assert!(!page.text("#alone")?.is_empty() || page.attribute("#alone", "aria-label")?.is_some());
    page.assert_quiet()
}

#[test]
fn two_frames_and_a_field_do_not_disturb_each_other() -> Result<()> {
    let page = open(host("<input type=text value=abc>", &[FRAME, FRAME].concat()))?;
    page.wait_until(
        "new Set(heard.filter(([, said]) => said.type === 'size').map(([who]) => who)).size === 2",
    )?;
    page.run("frames[1].postMessage({ annals: 1, type: 'select', event: 'treaty-signed' }, '*')")?;
    page.wait_until("heard.some(([who, said]) => who === 1 && said.event === 'treaty-signed')")?;
    page.run("document.querySelector('input').focus()")?;
    page.press(&["Home", "ArrowRight", "+"])?;
    page.rest()?;
    assert_eq!(page.value("document.querySelector('input').value")?, "a+bc");
    assert_eq!(page.value("heard.filter(([who, said]) => who === 0 && said.type === 'select').length")?, 0);
    page.assert_quiet()
}
