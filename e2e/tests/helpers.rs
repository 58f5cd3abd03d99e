//! The helpers see what they claim to see: a test that leans on them can fail.

use std::time::Duration;

use e2e::{Engine, Fault, Hosting, Look, Result, Visit, visit_as};

const PROBE: &str =
    "<!doctype html><html lang='en'><head><title>probe</title><link rel='icon' href='data:,'></head>
<body style='margin:0'><input id='field'><button id='fault' onclick='throw new Error(1)'></button><div id='pad' style='width:300px;height:200px;overflow:auto'></div>
<noscript><p id='without'>no script</p></noscript>
<script>
window.seen = [];
for (const type of ['keydown', 'pointerdown', 'pointerup', 'wheel'])
  document.body.addEventListener(type, event => seen.push([type, event.key ?? event.pointerType ?? '',
    event.ctrlKey, event.shiftKey, Math.round(event.clientX ?? 0)].join()));
</script></body></html>";

fn probe(look: &Look) -> Result<Visit> {
    visit_as(look, Hosting::default().file("probe.html", PROBE), "probe.html")
}

fn seen(page: &Visit) -> Result<Vec<String>> {
    let seen = page.value("seen.splice(0)")?;
    Ok(seen.as_array().into_iter().flatten().filter_map(|line| line.as_str().map(str::to_owned)).collect())
}

#[test]
fn the_console_is_heard() -> Result<()> {
    let page = probe(&Look::default())?;
    page.assert_quiet()?;
    page.run("console.warn('a word')")?;
    let said = page.console()?;
    assert!(said.len() == 1 && said[0].contains("a word"), "{said:?}");
    page.click("#fault")?;
    page.rest()?;
    assert!(page.assert_quiet().is_err());
    Ok(())
}

#[test]
fn keys_and_pointers_arrive() -> Result<()> {
    let page = probe(&Look::default())?;
    page.click("#field")?;
    page.press(&["a", "Shift+Tab", "+"])?;
    let keys = seen(&page)?.join(" ");
    // The driver of WebKit gives a shifted Tab no name, and only Chromium holds Shift for a plus sign.
    let tab = if page.engine() == Engine::WebKit { "Unidentified" } else { "Tab" };
    assert!(
        keys.contains(&format!(
            "keydown,a,false,false,0 keydown,Shift,false,true,0 keydown,{tab},false,true,0 keydown,+,"
        )),
        "{keys}"
    );
    let at = page.middle("#pad")?;
    page.drag(at, (at.0 + 50, at.1))?;
    assert_eq!(seen(&page)?, ["pointerdown,mouse,false,false,150", "pointerup,mouse,false,false,200"]);
    if page.engine() != Engine::WebKit {
        page.tap(at)?;
        assert_eq!(
            seen(&page)?[..2],
            ["pointerdown,touch,false,false,150", "pointerup,touch,false,false,150"]
        );
    }
    page.wheel(at, (0, -100), Some("Control"))?;
    page.rest()?;
    assert!(seen(&page)?.contains(&"wheel,,true,false,150".to_owned()));
    page.run("addEventListener('wheel', ({ deltaY }) => seen.push(`by ${Math.round(deltaY)}`))")?;
    for down in [100, 100, -100] {
        page.wheel(at, (0, down), None)?;
        page.rest()?;
        assert_eq!(seen(&page)?, ["wheel,,false,false,150".to_owned(), format!("by {down}")]);
    }
    Ok(())
}

#[test]
fn the_look_is_the_readers() -> Result<()> {
    let page = probe(&Look { width: 800, height: 600, ..Look::default() })?;
    assert_eq!(page.value("[innerWidth, innerHeight].join()")?, "800,600");
    assert_eq!(page.value("matchMedia('(prefers-color-scheme: dark)').matches")?, false);
    // Most drivers serve one browser at a time.
    drop(page);
    let page = probe(&Look { dark: true, still: true, locale: "zh-TW", ..Look::default() })?;
    assert_eq!(page.value("matchMedia('(prefers-color-scheme: dark)').matches")?, true);
    // The small browser of WebKitGTK takes its language and its motion from the desktop.
    if page.engine() == Engine::WebKit {
        return Ok(());
    }
    assert_eq!(page.value("matchMedia('(prefers-reduced-motion: reduce)').matches")?, true);
    assert_eq!(page.value("navigator.language")?, "zh-TW");
    Ok(())
}

#[test]
fn scripts_can_be_off() -> Result<()> {
    let page = probe(&Look { javascript: false, ..Look::default() })?;
    assert_eq!(page.text("#without")?, "no script");
    Ok(())
}

#[test]
fn storage_can_be_denied() -> Result<()> {
    let kept = "(() => {
        try { localStorage.setItem('a', '1'); } catch { return false; }
        document.cookie = 'a=1';
        return document.cookie !== '' && localStorage.getItem('a') === '1';
    })()";
    let page = probe(&Look::default())?;
    assert_eq!(page.value(kept)?, true);
    drop(page);
    let page = probe(&Look { storage: false, ..Look::default() })?;
    assert_eq!(page.value(kept)?, false);
    assert_eq!(
        page.value("(() => { try { document.cookie = 'a=1'; } catch {} return document.cookie; })()")?,
        ""
    );
    Ok(())
}

#[test]
fn a_host_can_fail() -> Result<()> {
    let hosting = Hosting::default()
        .under("courses/one")
        .header("X-Course", "history")
        .file("late.txt", "late")
        .file("cut.txt", "cut short")
        .fault("late.txt", Fault::Late(Duration::from_millis(300)))
        .fault("cut.txt", Fault::CutAfter(3))
        .fault("gone.txt", Fault::Missing)
        .file("gone.txt", "gone")
        .file("probe.html", PROBE);
    let page = visit_as(&Look::default(), hosting, "")?;
    page.open("../../probe.html")?;
    let fetched = |path: &str| {
        page.run(&format!(
            "const start = performance.now();
             return fetch('/{path}').then(async answer => [answer.status, answer.headers.get('x-course'), await answer.text(),
               performance.now() - start >= 250].join()).catch(() => 'broken');"
        ))
    };
    assert_eq!(fetched("late.txt")?, "200,history,late,true");
    // WebKit takes what has come for the whole.
    let cut = if page.engine() == Engine::WebKit { "200,history,cut,false" } else { "broken" };
    assert_eq!(fetched("cut.txt")?, cut);
    assert_eq!(fetched("gone.txt")?, "404,history,not found,false");
    assert!(page.site.requests().contains(&"/courses/one/".to_owned()));
    assert_eq!(page.site.missed(), ["/gone.txt"]);
    Ok(())
}

#[test]
fn pictures_have_the_windows_size() -> Result<()> {
    let page = probe(&Look::sized(700, 500))?;
    let picture = page.picture()?;
    assert!(picture.starts_with(b"\x89PNG"));
    let number =
        |at: usize| picture[at..at + 4].iter().fold(0u32, |number, byte| number << 8 | u32::from(*byte));
    assert_eq!((number(16), number(20)), (700, 500));
    Ok(())
}
