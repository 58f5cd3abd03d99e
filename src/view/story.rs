//! The whole story as a document: what a reader sees before the app, without it, and on paper.
//!
//! It is rendered natively when the page is built, so it has no handlers and no state.

use std::rc::Rc;

use yew::prelude::*;

use super::icons::{mark, thread};
use crate::model::{Era, EraField, Event, LinkView, RelationGroup, Text, Timeline};
use crate::text::{self, Locale};

/// What to write, and for whom.
#[derive(Clone, PartialEq, Properties)]
pub struct StoryProps {
    /// The history.
    pub timeline: Rc<Timeline>,
    /// The language of the page.
    pub locale: Locale,
}

/// The whole story: contents, years, events with all that is known of them, sources.
#[component]
pub fn Story(props: &StoryProps) -> Html {
    let page = Page { timeline: &props.timeline, locale: props.locale };
    let words = page.locale.words();
    let years = years(page.timeline);
    let contents = years.iter().map(|year| page.contents_of(year));
    let sections = years.iter().map(|year| page.year(year));
    let first = page.timeline.events.len();
    html! {
        <>
            <header class="mast">
                <div class="tt">
                    <h1>{ page.read(&page.timeline.title) }</h1>
                    <p class="deck">{ page.read(&page.timeline.deck) }</p>
                </div>
            </header>
            <p id="notice" class="story-note" role="status" hidden=true>
                <span class="why crashed">{words.crashed()}</span>
                <span class="why no-wasm">{words.no_wasm()}</span>
                <span class="why not-arrived">{words.not_arrived()}</span>
            </p>
            <noscript><p class="story-note">{words.no_script()}</p></noscript>
            <div class="story-cols">
                <nav class="toc" aria-label={words.contents()}><ol>{ for contents }</ol></nav>
                <main class="years">{ for sections }</main>
            </div>
            <footer class="story-foot">
                <p>{words.facts(&text::year_range(page.timeline, page.locale), first)}</p>
                <p>{words.print_note()}</p>
            </footer>
        </>
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

#[derive(Clone, Copy)]
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

    fn contents_of(&self, year: &Year) -> Html {
        let rows = self.timeline.events[year.events.clone()].iter().map(|event| {
            html! {
                <li key={event.id.to_string()}><a href={format!("#{}", event_id(event))}>{ self.read(&event.label) }</a></li>
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
                    {text::year_name(year.number, self.locale)}{" "}<span lang="zh-Hant">{&year.minguo}</span>
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
                <p key={era.id.to_string()} {class}><b>{ self.read(&era.label) }</b>{" "}<span>{ self.read(&era.dates) }</span></p>
            }
        });
        let zone = match timeline.eras_at(at).next().map(|era| era.field) {
            Some(EraField::Full) => Some("s-in"),
            Some(EraField::Hatched) => Some("s-one"),
            None => None,
        };
        html! {
            <li key={event.id.to_string()} class={classes!(zone)}>
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
            Some(machine) => html! { <time class={classes!(disputed)} datetime={machine}>{date}</time> },
            None => html! { <span class={classes!("s-when", disputed)}>{date}</span> },
        };
        let last = event.body.len().saturating_sub(1);
        let body = event.body.iter().enumerate().map(|(place, paragraph)| {
            let cited = if place == last { 0..event.citations.len() } else { 0..0 };
            html! { <p key={place} class="body">{ self.read(paragraph) }{ self.marks(index, event, cited) }</p> }
        });
        html! {
            <article {id} class={classes!((event.importance >= 5).then_some("big"))} data-thread={thread(event.track)}>
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
            let rows = event.people.iter().map(|person| {
                let person = &timeline.people[*person];
                self.named(&person.id, &person.name, &person.original, &person.note)
            });
            sections.push(
                html! { <section key="people"><h4>{words.people()}</h4><ul>{ for rows }</ul></section> },
            );
        }
        if !event.places.is_empty() {
            let rows = event.places.iter().map(|place| {
                let place = &timeline.places[*place];
                self.named(&place.id, &place.name, &place.original, &place.note)
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
                <section {key} class={classes!("s-links", (group == RelationGroup::TurnedAgainst).then_some("ag"))}>
                    <h4>{words.group(group)}</h4>
                    <ul>{ for rows }</ul>
                </section>
            });
        }
        sections
    }

    fn named(&self, id: &str, name: &Text, original: &Text, note: &Text) -> Html {
        let note = (!note.is_empty()).then(|| html! { <small>{ self.read(note) }</small> });
        html! {
            <li key={id.to_owned()}><b>{ self.read(name) }</b>{" "}{ originals(original) }<span>{ for note }</span></li>
        }
    }

    fn link(&self, view: &LinkView) -> Html {
        let words = self.locale.words();
        let other = &self.timeline.events[view.other];
        let relation = self.timeline.links[view.link].relation;
        let verb =
            if view.forward { words.relation_forward(relation) } else { words.relation_backward(relation) };
        html! {
            <li key={view.link} data-thread={thread(other.track)}>
                <a href={format!("#{}", event_id(other))}>{ mark(other.track) }<span>{ self.read(&other.label) }</span></a>
                {" "}<small>{verb}</small>
            </li>
        }
    }
}
