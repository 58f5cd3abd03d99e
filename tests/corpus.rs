//! Dates that nobody here wrote: strings of the specification and of the suites of other readers, with the verdict and the
//! first and last day on which those agree.
//!
//! They lie outside the project, in the folder that `ANNALS_CORPUS` names; where it is unset there is nothing to check.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]
#![cfg(not(target_arch = "wasm32"))]

use std::path::PathBuf;

use annals::time::{Bound, DAY, EventDate, TimePoint};
use serde_json::Value;

/// The entries that count: those with a score. Where one is disputed among those who wrote it, the specification decides.
fn entries() -> Option<Vec<Value>> {
    let Some(folder) = std::env::var_os("ANNALS_CORPUS") else {
        println!("no corpus");
        return None;
    };
    let file = std::fs::read_to_string(PathBuf::from(folder).join("edtf.json")).unwrap();
    let all: Vec<Value> = serde_json::from_str(&file).unwrap();
    let entries: Vec<Value> = all.into_iter().filter(|entry| entry["score"] == true).collect();
    assert!(entries.len() > 600, "only {} entries count", entries.len());
    Some(entries)
}

fn input(entry: &Value) -> &str {
    entry["input"].as_str().unwrap()
}

/// A day as the corpus writes it, `..` for one beyond all others.
fn day(point: TimePoint) -> String {
    if point == TimePoint::MIN || point == TimePoint::MAX {
        return "..".to_owned();
    }
    let civil = TimePoint(point.0.div_euclid(DAY) * DAY).civil();
    let sign = if civil.year < 0 { "-" } else { "" };
    format!("{sign}{:04}-{:02}-{:02}", civil.year.abs(), civil.month, civil.day)
}

/// What the corpus has for a year beyond four digits is the year alone.
fn agrees(own: &str, theirs: &str) -> bool {
    own == theirs || (!theirs.contains("..") && own.starts_with(&format!("{theirs}-")))
}

/// The reader takes more than the standard, so its verdict is that of `parse_strict`. `read` may take an invalid string
/// only by saying that it is none: the note tells what was made of it. And it may make nothing else of a valid one.
#[test]
fn every_verdict_of_the_corpus_holds() {
    let Some(entries) = entries() else { return };
    let mut faults = Vec::new();
    for entry in &entries {
        let (input, valid) = (input(entry), entry["valid"] == true);
        let strict = EventDate::parse_strict(input);
        if strict.is_ok() != valid {
            faults.push(format!("{input}: valid {valid}, but {strict:?}"));
        }
        match EventDate::read(input) {
            Ok(reading) if valid => {
                if reading.edtf != input || Ok(&reading.date) != strict.as_ref() {
                    faults.push(format!("{input}: is changed: {reading:?}"));
                }
            }
            Ok(reading) => {
                if !reading.note.as_ref().is_some_and(|note| note.contains(input)) {
                    faults.push(format!("{input}: is taken without a word: {reading:?}"));
                }
            }
            Err(error) => {
                if valid || error.at > input.len() || error.message.is_empty() {
                    faults.push(format!("{input}: is refused: {error:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), entries.len(), faults.join("\n"));
    println!("{} verdicts hold", entries.len());
}

#[test]
fn every_first_and_last_day_of_the_corpus_holds() {
    let Some(entries) = entries() else { return };
    let (mut faults, mut held) = (Vec::new(), 0);
    for entry in entries.iter().filter(|entry| entry["bounds_score"] == true) {
        let input = input(entry);
        let Ok(date) = EventDate::parse_strict(input) else {
            faults.push(format!("{input}: is refused"));
            continue;
        };
        let bounds = date.bounds();
        let last = match bounds.latest_end {
            TimePoint::MAX => TimePoint::MAX,
            end => TimePoint(end.0 - 1),
        };
        let unknown = [date.start == Bound::Unknown, date.end == Some(Bound::Unknown)];
        for ((side, own), unknown) in
            [("min", day(bounds.earliest_start)), ("max", day(last))].into_iter().zip(unknown)
        {
            let holds = match entry[side].as_str() {
                Some(theirs) => !unknown && agrees(&own, theirs),
                None => unknown,
            };
            held += usize::from(holds);
            if !holds {
                faults.push(format!("{input}: {side} is {own}, not {}", entry[side]));
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
    println!("{held} first and last days hold");
}
