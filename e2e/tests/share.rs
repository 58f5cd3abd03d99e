//! The dialog that shares the timeline.

use std::fs;

use e2e::{Browser, Fault, Hosting, Look, Result, Site, dist, visit, visit_as};

const SHARE: &str = "[data-share='all']";

fn open(page: &Browser) -> Result<()> {
    page.wait_for_app()?;
    page.click(SHARE)?;
    page.wait_for("#share[open]")
}

fn part(page: &Browser, name: &str) -> Result<()> {
    page.click(&format!("#share [data-part='{name}']"))
}

fn field(page: &Browser, id: &str) -> Result<String> {
    Ok(page.value(&format!("document.getElementById('{id}').value"))?.as_str().unwrap_or_default().to_owned())
}

/// Sets a field of the dialog as a reader does.
fn choose(page: &Browser, id: &str, value: &str) -> Result<()> {
    page.run(&format!(
        "const field = document.getElementById('{id}'); field.value = '{value}';
         field.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    ))?;
    Ok(())
}

#[test]
fn the_link_tells_the_view_or_the_whole_story() -> Result<()> {
    let page = visit("?about=manchuria&theme=dark#event-treaty-signed")?;
    open(&page)?;
    let base = page.site.address("");
    assert_eq!(field(&page, "sh-link")?, format!("{base}?about=manchuria#event-treaty-signed"));
    assert!(page.text("#sh-what")?.contains("Sino-Soviet Treaty signed"));
    choose(&page, "sh-look", "contrast")?;
    assert_eq!(
        field(&page, "sh-link")?,
        format!("{base}?about=manchuria&theme=contrast#event-treaty-signed")
    );
    page.click("#share [name='sh-first']")?;
    assert_eq!(field(&page, "sh-link")?, format!("{base}?theme=contrast"));
    assert_eq!(page.value("document.getElementById('sh-open').href")?, format!("{base}?theme=contrast"));
    page.press(&["Escape"])?;
    page.wait_until("!document.querySelector('#share[open]')")?;
    page.wait_until("document.activeElement.dataset.share === 'all'")?;
    page.assert_quiet()
}

#[test]
fn each_place_gets_the_code_that_works_there() -> Result<()> {
    let page = visit("#event-treaty-signed")?;
    open(&page)?;
    part(&page, "embed")?;
    let base = page.site.address("");
    let framed = format!("{base}?embed&amp;event=treaty-signed");
    let moodle = field(&page, "sh-code")?;
    assert!(
        moodle.starts_with(&format!(
            "<iframe src=\"{framed}\" title=\"Sino-Soviet Treaty of Friendship and Alliance: a timeline\""
        )),
        "{moodle}"
    );
    assert!(moodle.contains(&format!("<p><a href=\"{base}#event-treaty-signed\">")), "{moodle}");
    assert!(!moodle.contains("<script"));
    assert!(page.text("#share [data-place='moodle']")?.contains("source view"));
    for (place, hint) in
        [("canvas", "HTML view"), ("wordpress", "Custom HTML"), ("sites", "By URL"), ("own", "script")]
    {
        choose(&page, "sh-place", place)?;
        assert!(page.text(&format!("#share [data-place='{place}']"))?.contains(hint));
        assert_eq!(page.count("#share [data-place]:not([hidden])")?, 1);
    }
    assert!(
        field(&page, "sh-code")?
            .ends_with(&format!("<script src=\"{base}annals-resize.js\" async></script>"))
    );
    choose(&page, "sh-place", "element")?;
    let element = field(&page, "sh-code")?;
    assert!(element.starts_with(&format!("<script type=\"module\" src=\"{base}annals.js\"></script>\n<annals-timeline event=\"treaty-signed\">")), "{element}");
    assert!(
        element.contains(&format!("<li><a href=\"{base}#event-treaty-signed\">Tuesday, 14 August 1945: Sino-Soviet Treaty signed in Moscow</a></li>")),
        "{element}"
    );
    assert_eq!(element.matches("<li>").count(), 57);
    page.run("document.getElementById('sh-sight').scrollIntoView()")?;
    page.wait_until("document.querySelector('#sh-sight annals-timeline')?.shadowRoot?.querySelector('[data-detail][data-event-id=treaty-signed]')")?;
    // Its tabs come out from under its head again.
    page.run("document.getElementById('share').scrollTo(0, 0)")?;
    choose(&page, "sh-place", "sites")?;
    assert_eq!(page.count("#share label[hidden] #sh-size")?, 1);
    assert_eq!(field(&page, "sh-code")?, format!("{base}?embed&event=treaty-signed"));
    choose(&page, "sh-place", "canvas")?;
    choose(&page, "sh-size", "360 560")?;
    assert!(field(&page, "sh-code")?.contains(" width=\"360\" height=\"560\""));
    // What comes of it is seen at once, in a frame of that size.
    let preview = "document.querySelector('#sh-sight iframe')";
    page.wait_until(&format!(
        "{preview}.contentDocument?.querySelector('[data-detail][data-event-id=treaty-signed]')"
    ))?;
    assert_eq!(page.value(&format!("{preview}.contentWindow.innerWidth"))?, 360);
    assert_eq!(page.value(&format!("{preview}.title"))?, "Preview");
    part(&page, "link")?;
    assert_eq!(page.count("#sh-sight iframe")?, 0);
    page.assert_quiet()
}

#[test]
fn the_code_of_the_dialog_works_in_a_page() -> Result<()> {
    let page = visit("")?;
    open(&page)?;
    part(&page, "embed")?;
    choose(&page, "sh-place", "own")?;
    choose(&page, "sh-size", "360 560")?;
    let code = field(&page, "sh-code")?.replace("height=\"560\"", "height=\"300\"");
    let course = Site::start(
        Hosting::default().file("host.html", format!("<!DOCTYPE html><link rel=icon href='data:,'>{code}")),
    )?;
    page.goto(&course.address("host.html"))?;
    page.wait_until("document.querySelector('iframe').clientHeight === 560")?;
    assert!(page.text("p a")?.contains("Sino-Soviet Treaty"));
    page.assert_quiet()
}

#[test]
fn it_cites_the_event_and_the_timeline() -> Result<()> {
    let page = visit("#event-treaty-signed")?;
    open(&page)?;
    part(&page, "cite")?;
    let base = page.site.address("");
    let event = format!(
        "“Sino-Soviet Treaty signed in Moscow”, 14 August 1945. In: Sino-Soviet Treaty of Friendship and Alliance, an Annals timeline. {base}#event-treaty-signed"
    );
    assert_eq!(field(&page, "sh-event")?, event);
    assert_eq!(
        field(&page, "sh-whole")?,
        format!("Sino-Soviet Treaty of Friendship and Alliance, an Annals timeline. {base}")
    );
    page.press(&["Escape"])?;
    page.click("[data-detail] .p-nav button:last-child")?;
    page.wait_until("!document.querySelector('[data-detail]')")?;
    open(&page)?;
    part(&page, "cite")?;
    page.wait_until("document.getElementById('sh-event').closest('[data-of]').hidden")?;
    page.assert_quiet()
}

/// The texts that the page has put on the clipboard are kept by the page instead; or it is refused.
fn with_clipboard(page: &Browser, allows: bool) -> Result<()> {
    let write = if allows {
        "async (text) => { window.copied = text }"
    } else {
        "async () => { throw new Error('denied') }"
    };
    page.run(&format!(
        "window.copied = null;
         Object.defineProperty(navigator, 'clipboard', {{ configurable: true, value: {{ writeText: {write} }} }});
         document.execCommand = () => {{ if ({allows}) throw new Error('old'); window.copied = String(document.activeElement.value); return true; }};"
    ))?;
    Ok(())
}

#[test]
fn it_copies_and_says_so_also_where_the_clipboard_is_denied() -> Result<()> {
    let page = visit("#event-treaty-signed")?;
    page.wait_for_app()?;
    let link = format!("{}#event-treaty-signed", page.site.address(""));
    for allows in [true, false] {
        with_clipboard(&page, allows)?;
        // From the detail at once, and from the dialog.
        page.click("[data-share='copy']")?;
        page.wait_until("copied")?;
        assert_eq!(page.value("copied")?, link);
        page.wait_until("document.getElementById('told').textContent === 'Copied'")?;
        page.run("window.copied = null")?;
        page.click("[data-share='cite']")?;
        page.wait_until("copied?.startsWith('“Sino-Soviet Treaty signed in Moscow”, 14 August 1945.')")?;
        page.run("window.copied = null")?;
        open(&page)?;
        page.click("[data-copies='sh-link']")?;
        page.wait_until("copied")?;
        assert_eq!(page.value("copied")?, link);
        page.wait_until("document.getElementById('sh-said').textContent === 'Copied'")?;
        assert_eq!(page.text("[data-copies='sh-link']")?, "Copied");
        assert_eq!(page.count("body > textarea, #share > textarea")?, 0);
        page.press(&["Escape"])?;
    }
    // Where nothing copies, it is selected for the reader.
    page.run("document.execCommand = () => false")?;
    page.click("[data-share='copy']")?;
    page.wait_for("#share[open]")?;
    page.wait_until("document.activeElement.id === 'sh-link' && document.activeElement.selectionEnd > 10")?;
    assert!(page.text("#sh-said")?.contains("Ctrl+C"));
    page.assert_quiet()
}

#[test]
fn its_parts_are_tabs_for_keys() -> Result<()> {
    let page = visit("")?;
    open(&page)?;
    page.run("document.querySelector('#share [data-part=link]').focus()")?;
    for (key, name) in [
        ("ArrowDown", "embed"),
        ("ArrowDown", "file"),
        ("ArrowUp", "embed"),
        ("End", "cite"),
        ("ArrowDown", "link"),
        ("ArrowUp", "cite"),
        ("Home", "link"),
    ] {
        page.press(&[key])?;
        assert_eq!(page.value("document.activeElement.dataset.part")?, name, "{key}");
        assert_eq!(page.attribute("#share [aria-selected='true']", "data-part")?.as_deref(), Some(name));
    }
    assert_eq!(page.attribute("#sh-part", "aria-labelledby")?.as_deref(), Some("sh-t-link"));
    page.assert_quiet()
}

#[test]
fn a_dialog_that_does_not_come_says_so() -> Result<()> {
    let names = fs::read_dir(dist()?)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let script = names.filter(|name| name.starts_with("share-")).collect::<String>();
    let page = visit_as(&Look::default(), Hosting::default().fault(&script, Fault::Missing), "")?;
    page.wait_for_app()?;
    page.click(SHARE)?;
    page.wait_until("document.getElementById('told').textContent.endsWith('Try again.')")?;
    assert_eq!(page.site.missed().len(), 1);
    page.click(SHARE)?;
    page.rest()?;
    // Another address, as an engine remembers that the first had nothing.
    assert_eq!(page.site.missed().len(), 2);
    Ok(())
}

/// Makes the page one file, as the dialog does, and gives back what would be saved, and under which name.
fn download(page: &Browser) -> Result<(String, String)> {
    open(page)?;
    part(page, "file")?;
    page.run(
        "window.saved = null;
         const create = URL.createObjectURL;
         URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text }); return create.call(URL, blob); };
         HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download; };",
    )?;
    page.click("#sh-file")?;
    page.wait_until("saved !== null && document.getElementById('sh-said').textContent.includes('kB')")?;
    assert_eq!(page.value("document.activeElement.id")?, "sh-file");
    let text = |name| Ok::<_, e2e::Failure>(page.value(name)?.as_str().unwrap_or_default().to_owned());
    Ok((text("saved")?, text("savedAs")?))
}

/// Opens a text as a file of a disk, and goes on there.
fn open_as_file(page: &Browser, text: &str, name: &str) -> Result<()> {
    let file = std::env::temp_dir().join(format!("annals-{}-{name}.html", std::process::id()));
    fs::write(&file, text)?;
    page.goto(&format!("file://{}", file.display()))?;
    page.wait_for_app()?;
    fs::remove_file(&file)?;
    Ok(())
}

#[test]
fn the_page_is_saved_as_one_file_and_that_file_as_well() -> Result<()> {
    let hosting = Hosting::default().unwatched("annals.html");
    let page = visit_as(&Look::default(), hosting, "")?;
    let (saved, name) = download(&page)?;
    assert_eq!(name, "sino-soviet-treaty-of-friendship-and-alliance.html");
    assert_eq!(saved, fs::read_to_string(dist()?.join("annals.html"))?);
    open_as_file(&page, &saved, "first")?;
    // Again from the file, which can ask for nothing, after the app has changed the page.
    page.click("[data-timeline] [data-event-id='treaty-signed']")?;
    page.wait_for("[data-detail]")?;
    let (again, name) = download(&page)?;
    assert_eq!(name, "sino-soviet-treaty-of-friendship-and-alliance.html");
    assert!(again.len() < saved.len() + 1000, "{} and {}", again.len(), saved.len());
    open_as_file(&page, &again, "second")?;
    assert_eq!(page.count("[data-detail]")?, 0);
    page.click("[data-timeline] [data-event-id='treaty-signed']")?;
    page.wait_for("[data-detail] svg.map path")?;
    assert!(page.count("#story article .p-src li")? > 100);
    page.assert_quiet()
}

#[test]
fn another_timeline_is_saved_as_one_file() -> Result<()> {
    let other = include_str!("../data/other.json");
    let hosting = Hosting::default().file("other.json", other).unwatched("annals.html");
    let page = visit_as(&Look::default(), hosting, "?src=other.json")?;
    let (saved, name) = download(&page)?;
    assert_eq!(name, "bread-b-games-b-script-parts.html");
    open_as_file(&page, &saved, "other")?;
    let title = "Bread & <b>games</b> </script><!--parts-->";
    assert_eq!(page.text("#annals h1")?, title);
    assert_eq!(page.title()?, title);
    page.click("[data-timeline] [data-event-id='law']")?;
    page.wait_for("[data-detail][data-event-id=law]")?;
    assert!(page.text("[data-detail]")?.contains("whoever stands in line: \"{}\" & <i>no less</i>."));
    assert_eq!(page.count("[data-timeline] .span, [data-timeline] .pt")?, 3);
    page.assert_quiet()?;
    // Most drivers serve one browser at a time.
    drop(page);

    let plain = Browser::open(&Look { javascript: false, ..Look::default() })?;
    let site = Site::start(Hosting::default().file("saved.html", saved))?;
    plain.goto(&site.address("saved.html"))?;
    assert_eq!(plain.text("#story h1")?, title);
    assert!(plain.text("#story .lead")?.len() > 20);
    Ok(())
}

#[test]
fn a_file_by_itself_is_shared_as_a_file() -> Result<()> {
    let page = Browser::open(&Look::default())?;
    page.goto(&format!("file://{}", dist()?.join("annals.html").display()))?;
    open(&page)?;
    assert_eq!(page.attribute("#share [aria-selected='true']", "data-part")?.as_deref(), Some("file"));
    part(&page, "cite")?;
    assert_eq!(
        field(&page, "sh-whole")?,
        "Sino-Soviet Treaty of Friendship and Alliance, an Annals timeline."
    );
    part(&page, "embed")?;
    assert!(page.text("#sh-alone")?.contains("no address"));
    assert_eq!(page.count("#share .sh-part > [data-of]:not([hidden])")?, 1);
    page.assert_quiet()
}
