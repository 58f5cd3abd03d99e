//! Words in events.

use std::ops::Range;

use super::fold::{Folded, fold};
use crate::model::{Event, Timeline};
use crate::order::sort_by;

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

impl Hit {
    /// A hit of this rank.
    pub(super) fn new(event: usize, rank: u8, context: String) -> Self {
        Self { event, rank, field: Field::ALL[usize::from(rank / 2).min(Field::ALL.len() - 1)], context }
    }
}

/// The folded texts of an event, by [`Field::ALL`].
type Folds = [String; 4];

/// The events that have all the words, by rank, then by date; none for an empty query.
///
/// What is searched are the texts that a reader of `lang` sees, and names in all languages. They are folded for each search,
/// so whoever does not search waits for nothing and keeps nothing.
pub fn find(timeline: &Timeline, lang: &str, query: &str) -> Vec<Hit> {
    let words = words_of(query);
    if words.is_empty() {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for (event, told) in timeline.events.iter().enumerate() {
        if let Some(rank) = rank(&folds(timeline, told, lang), &words) {
            let mut hit = Hit::new(event, rank, String::new());
            hit.context = context(timeline, told, hit.field, lang, query, &words);
            hits.push(hit);
        }
    }
    sort_by(&mut hits, |a, b| (a.rank, a.event).cmp(&(b.rank, b.event)));
    hits
}

/// For a query that finds nothing: the longest run of its words that finds something, else the longest beginning of its
/// longest word, with the number of events it finds. `None` if nothing shorter does, or if there are no words, and for events on a shelf, which are too
/// many to try.
pub fn nearest(timeline: &Timeline, lang: &str, query: &str) -> Option<(String, usize)> {
    #[cfg(feature = "large")]
    if timeline.events.shelf().is_some() {
        return None;
    }
    let words: Vec<&str> = query.split_whitespace().collect();
    let longest = words.iter().max_by_key(|word| word.chars().count())?;
    let mut shorter = Vec::new();
    for len in (1..words.len()).rev() {
        for run in words.windows(len) {
            shorter.push(run.join(" "));
        }
    }
    let beginnings = shorter.len();
    for (end, _) in longest.char_indices().skip(SHORT) {
        shorter.extend(longest.get(..end).map(str::to_owned));
    }
    shorter[beginnings..].reverse();
    let events: Vec<Folds> = timeline.events.iter().map(|event| folds(timeline, event, lang)).collect();
    for query in shorter {
        let words = words_of(&query);
        let count = events.iter().filter(|event| rank(event, &words).is_some()).count();
        if count > 0 {
            return Some((query, count));
        }
    }
    None
}

fn folds(timeline: &Timeline, event: &Event, lang: &str) -> Folds {
    let mut folds = Folds::default();
    for field in Field::ALL {
        folds[field as usize] = fold(&shown(timeline, event, field, lang).join("\n"));
    }
    folds
}

/// The words around the first match in a field; empty if the title has every word.
fn context(
    timeline: &Timeline,
    event: &Event,
    field: Field,
    lang: &str,
    query: &str,
    words: &[String],
) -> String {
    let title = fold(event.title.best(lang).text);
    if words.iter().all(|word| found(&title, word).is_some()) {
        return String::new();
    }
    let texts = shown(timeline, event, field, lang);
    let around = |text: &str| match_ranges(text, query).first().map(|range| excerpt(text, range));
    texts.into_iter().find_map(around).unwrap_or_default()
}

/// What a reader of `lang` sees of an event in a field.
fn shown<'a>(timeline: &'a Timeline, event: &'a Event, field: Field, lang: &str) -> Vec<&'a str> {
    match field {
        Field::Title => vec![event.title.best(lang).text, event.label.best(lang).text],
        Field::Summary => vec![event.summary.best(lang).text],
        Field::Body => event.body.iter().map(|paragraph| paragraph.best(lang).text).collect(),
        Field::Name => {
            let mut named = vec![&event.names];
            for person in event.people.iter().filter_map(|person| timeline.people.get(*person)) {
                named.extend([&person.name, &person.original]);
            }
            for place in event.places.iter().filter_map(|place| timeline.places.get(*place)) {
                named.extend([&place.name, &place.original, &place.note]);
            }
            let mut names = Vec::new();
            for text in named {
                for (_, name) in &text.0 {
                    names.push(&**name);
                }
            }
            names
        }
    }
}

/// The rank of an event: the worst of the best places of each word; `None` if a word is nowhere.
fn rank(fields: &Folds, words: &[String]) -> Option<u8> {
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
    // Bytes are compared as they are: UTF-8 words stand only where letters begin, and the standard search costs kilobytes.
    let pieces = text.as_bytes().windows(word.len().max(1)).enumerate();
    let at = pieces.filter(move |(_, piece)| *piece == word.as_bytes()).map(|(at, _)| at);
    at.filter(move |at| anywhere || begins_word(text, *at))
}

fn begins_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|letter| !is_in_words(letter))
}

/// Whether a folded letter goes on with a word, by its block: tables of all letters cost kilobytes. Scripts without spaces
/// between words begin at U+2E80, and there a word may begin after any letter.
fn is_in_words(letter: char) -> bool {
    match letter {
        '\0'..='\u{7f}' => letter.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{2000}'..='\u{206f}' => false,
        _ => letter < '\u{2e80}',
    }
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
    sort_by(&mut ranges, |a, b| (a.start, a.end).cmp(&(b.start, b.end)));
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
    let within = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let mut from = cut(range.start.saturating_sub(CONTEXT / 2));
    let mut to = cut((from + CONTEXT).max(range.end));
    if from > 0 {
        from += within(from, range.start).find(' ').map_or(0, |space| space + 1);
    }
    if to < text.len() {
        to = within(range.end, to).rfind(' ').map_or(to, |space| range.end + space);
    }
    let (before, after) = (if from > 0 { "… " } else { "" }, if to < text.len() { " …" } else { "" });
    [before, within(from, to), after].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{self, LoadError};
    use proptest::prelude::*;

    fn treaty() -> Result<Timeline, LoadError> {
        Ok(load::from_json(include_bytes!("../../data/treaty-1945.json"))?.0)
    }

    #[test]
    fn titles_come_before_summaries_before_bodies_before_names() -> Result<(), LoadError> {
        let timeline = treaty()?;
        let hits = find(&timeline, "en", "railway");
        assert!(hits.len() > 5, "{hits:?}");
        assert!(hits.is_sorted_by_key(|hit| (hit.rank, hit.event)));
        assert_eq!(hits[0].field, Field::Title);
        for hit in &hits {
            let title = timeline.events[hit.event].title.best("en").text;
            assert_eq!(hit.context.is_empty(), !match_ranges(title, "railway").is_empty(), "{hit:?}");
            assert!(hit.context.is_empty() || !match_ranges(&hit.context, "railway").is_empty(), "{hit:?}");
        }
        Ok(())
    }

    #[test]
    fn names_of_home_find_events() -> Result<(), LoadError> {
        let timeline = treaty()?;
        for query in ["莫斯科", "Молотов", "молотов", "Москва", "urumqi", "URUMQI", "dairen", "chungking"]
        {
            assert!(!find(&timeline, "en", query).is_empty(), "{query}");
        }
        Ok(())
    }

    #[test]
    fn all_words_must_be_there_in_any_order() -> Result<(), LoadError> {
        let timeline = treaty()?;
        let ids = |query: &str| find(&timeline, "en", query).iter().map(|hit| hit.event).collect::<Vec<_>>();
        let both = ids("treaty mongolia");
        assert!(!both.is_empty() && both.len() < ids("treaty").len());
        assert_eq!(both, ids("  Mongolia TREATY "));
        assert!(ids("treaty xyzzy").is_empty());
        assert!(ids(" ").is_empty());
        Ok(())
    }

    #[test]
    fn a_search_for_too_much_is_offered_one_for_less() -> Result<(), LoadError> {
        let timeline = treaty()?;
        let railway = find(&timeline, "en", "railway").len();
        let nearest = |query: &str| nearest(&timeline, "en", query);
        assert_eq!(nearest("harbin railway xyzzy").map(|(query, _)| query), Some("harbin railway".into()));
        assert_eq!(nearest("xyzzy railway"), Some(("railway".into(), railway)));
        assert_eq!(nearest("railwaymen").map(|(query, _)| query), Some("railway".into()));
        assert_eq!(nearest("xyzzy"), None);
        assert_eq!(nearest(""), None);
        Ok(())
    }

    #[test]
    fn matches_are_marked_where_they_stand() {
        for (text, query, expected) in [
            ("Railways of the railway", "railway", vec!["Railway", "railway"]),
            ("The Trans-Railway", "railway", vec!["Railway"]),
            ("Ürümqi and U\u{308}ru\u{308}mqi", "urumqi", vec!["Ürümqi", "U\u{308}ru\u{308}mqi"]),
            ("the UN and Hunan", "un", vec!["UN"]),
            ("中華民國國民政府", "國民", vec!["國民"]),
            ("民國三十四年", "國", vec!["國"]),
            ("Straße", "strasse", vec!["Straße"]),
            ("Æthel", "a", vec!["Æ"]),
            ("treaty treaty-port", "treaty port", vec!["treaty", "treaty", "port"]),
            ("abcabc", "abc bca", vec!["abcabc"]),
            ("People’s", "people's", vec!["People’s"]),
            ("anything", "", vec![]),
        ] {
            let found: Vec<&str> = match_ranges(text, query).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{query} in {text}");
        }
    }

    #[test]
    fn a_beginning_of_a_word_comes_before_its_inside() {
        assert_eq!(found("the railway", "rail"), Some(false));
        assert_eq!(found("the monorail, the railway", "rail"), Some(false));
        assert_eq!(found("the monorail", "rail"), Some(true));
        assert_eq!(found("the tram", "rail"), None);
    }

    proptest! {
        #[test]
        fn ranges_are_letters_in_order_and_apart(text in "(\\PC|[a-céÆßЁ中\u{301} ]){0,40}", query in "[a-céßё中 ]{0,6}") {
            let ranges = match_ranges(&text, &query);
            for range in &ranges {
                prop_assert!(range.start < range.end && text.get(range.clone()).is_some());
            }
            prop_assert!(ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
        }

        #[test]
        fn an_excerpt_holds_its_match(before in "[a-zé中 ]{0,200}", found in "[a-zé中]{1,20}", after in "[a-zé中 ]{0,200}") {
            let text = [&*before, &*found, &*after].concat();
            let range = before.len()..before.len() + found.len();
            prop_assert!(excerpt(&text, &range).contains(&found));
        }
    }
}
