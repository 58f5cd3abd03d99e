//! The whole story as a document: what a reader sees before the app, without it, and on paper.
//!
//! It is rendered natively when the page is built, so it has no handlers and no state.

use std::rc::Rc;

use yew::prelude::*;

use super::icons::{icon, mark, thread};
use super::markup::html;
use super::still::{self, Medium};
use crate::model::{Era, EraField, Event, LinkView, RelationGroup, Text, Timeline};
use crate::text::{self, Locale, Words as _};

/// What to write, and for whom.
#[derive(Clone, PartialEq, Properties)]
pub struct StoryProps {
    /// The history.
    pub timeline: Rc<Timeline>,
    /// The language of the page.
    pub locale: Locale,
    /// Addresses of the app: its script, its WebAssembly, and the script that starts it; none where they come with the page, which
    /// needs no picture of the chart either.
    pub app: Option<[String; 3]>,
}

/// The whole story: contents, years, events with all that is known of them, sources.
#[component]
pub fn Story(props: &StoryProps) -> Html {
    let page = Page { timeline: &props.timeline, locale: props.locale };
    let words = page.locale.words();
    let years = years(page.timeline);
    let contents = years.iter().map(|year| page.contents_of(year));
    let sections = years.iter().map(|year| page.year(year));
    let mut media = vec![Medium::Window, Medium::Paper];
    // Here the first screen has all it needs, and the line is free for the app while the rest arrives.
    let preloads = props.app.as_ref().map(|[script, module, boot]| {
        html! {
            <>
                <link rel="modulepreload" href={script.clone()} fetchpriority="low" />
                <link rel="preload" href={module.clone()} as="fetch" type="application/wasm" crossorigin="anonymous" fetchpriority="low" />
                <link rel="modulepreload" href={boot.clone()} fetchpriority="low" />
            </>
        }
    });
    if preloads.is_none() {
        media.clear();
    }
    html! {
        <>
            { page.head() }
            <noscript><p class="story-note">{words.no_script()}</p></noscript>
            <div>{ for media.into_iter().filter_map(|medium| still::chart(page.timeline, page.locale, medium)) }</div>
            <div class="story-cols">
                <nav class="toc" aria-labelledby="toc"><h2 id="toc">{words.contents()}</h2><ol>{ for contents }</ol><p>{words.print_note()}</p></nav>
                { for preloads }
                <main class="years">{ for sections }</main>
            </div>
            <footer class="story-foot">
                <p>{words.facts(&text::year_range(page.timeline, page.locale), page.timeline.events.len())}</p>
                <p>{words.print_note()}</p>
            </footer>
        </>
    }
}

/// What a page of one file shows until it is unpacked, and where nothing unpacks it.
#[derive(Clone, PartialEq, Properties)]
pub struct BriefProps {
    /// The history.
    pub timeline: Rc<Timeline>,
    /// The language of the page.
    pub locale: Locale,
}

/// The story without sources, people and links: what happened, and when.
#[component]
pub fn Brief(props: &BriefProps) -> Html {
    let page = Page { timeline: &props.timeline, locale: props.locale };
    let sections = years(page.timeline).into_iter().map(|year| {
        let events = page.timeline.events.here()[year.events].iter().map(|event| page.brief(event));
        html! {
            <section key={year.number}>
                <h2>{text::year_name(year.number, page.locale)}</h2>
                <ol>{ for events }</ol>
            </section>
        }
    });
    html! {
        <>
            { page.head() }
            <noscript><p class="story-note">{page.locale.words().no_script_brief()}</p></noscript>
            <div class="story-cols brief"><main class="years">{ for sections }</main></div>
        </>
    }
}

/// For whom the list of keys is.
#[derive(Clone, PartialEq, Properties)]
pub struct KeysProps {
    /// The language of the page.
    pub locale: Locale,
}

/// The keys of the chart, in a dialog that the app opens; it closes itself.
#[component]
pub fn Keys(props: &KeysProps) -> Html {
    let words = props.locale.words();
    let rows = words.key_rows().iter().map(|(keys, does)| {
        html! { <div key={*does}><dt><kbd>{*keys}</kbd></dt><dd>{*does}</dd></div> }
    });
    html! {
        <dialog id="keys" class="dlg narrow" aria-labelledby="keys-h">
            <form class="dlg-h" method="dialog">
                <h2 id="keys-h">{words.keys()}</h2>
                <button type="submit" class="btn sq" aria-label={words.close()}>{ icon("close") }</button>
            </form>
            <dl class="keys">{ for rows }</dl>
            <p class="note">
                <label><input type="checkbox" id="single-keys" checked={true} />{" "}{words.single_keys()}</label>
            </p>
        </dialog>
    }
}

/// The events that begin in one year, by index.
struct Year {
    number: i64,
    minguo: String,
    events: std::ops::Range<usize>,
}

/// Years in which something begins; events are in the order of time already.
fn years(timeline: &Timeline) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for (index, event) in timeline.events.iter().enumerate() {
        let civil = event.date.extent().start.civil();
        match years.last_mut() {
            Some(year) if year.number == civil.year => year.events.end = index + 1,
            _ => {
                let minguo =
                    if timeline.calendar.is_some() { text::minguo_year(civil) } else { String::new() };
                years.push(Year { number: civil.year, minguo, events: index..index + 1 });
            }
        }
    }
    years
}

fn year_id(year: i64) -> String {
    format!("year-{year}")
}

fn event_id(event: &Event) -> String {
    format!("event-{}", event.id)
}

/// Short, since there are hundreds of them: source 3 of the first event is `s1-3`.
fn source_id(index: usize, place: usize) -> String {
    format!("s{}-{}", index + 1, place + 1)
}

/// Names as their owners write them.
fn originals(names: &Text) -> Html {
    let rows = names.iter().map(|name| {
        html! { <span key={name.lang.to_owned()} lang={name.lang.to_owned()}>{name.text}</span> }
    });
    html! { <span class="orig">{ for rows }</span> }
}

struct Page<'a> {
    timeline: &'a Timeline,
    locale: Locale,
}

impl Page<'_> {
    /// The words for this reader, with their language where it is not the page's.
    fn read(&self, text: &Text) -> Html {
        let found = text.best(self.locale.tag());
        if found.lang.is_empty() || found.lang == self.locale.tag() {
            html! { {found.text} }
        } else {
            html! { <span lang={found.lang.to_owned()}>{found.text}</span> }
        }
    }

    /// The title, and room for a word on what went wrong.
    fn head(&self) -> Html {
        let words = self.locale.words();
        html! {
            <>
                <header class="mast">
                    <div class="tt">
                        <h1>{ self.read(&self.timeline.title) }</h1>
                        <p class="deck">{ self.read(&self.timeline.deck) }</p>
                    </div>
                </header>
                <p id="notice" class="story-note" role="status" hidden=true>
                    <span class="why crashed">{words.crashed()}</span>
                    <span class="why no-wasm">{words.no_wasm()}</span>
                    <span class="why not-arrived">{words.not_arrived()}</span>
                </p>
            </>
        }
    }

    fn brief(&self, event: &Event) -> Html {
        let body = event.body.iter().enumerate();
        let body =
            body.map(|(place, paragraph)| html! { <p key={place} class="body">{ self.read(paragraph) }</p> });
        html! {
            <li key={&event.id}>
                <article id={event_id(event)}>
                    <p class="s-date">{text::full_date(&event.date, self.locale)}</p>
                    <h3>{ self.read(&event.title) }</h3>
                    <p class="lead">{ self.read(&event.summary) }</p>
                    <div>{ for body }</div>
                </article>
            </li>
        }
    }

    fn contents_of(&self, year: &Year) -> Html {
        // Mark and date are for paper, where this is the list that goes with the numbers of the chart.
        let rows = self.timeline.events.here()[year.events.clone()].iter().map(|event| {
            html! {
                <li key={&event.id} data-thread={thread(event.track)}>
                    <span class="toc-d">{ mark(event.track) }{ text::short_date_with_year(&event.date, self.locale) }</span>
                    <a href={format!("#{}", event_id(event))}>{ self.read(&event.label) }</a>
                </li>
            }
        });
        html! {
            <li key={year.number}>
                <a class="toc-y" href={format!("#{}", year_id(year.number))}>{text::year_name(year.number, self.locale)}</a>
                <ol>{ for rows }</ol>
            </li>
        }
    }

    fn year(&self, year: &Year) -> Html {
        let rows = year.events.clone().map(|index| self.row(index));
        html! {
            <section key={year.number}>
                <h2 id={year_id(year.number)}>
                    {text::year_name(year.number, self.locale)}{" "}<span lang="zh-Hant">{&*year.minguo}</span>
                </h2>
                <ol>{ for rows }</ol>
            </section>
        }
    }

    fn row(&self, index: usize) -> Html {
        let timeline = self.timeline;
        let event = &timeline.events[index];
        let at = event.date.extent().start;
        let before = index.checked_sub(1).map(|before| timeline.events[before].date.extent().start);
        let begun = |era: &&Era| era.span.start <= at && before.is_none_or(|before| before < era.span.start);
        let strips = timeline.eras.iter().filter(begun).map(|era| {
            let class = match era.field {
                EraField::Full => "s-era force",
                EraField::Hatched => "s-era onesided",
            };
            html! {
                <p key={&era.id} {class}><b>{ self.read(&era.label) }</b>{" "}<span>{ self.read(&era.dates) }</span></p>
            }
        });
        let zone = match timeline.eras_at(at).next().map(|era| era.field) {
            Some(EraField::Full) => Some("s-in"),
            Some(EraField::Hatched) => Some("s-one"),
            None => None,
        };
        html! {
            <li key={&event.id} class={zone}>
                <div class="s-eras">{ for strips }</div>
                { self.article(index, event) }
            </li>
        }
    }

    fn article(&self, index: usize, event: &Event) -> Html {
        let timeline = self.timeline;
        let id = event_id(event);
        let track = &timeline.tracks[event.track];
        let minguo = if timeline.calendar.is_some() { text::minguo_date(&event.date) } else { String::new() };
        let date = text::full_date(&event.date, self.locale);
        let disputed = event.date_disputed.then_some("disp");
        let date = match text::machine_date(&event.date) {
            Some(machine) => html! { <time class={disputed} datetime={machine}>{date}</time> },
            None => {
                html! { <span class={if event.date_disputed { "s-when disp" } else { "s-when" }}>{date}</span> }
            }
        };
        let last = event.body.len().saturating_sub(1);
        let body = event.body.iter().enumerate().map(|(place, paragraph)| {
            let cited = if place == last { 0..event.citations.len() } else { 0..0 };
            html! { <p key={place} class="body">{ self.read(paragraph) }{ self.marks(index, event, cited) }</p> }
        });
        html! {
            <article {id} class={(event.importance >= 5).then_some("big")} data-thread={thread(event.track)}>
                <div class="s-text">
                    <p class="s-date">
                        { mark(event.track) }
                        { date }
                        <span class="s-roc" lang="zh-Hant">{minguo}</span>
                        <span class="s-track">{ self.read(&track.name) }</span>
                    </p>
                    <h3><a href={format!("#{}", event_id(event))}>{ self.read(&event.title) }</a></h3>
                    <p class="lead">{ self.read(&event.summary) }</p>
                    <div>{ for body }</div>
                    <div>{ for self.disputes(index, event) }</div>
                    <div>{ for self.sources(index, event) }</div>
                </div>
                <div class="s-side">{ for self.beside(index, event) }</div>
            </article>
        }
    }

    /// Numbers that lead to sources.
    fn marks(&self, index: usize, event: &Event, which: impl IntoIterator<Item = usize>) -> Html {
        let marks = which.into_iter().filter(|place| *place < event.citations.len()).map(|place| {
            html! {
                <a key={place} class="cite" href={format!("#{}", source_id(index, place))} aria-label={self.locale.words().source_number(place + 1)}>
                    {place + 1}
                </a>
            }
        });
        html! { <span class="cites">{ for marks }</span> }
    }

    fn disputes(&self, index: usize, event: &Event) -> Option<Html> {
        let rows = event.disputes.iter().enumerate().map(|(place, dispute)| {
            let readings = dispute.readings.iter().enumerate().map(|(place, reading)| {
                let marks = self.marks(index, event, reading.citations.iter().copied());
                html! { <li key={place}>{ self.read(&reading.value) }{ marks }</li> }
            });
            let shown = (!dispute.shown.is_empty())
                .then(|| html! { <p class="verdict">{ self.read(&dispute.shown) }</p> });
            html! {
                <div key={place}>
                    <p>{ self.read(&dispute.question) }</p>
                    <ul>{ for readings }</ul>
                    <div>{ for shown }</div>
                </div>
            }
        });
        (!event.disputes.is_empty()).then(|| {
            html! {
                <section class="p-differ">
                    <h4>{self.locale.words().sources_differ()}</h4>
                    <div>{ for rows }</div>
                </section>
            }
        })
    }

    fn sources(&self, index: usize, event: &Event) -> Option<Html> {
        let words = self.locale.words();
        let rows = event.citations.iter().enumerate().map(|(place, citation)| {
            let source = &self.timeline.sources[citation.source];
            let name = match &source.url {
                Some(url) => html! { <a href={url.to_string()} rel="noopener">{&*source.citation}</a> },
                None => html! { <span>{&*source.citation}</span> },
            };
            let supports = (!citation.supports.is_empty())
                .then(|| html! { <span>{ self.read(&citation.supports) }</span> });
            html! {
                <li key={place} id={source_id(index, place)}>
                    { name }{" "}
                    <small>{words.grade(source.grade)}<span class="s-why">{ for supports }</span></small>
                </li>
            }
        });
        (!event.citations.is_empty()).then(|| {
            html! {
                <section class="p-src">
                    <h4>{words.sources()}</h4>
                    <ol>{ for rows }</ol>
                    <p class="note">{words.confidence(event.confidence)}</p>
                </section>
            }
        })
    }

    /// Names, people, places, and links to other events.
    fn beside(&self, index: usize, event: &Event) -> Vec<Html> {
        let timeline = self.timeline;
        let words = self.locale.words();
        let mut sections = Vec::new();
        if !event.names.is_empty() {
            sections.push(html! { <section key="names"><h4>{words.names()}</h4><p>{ originals(&event.names) }</p></section> });
        }
        if !event.people.is_empty() {
            let rows = event.people.iter().map(|index| {
                let person = &timeline.people[*index];
                self.named(*index, &person.name, &person.original, &person.note)
            });
            sections.push(
                html! { <section key="people"><h4>{words.people()}</h4><ul>{ for rows }</ul></section> },
            );
        }
        if !event.places.is_empty() {
            let rows = event.places.iter().map(|index| {
                let place = &timeline.places[*index];
                self.named(*index, &place.name, &place.original, &place.note)
            });
            sections.push(
                html! { <section key="places"><h4>{words.places()}</h4><ul>{ for rows }</ul></section> },
            );
        }
        let links = timeline.links_of(index);
        for (key, group) in [
            ("because", RelationGroup::BecauseOf),
            ("ledto", RelationGroup::LedTo),
            ("against", RelationGroup::TurnedAgainst),
        ] {
            let mine: Vec<&LinkView> = links.iter().filter(|view| view.group == group).collect();
            if mine.is_empty() {
                continue;
            }
            let rows = mine.into_iter().map(|view| self.link(view));
            sections.push(html! {
                <section {key} class={if group == RelationGroup::TurnedAgainst { "s-links ag" } else { "s-links" }}>
                    <h4>{words.group(group)}</h4>
                    <ul>{ for rows }</ul>
                </section>
            });
        }
        sections
    }

    fn named(&self, key: usize, name: &Text, original: &Text, note: &Text) -> Html {
        let note = (!note.is_empty()).then(|| html! { <small>{ self.read(note) }</small> });
        html! {
            <li {key}><b>{ self.read(name) }</b>{" "}{ originals(original) }<span>{ for note }</span></li>
        }
    }

    fn link(&self, view: &LinkView) -> Html {
        let words = self.locale.words();
        let other = &self.timeline.events[view.other];
        html! {
            <li key={view.other} data-thread={thread(other.track)}>
                <a href={format!("#{}", event_id(other))}>{ mark(other.track) }<span>{ self.read(&other.label) }</span></a>
                {" "}<small>{words.relations(&view.relations)}</small>
            </li>
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, clippy::panic, reason = "a test says what is wrong by ending")]

    use std::future::Future as _;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    const FIXTURE: &str = r#"{
        "format": "annals/1",
        "id": "small",
        "title": "A small <story>",
        "deck": "Two events",
        "languages": ["en"],
        "calendar": "minguo",
        "tracks": [{ "id": "law", "name": "Law", "short": "Law" }, { "id": "war", "name": "War", "short": "War" }],
        "people": [{ "id": "wang", "name": "Wang Shijie", "original": { "zh-Hant": "王世杰" }, "note": "Minister" }],
        "places": [{ "id": "moscow", "name": "Moscow", "original": { "ru": "Москва" }, "lat": 55.8, "lon": 37.6 }],
        "sources": [
            { "id": "a", "citation": "Treaty series", "url": "https://example.org/a?b=1&c=2", "grade": "primary" },
            { "id": "b", "citation": "A study", "grade": "scholarly" }
        ],
        "eras": [{ "id": "force", "start": "1945-08-24", "end": "1950-02-14", "field": "full", "label": "In force", "dates": "From 24 August" }],
        "events": [
            {
                "id": "signed", "date": "1945-08-14", "track": "law", "importance": 5, "date_disputed": true,
                "label": "Signed", "title": "Signed in Moscow", "summary": "Two ministers signed.", "body": ["First.", "Second."],
                "names": { "zh-Hant": "條約" }, "people": ["wang"], "places": ["moscow"], "confidence": "high",
                "sources": [{ "source": "a", "supports": "the date" }, { "source": "b" }],
                "disputes": [{ "question": "When?", "readings": [{ "value": "A day later", "sources": ["b"] }], "shown": "The legal date." }],
                "links": [{ "to": "offensive", "relation": "led-to" }]
            },
            {
                "id": "offensive", "date": "1946-07~", "track": "war", "importance": 3,
                "label": "War", "title": "War begins", "summary": "It began.", "body": [], "confidence": "medium",
                "sources": [{ "source": "a" }]
            }
        ]
    }"#;

    fn story() -> String {
        let (timeline, found) =
            crate::load::from_json(FIXTURE.as_bytes()).expect("the fixture is a timeline");
        assert_eq!(found, [], "the fixture is sound");
        render(Rc::new(timeline))
    }

    fn render(timeline: Rc<Timeline>) -> String {
        let props = StoryProps {
            timeline,
            locale: Locale::En,
            app: Some(["./app.js", "./app.wasm", "./boot.js"].map(str::to_owned)),
        };
        html_of::<Story>(props)
    }

    fn html_of<C: BaseComponent>(props: C::Properties) -> String {
        let renderer = yew::LocalServerRenderer::<C>::with_props(props).hydratable(false);
        match pin!(renderer.render()).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(html) => html,
            Poll::Pending => panic!("the story waits for something"),
        }
    }

    /// One element to a line.
    fn between(story: &str, from: &str, to: &str) -> String {
        let (_, rest) = story.split_once(from).expect("the beginning is there");
        let (part, _) = rest.split_once(to).expect("the end is there");
        part.replace("><", ">\n<")
    }

    #[test]
    fn in_short_it_says_what_happened_and_when() {
        let (timeline, _) = crate::load::from_json(FIXTURE.as_bytes()).expect("the fixture is a timeline");
        let brief = html_of::<Brief>(BriefProps { timeline: Rc::new(timeline), locale: Locale::En });
        assert!(brief.contains("The interactive chart, the sources and the people need JavaScript."));
        insta::assert_snapshot!(between(&brief, "</noscript>", "<section><h2>1946"), @r##"
        <div class="story-cols brief">
        <main class="years">
        <section>
        <h2>1945</h2>
        <ol>
        <li>
        <article id="event-signed">
        <p class="s-date">Tuesday, 14 August 1945</p>
        <h3>Signed in Moscow</h3>
        <p class="lead">Two ministers signed.</p>
        <div>
        <p class="body">First.</p>
        <p class="body">Second.</p>
        </div>
        </article>
        </li>
        </ol>
        </section>
        "##);
    }

    #[test]
    fn a_page_that_has_the_app_in_it_names_no_files() {
        let (timeline, _) = crate::load::from_json(FIXTURE.as_bytes()).expect("the fixture is a timeline");
        let story =
            html_of::<Story>(StoryProps { timeline: Rc::new(timeline), locale: Locale::En, app: None });
        assert!(!story.contains("<link") && !story.contains("still page"), "{story}");
        assert!(story.contains("<main class=\"years\">"));
    }

    #[test]
    fn page_begins_with_title_notices_and_contents() {
        let story = story();
        let (before, after) =
            story.split_once("<div><div class=\"still page\"").expect("the pictures of the chart are there");
        let (_, after) = after.split_once("</p></div></div>").expect("they end");
        insta::assert_snapshot!(between(&[before, after].concat(), "", "<main"), @r##"
        <header class="mast">
        <div class="tt">
        <h1>A small &lt;story&gt;</h1>
        <p class="deck">Two events</p>
        </div>
        </header>
        <p id="notice" class="story-note" role="status" hidden="hidden">
        <span class="why crashed">The interactive chart stopped because of a fault in it. The whole story is below; reload the page to try the chart again.</span>
        <span class="why no-wasm">The interactive chart needs WebAssembly, which this browser or this page does not allow. The whole story is below.</span>
        <span class="why not-arrived">The interactive chart did not arrive. The whole story is below; reload the page to try again.</span>
        </p>
        <noscript>
        <p class="story-note">The interactive chart needs JavaScript. The whole story is below.</p>
        </noscript>
        <div class="story-cols">
        <nav class="toc" aria-labelledby="toc">
        <h2 id="toc">Contents</h2>
        <ol>
        <li>
        <a class="toc-y" href="#year-1945">1945</a>
        <ol>
        <li data-thread="1">
        <span class="toc-d">
        <svg class="mk" aria-hidden="true">
        <use href="#m-1">
        </use>
        </svg>14 Aug 1945</span>
        <a href="#event-signed">Signed</a>
        </li>
        </ol>
        </li>
        <li>
        <a class="toc-y" href="#year-1946">1946</a>
        <ol>
        <li data-thread="2">
        <span class="toc-d">
        <svg class="mk" aria-hidden="true">
        <use href="#m-2">
        </use>
        </svg>c. Jul 1946</span>
        <a href="#event-offensive">War</a>
        </li>
        </ol>
        </li>
        </ol>
        <p>Dates follow the documents. Where sources differ, the event says so.</p>
        </nav>
        <link rel="modulepreload" href="./app.js" fetchpriority="low">
        <link rel="preload" href="./app.wasm" as="fetch" type="application/wasm" crossorigin="anonymous" fetchpriority="low">
        <link rel="modulepreload" href="./boot.js" fetchpriority="low">
        "##);
    }

    #[test]
    fn chart_for_a_window_has_shares_of_the_width_and_links() {
        let story = story();
        let window = between(&story, "class=\"still page\"", "<p class=\"legend\">");
        insta::assert_snapshot!(between(&window, "data-thread=\"2\"", "</g>\n</svg>"), @r##"
         transform="translate(0 310)">
        <line class="top" x1="-184" x2="100%">
        </line>
        <use href="#m-2" x="-184" y="19" width="13" height="13" transform="translate(1 -7)">
        </use>
        <foreignObject x="-160" y="10" width="144" height="300">
        <i>1</i>
        <b>War</b>
        <p>
        </p>
        </foreignObject>
        <svg viewBox="0 0 1112 310" width="100%" height="310" preserveAspectRatio="none">
        <path class="bl" d="M0 199H1112">
        </path>
        <path class="day" d="M228 196V202">
        </path>
        <path class="ft fz" d="M219 199H238">
        </path>
        <path class="stem" d="M228 187V199">
        </path>
        </svg>
        <a href="#event-offensive" tabindex="-1">
        <g class="about">
        <use href="#m-2" x="20.55%" y="187" width="12" height="12" transform="translate(-6 -6)">
        </use>
        </g>
        <text x="20.55%" dx="12" y="192">War</text>
        </a>
        "##);
    }

    #[test]
    fn chart_for_paper_has_years_strip_threads_and_numbered_names() {
        insta::assert_snapshot!(between(&story(), "<text class=\"yr\" x=\"931\" dx=\"6\" y=\"-38\">1950</text>", "<p class=\"legend\">"), @r##"
        <g class="force">
        <rect x="17" y="-26" width="940" height="24">
        </rect>
        <text x="17" dx="10" y="-10">In force<tspan class="w" dx="6">From 24 August</tspan>
        </text>
        </g>
        <g data-thread="1" transform="translate(0 0)">
        <line class="top" x1="-150" x2="996">
        </line>
        <use href="#m-1" x="-150" y="19" width="13" height="13" transform="translate(1 -7)">
        </use>
        <foreignObject x="-126" y="10" width="110" height="319">
        <i>1</i>
        <b>Law</b>
        <p>
        </p>
        </foreignObject>
        <svg viewBox="0 0 996 329" width="996" height="329" preserveAspectRatio="none">
        <path class="bl" d="M0 210H996">
        </path>
        <path class="day" d="M12 207V213">
        </path>
        <path class="stem" d="M12 198V210">
        </path>
        </svg>
        <use href="#m-1" x="12" y="198" width="14" height="14" transform="translate(-7 -7)">
        </use>
        <text class="b" x="12" dx="12" y="203">
        <tspan class="n">1</tspan> Signed<tspan class="w disp" dx="6">14 Aug</tspan>
        </text>
        </g>
        <g data-thread="2" transform="translate(0 329)">
        <line class="top" x1="-150" x2="996">
        </line>
        <use href="#m-2" x="-150" y="19" width="13" height="13" transform="translate(1 -7)">
        </use>
        <foreignObject x="-126" y="10" width="110" height="319">
        <i>1</i>
        <b>War</b>
        <p>
        </p>
        </foreignObject>
        <svg viewBox="0 0 996 329" width="996" height="329" preserveAspectRatio="none">
        <path class="bl" d="M0 210H996">
        </path>
        <path class="day" d="M205 207V213">
        </path>
        <path class="ft fz" d="M196 210H214">
        </path>
        <path class="stem" d="M205 198V210">
        </path>
        </svg>
        <g class="about">
        <use href="#m-2" x="205" y="198" width="12" height="12" transform="translate(-6 -6)">
        </use>
        </g>
        <text x="205" dx="12" y="203">
        <tspan class="n">2</tspan> War</text>
        </g>
        </svg>
        "##);
    }

    #[test]
    fn chart_for_paper_numbers_events_as_the_list_does() {
        let (timeline, _) = crate::load::from_json(include_bytes!("../../data/treaty-1945.json"))
            .expect("the story of the page");
        let timeline = Rc::new(timeline);
        let story = render(Rc::clone(&timeline));
        let (before, list) = story.split_once("<main").expect("the list is there");
        assert!(!list.contains("class=\"sheet\""), "the script that counts the list would count the chart");
        let ids: Vec<&str> =
            list.split("<article id=\"event-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let mut numbers = Vec::new();
        for piece in before.split("<tspan class=\"n\">").skip(1) {
            let (number, name) = piece.split_once("</tspan> ").expect("a name follows the number");
            let number: usize = number.parse().expect("a number");
            let name = name.split('<').next().unwrap_or_default();
            let event = timeline.event_by_id(ids[number - 1]).expect("an event of the story");
            let era = timeline.era_of(event).map(|era| era.label.best("en").text);
            assert_eq!(name, era.unwrap_or(timeline.events[event].label.best("en").text), "{number}");
            numbers.push(number);
        }
        let named = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), named, "an event is named twice");
        assert!(named * 3 > ids.len() * 2, "only {named} of {} events are named on paper", ids.len());
    }

    #[test]
    fn event_has_date_texts_disputes_and_sources() {
        insta::assert_snapshot!(between(&story(), "<div class=\"s-text\">", "<div class=\"s-side\">"), @r##"
        <p class="s-date">
        <svg class="mk" aria-hidden="true">
        <use href="#m-1">
        </use>
        </svg>
        <time class="disp" datetime="1945-08-14">Tuesday, 14 August 1945</time>
        <span class="s-roc" lang="zh-Hant">民國三十四年八月十四日</span>
        <span class="s-track">Law</span>
        </p>
        <h3>
        <a href="#event-signed">Signed in Moscow</a>
        </h3>
        <p class="lead">Two ministers signed.</p>
        <div>
        <p class="body">First.<span class="cites">
        </span>
        </p>
        <p class="body">Second.<span class="cites">
        <a class="cite" href="#s1-1" aria-label="Source 1">1</a>
        <a class="cite" href="#s1-2" aria-label="Source 2">2</a>
        </span>
        </p>
        </div>
        <div>
        <section class="p-differ">
        <h4>Sources differ</h4>
        <div>
        <div>
        <p>When?</p>
        <ul>
        <li>A day later<span class="cites">
        <a class="cite" href="#s1-2" aria-label="Source 2">2</a>
        </span>
        </li>
        </ul>
        <div>
        <p class="verdict">The legal date.</p>
        </div>
        </div>
        </div>
        </section>
        </div>
        <div>
        <section class="p-src">
        <h4>Sources</h4>
        <ol>
        <li id="s1-1">
        <a href="https://example.org/a?b=1&amp;c=2" rel="noopener">Treaty series</a> <small>Primary source<span class="s-why">
        <span>the date</span>
        </span>
        </small>
        </li>
        <li id="s1-2">
        <span>A study</span> <small>Research literature<span class="s-why">
        </span>
        </small>
        </li>
        </ol>
        <p class="note">Well supported: by a primary document or by two independent sources.</p>
        </section>
        </div>
        </div>
        "##);
    }

    #[test]
    fn event_has_names_people_places_and_links_beside_it() {
        insta::assert_snapshot!(between(&story(), "<div class=\"s-side\">", "</article>"), @r##"
        <section>
        <h4>Names</h4>
        <p>
        <span class="orig">
        <span lang="zh-Hant">條約</span>
        </span>
        </p>
        </section>
        <section>
        <h4>People</h4>
        <ul>
        <li>
        <b>Wang Shijie</b> <span class="orig">
        <span lang="zh-Hant">王世杰</span>
        </span>
        <span>
        <small>Minister</small>
        </span>
        </li>
        </ul>
        </section>
        <section>
        <h4>Places</h4>
        <ul>
        <li>
        <b>Moscow</b> <span class="orig">
        <span lang="ru">Москва</span>
        </span>
        <span>
        </span>
        </li>
        </ul>
        </section>
        <section class="s-links">
        <h4>Outcomes</h4>
        <ul>
        <li data-thread="2">
        <a href="#event-offensive">
        <svg class="mk" aria-hidden="true">
        <use href="#m-2">
        </use>
        </svg>
        <span>War</span>
        </a> <small>followed from it</small>
        </li>
        </ul>
        </section>
        </div>
        "##);
    }

    #[test]
    fn uncertain_date_is_not_for_machines() {
        let story = story();
        let second = between(&story, "id=\"event-offensive\"", "</article>");
        assert!(second.contains("about July 1946"), "{second}");
        assert!(!second.contains("<time"), "{second}");
    }

    #[test]
    fn era_stands_before_its_first_event() {
        let story = story();
        let strip = story.find("s-era force").expect("there is a strip");
        assert!(story.find("event-signed\"").expect("first") < strip);
        assert!(strip < story.rfind("id=\"event-offensive\"").expect("second"));
        assert!(story.contains("<li class=\"s-in\">"));
    }

    #[test]
    fn every_link_within_the_page_leads_somewhere() {
        let page = include_str!("../../index.html");
        let story = story();
        for piece in story.split(" href=\"#").skip(1) {
            let target = piece.split('"').next().unwrap_or_default();
            let own = page.contains(&format!("<symbol id=\"{target}\""));
            assert!(own || story.contains(&format!(" id=\"{target}\"")), "{target}");
        }
    }
}
