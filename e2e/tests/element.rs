//! `<annals-timeline>` in pages of others.

use std::env;

use e2e::{Engine, Hosting, Look, Result, Site, Visit, many_events, visit_as};
use serde_json::{Value, json};

/// Helpers of the page: the elements, and what stands in the shadow tree of one.
const HELPERS: &str = "window.all = () => [...document.querySelectorAll('annals-timeline')];
    window.own = (place, selector) => all()[place].shadowRoot.querySelector(selector);
    window.runs = (place) => own(place, '#root')?.dataset.app === 'ready' && own(place, '[data-timeline] [data-event-id]') !== null;";

/// The page has an address of its own, which is none of the element's business.
const ADDRESS: &str = "museum.html?lang=ru&src=none.json&theme=light&event=none&q=none#event-none";

/// A page of a strict host with some markup, and another host with the release folder, which it allows.
fn open(markup: &str) -> Result<(Visit, Site)> {
    open_with(markup, Hosting::default().recommended()?)
}

fn open_with(markup: &str, folder: Hosting) -> Result<(Visit, Site)> {
    let site = Site::start(folder)?;
    let base = site.address("");
    let policy = format!(
        "default-src 'none'; img-src data:; script-src 'self' 'wasm-unsafe-eval' {base}; style-src 'self'; font-src {base}; \
         connect-src {base}; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let page = format!(
        "<!DOCTYPE html><html lang=en><title>Museum</title><link rel=icon href='data:,'>
         <link rel=stylesheet href=museum.css><script type=module src='{base}annals.js'></script>{markup}"
    );
    let styles = ".museum { --annals-paper: rgb(1, 2, 3); --annals-height: 500px; } .museum::part(header) { background: rgb(4, 5, 6); }
        .away { display: none; } .none { width: 0; height: 0; overflow: hidden; } .far { height: 3000px; }";
    let hosting = Hosting::default()
        .header("Content-Security-Policy", &policy)
        .file("museum.css", styles)
        .file("museum.html", page);
    let page = visit_as(&Look::sized(1000, 700), hosting, ADDRESS)?;
    page.run(HELPERS)?;
    Ok((page, site))
}

/// Waits until the element at this place shows its timeline.
fn wait(page: &Visit, place: usize) -> Result<()> {
    page.wait_until(&format!("runs({place})"))
}

/// Presses the middle of what stands in the shadow tree of the first element, by the mouse, once that has stayed where it is for a
/// third of a second: room for a detail is made an eighth of a second after the detail.
fn press(page: &Visit, selector: &str) -> Result<()> {
    let found = page.run_with(
        "return (async (selector) => {
             const middle = () => {
                 const { left, top, width, height } = own(0, selector).getBoundingClientRect();
                 return [left + width / 2, top + height / 2];
             };
             let at = middle();
             for (let times = 0, stays = 0; stays < 7 && times < 100; times++) {
                 await new Promise((done) => setTimeout(done, 50));
                 const now = middle();
                 stays = `${now}` === `${at}` ? stays + 1 : 0;
                 at = now;
             }
             return at;
         })(arguments[0]);",
        &json!([selector]),
    )?;
    let part = |place: usize| found[place].as_f64().unwrap_or_default().round() as i64;
    page.press_at((part(0), part(1)))
}

#[test]
fn it_takes_the_place_of_what_stands_in_it_and_speaks_with_the_page() -> Result<()> {
    let (page, _site) = open(
        "<annals-timeline event=treaty-signed theme=dark view='1945-08-01/1945-09-30'><p>A list</p></annals-timeline>",
    )?;
    wait(&page, 0)?;
    page.wait_until("document.querySelector('p').getClientRects().length === 0")?;
    page.wait_until("own(0, '[data-detail]')?.dataset.eventId === 'treaty-signed'")?;
    assert_eq!(page.value("own(0, '#root').dataset.theme")?, "dark");
    assert!(
        page.value("own(0, '#timeline-data').dataset.query")?
            .as_str()
            .unwrap_or_default()
            .contains("from=1945-08-01&to=1945-09-30")
    );
    page.run("window.heard = []; document.addEventListener('select', ({ detail, target }) => heard.push({ ...detail, from: target.localName }))")?;
    // By the mouse, where it is seen.
    press(&page, "[data-timeline] [data-event-id=treaty-ratified] .mk")?;
    page.wait_until("heard.length === 1")?;
    assert_eq!(page.value("heard[0].event")?, "treaty-ratified");
    assert_eq!(page.value("heard[0].from")?, "annals-timeline");
    assert_eq!(page.value("document.querySelector('annals-timeline').event")?, "treaty-ratified");
    assert!(page.value("heard[0].title")?.as_str().unwrap_or_default().len() > 10);
    // What the page chooses it knows already.
    page.run("all()[0].select('ga-resolution-505')")?;
    page.wait_until("own(0, '[data-detail]')?.dataset.eventId === 'ga-resolution-505'")?;
    assert_eq!(page.value("all()[0].getAttribute('event')")?, "ga-resolution-505");
    page.run("all()[0].removeAttribute('event')")?;
    page.wait_until("own(0, '[data-detail]') === null")?;
    page.rest()?;
    assert_eq!(page.value("heard.length")?, 1);
    press(&page, "[data-timeline] [data-event-id=treaty-ratified] .mk")?;
    page.wait_until("heard.length === 2 && all()[0].event === 'treaty-ratified'")?;
    page.run("own(0, '[data-detail] .p-top [aria-label=Close], [data-detail] button:last-of-type').click()")?;
    page.wait_until(
        "heard.length === 3 && heard[2].event === null && heard[2].title === null && all()[0].event === null",
    )?;
    assert_eq!(page.title()?, "Museum");
    assert!(
        page.address()?.ends_with(ADDRESS) && page.value("history.length < 4")? == true,
        "{}",
        page.address()?
    );
    page.assert_quiet()
}

#[test]
fn its_attributes_can_be_changed_while_it_runs() -> Result<()> {
    let (page, site) = open("<annals-timeline><p>A list</p></annals-timeline>")?;
    wait(&page, 0)?;
    page.run(
        "window.root = own(0, '#root'); all()[0].theme = 'contrast'; all()[0].view = '1949-10-01/1950-02-28'",
    )?;
    page.wait_until("root.dataset.theme === 'contrast'")?;
    page.wait_until("own(0, '#timeline-data').dataset.query.includes('to=1950-02-28')")?;
    assert_eq!(page.value("all()[0].getAttribute('view')")?, "1949-10-01/1950-02-28");
    // The reader goes elsewhere; set again, it leads there again.
    page.run("own(0, '.zoom button:nth-child(2), .zoom button').click()")?;
    page.wait_until("!own(0, '#timeline-data').dataset.query.includes('to=1950-02-28')")?;
    page.run("all()[0].view = '1949-10-01/1950-02-28'")?;
    page.wait_until("own(0, '#timeline-data').dataset.query.includes('to=1950-02-28')")?;
    // It is the same app.
    assert_eq!(page.value("root === own(0, '#root') && root.isConnected")?, true);
    // The story of the folder in another of its languages.
    page.run("document.documentElement.lang = 'de'; all()[0].lang = 'ru'; all()[0].removeAttribute('view')")?;
    page.wait_until("runs(0) && /\\p{Script=Cyrillic}/u.test(own(0, '.mast h1').textContent)")?;
    page.run("all()[0].removeAttribute('lang')")?;
    page.wait_until("runs(0) && own(0, '.mast h1').textContent.startsWith('Sino-Soviet')")?;
    assert!(site.missed().is_empty(), "{:?}", site.missed());
    page.assert_quiet()
}

#[test]
fn it_reads_other_timelines_and_large_ones() -> Result<()> {
    let small = "{ \"title\": \"Bread\", \"events\": [{ \"date\": \"1945\", \"title\": { \"en\": \"A loaf\", \"ru\": \"Каравай\" } }, { \"date\": \"1947\", \"title\": \"B\" }] }";
    let folder =
        Hosting::default().recommended()?.file("small.json", small).file("large.json", many_events(400));
    let (page, site) = open_with("<annals-timeline></annals-timeline>", folder)?;
    let base = site.address("");
    page.run(&format!("all()[0].src = '{base}small.json'"))?;
    page.wait_until("runs(0) && own(0, '.mast h1').textContent === 'Bread'")?;
    assert_eq!(page.value("own(0, '[data-timeline]').querySelectorAll('[data-event-id]').length")?, 2);
    assert_eq!(page.value("own(0, '[data-timeline] [data-event-id] .lb').textContent")?, "A loaf");
    page.run(&format!("all()[0].src = '{base}large.json'"))?;
    page.wait_until("runs(0) && own(0, '.find input')?.placeholder.includes('400')")?;
    page.assert_quiet()
}

#[test]
fn a_worker_keeps_large_timelines_where_the_folder_is_the_pages_own() -> Result<()> {
    let text = "<!DOCTYPE html><html lang=en><title>Museum</title><link rel=icon href='data:,'>
        <script type=module src=annals.js></script><annals-timeline src=large.json></annals-timeline>";
    let hosting =
        Hosting::default().recommended()?.file("museum.html", text).file("large.json", many_events(2000));
    let page = visit_as(&Look::sized(1000, 700), hosting, "museum.html")?;
    page.run(HELPERS)?;
    wait(&page, 0)?;
    assert_eq!(page.value("own(0, '#timeline-data').parts.length > 4")?, true);
    page.wait_until("own(0, '[data-timeline]').querySelectorAll('.pill button').length > 5")?;
    assert!(page.value("own(0, '#root').querySelectorAll('*').length")?.as_u64() < Some(1500));
    page.run("own(0, '[data-timeline] a[data-event-id]').click()")?;
    page.wait_until("own(0, '[data-detail]') && all()[0].event")?;
    // What follows begins anew.
    page.run("all()[0].src = ''")?;
    page.wait_until("runs(0) && own(0, '.mast h1').textContent.startsWith('Sino-Soviet')")?;
    assert_eq!(page.value("own(0, '#timeline-data').parts.length")?, 0);
    page.assert_quiet()
}

#[test]
fn focus_stays_in_it_when_what_had_it_goes() -> Result<()> {
    let (page, _site) =
        open("<a href='#before'>Before</a><annals-timeline></annals-timeline><a href='#after'>After</a>")?;
    wait(&page, 0)?;
    let focused = "all()[0].shadowRoot.activeElement";
    page.run("own(0, '[data-timeline] a[data-event-id=treaty-ratified]').focus()")?;
    page.press(&["Enter"])?;
    page.wait_until(&format!("{focused}?.id === 'p-h'"))?;
    page.press(&["Escape"])?;
    page.wait_until(&format!("{focused}?.dataset.eventId === 'treaty-ratified'"))?;
    page.run("own(0, '.pill button').focus()")?;
    page.press(&["Enter"])?;
    page.wait_until(&format!("{focused} !== null && own(0, '.room').contains({focused})"))?;
    page.rest()?;
    assert_eq!(page.value(&format!("{focused} !== null"))?, true);
    // Tab leads through it and out of it, by its tools too.
    page.run("document.querySelector('a').focus()")?;
    let mut met = Vec::new();
    for _ in 0..30 {
        page.press(&["Tab"])?;
        let at = page.value(&format!(
            "document.activeElement.textContent === 'After' ? 'After' : {focused}?.closest('[part]')?.getAttribute('part') ?? ''"
        ))?;
        met.push(at.as_str().unwrap_or_default().to_owned());
        if at == "After" {
            break;
        }
    }
    assert!(met.contains(&"tools".to_owned()) && met.contains(&"chart".to_owned()), "{met:?}");
    assert_eq!(met.last().map(String::as_str), Some("After"));
    page.assert_quiet()
}

#[test]
fn what_cannot_be_read_is_said_above_what_stands_in_it() -> Result<()> {
    let (page, site) = open("<annals-timeline><p>A list</p></annals-timeline>")?;
    page.run(&format!(
        "window.told = []; all()[0].addEventListener('error', ({{ message }}) => told.push(message)); all()[0].src = '{}none.json'",
        site.address("")
    ))?;
    page.wait_until("told.length === 1 && told[0].includes('none.json')")?;
    page.wait_until("own(0, '.msg h1')?.getBoundingClientRect().height > 10")?;
    assert!(page.value("document.querySelector('p').getBoundingClientRect().height")?.as_f64() > Some(5.0));
    page.run("all()[0].src = ''")?;
    wait(&page, 0)?;
    page.wait_until("document.querySelector('p').getClientRects().length === 0")?;
    Ok(())
}

#[test]
fn what_is_read_below_it_or_in_it_stays_when_it_comes() -> Result<()> {
    let (page, _site) = open("<h2 id=below>Below</h2><div class=far></div>")?;
    // The reader is in what stands in it before anything has come.
    page.run(
        "const row = () => {
             const [row, link] = [document.createElement('li'), document.createElement('a')];
             link.href = '#row';
             link.textContent = 'A row';
             row.append(link);
             return row;
         };
         const timeline = document.createElement('annals-timeline');
         timeline.append(...Array.from({ length: 60 }, row));
         document.body.prepend(timeline);
         document.querySelectorAll('a')[40].focus();",
    )?;
    // Some engines scroll to it a little later.
    page.rest()?;
    page.run("window.top0 = document.activeElement.getBoundingClientRect().top")?;
    // It is ready, and waits until the reader has left what stands in it.
    page.wait_until("own(0, '#root')?.dataset.app === 'ready'")?;
    page.rest()?;
    assert_eq!(
        page.value(
            "[document.activeElement.localName, document.activeElement.getBoundingClientRect().top - top0]"
        )?,
        json!(["a", 0])
    );
    page.run(
        "document.getElementById('below').scrollIntoView();
         window.top0 = document.getElementById('below').getBoundingClientRect().top; document.activeElement.blur()",
    )?;
    page.wait_until("document.querySelector('li').getClientRects().length === 0")?;
    page.rest()?;
    page.wait_until("Math.abs(document.getElementById('below').getBoundingClientRect().top - top0) < 2")?;
    page.assert_quiet()
}

#[test]
fn three_elements_and_a_field_do_not_disturb_each_other() -> Result<()> {
    let one = "<annals-timeline></annals-timeline>";
    let (page, site) = open(&format!("<input value=abc>{one}{one}{one}"))?;
    page.run("document.querySelector('input').focus()")?;
    for place in 0..3 {
        page.run(&format!("all()[{place}].scrollIntoView()"))?;
        wait(&page, place)?;
    }
    page.run("all()[1].event = 'treaty-signed'; document.querySelector('input').focus()")?;
    page.wait_until("own(1, '[data-detail]')")?;
    page.press(&["Home", "ArrowRight", "+"])?;
    page.rest()?;
    assert_eq!(page.value("document.querySelector('input').value")?, "a+bc");
    assert_eq!(page.value("document.activeElement.localName")?, "input");
    assert_eq!(page.value("all().map((own) => own.event)")?, json!([null, "treaty-signed", null]));
    // What is fetched once serves them all.
    let fetched = site
        .requests()
        .into_iter()
        .filter(|path| path.contains("element-") && path.ends_with("_bg.wasm"))
        .count();
    assert_eq!(fetched, 1);
    // Focus in one of them is heard there alone.
    page.run(
        "own(2, '[data-timeline] [data-event-id][tabindex=\"0\"], [data-timeline] a[data-event-id]').focus()",
    )?;
    page.press(&["ArrowRight", "Enter"])?;
    page.wait_until("all()[2].event !== null")?;
    assert_eq!(page.value("[all()[0].event, all()[1].event]")?, json!([null, "treaty-signed"]));
    page.assert_quiet()
}

#[test]
fn it_asks_for_nothing_until_it_is_near() -> Result<()> {
    let filler = "<br>".repeat(200);
    let (page, site) = open(&format!("{filler}<annals-timeline>A list</annals-timeline>"))?;
    page.wait_until("customElements.get('annals-timeline')")?;
    page.rest()?;
    assert_eq!(site.requests(), ["/annals.js"]);
    page.run("all()[0].scrollIntoView()")?;
    wait(&page, 0)?;
    page.assert_quiet()
}

#[test]
fn where_it_does_not_run_what_stands_in_it_is_seen() -> Result<()> {
    let site = Site::start(Hosting::default().header("Access-Control-Allow-Origin", "*"))?;
    let page = format!(
        "<!DOCTYPE html><html lang=en><link rel=icon href='data:,'><script type=module src='{}'></script><annals-timeline><p>A list</p></annals-timeline>",
        site.address("annals.js")
    );
    let policy = format!("script-src 'self' {}", site.address(""));
    let hosting = Hosting::default().header("Content-Security-Policy", &policy).file("museum.html", page);
    let page = visit_as(&Look::default(), hosting, "museum.html")?;
    page.run(HELPERS)?;
    let asked = || site.requests().iter().any(|path| path.ends_with("_bg.wasm"));
    for _ in 0..50 {
        if asked() {
            break;
        }
        page.rest()?;
    }
    assert!(asked(), "{:?}", site.requests());
    page.rest()?;
    assert!(page.value("document.querySelector('p').getBoundingClientRect().height")?.as_f64() > Some(5.0));
    assert_eq!(page.value("own(0, '#root')")?, Value::Null);
    Ok(())
}

#[test]
fn the_page_chooses_its_colours_its_height_and_the_style_of_its_parts() -> Result<()> {
    let (page, _site) = open("<annals-timeline class=museum></annals-timeline>")?;
    wait(&page, 0)?;
    let found = page.value(
        "[getComputedStyle(own(0, '#root')).backgroundColor, getComputedStyle(own(0, '.mast')).backgroundColor,
          own(0, '#root').offsetHeight, ...['header', 'tools', 'chart', 'axis', 'overview', 'footer', 'app'].map((part) => own(0, `[part=${part}]`) !== null)]",
    )?;
    assert_eq!(found, json!(["rgb(1, 2, 3)", "rgb(4, 5, 6)", 500, true, true, true, true, true, true, true]));
    page.assert_quiet()
}

#[test]
fn nothing_of_the_page_around_is_touched_or_heard() -> Result<()> {
    let (page, _site) = open("<input><annals-timeline></annals-timeline>")?;
    page.run("document.querySelector('input').focus()")?;
    wait(&page, 0)?;
    page.run("all()[0].event = 'treaty-signed'")?;
    page.wait_until("own(0, '[data-detail]')")?;
    page.rest()?;
    assert_eq!(
        page.value("[document.activeElement.localName, scrollY, document.title]")?,
        json!(["input", 0, "Museum"])
    );
    if page.engine() != Engine::Chromium {
        return Ok(());
    }
    for target in ["window", "document", "document.documentElement", "document.body"] {
        let found = page.devtools("Runtime.evaluate", &json!({ "expression": target }))?;
        let heard = page
            .devtools("DOMDebugger.getEventListeners", &json!({ "objectId": found["result"]["objectId"] }))?;
        assert_eq!(heard["listeners"], json!([]), "{target}");
    }
    page.assert_quiet()
}

#[test]
fn it_draws_itself_when_it_is_seen_or_has_a_size() -> Result<()> {
    let (page, _site) = open(
        "<div class=away><annals-timeline></annals-timeline></div><div class=none><annals-timeline></annals-timeline></div>",
    )?;
    page.rest()?;
    page.run("for (const box of document.querySelectorAll('div')) box.className = ''")?;
    for place in 0..2 {
        page.run(&format!("all()[{place}].scrollIntoView()"))?;
        wait(&page, place)?;
    }
    // Away and back again, and as small as nothing.
    for class in ["away", "none"] {
        page.run_with("document.querySelector('div').className = arguments[0]", &json!([class]))?;
        page.rest()?;
        page.run("document.querySelector('div').className = ''; all()[0].scrollIntoView()")?;
        page.wait_until("[...own(0, '[data-timeline]').querySelectorAll('[data-event-id]')].filter((mark) => mark.getBoundingClientRect().width > 0).length > 10")?;
    }
    page.assert_quiet()
}

#[test]
fn what_is_printed_is_what_stands_in_it() -> Result<()> {
    let (page, _site) = open("<annals-timeline><p>A list</p></annals-timeline>")?;
    if page.engine() != Engine::Chromium {
        return Ok(());
    }
    wait(&page, 0)?;
    page.devtools("Emulation.setEmulatedMedia", &json!({ "media": "print" }))?;
    assert_eq!(
        page.value(
            "[document.querySelector('p').getClientRects().length, own(0, '#root').getClientRects().length]"
        )?,
        json!([1, 0])
    );
    Ok(())
}

#[test]
fn what_is_removed_leaves_nothing_behind() -> Result<()> {
    let (page, site) = open("<div><annals-timeline>A list</annals-timeline></div>")?;
    if page.engine() != Engine::Chromium {
        return Ok(());
    }
    // Nodes, listeners, and bytes: those of objects, and those of all memories of WebAssembly.
    let counters = || -> Result<[f64; 4]> {
        // What is let go of is gone for sure only after it has been looked for some times.
        for _ in 0..3 {
            page.devtools("HeapProfiler.collectGarbage", &json!({}))?;
            page.rest()?;
        }
        let counted = page.devtools("Memory.getDOMCounters", &json!({}))?;
        let heap = page.devtools("Runtime.getHeapUsage", &json!({}))?;
        let kind =
            page.devtools("Runtime.evaluate", &json!({ "expression": "WebAssembly.Memory.prototype" }))?;
        let all = page
            .devtools("Runtime.queryObjects", &json!({ "prototypeObjectId": kind["result"]["objectId"] }))?;
        let sum = "function () { return this.reduce((sum, own) => sum + own.buffer.byteLength, 0); }";
        let memory = page.devtools(
            "Runtime.callFunctionOn",
            &json!({ "objectId": all["objects"]["objectId"], "functionDeclaration": sum, "returnByValue": true }),
        )?;
        let of = |value: &Value| value.as_f64().unwrap_or(f64::MAX);
        Ok([
            of(&counted["nodes"]),
            of(&counted["jsEventListeners"]),
            of(&heap["usedSize"]),
            of(&memory["result"]["value"]),
        ])
    };
    wait(&page, 0)?;
    let mut after_three = [0.0; 4];
    for time in 1..=50 {
        page.run(
            "const box = document.querySelector('div'), old = box.firstChild; old.remove(); box.append(old);",
        )?;
        if time % 10 != 5 {
            wait(&page, 0)?;
        }
        if time == 3 {
            after_three = counters()?;
        }
    }
    wait(&page, 0)?;
    let after_all = counters()?;
    println!("{after_three:?} after three times, {after_all:?} after all");
    let [nodes, listeners, bytes, memory] = after_three;
    assert!(nodes > 0.0 && listeners > 0.0 && bytes > 0.0 && memory > 0.0);
    // The browser keeps some hundred bytes of each script that the test sends.
    let most = [nodes + 2.0, listeners + 2.0, bytes * 1.1, memory];
    assert!(after_all.iter().zip(most).all(|(found, most)| *found <= most), "more than {most:?}");
    assert_eq!(page.value("all()[0].shadowRoot.querySelectorAll('#root').length")?, 1);
    // Another element gets the instance of the one that has gone.
    page.run("const box = document.querySelector('div'); box.firstChild.remove(); box.append(document.createElement('annals-timeline'))")?;
    wait(&page, 0)?;
    let instances =
        site.requests().into_iter().filter(|path| path.contains("/element-") && path.contains(".js")).count();
    assert!(instances <= 2, "{instances}");
    page.assert_quiet()
}

#[test]
fn the_npm_package_runs_in_a_page_that_vite_has_built() -> Result<()> {
    let Some(folder) = env::var_os("ANNALS_PACKAGE_PAGE") else {
        println!("npm is not here, so no page was built with the package");
        return Ok(());
    };
    let policy = "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'; trusted-types annals";
    let hosting = Hosting::of(folder.into()).header("Content-Security-Policy", policy);
    let page = visit_as(&Look::sized(1000, 700), hosting, "")?;
    page.run(HELPERS)?;
    wait(&page, 0)?;
    assert_eq!(
        page.value("[own(0, '#root').dataset.theme, getComputedStyle(own(0, '#root')).backgroundColor, own(0, '[data-detail]').dataset.eventId]")?,
        json!(["dark", "rgb(1, 2, 3)", "treaty-signed"])
    );
    press(
        &page,
        "[data-timeline] [data-event-id=treaty-ratified] .mk, [data-timeline] [data-event-id=prc-proclaimed] .mk",
    )?;
    page.wait_until("document.querySelector('output').textContent === all()[0].event")?;
    // Each file that comes later is there too: the reader of files, for another language, and the map of a detail.
    page.run("all()[0].lang = 'ru'")?;
    page.wait_until("runs(0) && /\\p{Script=Cyrillic}/u.test(own(0, '.mast h1').textContent)")?;
    page.wait_until("own(0, '[data-detail] .land')")?;
    assert!(page.site.missed().is_empty(), "{:?}", page.site.missed());
    page.assert_quiet()
}
