//! Reading a file in steps, so that it may be large: the caller can report how far it is, do something else in between, or stop.
//!
//! The events are read one by one. No more of the file than one of them, and what is not an event, is ever held as a tree.

use std::borrow::Cow;
use std::mem;

use serde_json::{Deserializer, Value};

use super::read::{Closing, Draft};
use super::scan::{List, Scan};
use super::{Diagnostic, LoadError};
use crate::model::Timeline;

/// So many bytes are looked at in one step, before any event is read.
const BYTES: usize = if cfg!(test) { 7 } else { 1 << 18 };

/// So many events are read in one step.
const ROWS: usize = if cfg!(test) { 2 } else { 250 };

/// As deep may an event be nested; with the file and the list around it, this is as deep as the JSON library goes.
const MOST_DEPTH: usize = 125;

/// What stands before an event as far as the JSON library is concerned.
const OPENED: &str = "{\"\":[";

/// How far the reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many bytes are done with; each is looked at once, and read once.
    pub bytes: usize,
    /// How many there are.
    pub of: usize,
    /// How many events were read.
    pub events: usize,
}

/// A file that is being read.
pub struct Intake<'a> {
    bytes: Cow<'a, [u8]>,
    /// Where the text begins, behind the mark of its encoding.
    start: usize,
    stage: Stage,
    progress: Progress,
}

enum Stage {
    /// What kind of file it is, and where its events lie.
    Scan { at: usize, first: Option<u8>, scan: Scan },
    /// One event after the other. Of a file that is no timeline they are only checked, as a fault in the JSON is what is told first.
    Rows { draft: Result<Box<Draft>, LoadError>, list: List, at: usize, last: usize },
    /// What can be done only once all events are there.
    Close(Box<Closing>),
    /// Nothing is left.
    Over,
}

/// What a whole file holds, and what of it was left out or repaired.
type Outcome = (Timeline, Vec<Diagnostic>);

/// Reads a timeline, and tells what of it was left out or repaired: the first thousand things, and how many there are beyond.
///
/// # Errors
///
/// Fails when nothing can be shown: no JSON, another format, or no event with a title and a date.
pub fn from_json(bytes: &[u8]) -> Result<Outcome, LoadError> {
    let mut intake = Intake::new(bytes);
    loop {
        if let Some(outcome) = intake.step()? {
            return Ok(outcome);
        }
    }
}

impl<'a> Intake<'a> {
    /// A file of which nothing is read yet.
    pub fn new(bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        let bytes = bytes.into();
        let start = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let of = bytes.len();
        let stage = Stage::Scan { at: start, first: None, scan: Scan::at(start) };
        Self { bytes, start, stage, progress: Progress { bytes: 0, of, events: 0 } }
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Goes on for some milliseconds; gives what [`from_json`] does at the end, and nothing before.
    ///
    /// # Errors
    ///
    /// Those of [`from_json`]. There is nothing more to be had then, nor after the end.
    pub fn step(&mut self) -> Result<Option<Outcome>, LoadError> {
        self.stage = match mem::replace(&mut self.stage, Stage::Over) {
            Stage::Scan { at, first, scan } => self.scan(at, first, scan)?,
            Stage::Rows { draft, list, at, last } => self.rows(draft, list, at, last)?,
            Stage::Close(mut closing) => {
                if closing.step() {
                    return Ok(Some(closing.end()));
                }
                Stage::Close(closing)
            }
            Stage::Over => Stage::Over,
        };
        Ok(None)
    }

    fn scan(&mut self, at: usize, mut first: Option<u8>, mut scan: Scan) -> Result<Stage, LoadError> {
        let most = self.bytes.len().min(at + BYTES);
        let part = self.bytes.get(at..most).unwrap_or_default();
        let text = match std::str::from_utf8(part) {
            Ok(text) => text,
            // The part ends in the middle of a letter, of which the rest is to come.
            Err(error) if error.error_len().is_none() && most < self.bytes.len() => {
                std::str::from_utf8(&part[..error.valid_up_to()]).unwrap_or_default()
            }
            Err(_) => return Err(LoadError::Encoding),
        };
        first = first.or_else(|| text.trim_start().bytes().next());
        let at = at + text.len();
        scan.advance(&self.bytes, at);
        self.progress.bytes = at / 2;
        if at < self.bytes.len() {
            return Ok(Stage::Scan { at, first, scan });
        }
        match first {
            None => Err(LoadError::Empty),
            Some(b'<') => Err(LoadError::WebPage),
            Some(_) => self.begin(scan.list()),
        }
    }

    /// Reads what is not an event.
    fn begin(&self, list: Option<List>) -> Result<Stage, LoadError> {
        let Some(list) = list else {
            let file = serde_json::from_slice(&self.bytes[self.start..])
                .map_err(|error| self.syntax(&error, self.start, ""))?;
            return Draft::new(clean(file), 0)?.close().map(|closing| Stage::Close(Box::new(closing)));
        };
        let first = list.open + 1;
        let before = &self.bytes[self.start..first];
        let after = list.close.map_or(&b"]}"[..], |close| &self.bytes[close..]);
        // No event is shorter than this.
        let rows = list.rows.min(self.bytes.len() / 24);
        let draft = match serde_json::from_slice([before, after].concat().as_slice()) {
            Ok(file) => Draft::new(clean(file), rows).map(Box::new),
            Err(_) => {
                // A fault before the events is the first; one behind them is told if they are without.
                serde_json::from_slice::<Value>(&[before, b"]}"].concat())
                    .map_err(|error| self.syntax(&error, self.start, ""))?;
                Err(self.fault(list.close.unwrap_or(self.bytes.len())))
            }
        };
        Ok(Stage::Rows { draft, list, at: first, last: first })
    }
    fn rows(
        &mut self,
        mut draft: Result<Box<Draft>, LoadError>,
        list: List,
        mut at: usize,
        mut last: usize,
    ) -> Result<Stage, LoadError> {
        let end = list.close.unwrap_or(self.bytes.len());
        for _ in 0..ROWS {
            let is_first = at == list.open + 1;
            at += blanks(&self.bytes[at..end]);
            if at == end && list.close.is_some() {
                self.progress.bytes = self.bytes.len();
                self.bytes = Cow::Borrowed(&[]);
                let closing = draft?.close()?;
                return Ok(Stage::Close(Box::new(closing)));
            }
            if !is_first {
                if self.bytes.get(at) != Some(&b',') {
                    return Err(self.fault(last));
                }
                at += 1;
            }
            let mut row = Deserializer::from_slice(&self.bytes[at..end]).into_iter::<Value>();
            let Some(Ok(mut value)) = row.next() else { return Err(self.fault(last)) };
            let begin = mem::replace(&mut last, at);
            at += row.byte_offset();
            if !replace_controls(&mut value, MOST_DEPTH) {
                return Err(self.fault(begin));
            }
            if let Ok(draft) = &mut draft {
                draft.take(&value);
                self.progress.events = draft.len();
            }
        }
        self.progress.bytes = usize::midpoint(self.bytes.len(), at);
        Ok(Stage::Rows { draft, list, at, last })
    }

    /// The fault at the first event that is not in order, or behind it; `at` is where that begins, or one before it.
    fn fault(&self, at: usize) -> LoadError {
        let rest = [OPENED.as_bytes(), self.bytes.get(at..).unwrap_or_default()].concat();
        match serde_json::from_slice::<Value>(&rest) {
            Err(error) => self.syntax(&error, at, OPENED),
            // Whoever asks has seen one.
            Ok(_) => LoadError::NotATimeline,
        }
    }

    /// An error in the text from `at` on, before which another one was put.
    fn syntax(&self, error: &serde_json::Error, at: usize, before: &str) -> LoadError {
        let (mut line, mut column) = (error.line(), error.column());
        let detail = error.to_string();
        let detail = detail.strip_suffix(&place(line, column)).unwrap_or(&detail);
        let head = self.bytes.get(self.start..at).unwrap_or_default();
        if line == 1 {
            let begin = head.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            column = (column + head.len() - begin).saturating_sub(before.len());
        }
        line += head.split(|byte| *byte == b'\n').count() - 1;
        LoadError::Syntax { line, column, detail: [detail, &place(line, column)].concat() }
    }
}

/// How the JSON library ends its messages.
fn place(line: usize, column: usize) -> String {
    [" at line ", &line.to_string(), " column ", &column.to_string()].concat()
}

/// How many bytes of white space stand first.
fn blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r')).count()
}

/// The value without control characters.
fn clean(mut value: Value) -> Value {
    replace_controls(&mut value, usize::MAX);
    value
}

/// Puts a space in the place of each control character: none means anything in a text, and one of them separates the
/// texts of a packed timeline. Says whether the value is nested no deeper than `depth`.
fn replace_controls(value: &mut Value, depth: usize) -> bool {
    let mut each = |value: &mut Value| depth > 0 && replace_controls(value, depth - 1);
    match value {
        Value::String(text) => {
            if text.contains(char::is_control) {
                *text = text.replace(char::is_control, " ");
            }
            true
        }
        Value::Array(values) => depth > 0 && values.iter_mut().all(&mut each),
        Value::Object(fields) => depth > 0 && fields.values_mut().all(&mut each),
        _ => true,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;

    /// Reads a file as one tree, which is what the steps must come to.
    fn by_tree(bytes: &[u8]) -> Result<Outcome, LoadError> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|_| LoadError::Encoding)?;
        match text.trim_start().bytes().next() {
            None => return Err(LoadError::Empty),
            Some(b'<') => return Err(LoadError::WebPage),
            Some(_) => {}
        }
        let file = serde_json::from_str(text).map_err(|error| LoadError::Syntax {
            line: error.line(),
            column: error.column(),
            detail: error.to_string(),
        })?;
        let mut file = clean(file);
        let events = file.get_mut("events").and_then(Value::as_array_mut).map(mem::take);
        let mut draft = Draft::new(file, 0)?;
        events.iter().flatten().for_each(|event| draft.take(event));
        let mut closing = draft.close()?;
        while !closing.step() {}
        Ok(closing.end())
    }

    /// A row of the list of events.
    fn row() -> impl Strategy<Value = String> {
        let deep = |depth: usize| format!("{{\"x\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        prop_oneof![
            6 => (select(&["a", "b", "a-2", "b c", "\\u0061"][..]), 1900..1909, select(&["a", "b", "c", "a-3"][..])).prop_map(|(id, year, to)| {
                format!(r#"{{"id":"{id}","date":"{year}","title":"T","links":[{{"to":"{to}"}}]}}"#)
            }),
            2 => select(&[
                r#"{"date":"1950/1955","title":"] } , \"events\": [ \\"}"#,
                r#"{"date": "c. 1950" , "title": "\u0007"}"#,
                r#"{"date":"1950","title":"x\u001Fy","label":{"de":"é","en":"ü"}}"#,
                r#"{"events":[1,2],"title":"no date"}"#,
                "7", "null", "-1.5e3", "1e999", "\"a\"", "[]", "[1, [2], {}]", "{}", "{\"a\"}", "tru", "",
            ][..]).prop_map(str::to_owned),
            1 => (118_usize..130).prop_map(deep),
        ]
    }

    /// A field of a file.
    fn field() -> impl Strategy<Value = String> {
        let events = vec((row(), select(&["", " ", "\n", "\r\n\t"][..])), 0..7).prop_map(|rows| {
            let rows: Vec<_> = rows.into_iter().map(|(row, blank)| [blank, &row, blank].concat()).collect();
            ["\"events\": [", &rows.join(","), "]"].concat()
        });
        prop_oneof![
            4 => events,
            3 => select(&[
                r#""format":"annals/1""#,
                r#""format":"annals/2""#,
                r#""title": "A \"events\": [" "#,
                r#""\u0065vents":[{"date":"1900","title":"by another name"}]"#,
                r#""events":null"#,
                r#""events":{"events":[{"date":"1900","title":"too deep"}]}"#,
                r#""tracks":[{"id":"a"},{"id":"a"},7]"#,
                r#""eras":[{"start":"1900","end":"1910","event":"a"}]"#,
                r#""x":[{"events":[[]]},["events",[]]]"#,
                "\n\"é\":\n\"è\"\n",
                "\"x\":", "\"x\"", "", "]",
            ][..]).prop_map(str::to_owned),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn steps_come_to_what_the_whole_tree_does(
            before in select(&["", "", "", "\u{FEFF}", " \n", "\u{A0}", "["][..]),
            fields in vec(field(), 0..5),
            after in select(&["", "", "", "\n\n", "x", "{}"][..]),
            changes in vec((any::<Index>(), select(&b"{}[]\",:\\ \n1e\xC3\xA9"[..]), any::<bool>()), 0..3),
            is_changed in any::<bool>(),
            end in proptest::option::weighted(0.2, any::<Index>()),
        ) {
            let mut bytes = [before, "{", &fields.join(","), "}", after].concat().into_bytes();
            for (at, byte, is_added) in changes.into_iter().filter(|_| is_changed) {
                let at = at.index(bytes.len());
                if is_added {
                    bytes.insert(at, byte);
                } else {
                    bytes[at] = byte;
                }
            }
            if let Some(end) = end {
                bytes.truncate(end.index(bytes.len()));
            }
            prop_assert_eq!(from_json(&bytes), by_tree(&bytes), "{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn it_tells_how_far_it_is() {
        let rows = [r#"{"date":"1900","title":"x"}"#; 9].join(",");
        let text = format!(r#"{{"events":[{rows}]}}"#);
        let mut intake = Intake::new(text.as_bytes());
        let mut told = vec![intake.progress()];
        while intake.step().unwrap().is_none() {
            told.push(intake.progress());
        }
        assert!(told.is_sorted_by_key(|progress| (progress.bytes, progress.events)), "{told:?}");
        assert!(told.iter().all(|progress| progress.of == text.len()));
        assert!(told.iter().filter(|progress| (1..9).contains(&progress.events)).count() > 3, "{told:?}");
        let last = intake.progress();
        assert_eq!((last.events, last.bytes), (9, text.len()));
        assert_eq!(intake.step(), Ok(None), "the end comes once");
    }

    #[test]
    fn of_many_faults_the_first_are_listed_and_the_others_counted() {
        let mut rows = vec!["7"; 1500];
        rows.push(r#"{"date":"1900","title":"x"}"#);
        let text = format!(r#"{{"events":[{}]}}"#, rows.join(","));
        let (_, found) = from_json(text.as_bytes()).unwrap();
        assert_eq!((found.len(), &*found[999].place), (1001, "events[999]"));
        assert_eq!(found[1000].message, "500 more were left out or repaired.");
    }

    #[test]
    fn what_is_wrong_with_the_first_event_is_told_even_behind_many_faults() {
        let tracks = vec!["7"; 1500].join(",");
        let error = from_json(format!(r#"{{"tracks":[{tracks}],"events":[8]}}"#).as_bytes()).unwrap_err();
        assert!(
            matches!(&error, LoadError::NoEvents { first: Some(first) } if first.place == "events[0]"),
            "{error:?}"
        );
    }
}
