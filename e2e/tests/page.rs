//! The page opens.

use std::fs;
use std::time::Duration;

use e2e::{Engine, Fault, Hosting, Look, Result, visit, visit_as};
use serde_json::json;

#[test]
fn the_page_opens_with_its_timeline_and_says_nothing_on_the_console() -> Result<()> {
    let page = visit("")?;
    page.wait_for_app()?;
    assert!(page.title()?.contains("Sino-Soviet Treaty"), "{}", page.title()?);
    assert_eq!(page.site.missed(), Vec::<String>::new());
    page.assert_quiet()
}

#[test]
fn positions_need_no_style_attribute_and_are_there_when_their_element_is() -> Result<()> {
    let hosting = Hosting::default().header("Content-Security-Policy", "style-src 'self'");
    let page = visit_as(&Look::default(), hosting, "")?;
    page.wait_for_app()?;
    if page.engine() == Engine::Chromium {
        // On a slow machine drawing takes longer than a frame, in the middle of which Yew may let the browser paint.
        page.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": 6 }))?;
    }
    page.run(
        "window.drawn = 0;
         window.astray = new Set();
         new MutationObserver(() => {
           window.drawn++;
           // A point has a position of another kind than what has a width.
           for (const [form, own] of [['.pt', '--st'], ['.span', '--w'], ['.ghost', '--w']])
             for (const item of document.querySelectorAll(form))
               if (!item.style.getPropertyValue(own)) astray.add(form + ' ' + item.textContent);
         }).observe(document.querySelector('[data-timeline]'), { attributes: true, childList: true, subtree: true });
         document.querySelector('[data-timeline] [data-event-id][tabindex=\"0\"]').focus()",
    )?;
    for _ in 0..4 {
        page.press(&["+"])?;
        page.rest()?;
    }
    assert_eq!(page.value("[...astray]")?, json!([]));
    assert_eq!(page.value("drawn > 3")?, true);
    // The browser says of each style in the page that the policy forbids it, WebKit only that it did not load; nothing else
    // is said.
    let said = page.console()?;
    let unloaded = |line: &String| page.engine() == Engine::WebKit && line.ends_with(" STYLE");
    assert!(said.iter().all(|line| line.contains("style-src") || unloaded(line)), "{said:?}");
    Ok(())
}

#[test]
fn the_list_of_the_page_stays_in_view_until_the_app_has_drawn() -> Result<()> {
    // A clock by which it is always late, so that Yew lets the browser paint wherever it may; what the page looks like then is
    // seen at the end of the task that takes it over.
    let watch = "<head><script>
        let late = 0;
        Date.now = () => (late += 20);
        new MutationObserver(() => (window.drawn ??= document.querySelectorAll('#annals [data-event-id]').length))
            .observe(document.documentElement, { attributeFilter: ['data-app'] });
      </script>";
    let slow = fs::read_to_string(e2e::dist()?.join("index.html"))?.replacen("<head>", watch, 1);
    for (width, height) in [(1440, 900), (390, 844)] {
        let hosting = Hosting::default().file("slow.html", slow.clone());
        let page = visit_as(&Look::sized(width, height), hosting, "slow.html")?;
        page.wait_for_app()?;
        let drawn = page.value("drawn")?.as_u64().unwrap_or_default();
        assert!(
            drawn >= 15,
            "{drawn} events were drawn when the list went out of view, at {width} × {height}"
        );
    }
    Ok(())
}

#[test]
fn a_policy_that_forbids_styles_in_the_page_gets_them_from_their_file() -> Result<()> {
    let hosting = Hosting::default().header("Content-Security-Policy", "style-src 'self'; script-src 'self'");
    let page = visit_as(&Look::default(), hosting, "")?;
    // Without WebAssembly the list is what is seen.
    page.wait_until("document.documentElement.dataset.app === 'failed'")?;
    page.wait_until("getComputedStyle(document.querySelector('#story h1')).fontFamily.includes('Annal')")?;
    assert_eq!(page.value("document.styleSheets.length")?, 1);
    assert_eq!(page.site.missed(), Vec::<String>::new());
    Ok(())
}

#[test]
fn a_script_that_never_comes_hides_no_event_for_good() -> Result<()> {
    let hosting = Hosting::default().fault(".js", Fault::Missing);
    let page = visit_as(&Look::default(), hosting, "#event-ga-resolution-505")?;
    let seen = "[...document.querySelectorAll('#story article, #story .note')].every(one => one.getClientRects().length && getComputedStyle(one).visibility === 'visible')";
    page.wait_until("document.readyState === 'complete'")?;
    assert_eq!(page.value("document.documentElement.dataset.app ?? ''")?, "", "nothing says what happened");
    page.wait_until(seen)
}

#[test]
fn a_module_that_breaks_off_leaves_the_reader_at_the_event_of_the_address() -> Result<()> {
    let hosting = Hosting::default()
        .fault("_bg.wasm", Fault::Late(Duration::from_millis(800)))
        .fault("_bg.wasm", Fault::CutAfter(1000));
    let page = visit_as(&Look::default(), hosting, "#event-ga-resolution-505")?;
    let top = "document.querySelector(':target')?.getBoundingClientRect().top";
    page.wait_until(&format!("Math.abs({top}) < 60"))?;
    page.wait_until("document.documentElement.dataset.app === 'failed'")?;
    // What lies above it is there again.
    assert_eq!(
        page.value("[...document.querySelectorAll('article')].every(one => one.getClientRects().length)")?,
        true
    );
    page.wait_until(&format!("Math.abs({top}) < 60"))?;
    Ok(())
}

#[test]
fn an_app_with_a_fault_gives_the_list_back_and_says_why() -> Result<()> {
    let page = visit("")?;
    page.wait_for_app()?;
    // What Yew takes for granted fails from now on.
    page.run("Node.prototype.insertBefore = () => { throw new Error('refused'); }")?;
    page.press(&["+"])?;
    page.wait_until("document.documentElement.dataset.app === 'failed'")?;
    assert!(page.text("#notice")?.contains("stopped because of a fault in it"), "{}", page.text("#notice")?);
    assert_eq!(page.value("document.querySelector('#story article').getClientRects().length > 0")?, true);
    Ok(())
}

#[test]
fn a_wide_window_has_a_picture_of_the_chart_where_no_app_comes() -> Result<()> {
    let hosting = Hosting::default().fault(".js", Fault::Missing);
    let page = visit_as(&Look::sized(1360, 768), hosting, "")?;
    page.wait_until("document.readyState === 'complete'")?;
    let shown = "document.querySelector('.still.page').getClientRects().length > 0";
    for width in [1360, 1440, 1920] {
        page.resize(width, 768)?;
        assert_eq!(page.value(shown)?, true, "at {width}");
        let names = page.run(
            "const of = (node) => [node.textContent, node.getBoundingClientRect()];
             const texts = [...document.querySelectorAll('.still.page :is(text, .pill)')].map(of);
             const touch = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4;
             const faults = texts.filter(([, box]) => box.right > innerWidth || box.left < 0).map(([text]) => text + ' leaves the window');
             texts.forEach(([text, box], place) => texts.slice(place + 1).forEach(([other, its]) => {
               if (touch(box, its) && text && other) faults.push(text + ' touches ' + other);
             }));
             return [texts.length > 40, faults];",
        )?;
        assert_eq!(names, json!([true, []]), "at {width}");
    }
    // What it says is for the eye alone; keys and ears have the contents.
    assert_eq!(page.value("document.querySelector('.still.page').ariaHidden")?, "true");
    assert_eq!(
        page.value("[...document.querySelectorAll('.still a')].every(link => link.tabIndex === -1)")?,
        true
    );
    page.run("document.querySelector('.still [href=\"#event-treaty-signed\"] text').dispatchEvent(new MouseEvent('click', { bubbles: true }))")?;
    page.wait_until(
        "Math.abs(document.querySelector('#event-treaty-signed:target').getBoundingClientRect().top) < 60",
    )?;
    page.resize(1340, 768)?;
    assert_eq!(page.value(shown)?, false, "names would touch");
    Ok(())
}

#[test]
fn the_picture_of_the_chart_has_its_names_where_the_app_has_them() -> Result<()> {
    let hosting = Hosting::default().fault("_bg.wasm", Fault::Late(Duration::from_secs(2)));
    let page = visit_as(&Look::sized(1440, 900), hosting, "")?;
    page.run(
        "window.names = {};
         for (const text of document.querySelectorAll('.still.page g > a text'))
           names[text.closest('a').getAttribute('href').slice(7)] = text.getBoundingClientRect().left;",
    )?;
    page.wait_for_app()?;
    page.rest()?;
    let moved = page.run(
        "const moved = Object.entries(names).map(([id, left]) => {
           const name = document.querySelector(`[data-timeline] [data-event-id=\"${id}\"] :is(.lb:not(.sr), .sl)`);
           return [id, name ? Math.abs(name.getBoundingClientRect().left - left) : 'has no name'];
         });
         return [moved.length > 30, moved.filter(([, by]) => !(by < 4))];",
    )?;
    assert_eq!(moved, json!([true, []]));
    Ok(())
}
