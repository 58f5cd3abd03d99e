//! With the headers that the release folder recommends, everything works and nothing is said on the console.

use std::env;
use std::fs;

use e2e::{Browser, Engine, Hosting, Look, Result, Site, many_events, visit_as};
use serde_json::json;

#[test]
fn the_story_opens_with_its_details_and_their_maps() -> Result<()> {
    let page = visit_as(&Look::default(), Hosting::default().recommended()?, "")?;
    page.wait_for_app()?;
    page.run("document.querySelector('[data-timeline] [data-event-id=treaty-signed]').click()")?;
    page.wait_for("[data-detail][data-event-id=treaty-signed]")?;
    page.wait_for("[data-detail] svg.map path")?;
    // The styles are those in the page, by their name in the policy.
    assert_eq!(page.value("[...document.styleSheets].map((sheet) => sheet.href)")?, json!([null]));
    assert_eq!(page.site.missed(), Vec::<String>::new());
    page.assert_quiet()
}

#[test]
fn the_page_of_one_file_opens_from_its_host() -> Result<()> {
    let page =
        visit_as(&Look::default(), Hosting::default().recommended()?, "annals.html#event-treaty-signed")?;
    page.wait_for_app()?;
    page.wait_for("[data-detail][data-event-id=treaty-signed]")?;
    page.wait_for("[data-detail] svg.map path")?;
    assert!(page.value("document.fonts.check('500 14px \"Annal Serif\"')")?.as_bool() == Some(true));
    page.assert_quiet()
}

#[test]
fn other_timelines_are_read_beside_the_page() -> Result<()> {
    // A small one comes to the app that is there; another app comes for a large one, and asks the worker.
    for (count, module) in [(5, "/annals-"), (500, "/large-")] {
        let hosting = Hosting::default().recommended()?.file("other.json", many_events(count));
        let page = visit_as(&Look::default(), hosting, "?src=other.json")?;
        page.wait_until("document.querySelector('h1')?.textContent === 'Many events'")?;
        page.wait_for("[data-timeline] [data-event-id]")?;
        page.run("document.querySelector('[data-timeline] [data-event-id]').click()")?;
        page.wait_for("[data-detail]")?;
        let asked = page.site.requests();
        assert!(asked.iter().any(|path| path.starts_with(module)), "{count} events: {asked:?}");
        assert_eq!(page.site.missed(), Vec::<String>::new());
        page.assert_quiet()?;
    }
    Ok(())
}

#[test]
fn any_page_may_have_it_in_a_frame() -> Result<()> {
    let site = Site::start(Hosting::default().recommended()?)?;
    let host = |frame: &str| {
        format!(
            "<!DOCTYPE html><title>Host</title><link rel=icon href='data:,'><iframe {frame} width=800 height=600></iframe>"
        )
    };
    let plain = host(&format!("src='{}'", site.address("")));
    // Of another origin, without an origin, and in a frame without an origin.
    let hosting = Hosting::default()
        .file("plain.html", plain.clone())
        .file("sandbox.html", host(&format!("sandbox=allow-scripts src='{}'", site.address(""))))
        .file("nested.html", host("sandbox=allow-scripts src=plain.html"));
    let page = visit_as(&Look::default(), hosting, "plain.html")?;
    for (address, depth) in [("plain.html", 1), ("sandbox.html", 1), ("nested.html", 2)] {
        page.open(address)?;
        for _ in 0..depth {
            page.enter_frame(0)?;
        }
        page.wait_until("document.readyState === 'complete'")?;
        // Before its bug 316847 was mended, WebKit took nothing for 'self' where there is no origin: neither the script that keeps
        // what is said on the console, nor the page's. The list is what is read then; the page of one file runs there.
        if page.engine() == Engine::WebKit
            && address != "plain.html"
            && page.value("window.__said === undefined")? == true
        {
            assert_eq!(page.value("self.origin")?, "null");
            assert_eq!(page.value("document.documentElement.dataset.app ?? ''")?, "");
            let read = "[...document.querySelectorAll('#story article')].filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 40).length";
            assert!(page.value(read)?.as_u64() > Some(50), "{}", page.value(read)?);
            continue;
        }
        page.wait_for_app()?;
        page.assert_quiet()?;
    }
    drop(page);
    let file = env::temp_dir().join("annals-e2e-host.html");
    fs::write(&file, plain)?;
    let page = Browser::open(&Look::default())?;
    page.goto(&format!("file://{}", file.display()))?;
    page.enter_frame(0)?;
    page.wait_for_app()?;
    page.assert_quiet()
}
