//! The page of one file: it opens from a disk and in frames without an origin, asks for nothing, and reads without WebAssembly and
//! without scripts.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::fs;

use e2e::{Browser, Hosting, Look, Result, Visit, one_file, other_file, visit_as};

/// Limit of the file with the project's own timeline, on the disk.
const LIMIT: u64 = 550_000;

/// Chooses an event in the chart and waits for its detail.
fn choose(page: &Browser) -> Result<()> {
    page.wait_for_app()?;
    page.run("document.querySelector('[data-timeline] [data-event-id=treaty-signed]').click()")?;
    page.wait_for("[data-detail][data-event-id=treaty-signed]")?;
    // The module of the map has come along as well.
    page.wait_for("[data-detail] svg.map path")
}

fn assert_asks_for_nothing(page: &Browser) -> Result<()> {
    // The script that keeps what is said on the console is the host's.
    let asked = page.value(
        "performance.getEntriesByType('resource').map((one) => one.name)
           .filter((name) => !name.startsWith('data:') && !name.endsWith('/__watch.js'))",
    )?;
    assert_eq!(asked, serde_json::json!([]));
    Ok(())
}

/// Opens a host's page with the file beside it, and goes on in its frame.
fn framed(host: &str) -> Result<Visit> {
    let file = fs::read_to_string(one_file()?)?;
    let hosting = Hosting::default().file("course/annals.html", file).file("course/host.html", host);
    let page = visit_as(&Look::sized(900, 700), hosting, "course/host.html")?;
    page.wait_for("iframe")?;
    page.enter_frame(0)?;
    Ok(page)
}

#[test]
fn it_opens_from_a_disk() -> Result<()> {
    let file = one_file()?;
    assert!(fs::metadata(&file)?.len() <= LIMIT, "{} bytes", fs::metadata(&file)?.len());
    let page = Browser::open(&Look::default())?;
    page.goto(&format!("file://{}#event-korean-war-context", file.display()))?;
    page.wait_for("[data-detail]")?;
    choose(&page)?;
    assert_asks_for_nothing(&page)?;
    page.assert_quiet()
}

#[test]
fn it_opens_in_a_frame_without_an_origin() -> Result<()> {
    let page = framed(
        "<!DOCTYPE html><link rel=icon href='data:,'><iframe sandbox='allow-scripts' src='annals.html' width=800 height=600></iframe>",
    )?;
    assert_eq!(page.value("self.origin")?, "null");
    choose(&page)?;
    assert_asks_for_nothing(&page)?;
    page.assert_quiet()
}

#[test]
fn it_opens_in_a_frame_that_has_it_as_a_text() -> Result<()> {
    let host = "<!DOCTYPE html><link rel=icon href='data:,'><body><script>
        fetch('annals.html').then((file) => file.text()).then((text) => {
          const frame = document.createElement('iframe');
          Object.assign(frame, { srcdoc: text, width: 800, height: 600 });
          frame.sandbox = 'allow-scripts';
          document.body.append(frame);
        });
        </script>";
    let page = framed(host)?;
    choose(&page)?;
    page.assert_quiet()
}

#[test]
fn where_webassembly_is_forbidden_it_shows_the_whole_story() -> Result<()> {
    let file = fs::read_to_string(one_file()?)?.replace(" 'wasm-unsafe-eval'", "");
    let hosting = Hosting::default().file("annals-alone.html", file);
    let page = visit_as(&Look::default(), hosting, "annals-alone.html#event-treaty-signed")?;
    page.wait_for("#notice:not([hidden])")?;
    assert_eq!(page.attribute("#notice", "data-why")?.as_deref(), Some("no-wasm"));
    assert!(page.count("#story article .p-src li")? > 100);
    assert_eq!(
        page.value(
            "[...document.querySelectorAll('#story article h3 a')].filter((link) => !link.textContent).length"
        )?,
        0
    );
    Ok(())
}

#[test]
fn it_opens_in_browsers_that_unpack_nothing_themselves() -> Result<()> {
    let file = fs::read_to_string(one_file()?)?.replace("DecompressionStream", "NoSuchStream");
    // The script is another one now.
    let (before, rest) = file.split_once("script-src 'sha256-").unwrap();
    let (_, after) = rest.split_once('\'').unwrap();
    let file = [before, "script-src 'unsafe-inline'", after].concat();
    let page = visit_as(&Look::default(), Hosting::default().file("old.html", file), "old.html")?;
    choose(&page)?;
    assert!(page.count("#story article .p-src li")? > 100);
    page.assert_quiet()
}

#[test]
fn it_holds_another_timeline_as_well() -> Result<()> {
    let address = format!("file://{}", other_file()?.display());
    let title = "Bread & <b>games</b> </script><!--parts-->";
    let page = Browser::open(&Look::default())?;
    page.goto(&format!("{address}#event-law"))?;
    page.wait_for_app()?;
    page.wait_for("[data-detail][data-event-id=law]")?;
    assert_eq!(page.text("h1")?, title);
    let told = page.text("[data-detail]")?;
    assert!(told.contains("whoever stands in line: \"{}\" & <i>no less</i>."), "{told}");
    assert!(told.contains("123 BCE"), "{told}");
    assert_eq!(page.count("[data-timeline] .span, [data-timeline] .pt")?, 3);
    assert_asks_for_nothing(&page)?;
    page.assert_quiet()?;
    // Most drivers serve one browser at a time.
    drop(page);

    let page = Browser::open(&Look { javascript: false, ..Look::default() })?;
    page.goto(&address)?;
    assert_eq!(page.text("#story h1")?, title);
    assert!(page.text("#event-law .lead")?.contains("no less"));
    Ok(())
}

#[test]
fn without_scripts_it_shows_what_happened() -> Result<()> {
    let file = one_file()?;
    let page = Browser::open(&Look { javascript: false, ..Look::default() })?;
    page.goto(&format!("file://{}", file.display()))?;
    assert!(page.text("#story noscript")?.contains("JavaScript"));
    assert!(page.text("#event-treaty-signed .lead")?.len() > 40);
    Ok(())
}
