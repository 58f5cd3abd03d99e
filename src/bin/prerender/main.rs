//! Writes the whole story into the built page, so that it reads before and without WebAssembly.
//!
//! Trunk runs it after a build, with the folder of the build in `TRUNK_STAGING_DIR`. `cargo xtask bundle` runs it as
//! `prerender one-file FOLDER DATA` for the parts of a page that is one file.

mod element;
mod one_file;

use std::error::Error;
use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::ExitCode;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use annals::load;
use annals::model::Timeline;
use annals::pack::{self, Packed};
use annals::text::Locale;
use annals::time::Bound;
use annals::view::share::{Share, ShareProps, oembed};
use annals::view::story::{Brief, BriefProps, Keys, KeysProps, Story, StoryProps};
use serde_json::{Value, json};

/// The story of the page, from the root of the project.
const DATA: &str = "data/treaty-1945.json";

/// The same in the release folder, for whoever asks for another of its languages.
const SOURCE: &str = "story.json";

/// Events of this importance are named to search engines.
const LANDMARK: u8 = 5;

/// How the names of the files of a module of WebAssembly end, and that of a script.
const MODULE: [&str; 2] = [".js", "_bg.wasm"];
const SCRIPT: [&str; 1] = [".js"];

/// A fault in words.
type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("prerender: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Fallible<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => fill_page(),
        ["one-file", folder, data] => one_file::write(Path::new(folder), Path::new(data)),
        _ => Err("it wants no words, or one-file FOLDER DATA".into()),
    }
}

/// What is told of a timeline in a page.
struct Told {
    timeline: Rc<Timeline>,
    locale: Locale,
    /// The timeline as numbers and texts.
    packed: Packed,
}

impl Told {
    /// Reads a file; what is wrong with single events is told on the standard error.
    fn read(path: &Path) -> Fallible<Self> {
        let locale = Locale::default();
        let name = path.display();
        let (timeline, diagnostics) =
            load::from_json(&read(path)?).map_err(|error| format!("{name}: {error}"))?;
        for diagnostic in diagnostics {
            eprintln!("prerender: {name}: {}: {}", diagnostic.place, diagnostic.message);
        }
        let packed = pack::write(&timeline.clone().in_language(locale.tag()));
        Ok(Self { timeline: Rc::new(timeline), locale, packed })
    }

    /// The whole story as HTML.
    fn story(&self, app: Option<[String; 3]>) -> Fallible<String> {
        render::<Story>(StoryProps { timeline: Rc::clone(&self.timeline), locale: self.locale, app })
    }

    /// What a page says of itself and of the story, by the names of its gaps.
    fn texts(&self, shown: String, story: &str) -> Fallible<Vec<(&'static str, String)>> {
        let Self { timeline, locale, packed } = self;
        let said = |text: &annals::model::Text| escape(text.best(locale.tag()).text);
        let texts = texts(story);
        Ok(vec![
            ("lang", locale.tag().to_owned()),
            ("og-locale", "en_GB".to_owned()),
            ("title", said(&timeline.title)),
            ("description", said(&timeline.deck)),
            ("schema", in_script(&schema(timeline, *locale).to_string())),
            ("keys", render::<Keys>(KeysProps { locale: *locale })?),
            ("share", render::<Share>(ShareProps { locale: *locale })?),
            ("story", shown),
            ("texts", texts.len().to_string()),
            ("data", in_script(&data(packed, &texts).to_string())),
        ])
    }
}

/// Fills the page that Trunk has built.
fn fill_page() -> Fallible<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .ok_or("TRUNK_STAGING_DIR is not set; Trunk runs this program")?;
    let source = std::env::var_os("TRUNK_SOURCE_DIR").map(PathBuf::from).unwrap_or_default();
    let told = Told::read(&source.join(DATA))?;
    let app = [
        built(&staging, "annals", ".js")?,
        built(&staging, "annals", "_bg.wasm")?,
        built(&staging, "boot", ".js")?,
    ];
    let story = told.story(Some(app))?;

    // Systems that make a frame of a pasted address look for this link near the beginning of the page.
    let oembed = match std::env::var("ANNALS_SITE") {
        Ok(site) => {
            let said = oembed(&told.timeline, told.locale, &site);
            fs::write(staging.join("oembed.json"), said.to_string())
                .map_err(|error| format!("oembed.json: {error}"))?;
            let site = escape(&site);
            format!(
                "\n    <link rel=\"alternate\" type=\"application/json+oembed\" href=\"{site}oembed.json\">"
            )
        }
        Err(_) => String::new(),
    };

    let path = staging.join("index.html");
    let page = String::from_utf8(read(&path)?)?;
    // In the page the styles spare the first text a journey on the line; the file is for hosts whose policy forbids that.
    let (page, sheets) = take_sheets(&page, &staging)?;
    let styles: String = sheets.iter().map(|sheet| &*sheet.text).collect();
    let sheet = format!("annals-{:016x}.css", fingerprint(styles.as_bytes()));
    fs::write(staging.join(&sheet), &styles).map_err(|error| format!("{sheet}: {error}"))?;
    let mut texts = told.texts(story.clone(), &story)?;
    let [loader, map] = ["loader", "map"].map(|name| named_by_contents(&staging, name, &MODULE));
    let (loader, map) = (loader?, map?);
    let in_elements = named_by_contents(&staging, "element", &MODULE)?;
    let mut modules = vec![("boot", built(&staging, "boot", ".js")?.trim_start_matches("./").to_owned())];
    for (names, files) in [
        (["app", "app-wasm"], &in_elements),
        (["loader", "loader-wasm"], &loader),
        (["map", "map-wasm"], &map),
    ] {
        let files = files.split(' ').map(|file| file.trim_start_matches("./").to_owned());
        modules.extend(names.into_iter().zip(files));
    }
    // The story in all its languages, under a name that stays, as addresses hold it.
    fs::write(staging.join(SOURCE), read(&source.join(DATA))?)
        .map_err(|error| format!("{SOURCE}: {error}"))?;
    modules.push(("source", SOURCE.to_owned()));
    element::write(&staging, &source, &told, &page, &sheets, &modules)?;
    texts.extend([
        ("oembed", oembed),
        ("sheet", ["./", &sheet].concat()),
        ("styles", styles),
        ("source", SOURCE.to_owned()),
        ("loader", loader),
        ("large", named_by_contents(&staging, "large", &MODULE)?),
        ("map", map),
        ("share-script", named_by_contents(&staging, "share", &SCRIPT)?),
        ("embed-script", named_by_contents(&staging, "embed", &SCRIPT)?),
    ]);
    let page = fill(&page, &texts)?;
    fs::write(&path, page).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(())
}

fn read(path: &Path) -> Fallible<Vec<u8>> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// A component as HTML, without the marks by which a client would take it over: the app draws something else.
fn render<C>(props: C::Properties) -> Fallible<String>
where
    C: yew::BaseComponent,
{
    let renderer = yew::LocalServerRenderer::<C>::with_props(props).hydratable(false);
    let mut future = pin!(renderer.render());
    // Nothing in the page waits for anything, so the first poll ends it.
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(html) => Ok(html),
        Poll::Pending => Err("a part of the page waits for something".into()),
    }
}

/// Every address and every text of the story, in the order in which a walk through its nodes meets them.
fn texts(story: &str) -> Vec<String> {
    let (_, main) = story.split_once("<main").unwrap_or_default();
    let (main, _) = main.split_once("</main>").unwrap_or_default();
    let mut texts = Vec::new();
    for piece in main.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        if let Some((_, href)) = tag.split_once(" href=\"") {
            let address = unescape(href.split('"').next().unwrap_or_default());
            // Of the address of an event its id is wanted.
            texts.push(address.strip_prefix("#event-").map_or_else(|| address.clone(), str::to_owned));
        }
        if !text.is_empty() {
            texts.push(unescape(text));
        }
    }
    texts
}

/// The references of HTML that the renderer writes.
fn unescape(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2F;", "/"), ("&amp;", "&")]
        .into_iter()
        .fold(text.to_owned(), |text, (name, letter)| text.replace(name, letter))
}

/// The packed timeline as a list: the numbers, then its texts. Where the story has a text already there is a number
/// instead: it stands for the text of the story so many places after the one that the last such number stood for. The
/// page's script puts the texts back before the app starts.
///
/// So no sentence is sent twice, which halves what the page weighs on the way.
fn data(packed: &Packed, texts: &[String]) -> Value {
    let mut at = 0;
    let mut parts = vec![Value::from(&*packed.numbers)];
    for text in &packed.texts {
        let places = (0_i64..).zip(texts).filter(|(_, own)| ***own == **text).map(|(place, _)| place);
        parts.push(match places.min_by_key(|place| ((place - at).abs(), *place)) {
            Some(place) => (place - std::mem::replace(&mut at, place)).into(),
            None => (&**text).into(),
        });
    }
    parts.into()
}

/// What search engines and course systems may show of the page.
fn schema(timeline: &Timeline, locale: Locale) -> Value {
    let landmarks = timeline.events.iter().filter(|event| event.importance >= LANDMARK).enumerate().map(
        |(place, event)| {
            json!({
                "@type": "ListItem",
                "position": place + 1,
                "item": {
                    "@type": "Event",
                    "@id": format!("#event-{}", event.id),
                    "name": event.title.best(locale.tag()).text,
                    "startDate": start_date(&event.date.start),
                },
            })
        },
    );
    let years = timeline.extent().map(|extent| {
        let last = annals::time::TimePoint(extent.end.0 - 1);
        format!("{}/{}", extent.start.civil().year, last.civil().year)
    });
    json!({
        "@context": "https://schema.org",
        "@type": ["WebPage", "LearningResource"],
        "name": timeline.title.best(locale.tag()).text,
        "description": timeline.deck.best(locale.tag()).text,
        "inLanguage": locale.tag(),
        "learningResourceType": "Timeline",
        "isAccessibleForFree": true,
        "temporalCoverage": years,
        "mainEntity": { "@type": "ItemList", "itemListElement": landmarks.collect::<Vec<_>>() },
    })
}

/// The beginning of an event as schema.org wants it, unless it is stated with a doubt.
fn start_date(start: &Bound) -> Option<String> {
    let Bound::Date(part) = start else { return None };
    if part.is_vague() || !(1..=9999).contains(&part.year) {
        return None;
    }
    let year = format!("{:04}", part.year);
    let month = part.month.map(|month| format!("-{month:02}")).unwrap_or_default();
    let day = part.day.map(|day| format!("-{day:02}")).unwrap_or_default();
    Some([year, month, day].concat())
}

/// Replaces every `{{ name }}`.
///
/// Fails when the page does not ask for one of the texts, or for another one, so that no placeholder is ever published.
fn fill(page: &str, texts: &[(&str, String)]) -> Fallible<String> {
    let mut filled =
        String::with_capacity(page.len() + texts.iter().map(|(_, text)| text.len()).sum::<usize>());
    let mut used = vec![false; texts.len()];
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("{{ ") {
        let (name, after) = after.split_once(" }}").ok_or("index.html: a placeholder does not end")?;
        let place = texts
            .iter()
            .position(|(own, _)| *own == name)
            .ok_or_else(|| format!("index.html asks for an unknown text, {name}"))?;
        used[place] = true;
        filled.push_str(before);
        filled.push_str(&texts[place].1);
        rest = after;
    }
    filled.push_str(rest);
    match used.iter().position(|used| !used) {
        Some(place) => Err(format!("index.html has no place for {}", texts[place].0).into()),
        None => Ok(filled),
    }
}

/// A style sheet of the page, without comments.
struct Sheet {
    /// That of its source, `tokens` for `styles/tokens.css`.
    name: String,
    text: String,
}

/// Takes the links to the style sheets out of the page, and gives it back with the sheets, in their order.
fn take_sheets(page: &str, staging: &Path) -> Fallible<(String, Vec<Sheet>)> {
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(start) = rest.find("<link") {
        let end = start + rest[start..].find('>').ok_or("index.html: a link does not end")? + 1;
        let tag = &rest[start..end];
        out.push_str(&rest[..start]);
        let written = out.len();
        if attribute(tag, "rel") == Some("rust") {
            // Trunk leaves its own instruction in the page when it is told not to write a script.
        } else if attribute(tag, "rel") == Some("stylesheet") {
            let href = attribute(tag, "href").ok_or("index.html: a style sheet without an address")?;
            let path = staging.join(href.trim_start_matches("./"));
            let name = href.trim_start_matches("./").split(['-', '.']).next().unwrap_or_default().to_owned();
            sheets.push(Sheet { name, text: minified(&String::from_utf8(read(&path)?)?) });
            fs::remove_file(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        } else {
            out.push_str(tag);
        }
        if out.len() == written {
            out.truncate(out.trim_end().len());
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    if sheets.is_empty() || sheets.iter().any(|sheet| sheet.text.contains("</")) {
        return Err("index.html has no style sheets, or one that would end the element it is put into".into());
    }
    Ok((out, sheets))
}

/// The value of an attribute, with or without quotation marks.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let value = tag.split_ascii_whitespace().find_map(|part| part.strip_prefix(name)?.strip_prefix('='))?;
    let value = value.trim_end_matches('>').trim_end_matches('/');
    Some(value.trim_matches(['"', '\'']))
}

/// A style sheet without comments and without white space that means nothing. Strings in it keep single spaces, except
/// beside the signs below, where the sheets write `\20`.
fn minified(sheet: &str) -> String {
    let mut plain = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let mut small = String::with_capacity(plain.len());
    for word in plain.split_ascii_whitespace() {
        // A space before a colon or inside a calculation means something; beside these signs it does not.
        let tight = small.ends_with(['{', '}', ';', ',', ':']) || word.starts_with(['{', '}', ';', ',']);
        if !small.is_empty() && !tight {
            small.push(' ');
        }
        small.push_str(word);
    }
    small.replace(";}", "}")
}

/// FNV-1a: the name of the file changes with its contents, and nobody attacks it.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The one file of the build with this name, something that Trunk made of its contents, and this ending, as an address.
fn built(staging: &Path, name: &str, ending: &str) -> Fallible<String> {
    let names = fs::read_dir(staging)
        .map_err(|error| format!("{}: {error}", staging.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut found: Vec<String> = names
        .filter(|file| {
            let hash = file.strip_prefix(name).and_then(|file| file.strip_suffix(ending)?.strip_prefix('-'));
            hash.is_some_and(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
        })
        .collect();
    found.sort();
    match found.as_slice() {
        [one] => Ok(format!("./{one}")),
        [] => Err(format!("the build has no file {name}-…{ending}").into()),
        _ => Err(format!("the build has more than one file {name}-…{ending}: {}", found.join(", ")).into()),
    }
}

/// Gives the files of a module, which Trunk names plainly and whose names end in these, names that change with what they
/// hold; returns their addresses, with a space between.
fn named_by_contents(staging: &Path, module: &str, endings: &[&str]) -> Fallible<String> {
    let mut contents = Vec::new();
    for ending in endings {
        contents.extend(read(&staging.join([module, ending].concat()))?);
    }
    let name = format!("{module}-{:016x}", fingerprint(&contents));
    for ending in endings {
        let plain = staging.join([module, ending].concat());
        fs::rename(&plain, staging.join(format!("{name}{ending}")))
            .map_err(|error| format!("{}: {error}", plain.display()))?;
    }
    let addresses: Vec<String> = endings.iter().map(|ending| format!("./{name}{ending}")).collect();
    Ok(addresses.join(" "))
}

/// For text and quoted attributes.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// JSON inside a script element must not be able to end it.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}
