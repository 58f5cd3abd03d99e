//! Who reads by keyboard and by ear: focus is never lost, keys work where they are said to, and everything has a name.

use e2e::{Browser, Hosting, Look, Result, Visit, visit_as};
use serde_json::{Value, json};

/// The wide form, the low one, and the list.
const SIZES: [(u32, u32); 3] = [(1440, 900), (720, 420), (390, 844)];

/// What has focus, in a few words; `nothing` where it is lost or out of sight.
const FOCUSED: &str = "(() => {
    const own = document.activeElement;
    if (!own || own === document.body || !own.checkVisibility({ visibilityProperty: true })) return 'nothing';
    return own.id || own.dataset.eventId || own.title || own.localName + '.' + own.className.trim();
})()";

fn wait_for_focus(page: &Browser, on: &str) -> Result<()> {
    page.wait_until(&format!("{FOCUSED} === {}", json!(on)))
}

/// Focuses the first element that is shown of those that match.
fn focus(page: &Browser, selector: &str) -> Result<()> {
    page.run_with(
        "const shown = [...document.querySelectorAll(arguments[0])].find(own => own.checkVisibility());
         if (!shown) throw new Error('nothing is shown of ' + arguments[0]);
         shown.focus();",
        &json!([selector]),
    )
    .map(drop)
}

fn sized(width: u32, height: u32, address: &str) -> Result<Visit> {
    let page = visit_as(&Look { still: true, ..Look::sized(width, height) }, Hosting::default(), address)?;
    page.wait_for_app()?;
    Ok(page)
}

#[test]
fn focus_goes_to_what_the_address_names_and_escape_brings_it_back_to_the_event() -> Result<()> {
    for (width, height) in SIZES {
        let page = sized(width, height, "")?;
        page.wait_until("document.activeElement === document.querySelector('.mast h1')")?;
        page.open("?x=1#event-treaty-signed")?;
        wait_for_focus(&page, "p-h")?;
        page.press(&["Escape"])?;
        wait_for_focus(&page, "treaty-signed")?;
        assert_eq!(page.count("[data-detail]")?, 0);
        // Escape counts as no deed of the reader's, so the Back of an engine may pass over what it left in the history.
        page.run("history.back()")?;
        wait_for_focus(&page, "p-h")?;
        page.press(&["Escape"])?;
        wait_for_focus(&page, "treaty-signed")?;
        page.assert_quiet()?;
    }
    Ok(())
}

#[test]
fn a_frame_leaves_focus_with_the_page_around_it() -> Result<()> {
    let outer = "<!DOCTYPE html><title>Course</title><input id=own autofocus>
        <iframe src='/index.html#event-treaty-signed' width=900 height=600></iframe>";
    let page = visit_as(&Look::default(), Hosting::default().file("course.html", outer), "course.html")?;
    page.wait_until("document.querySelector('iframe').contentDocument?.querySelector('[data-detail]')")?;
    page.rest()?;
    assert_eq!(page.value("document.activeElement.id")?, "own");
    // Once the reader is in the frame, focus goes where it goes on a page.
    page.run("document.querySelector('iframe').contentDocument.querySelector('.p-nav button').focus()")?;
    page.run(
        "document.querySelector('iframe').contentDocument.querySelector('.p-nav button:last-child').click()",
    )?;
    page.wait_until(
        "document.querySelector('iframe').contentDocument.activeElement.dataset.eventId === 'treaty-signed'",
    )
}

#[test]
fn an_address_that_names_view_and_event_keeps_both() -> Result<()> {
    let address = "?from=1950-01-16&to=1950-07-30#event-treaty-signed";
    let page = sized(1440, 900, address)?;
    wait_for_focus(&page, "p-h")?;
    // The address follows the view after a while.
    page.run("return new Promise(done => setTimeout(done, 600))")?;
    assert!(page.address()?.ends_with(address), "{}", page.address()?);
    // The event has no control in this view, so the first that has one takes its place.
    page.press(&["Escape"])?;
    page.wait_until("document.activeElement.matches('[data-timeline] [data-event-id]')")?;
    page.assert_quiet()
}

#[test]
fn a_menu_gives_focus_back_to_its_button() -> Result<()> {
    for (width, height) in SIZES {
        let page = sized(width, height, "")?;
        let own = [("filter", "Filter"), ("tone", "Appearance"), ("more", "More")];
        for (name, title) in if width == 1440 { &own[..] } else { &own[2..] } {
            let button = format!(".{name}-box > button");
            focus(&page, &button)?;
            page.press(&["Enter", "Tab"])?;
            if *name != "more" || width != 1440 {
                page.press(&["Space"])?;
            }
            page.press(&["Escape"])?;
            wait_for_focus(&page, title)?;
            page.wait_while_shown(&format!("#menu-{name}"))?;
        }
        // Also where both keys come before the page is drawn.
        focus(&page, &format!(".{}-box > button", own[if width == 1440 { 0 } else { 2 }].0))?;
        page.press(&["Enter"])?;
        page.wait_for(".menu:not([hidden])")?;
        page.run(
            "const box = document.querySelector('.menu:not([hidden]) input');
             box.focus();
             box.click();
             box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));",
        )?;
        page.wait_until("!document.querySelector('.menu:not([hidden])')")?;
        page.rest()?;
        wait_for_focus(&page, own[if width == 1440 { 0 } else { 2 }].1)?;
        focus(&page, ".more-box > button")?;
        page.press(&["Enter"])?;
        focus(&page, ".more-box ul:last-child li:last-child button")?;
        page.press(&["Enter"])?;
        page.wait_for("dialog[open]")?;
        page.press(&["Escape"])?;
        wait_for_focus(&page, "More")?;
        // A menu that focus has left stands in nobody's way.
        page.press(&["Enter"])?;
        page.wait_for(".menu:not([hidden])")?;
        focus(&page, if width == 1440 { ".filter-box > button" } else { "[role=slider]" })?;
        page.wait_until("!document.querySelector('.menu:not([hidden])')")?;
        page.assert_quiet()?;
    }
    Ok(())
}

#[test]
fn focus_stays_in_the_chart_when_what_had_it_goes() -> Result<()> {
    let on_event = "document.activeElement.matches('[data-timeline] [data-event-id]')";
    for (width, height) in SIZES {
        let page = sized(width, height, "?q=railway")?;
        focus(&page, ".chip.x")?;
        page.press(&["Enter"])?;
        page.wait_until(&format!("!location.search && {on_event}"))?;
        page.open("?q=zzzz&x=1")?;
        page.wait_for("[data-app=ready] .msg h2")?;
        // It goes to the title first, a frame after the app is there.
        page.wait_until("document.activeElement === document.querySelector('.mast h1')")?;
        focus(&page, ".msg .acts > .btn")?;
        page.press(&["Enter"])?;
        page.wait_until(on_event)?;
        if width > 640 {
            let first = page.value("document.activeElement.dataset.eventId")?;
            page.press(&["+", "+", "+", "+"])?;
            page.press(&["Shift+ArrowRight"; 8])?;
            page.wait_until(&format!("{on_event} && document.activeElement.dataset.eventId !== {first}"))?;
        }
        page.assert_quiet()?;
    }
    let page = sized(1440, 900, "")?;
    let first = page.run(
        "const count = document.querySelector('.pill button');
         count.focus();
         return count.getAttribute('aria-label').split(/: |; /)[1];",
    )?;
    page.press(&["Enter"])?;
    page.wait_until(&format!("{on_event} && document.activeElement.textContent.startsWith({first})"))?;
    page.assert_quiet()
}

#[test]
fn characters_are_keys_all_over_the_app_but_where_text_is_typed_and_not_when_switched_off() -> Result<()> {
    for (width, height) in [(1440, 900), (390, 844)] {
        let page = sized(width, height, "")?;
        page.press(&["?"])?;
        page.wait_for("dialog[open]")?;
        page.press(&["Escape"])?;
        page.wait_while_shown("dialog")?;
        focus(&page, ".menus button")?;
        page.press(&["/"])?;
        wait_for_focus(&page, "find")?;
        page.press(&["?", "/", "0"])?;
        assert_eq!(page.value("document.getElementById('find').value")?, "?/0");
        assert_eq!(page.count("dialog[open]")?, 0);
        page.run("document.getElementById('single-keys').checked = false")?;
        focus(&page, ".menus button")?;
        page.press(&["?", "/"])?;
        page.rest()?;
        assert_eq!(page.count("dialog[open]")?, 0);
        assert_eq!(page.value("document.activeElement.id")?, "");
        page.assert_quiet()?;
    }
    Ok(())
}

#[test]
fn escape_closes_the_detail_from_everywhere() -> Result<()> {
    for (width, height) in SIZES {
        let page = sized(width, height, "#event-treaty-signed")?;
        let places = [".menus button", "[role=slider]", ".p-act button", "[data-timeline] [data-event-id]"];
        for place in places.iter().chain((width != 720).then_some(&"#find")) {
            wait_for_focus(&page, "p-h")?;
            focus(&page, place)?;
            page.press(&["Escape"])?;
            page.wait_until("!document.querySelector('[data-detail]')")?;
            wait_for_focus(&page, "treaty-signed")?;
            page.press(&["Enter"])?;
        }
        // A press on nothing in particular leaves the keys where they are.
        wait_for_focus(&page, "p-h")?;
        page.press_at(page.middle(".mast h1")?)?;
        page.press(&["Escape"])?;
        page.wait_until("!document.querySelector('[data-detail]')")?;
        page.assert_quiet()?;
    }
    Ok(())
}

#[test]
fn the_list_is_read_by_arrow_keys_and_what_is_filtered_out_is_no_stop() -> Result<()> {
    let page = sized(390, 844, "")?;
    focus(&page, ".vtl [tabindex='0']")?;
    for (key, place) in
        [("End", 56), ("Home", 0), ("ArrowDown", 1), ("ArrowRight", 2), ("ArrowUp", 1), ("PageDown", 11)]
    {
        page.press(&[key])?;
        page.wait_until(&format!(
            "document.activeElement === document.querySelectorAll('.vtl [data-event-id]')[{place}]"
        ))?;
        let inside = page.value(
            "(() => { const [row, list] = [document.activeElement, document.querySelector('.vtl')].map(own => own.getBoundingClientRect());
              return row.top >= list.top && row.bottom <= list.bottom; })()",
        )?;
        assert_eq!(inside, true, "{key} keeps its row in view");
    }
    page.open("?q=tomb&x=1#event-treaty-signed")?;
    page.wait_for("[data-detail]")?;
    page.open("?q=dairen&x=2")?;
    page.wait_for_app()?;
    assert_eq!(page.count(".vtl [data-event-id][tabindex='0']")?, 1);
    page.assert_quiet()
}

#[test]
fn jumps_in_the_detail_take_focus_along() -> Result<()> {
    let page = sized(1440, 900, "#event-treaty-signed")?;
    wait_for_focus(&page, "p-h")?;
    focus(&page, ".p-jump button")?;
    page.press(&["Enter"])?;
    wait_for_focus(&page, "p-because")?;
    focus(&page, ".body .cite")?;
    page.press(&["Enter"])?;
    wait_for_focus(&page, "p-s1")?;
    page.assert_quiet()
}

#[test]
fn a_search_without_result_offers_a_button_and_no_keys() -> Result<()> {
    for (width, height) in [(1440, 900), (390, 844)] {
        let page = sized(width, height, "")?;
        page.fill("#find", "zzzz")?;
        page.wait_for(".results:not([hidden])")?;
        // A single z is found, so what is there may still be for the first letters.
        page.wait_for(".msg .acts > .btn")?;
        assert_eq!(page.value("document.querySelector('.r-f').checkVisibility()")?, false);
        assert_eq!(page.attribute("#find", "aria-expanded")?.as_deref(), Some("false"));
        let drawn = page.value("getComputedStyle(document.querySelector('.msg .acts > .btn')).boxShadow")?;
        assert_ne!(drawn, "none", "a button has an outline");
        page.press(&["Escape"])?;
        page.click(".msg .acts > .btn")?;
        page.wait_until("!document.querySelector('.msg') && !document.getElementById('find').value")?;
        page.assert_quiet()?;
    }
    Ok(())
}

#[test]
fn a_search_is_said_once_after_a_pause() -> Result<()> {
    let page = sized(1440, 900, "")?;
    page.run(
        "window.said = [];
         window.typed = [];
         addEventListener('input', () => typed.push(performance.now()), true);
         new MutationObserver(changes => {
           for (const { target } of changes) {
             const own = (target.closest ? target : target.parentElement).closest('[aria-live], [role=status], [role=alert]');
             if (own?.textContent.includes('mention')) said.push({ words: own.textContent, at: performance.now() });
           }
         }).observe(document.body, { subtree: true, childList: true, characterData: true });",
    )?;
    for (words, sentence) in
        [("dairen", " of 57 events mention “dairen”"), ("zzzz", "None of 57 events mention “zzzz”")]
    {
        page.run("said.length = typed.length = 0")?;
        page.fill("#find", words)?;
        page.wait_until(&format!("said.at(-1)?.words.endsWith({})", json!(sentence)))?;
        // A driver may itself pause between two letters for longer than most people do.
        let said = page.value(
            "(() => {
               const hasty = said.filter(({ at }) => at - Math.max(...typed.filter(time => time < at)) < 900);
               const pauses = typed.filter((time, place) => typed[place + 1] - time > 900).length;
               return { letters: typed.length, hasty, tooMany: said.slice(1 + pauses) };
             })()",
        )?;
        assert_eq!(said["hasty"], json!([]), "{said}");
        assert_eq!(said["tooMany"], json!([]), "{said}");
        assert!(said["letters"].as_u64() >= Some(words.len() as u64), "{said}");
    }
    page.assert_quiet()
}

#[test]
fn a_hidden_thread_keeps_its_count_and_leaves_no_bar_in_the_braid() -> Result<()> {
    let page = sized(1440, 900, "?hide=xinjiang")?;
    let heading = page.run(
        "const own = document.querySelector('.lh [aria-pressed=false]');
         return own.querySelector('.ln').textContent + ': ' + own.querySelector('.lc').textContent;",
    )?;
    assert_eq!(heading, "Xinjiang: 4 events");
    assert_eq!(page.text(".chips [aria-pressed=false] .n")?, "4");
    page.resize(390, 844)?;
    page.wait_for(".vtl")?;
    assert_eq!(page.count(".br i[data-thread='4']:is(.on, .st)")?, 0);
    assert!(page.count(".br i[data-thread='2']:is(.on, .st)")? > 0);
    page.assert_quiet()
}

/// Links and buttons whose names lack what they stand for: for an event its label, and for every control a word.
#[test]
fn every_control_says_its_name_to_the_ear() -> Result<()> {
    for (width, height) in SIZES {
        for address in ["", "?q=dairen", "#event-treaty-signed"] {
            let page = sized(width, height, address)?;
            let nameless = page.run(
                "const heard = own => own.nodeType === Node.TEXT_NODE ? own.data
                   : own.nodeType !== Node.ELEMENT_NODE || own.getAttribute('aria-hidden') === 'true' || !own.checkVisibility({ visibilityProperty: true }) ? ''
                   : own.getAttribute('aria-label') ?? [...own.childNodes].map(heard).join('');
                 return [...document.querySelectorAll('#annals :is(a[href], button, input, [role=slider])')]
                   .filter(own => own.checkVisibility())
                   .filter(own => {
                     const name = (heard(own) || own.title || own.labels?.[0]?.textContent || '').trim();
                     return !/^[^,]/.test(name);
                   }).map(own => own.outerHTML);",
            )?;
            assert_eq!(nameless, Value::Array(Vec::new()), "{address} at {width} × {height}");
        }
    }
    Ok(())
}

#[test]
fn focus_goes_along_with_keys_to_events_beyond_the_view() -> Result<()> {
    let page = visit_as(&Look::sized(1440, 900), Hosting::default(), "")?;
    page.wait_for_app()?;
    for _ in 0..6 {
        page.wheel((800, 400), (0, -100), Some("Control"))?;
    }
    page.rest()?;
    page.run("document.querySelector('[data-timeline] [data-event-id][tabindex=\"0\"]').focus()")?;
    let mut seen: Vec<Value> = Vec::new();
    for _ in 0..12 {
        page.press(&["ArrowRight"])?;
        let before = Value::from(seen.clone());
        page.wait_until(&format!(
            "(own => own && !{before}.includes(own))(document.activeElement.dataset.eventId)"
        ))?;
        seen.push(page.value("document.activeElement.dataset.eventId")?);
    }
    page.assert_quiet()
}
