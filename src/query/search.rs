//! Words in events.

use std::ops::Range;

use super::fold::{Folded, fold};
use crate::model::{Event, Lang, Text, Timeline};

/// Words of fewer letters are looked for at the beginning of words only.
const SHORT: usize = 3;

/// About how many bytes of text a hit shows around its first match.
const CONTEXT: usize = 96;

/// Where words were found, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// In the title or the label.
    Title,
    /// In the summary.
    Summary,
    /// In the body.
    Body,
    /// In a name of the event, of a person or of a place, in any language.
    Name,
}

impl Field {
    const ALL: [Self; 4] = [Self::Title, Self::Summary, Self::Body, Self::Name];
}

/// An event that has all the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index into the timeline's events.
    pub event: usize,
    /// 0 is best: the field of the worst-placed word, at the beginning of a word before inside of one.
    pub rank: u8,
    /// The field of the worst-placed word.
    pub field: Field,
    /// The words around that match as the event has them; empty if the title shows it.
    pub context: String,
}

/// The words of all events, folded once.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    lang: Lang,
    /// For each event, its folded text by [`Field::ALL`].
    events: Vec<[String; 4]>,
}

impl Search {
    /// Prepares the texts that a reader of `lang` sees, and names in all languages.
    pub fn new(timeline: &Timeline, lang: &str) -> Self {
        let folded = |event| Field::ALL.map(|field| fold(&shown(timeline, event, field, lang).join("\n")));
        Self { lang: lang.into(), events: timeline.events.iter().map(folded).collect() }
    }

    /// For each event, whether it has all the words of the query; all have those of an empty one.
    pub fn matches(&self, query: &str) -> Vec<bool> {
        let words = words_of(query);
        self.events.iter().map(|fields| rank(fields, &words).is_some()).collect()
    }

    /// The events that have all the words, by rank, then by date; none for an empty query.
    ///
    /// `timeline` must be the one that the search was made for.
    pub fn find(&self, timeline: &Timeline, query: &str) -> Vec<Hit> {
        let words = words_of(query);
        if words.is_empty() {
            return Vec::new();
        }
        let mut hits: Vec<Hit> = self
            .events
            .iter()
            .enumerate()
            .filter_map(|(event, fields)| {
                let rank = rank(fields, &words)?;
                let field = Field::ALL[usize::from(rank / 2).min(Field::ALL.len() - 1)];
                let context = self.context(timeline.events.get(event)?, timeline, field, query);
                Some(Hit { event, rank, field, context })
            })
            .collect();
        hits.sort_by_key(|hit| (hit.rank, hit.event));
        hits
    }

    /// The words around the first match in a field; empty if the title shows a match of every word.
    fn context(&self, event: &Event, timeline: &Timeline, field: Field, query: &str) -> String {
        let title = fold(event.title.best(&self.lang).text);
        if words_of(query).iter().all(|word| found(&title, word).is_some()) {
            return String::new();
        }
        shown(timeline, event, field, &self.lang)
            .into_iter()
            .find_map(|text| match_ranges(text, query).first().map(|range| excerpt(text, range)))
            .unwrap_or_default()
    }
}

/// What a reader of `lang` sees of an event in a field.
fn shown<'a>(timeline: &'a Timeline, event: &'a Event, field: Field, lang: &str) -> Vec<&'a str> {
    fn all<'a>(out: &mut Vec<&'a str>, text: &'a Text) {
        out.extend(text.iter().map(|text| text.text));
    }
    match field {
        Field::Title => vec![event.title.best(lang).text, event.label.best(lang).text],
        Field::Summary => vec![event.summary.best(lang).text],
        Field::Body => event.body.iter().map(|paragraph| paragraph.best(lang).text).collect(),
        Field::Name => {
            let mut out = Vec::new();
            all(&mut out, &event.names);
            for person in event.people.iter().filter_map(|person| timeline.people.get(*person)) {
                all(&mut out, &person.name);
                all(&mut out, &person.original);
            }
            for place in event.places.iter().filter_map(|place| timeline.places.get(*place)) {
                all(&mut out, &place.name);
                all(&mut out, &place.original);
                all(&mut out, &place.note);
            }
            out
        }
    }
}

/// The rank of an event: the worst of the best places of each word; `None` if a word is nowhere.
fn rank(fields: &[String; 4], words: &[String]) -> Option<u8> {
    let best = |word: &String| {
        (0_u8..)
            .zip(fields)
            .find_map(|(field, text)| found(text, word).map(|inside| 2 * field + u8::from(inside)))
    };
    words.iter().try_fold(0, |worst, word| Some(best(word)?.max(worst)))
}

fn words_of(query: &str) -> Vec<String> {
    fold(query).split_whitespace().map(str::to_owned).collect()
}

/// Whether the folded text has the word: `Some(false)` at the beginning of a word, `Some(true)` only inside of one.
fn found(text: &str, word: &str) -> Option<bool> {
    let mut inside = None;
    for at in occurrences(text, word) {
        if begins_word(text, at) {
            return Some(false);
        }
        inside = Some(true);
    }
    inside
}

/// Where the folded word stands in the folded text.
fn occurrences<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    // A Han character is a word of its own; one or two letters of an alphabet stand in nearly every text.
    let anywhere = word.chars().count() >= SHORT || word.chars().any(|letter| letter >= '\u{2e80}');
    text.match_indices(word).map(|(at, _)| at).filter(move |at| anywhere || begins_word(text, *at))
}

fn begins_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|letter| !letter.is_alphanumeric() || letter >= '\u{2e80}')
}

/// The byte ranges of a text that a query matches, in order and apart from one another.
pub fn match_ranges(text: &str, query: &str) -> Vec<Range<usize>> {
    let words = words_of(query);
    if words.is_empty() {
        return Vec::new();
    }
    let folded = Folded::new(text);
    let mut ranges: Vec<Range<usize>> = words
        .iter()
        .flat_map(|word| occurrences(&folded.text, word).map(|at| folded.original(&(at..at + word.len()))))
        .filter(|range| !range.is_empty())
        .collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// A piece of the text around a range, cut between words, with an ellipsis where something is left out.
fn excerpt(text: &str, range: &Range<usize>) -> String {
    let cut = |at: usize| text.floor_char_boundary(at);
    let mut from = cut(range.start.saturating_sub(CONTEXT / 2));
    let mut to = cut((from + CONTEXT).max(range.end));
    if from > 0 {
        from += text[from..range.start].find(' ').map_or(0, |space| space + 1);
    }
    if to < text.len() {
        to = text[range.end..to].rfind(' ').map_or(to, |space| range.end + space);
    }
    let (before, after) = (if from > 0 { "… " } else { "" }, if to < text.len() { " …" } else { "" });
    [before, &text[from..to], after].concat()
}
