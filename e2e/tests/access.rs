//! Who cannot see, point, or wait: axe's rules, valid markup, sizes of targets, the system's colours, still pictures.
//!
//! Two judges are not ours and come by npm: `ANNALS_AXE` names the file of axe-core, `ANNALS_HTML_VALIDATE` the
//! program of html-validate. Where they are missing the tests that need them say so and let the page pass.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use e2e::{Browser, Engine, Failure, Fault, Hosting, Look, Result, Visit, many_events, visit_as};
use serde_json::{Value, json};

/// The frames that the page is judged in: wide, embedded, a phone, and the narrowest that anything must fit.
const SIZES: [(u32, u32); 4] = [(1440, 900), (720, 420), (390, 844), (320, 640)];

/// How much may move while the page loads, as browsers reckon layout shifts.
const MOST_SHIFT: f64 = 0.02;

/// The least side of a target for a mouse, in CSS pixels, and for a finger.
const TARGET: u32 = 24;
const TARGET_COARSE: u32 = 44;

/// Where axe is hosted beside the page.
const AXE: &str = "axe-core.js";

/// A state of the page: its name, its address, and what is done there.
type State = (&'static str, &'static str, fn(&Browser) -> Result<()>);

const STATES: [State; 10] = [
    ("whole story", "?", still),
    ("event selected", "?#event-treaty-signed", |page| page.wait_for("[data-detail]")),
    ("near", "?from=1945-08-05&to=1945-09-03", still),
    ("reading line", "?at=1946-03-01", still),
    ("search open", "?", |page| search(page, "railway", "?q=railway")),
    ("search without result", "?", |page| search(page, "zzzz", "?q=zzzz")),
    ("filter menu", "?", |page| press_first(page, &[".filter-box > button", ".more-box > button"])),
    ("appearance menu", "?", |page| press_first(page, &[".tone-box > button", ".more-box > button"])),
    ("keys", "?", |page| {
        press_first(page, &[".more-box > button"])?;
        page.run("document.querySelector('.more-box ul:last-child li:last-child button').click()")?;
        page.wait_for("dialog[open]")
    }),
    ("timeline that does not load", "?src=missing.json", |page| page.wait_for(".msg h1")),
];

#[allow(clippy::unnecessary_wraps, reason = "it stands among acts that can fail")]
fn still(_: &Browser) -> Result<()> {
    Ok(())
}

/// Types into the search field; a low frame has none and takes the words by address.
fn search(page: &Browser, words: &str, address: &str) -> Result<()> {
    let shown = page.value("document.querySelector('.find-box').checkVisibility()")? == true;
    if shown {
        page.run("document.getElementById('find').focus()")?;
        page.fill("#find", words)?;
        page.wait_for(".results:not([hidden])")
    } else {
        page.run_with("location.search = arguments[0]", &json!([address]))?;
        page.wait_for("[data-app=ready] .bar:not([hidden])")
    }
}

/// Presses the first of these buttons that is shown.
fn press_first(page: &Browser, selectors: &[&str]) -> Result<()> {
    page.run_with(
        "const shown = arguments[0].map(s => document.querySelector(s)).find(e => e?.checkVisibility());
         if (!shown) throw new Error('no button of ' + arguments[0]);
         shown.click();",
        &json!([selectors]),
    )?;
    page.wait_for(".menu:not([hidden])")
}

/// An address with one more word in its query.
fn with_query(address: &str, word: &str) -> String {
    let (query, event) = address.split_once('#').unwrap_or((address, ""));
    let joint = if query.ends_with('?') { "" } else { "&" };
    let hash = if event.is_empty() { "" } else { "#" };
    format!("{query}{joint}{word}{hash}{event}")
}

/// Loads an address anew, also where only its fragment differs from the one shown.
fn load(page: &Visit, address: &str) -> Result<()> {
    page.goto("about:blank")?;
    page.open(address)?;
    page.wait_until("document.documentElement.dataset.app")?;
    page.rest()
}

/// Brings the page into a state.
fn enter(page: &Visit, (_, address, act): &State, query: &str) -> Result<()> {
    load(page, &with_query(address, query))?;
    act(page)?;
    page.rest()
}

/// The states to judge at a size: all in Chromium, where the frame has exactly this size. Other engines differ little in
/// what our rules and markup make, and some of their windows stay larger: there it is one for each size, another with
/// each `turn`.
fn states(turn: usize, place: usize) -> Result<&'static [State]> {
    let one = (turn * SIZES.len() + place) % STATES.len();
    Ok(if in_chromium()? { &STATES } else { &STATES[one..=one] })
}

/// Whether this is Chromium, which alone takes any preference and any condition of the line.
fn in_chromium() -> Result<bool> {
    Ok(Engine::from_environment()? == Engine::Chromium)
}

fn axe_source() -> Result<Option<String>> {
    if let Ok(file) = env::var("ANNALS_AXE") {
        Ok(Some(fs::read_to_string(file)?))
    } else {
        println!("no npm: axe is skipped");
        Ok(None)
    }
}

/// What axe finds on the page that is shown, a line each.
fn axe(page: &Visit) -> Result<Vec<String>> {
    let found = page.run_with(
        "return (async () => {
           if (!window.axe) await new Promise((done, fail) => {
             const script = document.createElement('script');
             script.src = arguments[0];
             script.onload = done;
             script.onerror = () => fail(new Error('axe did not load'));
             document.head.append(script);
           });
           const { violations } = await axe.run(document, {
             runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
             resultTypes: ['violations'],
           });
           return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
             id + ': ' + target.join(' ') + ' (' + [...any, ...all, ...none].map(check => check.message).join('; ') + ')'));
         })()",
        &json!([page.site.address(AXE)]),
    )?;
    lines(&found)
}

fn lines(found: &Value) -> Result<Vec<String>> {
    let found = found.as_array().ok_or_else(|| Failure::new(format!("expected a list, not {found}")))?;
    Ok(found.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect())
}

/// Adds the lines to `faults`, each with where it was found.
fn note(faults: &mut Vec<String>, place: &str, found: Vec<String>) {
    faults.extend(found.into_iter().map(|line| format!("{place}: {line}")));
}

fn expect_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn axe_finds_nothing(turn: usize, theme: &str) -> Result<()> {
    let Some(source) = axe_source()? else { return Ok(()) };
    let look = Look { dark: theme == "dark", still: true, ..Look::default() };
    let hosting = Hosting::default().file(AXE, source);
    let mut faults = Vec::new();
    let page = visit_as(&look, hosting.clone(), "")?;
    for (place, (width, height)) in SIZES.into_iter().enumerate() {
        page.resize(width, height)?;
        for state in states(turn, place)? {
            enter(&page, state, &format!("theme={theme}"))?;
            note(&mut faults, &format!("{} at {width} × {height}", state.0), axe(&page)?);
        }
    }
    drop(page);
    let page = visit_as(&look, hosting.fault(".wasm", Fault::Missing), "")?;
    if theme == "contrast" && in_chromium()? {
        let more = json!({ "features": [{ "name": "prefers-contrast", "value": "more" }] });
        page.devtools("Emulation.setEmulatedMedia", &more)?;
    }
    for (width, height) in if in_chromium()? { &SIZES[..] } else { &SIZES[turn..=turn] } {
        page.resize(*width, *height)?;
        load(&page, "")?;
        assert_eq!(page.count("[data-app=failed]")?, 1, "the page stands without the app");
        note(&mut faults, &format!("list at {width} × {height}"), axe(&page)?);
    }
    expect_none(&faults);
    Ok(())
}

#[test]
fn axe_finds_nothing_in_a_page_with_elements() -> Result<()> {
    let Some(source) = axe_source()? else { return Ok(()) };
    let element = |attributes: &str| format!("<annals-timeline {attributes}><p>A list</p></annals-timeline>");
    let text = format!(
        "<!DOCTYPE html><html lang=en><title>Museum</title><link rel=icon href='data:,'><script type=module src=annals.js></script>
         <header>Museum</header><main><h1>An exhibition</h1>{}{}<div style='inline-size: 360px'>{}</div></main><footer>Open daily</footer>",
        element(""),
        element("event=treaty-signed theme=dark lang=ru"),
        element("theme=contrast src=other.json"),
    );
    let hosting =
        Hosting::default().file(AXE, source).file("museum.html", text).file("other.json", many_events(20));
    let page = visit_as(&Look { still: true, ..Look::default() }, hosting, "museum.html")?;
    for place in 0..3 {
        page.run(&format!("document.querySelectorAll('annals-timeline')[{place}].scrollIntoView()"))?;
        page.wait_until(&format!(
            "document.querySelectorAll('annals-timeline')[{place}].shadowRoot?.querySelector('[aria-label] [data-timeline] [data-event-id]')"
        ))?;
    }
    page.rest()?;
    expect_none(&axe(&page)?);
    Ok(())
}

#[test]
fn axe_finds_nothing_in_the_light_page() -> Result<()> {
    axe_finds_nothing(0, "light")
}

#[test]
fn axe_finds_nothing_in_the_dark_page() -> Result<()> {
    axe_finds_nothing(1, "dark")
}

#[test]
fn axe_finds_nothing_in_the_page_of_more_contrast() -> Result<()> {
    axe_finds_nothing(2, "contrast")
}

#[test]
fn axe_can_find_a_fault() -> Result<()> {
    let Some(source) = axe_source()? else { return Ok(()) };
    let page = visit_as(&Look::default(), Hosting::default().file(AXE, source), "")?;
    page.wait_for_app()?;
    page.run(
        "document.querySelector('.menus button').removeAttribute('aria-label');
              document.querySelector('.menus button').removeAttribute('title')",
    )?;
    let found = axe(&page)?;
    assert!(found.iter().any(|line| line.starts_with("button-name")), "{found:?}");
    Ok(())
}

/// What html-validate says of a page, or `None` where it is not here.
fn invalid(name: &str, html: &str) -> Result<Option<String>> {
    let Ok(program) = env::var("ANNALS_HTML_VALIDATE") else {
        println!("no npm: html-validate is skipped");
        return Ok(None);
    };
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}.html", std::process::id()));
    fs::write(&file, html)?;
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("audit/htmlvalidate.mjs");
    let said = Command::new("node")
        .arg(program)
        .arg("--config")
        .arg(rules)
        .args(["--formatter", "text"])
        .arg(&file)
        .output()?;
    let text = String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
    Ok(Some(if said.status.success() { String::new() } else { text }))
}

#[test]
fn the_built_page_is_valid() -> Result<()> {
    if in_chromium()? {
        let html = fs::read_to_string(e2e::dist()?.join("index.html"))?;
        assert_eq!(invalid("built", &html)?.unwrap_or_default(), "");
        let broken = html.replacen("<h1", "<h1 id=\"annals\"", 1);
        assert!(
            invalid("broken", &broken)?.is_none_or(|said| said.contains("annals")),
            "a double id is found"
        );
    }
    Ok(())
}

#[test]
fn the_drawn_page_is_valid() -> Result<()> {
    // The markup is our own, and the same in every engine.
    if !in_chromium()? {
        return Ok(());
    }
    let page = visit_as(&Look { still: true, ..Look::default() }, Hosting::default(), "")?;
    let mut faults = Vec::new();
    for (width, height) in [(1440, 900), (390, 844)] {
        page.resize(width, height)?;
        for state in &STATES[..2] {
            enter(&page, state, "")?;
            // The list is hidden by the style sheet and judged by itself. A style object reads as an attribute, which
            // it is not; white space at the ends of lines is what scripts took out.
            let html = page.run(
                "const copy = document.documentElement.cloneNode(true);
                 copy.querySelector('#story').replaceChildren();
                 for (const element of copy.querySelectorAll('[style]')) element.removeAttribute('style');
                 return '<!DOCTYPE html>\\n' + copy.outerHTML.replace(/[ \\t]+$/gm, '') + '\\n';",
            )?;
            let said = invalid("drawn", html.as_str().unwrap_or_default())?.unwrap_or_default();
            let place = format!("{} at {width} × {height}", state.0);
            note(&mut faults, &place, said.lines().map(str::to_owned).collect());
        }
    }
    expect_none(&faults);
    Ok(())
}

/// Controls that are smaller than `least`, with their sizes. What a pseudo-element or a label adds to a control's
/// area counts; links inside a sentence have the line's height, as everywhere.
const SMALL_TARGETS: &str = r"
    const [least, except] = arguments;
    const pixels = text => parseFloat(text) || 0;
    const found = new Set();
    for (const control of document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=slider], [role=option]')) {
      if (control.disabled || !control.checkVisibility({ visibilityProperty: true }) || control.closest('.sr, [inert]')) continue;
      if (except && control.matches(except)) continue;
      const target = control.matches('input') ? control.closest('label, .find') ?? control : control;
      const style = getComputedStyle(target);
      const block = target.closest('p, li');
      const inside = /^inline/.test(style.display) && target.matches('a, .cite') && block && block.textContent.trim().length > target.textContent.trim().length;
      if (inside) continue;
      const box = target.getBoundingClientRect();
      let { left, top, right, bottom } = box;
      for (const part of [target, ...target.querySelectorAll('i')]) for (const which of ['::before', '::after']) {
        const added = getComputedStyle(part, which), own = getComputedStyle(part), from = part.getBoundingClientRect();
        if (added.content === 'none' || added.position !== 'absolute' || own.position === 'static') continue;
        const x = from.left + pixels(own.borderLeftWidth) + pixels(added.left), y = from.top + pixels(own.borderTopWidth) + pixels(added.top);
        left = Math.min(left, x);
        top = Math.min(top, y);
        right = Math.max(right, x + pixels(added.width));
        bottom = Math.max(bottom, y + pixels(added.height));
      }
      if (right - left < least - .5 || bottom - top < least - .5) {
        const name = control.getAttribute('aria-label') ?? control.textContent.trim().slice(0, 24);
        found.add(`${control.localName}.${control.className} in .${control.parentNode.className}: ${(right - left).toFixed(1)} × ${(bottom - top).toFixed(1)} “${name}”`);
      }
    }
    return [...found];";

#[test]
fn every_control_is_large_enough() -> Result<()> {
    let mut faults = Vec::new();
    for phone in if in_chromium()? { &[false, true][..] } else { &[false] } {
        let phone = *phone;
        let page = visit_as(&Look { still: true, phone, ..Look::default() }, Hosting::default(), "")?;
        assert_eq!(page.value("matchMedia('(pointer: coarse)').matches")?, phone);
        for (place, (width, height)) in SIZES.into_iter().enumerate() {
            page.resize(width, height)?;
            // Rows of labels are lower than a finger: a tap takes the one it is on or offers all that it may mean, and the
            // detail's buttons lead to all of them. In the low frame this holds for a mouse as well, and its strip is as low.
            let low = height < 520 && width >= 640;
            let rows = if low {
                ".lanes *, .strip *, .win"
            } else if phone {
                ".lanes *, .strip *"
            } else {
                ""
            };
            for state in states(0, place)? {
                enter(&page, state, "")?;
                let least = if phone { TARGET_COARSE } else { TARGET };
                let found = lines(&page.run_with(SMALL_TARGETS, &json!([least, rows]))?)?;
                note(&mut faults, &format!("{} at {width} × {height}, {least}", state.0), found);
            }
        }
    }
    expect_none(&faults);
    Ok(())
}

/// Text that something cuts off, without an ellipsis that says so.
const CUT_TEXT: &str = r"
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const edge = document.documentElement.clientWidth;
    while (walker.nextNode()) {
      const node = walker.currentNode, parent = node.parentElement;
      if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || parent.closest('.sr, script, noscript, .gone, [aria-hidden=true]')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (!box.width) continue;
      let left = 0, right = edge, scrolls = false;
      for (let outer = parent; outer; outer = outer.parentElement) {
        const style = getComputedStyle(outer);
        if (style.textOverflow === 'ellipsis' && style.overflowX !== 'visible') { scrolls = true; break; }
        if (/auto|scroll/.test(style.overflowX) && outer.matches('.chips, .bar, .crumbs, .toc')) { scrolls = true; break; }
        if (style.overflowX !== 'visible') {
          const frame = outer.getBoundingClientRect();
          left = Math.max(left, frame.left);
          right = Math.min(right, frame.right);
        }
        if (style.position === 'fixed') break;
      }
      if (!scrolls && (box.left < left - 1 || box.right > right + 1)) found.add(`“${node.data.trim().slice(0, 40)}” in ${parent.localName}.${parent.className}: ${box.left.toFixed()}–${box.right.toFixed()} of ${left.toFixed()}–${right.toFixed()}`);
    }
    return [...found];";

#[test]
fn nothing_is_cut_off_in_a_narrow_frame() -> Result<()> {
    let mut faults = Vec::new();
    for hosting in [Hosting::default(), Hosting::default().fault(".wasm", Fault::Missing)] {
        let page = visit_as(&Look { still: true, phone: true, ..Look::sized(320, 640) }, hosting, "")?;
        for state in &STATES {
            load(&page, state.1)?;
            let without = page.count("[data-app=failed]")? > 0;
            if !without {
                state.2(&page)?;
                page.rest()?;
            }
            let place = if without { "list" } else { state.0 };
            note(&mut faults, place, lines(&page.run(CUT_TEXT)?)?);
            let wide = page.value(
                "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) > innerWidth",
            )?;
            if wide == true {
                faults.push(format!("{place}: the page scrolls sideways"));
            }
            if without {
                break;
            }
        }
    }
    expect_none(&faults);
    Ok(())
}

/// Marks, rules and lines of the chart that have the colour of the page behind them.
const INVISIBLE: &str = r"
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const colour = text => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = '#000';
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
      .reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
    const contrast = (a, b) => { const [x, y] = [light(colour(a)), light(colour(b))].sort((x, y) => y - x); return (x + .05) / (y + .05); };
    const page = getComputedStyle(document.documentElement).backgroundColor;
    const found = new Set();
    const kinds = { '.pt .mk': 'color', '.v-ev .mk': 'color', '.sure a::before': 'backgroundColor', '.pt.right a::before': 'backgroundColor', '.feet::before': 'backgroundColor', '.axis .tk': 'stroke', '.lane::before': 'backgroundColor', '.pt .lb': 'color', '.v-ev b': 'color', '.v-ev a::before': 'backgroundColor', '.br .on::before': 'backgroundColor', '.mm path': 'stroke' };
    let seen = 0;
    for (const [selector, property] of Object.entries(kinds)) for (const element of document.querySelectorAll(selector.split('::')[0])) {
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      seen++;
      const style = getComputedStyle(element, /::.*/.exec(selector)?.[0]);
      const drawn = property === 'color' && selector.endsWith('.mk') && style.stroke !== 'none' ? style.stroke : style[property];
      if (colour(drawn)[3] < 64 || contrast(drawn, page) < 3) found.add(`${selector} is ${drawn} on ${page}`);
    }
    if (seen < 60) found.add(`only ${seen} marks are drawn`);
    return [...found];";

#[test]
fn the_systems_own_colours_leave_the_marks_visible() -> Result<()> {
    // No other driver asks for the system's colours.
    if !in_chromium()? {
        return Ok(());
    }
    let mut faults = Vec::new();
    for scheme in ["light", "dark"] {
        let page = visit_as(&Look::default(), Hosting::default(), "")?;
        let colours = json!({ "features": [
            { "name": "forced-colors", "value": "active" },
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        page.devtools("Emulation.setEmulatedMedia", &colours)?;
        for (width, height) in SIZES {
            page.resize(width, height)?;
            load(&page, "")?;
            assert_eq!(page.value("matchMedia('(forced-colors: active)').matches")?, true);
            note(&mut faults, &format!("{scheme} at {width} × {height}"), lines(&page.run(INVISIBLE)?)?);
            if page.count(".pt.about .mk")? > 0 {
                let hollow = "getComputedStyle(document.querySelector('.pt.about .mk')).color === getComputedStyle(document.body).backgroundColor";
                assert_eq!(page.value(hollow)?, true, "what is not certain is hollow");
            }
            load(&page, "#event-treaty-signed")?;
            let chosen = page.value(
                "[...document.querySelectorAll('.is-sel .lb, .v-ev.here')].some(e => e.checkVisibility()
                   && (getComputedStyle(e).boxShadow !== 'none' || getComputedStyle(e).backgroundColor !== getComputedStyle(document.body).backgroundColor))",
            )?;
            assert_eq!(chosen, true, "{scheme} at {width} × {height}: the chosen event stands out");
        }
    }
    expect_none(&faults);
    Ok(())
}

/// What the design of more contrast consists of: colours of the page and of a rule in the chart.
const CONTRAST: &str = r"
    const root = getComputedStyle(document.documentElement);
    const rule = getComputedStyle(document.querySelector('[data-thread=\'2\'] .sure a'), '::before');
    return [
      ...['--paper', '--ink', '--ink-3', '--band', '--treaty', '--thread-2'].map(name => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = root.getPropertyValue(name);
        const colour = getComputedStyle(probe).color;
        probe.remove();
        return colour;
      }),
      rule.height, rule.backgroundImage, root.getPropertyValue('--dim'),
    ].map(String);";

#[test]
fn who_asks_for_more_contrast_gets_it() -> Result<()> {
    // No other driver passes the wish on.
    if !in_chromium()? {
        return Ok(());
    }
    let page = visit_as(&Look::default(), Hosting::default(), "")?;
    let seen = |more: bool, scheme: &str, address: &str| -> Result<Vec<String>> {
        let wish = if more { "more" } else { "no-preference" };
        let features = json!({ "features": [
            { "name": "prefers-contrast", "value": wish },
            { "name": "prefers-color-scheme", "value": scheme },
        ] });
        page.devtools("Emulation.setEmulatedMedia", &features)?;
        load(&page, address)?;
        lines(&page.run(CONTRAST)?)
    };
    let plain = seen(false, "light", "")?;
    let chosen = seen(false, "dark", "?theme=contrast")?;
    assert_eq!((chosen[0].as_str(), chosen[1].as_str()), ("rgb(255, 255, 255)", "rgb(0, 0, 0)"));
    assert!(chosen[7].contains("gradient") && !plain[7].contains("gradient"), "threads have patterns");
    assert_ne!(chosen[6], plain[6], "rules are thicker");
    assert_eq!(seen(true, "light", "")?, chosen, "by the system's wish");
    assert_eq!(seen(true, "dark", "?theme=light")?, chosen, "in the light page");
    let night = seen(true, "dark", "")?;
    assert_eq!((night[0].as_str(), night[1].as_str()), ("rgb(0, 0, 0)", "rgb(255, 255, 255)"));
    assert!(night[7].contains("gradient"), "threads have patterns by night as well");
    assert_eq!((&night[6], &night[8]), (&chosen[6], &chosen[8]));
    Ok(())
}

#[test]
fn larger_and_wider_text_is_not_cut_off() -> Result<()> {
    let mut faults = Vec::new();
    let page = visit_as(&Look { still: true, phone: true, ..Look::sized(390, 844) }, Hosting::default(), "")?;
    for (name, sheet) in [
        ("twice the size", "html { font-size: 32px !important }"),
        (
            "wider",
            "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }",
        ),
    ] {
        for (width, height) in [(390, 844), (320, 640)] {
            page.resize(width, height)?;
            for state in &STATES[..4] {
                enter(&page, state, "")?;
                page.run_with(
                    "const sheet = new CSSStyleSheet();
                     sheet.replaceSync(arguments[0]);
                     document.adoptedStyleSheets = [sheet];",
                    &json!([sheet]),
                )?;
                page.rest()?;
                let place = format!("{}, {name} at {width} × {height}", state.0);
                note(&mut faults, &place, lines(&page.run(CUT_TEXT)?)?);
                let strip = "[...document.querySelectorAll('.my span')].filter(year => year.checkVisibility()).every(year => {
                    const range = document.createRange(), row = year.parentNode.getBoundingClientRect();
                    range.selectNodeContents(year);
                    const box = range.getBoundingClientRect();
                    return box.right <= row.right + 1 || box.top >= row.bottom - 2;
                })";
                if page.value(strip)? == false {
                    faults.push(format!("{place}: a year on the strip is cut"));
                }
            }
        }
    }
    expect_none(&faults);
    Ok(())
}

#[test]
fn a_page_enlarged_four_times_has_room_for_the_list() -> Result<()> {
    let page = visit_as(&Look { still: true, phone: true, ..Look::sized(320, 256) }, Hosting::default(), "")?;
    page.wait_for_app()?;
    let height = page.value("document.querySelector('.vtl').clientHeight")?.as_u64().unwrap_or_default();
    assert!(height >= 128, "the list has {height} px of 256");
    load(&page, "#event-treaty-signed")?;
    let title = "const title = document.querySelector('.panel h2').getBoundingClientRect(), foot = document.querySelector('.p-act').getBoundingClientRect();
         return title.bottom <= foot.top;";
    assert_eq!(page.run(title)?, true, "the whole title is in view");
    Ok(())
}

#[test]
fn the_reading_line_cuts_no_line_of_words_in_half() -> Result<()> {
    let page = visit_as(&Look { still: true, ..Look::default() }, Hosting::default(), "?at=1946-03-01")?;
    for (width, height) in [(1440, 900), (1024, 768)] {
        page.resize(width, height)?;
        load(&page, "?at=1946-03-01")?;
        let cut = page.run(
            "const found = [];
             for (const note of document.querySelectorAll('.lh .now')) {
               const frame = note.closest('button').getBoundingClientRect(), range = document.createRange();
               const end = Math.min(frame.bottom, note.getBoundingClientRect().bottom);
               const texts = document.createTreeWalker(note, NodeFilter.SHOW_TEXT);
               while (texts.nextNode()) {
                 range.selectNodeContents(texts.currentNode);
                 for (const line of range.getClientRects())
                   if (line.left < frame.right && line.top < end - 2 && line.bottom > end + 2) found.push(note.textContent);
               }
             }
             return found;",
        )?;
        assert_eq!(lines(&cut)?, Vec::<String>::new(), "at {width} × {height}");
    }
    assert_eq!(page.text(".legend.now b")?, "1 March 1946.");
    Ok(())
}

#[test]
fn nothing_moves_for_a_reader_who_wants_it_still() -> Result<()> {
    for still in [true, false] {
        if still && Engine::from_environment()? == Engine::WebKit {
            // Its driver passes no preferences on; the rule is the same in every engine.
            continue;
        }
        let page = visit_as(&Look { still, ..Look::default() }, Hosting::default(), "")?;
        page.wait_for_app()?;
        page.run(
            "window.moved = [];
             for (const kind of ['transitionrun', 'animationstart'])
               addEventListener(kind, event => moved.push(kind + ' ' + event.target.className), true);
             window.widths = new Set();
             const look = () => { widths.add(document.querySelector('.win').getAttribute('data-style') ?? document.querySelector('.win').style.cssText); requestAnimationFrame(look); };
             look();",
        )?;
        page.run("document.querySelectorAll('.zoom button')[1].click()")?;
        page.run("return new Promise(done => setTimeout(done, 900))")?;
        let steps = page.value("widths.size")?.as_u64().unwrap_or_default();
        page.hover(page.middle(".menus button")?)?;
        page.run("document.querySelector('.lanes [data-event-id]').click()")?;
        page.wait_for("[data-detail]")?;
        // Longer than the longest of our movements.
        page.run("return new Promise(done => setTimeout(done, 900))")?;
        let moved = lines(&page.value("moved")?)?;
        if still {
            assert_eq!(moved, Vec::<String>::new(), "animations run");
            assert_eq!(steps, 2, "the view is here and then there");
        } else {
            assert!(steps > 2, "without that wish the view glides");
        }
    }
    Ok(())
}

#[test]
fn nothing_shifts_while_the_page_loads_on_a_slow_line() -> Result<()> {
    // No other engine reckons shifts, and no other driver slows the line.
    if !in_chromium()? {
        return Ok(());
    }
    for ((width, height), address) in [
        ((1440, 900), ""),
        ((390, 844), ""),
        ((390, 844), "#event-treaty-signed"),
        ((390, 844), "#event-stalin-dies"),
        ((1440, 900), "#event-stalin-dies"),
    ] {
        let phone = width < 640;
        let page = visit_as(&Look { phone, ..Look::sized(width, height) }, Hosting::default(), "axe")?;
        page.devtools("Network.enable", &json!({}))?;
        let line = json!({ "offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750 });
        page.devtools("Network.emulateNetworkConditions", &line)?;
        page.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": 4 }))?;
        page.open(address)?;
        // The host does not compress, so that the page takes longer than it would elsewhere.
        let ready = "document.documentElement.dataset.app === 'ready'";
        page.wait_until(ready).or_else(|_| page.wait_until(ready))?;
        page.rest()?;
        let shifts = page.run(
            "return new Promise(done => {
               const shifts = [];
               new PerformanceObserver(list => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
               setTimeout(() => done(shifts.map(({ value, startTime, sources }) =>
                 [value, Math.round(startTime), ...sources.map(({ node }) => node?.localName + '.' + node?.className)])), 300);
             })",
        )?;
        let sum: f64 = shifts.as_array().into_iter().flatten().filter_map(|shift| shift[0].as_f64()).sum();
        println!("layout shift at {width} × {height}{address}: {sum:.4}");
        assert!(sum <= MOST_SHIFT, "{sum:.4} at {width} × {height}{address}: {shifts}");
    }
    Ok(())
}
