//! The treaty of 1945 as it is delivered, its schema, and what the loader makes of files that are not in order.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod support;

use annals::load::{Diagnostic, LoadError, from_json};
use annals::model::{Grade, Relation, RelationGroup, Text, Timeline};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{check_indices, treaty, treaty_bytes};

fn treaty_value() -> Value {
    serde_json::from_slice(&treaty_bytes()).unwrap()
}

/// What the detail of an event names twice is one row with both reasons.
#[test]
fn an_event_names_another_once_under_a_heading() {
    let timeline = treaty();
    let mut joined = 0;
    for event in 0..timeline.events.len() {
        let views = timeline.links_of(event);
        let told: usize = views.iter().map(|view| view.relations.len()).sum();
        let all = timeline.links.iter().filter(|link| link.from == event || link.to == event).count();
        assert_eq!(told, all, "{}", timeline.events[event].id);
        let pair = |at: usize| (views[at].group, views[at].other);
        assert!((1..views.len()).all(|at| pair(at - 1) < pair(at)), "{}", timeline.events[event].id);
        joined += views.iter().filter(|view| view.relations.len() > 1).count();
    }
    assert!(joined > 4, "the treaty has several such pairs, not {joined}");
}

/// Nothing is said to have led to what began before it. Background may lie within the time of a span.
#[test]
fn no_event_leads_to_an_earlier_one() {
    let timeline = treaty();
    for link in &timeline.links {
        let (from, to) = (&timeline.events[link.from], &timeline.events[link.to]);
        if link.relation.group_in_target() == RelationGroup::BecauseOf {
            let (start, other) = (from.date.extent().start, to.date.extent());
            let latest = if link.relation == Relation::ContextFor { other.end } else { other.start };
            assert!(start <= latest, "{} {} {}", from.id, link.relation.id(), to.id);
        }
    }
}

/// Calls `see` with the path, the key and the value of every field below `value`.
fn each_field<'a>(value: &'a Value, path: &str, see: &mut dyn FnMut(&str, &str, &'a Value)) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let path = format!("{path}.{key}");
                see(&path, key, value);
                each_field(value, &path, see);
            }
        }
        Value::Array(rows) => {
            for (index, value) in rows.iter().enumerate() {
                each_field(value, &format!("{path}[{index}]"), see);
            }
        }
        _ => {}
    }
}

/// Every text of the file with its path, but for names in original languages.
fn each_text(file: &Value, see: &mut dyn FnMut(&str, &Value)) {
    const TEXTS: [&str; 14] = [
        "title", "deck", "name", "short", "note", "label", "gloss", "summary", "supports", "question",
        "value", "shown", "dates", "text",
    ];
    each_field(file, "", &mut |path, key, value| {
        if TEXTS.contains(&key) {
            see(path, value);
        } else if key == "body" {
            value.as_array().unwrap().iter().for_each(|paragraph| see(path, paragraph));
        }
    });
}

/// All that the page says of an event in English, and its names in other languages.
fn words_of(event: &Value, file: &Value) -> String {
    let mut words = String::new();
    let mut add = |value: &Value| {
        if let Some(text) = value["en"].as_str() {
            words.push_str(text);
            words.push('\n');
        }
    };
    each_text(event, &mut |_, value| add(value));
    for text in event["names"].as_object().into_iter().flat_map(|names| names.values()) {
        words.push_str(text.as_str().unwrap());
        words.push('\n');
    }
    for cited in event["sources"].as_array().unwrap() {
        let source =
            file["sources"].as_array().unwrap().iter().find(|source| source["id"] == cited["source"]);
        words.push_str(source.unwrap()["citation"].as_str().unwrap());
        words.push('\n');
    }
    words
}

#[test]
fn the_data_holds_the_whole_history_and_all_of_it_is_read() {
    let (timeline, file) = (treaty(), treaty_value());
    let count = |list: &str| file[list].as_array().unwrap().len();
    assert_eq!(timeline.events.len(), 57);
    assert_eq!(timeline.events.iter().filter(|event| event.id.starts_with("span-")).count(), 5);
    assert_eq!(timeline.sources.len(), 230);
    assert_eq!(
        timeline.languages.iter().map(|lang| &**lang).collect::<Vec<_>>(),
        ["en", "zh-Hant", "zh-Hans", "ru"]
    );
    assert_eq!(
        [
            timeline.tracks.len(),
            timeline.themes.len(),
            timeline.parties.len(),
            timeline.people.len(),
            timeline.places.len()
        ],
        [count("tracks"), count("themes"), count("parties"), count("people"), count("places")],
    );
    assert_eq!(timeline.eras.len(), 3);
    let links: usize = file["events"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|event| event["links"].as_array())
        .map(Vec::len)
        .sum();
    assert_eq!(timeline.links.len(), links);
}

#[test]
fn every_id_is_unique_and_fit_for_an_address() {
    let file = treaty_value();
    for list in ["tracks", "themes", "parties", "people", "places", "sources", "eras", "events"] {
        let mut ids: Vec<&str> =
            file[list].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{list}");
        for id in ids {
            assert!(
                id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{id}"
            );
        }
    }
}

#[test]
fn events_are_in_order_and_no_span_ends_before_it_begins() {
    let timeline = treaty();
    let starts: Vec<_> = timeline.events.iter().map(|event| event.date.extent().start).collect();
    assert!(starts.is_sorted());
    for event in timeline.events.iter() {
        let end = event.date.end.as_ref().and_then(|end| end.date());
        if let (Some(start), Some(end)) = (event.date.start.date(), end) {
            assert!(
                start.range.start < end.range.end && start.range.start <= end.range.start,
                "{}",
                event.id
            );
        }
        assert!(event.date.is_interval() || !event.id.starts_with("span-"), "{}", event.id);
    }
    for pair in timeline.eras.windows(2) {
        assert_eq!(pair[0].span.end, pair[1].span.start, "eras follow one another");
    }
    let told: Vec<_> =
        timeline.eras.iter().map(|era| era.event.map(|event| &*timeline.events[event].id)).collect();
    assert_eq!(told, [None, Some("span-treaty-in-force"), Some("span-treaty-in-force")]);
}

#[test]
fn every_event_rests_on_a_source_that_is_not_weak() {
    let timeline = treaty();
    for event in timeline.events.iter() {
        let graded = event.citations.iter().map(|citation| timeline.sources[citation.source].grade);
        assert!(graded.clone().any(|grade| grade != Grade::Weak), "{} rests on weak sources alone", event.id);
        assert!(event.citations.iter().all(|citation| !citation.supports.is_empty()), "{}", event.id);
    }
    for (index, source) in timeline.sources.iter().enumerate() {
        let cited = timeline
            .events
            .iter()
            .any(|event| event.citations.iter().any(|citation| citation.source == index));
        assert!(cited, "nothing cites {}", source.citation);
    }
}

#[test]
fn every_dispute_is_a_question_with_answers_and_a_reason() {
    let timeline = treaty();
    let mut count = 0;
    for event in timeline.events.iter() {
        for dispute in &event.disputes {
            count += 1;
            assert!(dispute.question.get("en").unwrap().ends_with('?'), "{}", event.id);
            assert!(dispute.shown.get("en").unwrap().ends_with('.'), "{}", event.id);
            assert!(dispute.readings.len() >= 2, "{}", event.id);
            assert!(dispute.readings.iter().any(|reading| !reading.citations.is_empty()), "{}", event.id);
        }
    }
    assert_eq!(count, 42);
    assert!(timeline.events.iter().filter(|event| event.date_disputed).count() >= 10);
}

#[test]
fn every_text_is_complete_in_english_and_set_with_care() {
    each_text(&treaty_value(), &mut |path, value| {
        let text = value["en"].as_str().unwrap_or_default();
        assert!(!text.trim().is_empty(), "{path} has no English");
        assert!(!text.contains(['\'', '"']), "{path} has straight quotation marks: {text}");
        assert!(!text.contains("  ") && !text.contains(" - "), "{path}: {text}");
    });
    for source in treaty_value()["sources"].as_array().unwrap() {
        assert!(!source["citation"].as_str().unwrap().contains(['\'', '"']), "{source}");
    }
}

#[test]
fn every_event_can_be_read_in_four_languages() {
    for event in treaty().events.iter() {
        for lang in ["en", "zh-Hant", "zh-Hans", "ru"] {
            for text in [&event.label, &event.title, &event.gloss, &event.summary] {
                assert!(text.get(lang).is_some_and(|text| !text.is_empty()), "{} in {lang}", event.id);
            }
            let label = event.label.get(lang).unwrap();
            let room = if lang.starts_with("zh") { 12 } else { 28 };
            assert!(label.chars().count() <= room, "{label} is too long for the chart");
        }
        assert!((1..=3).contains(&event.body.len()), "{}", event.id);
    }
}

#[test]
fn people_and_places_have_names_at_home() {
    let timeline = treaty();
    let person =
        |name: &str| timeline.people.iter().find(|person| person.name.best("en").text == name).unwrap();
    assert_eq!(person("Wang Shijie (Wang Shih-chieh)").original.get("zh-Hant"), Some("王世杰"));
    assert_eq!(person("Zhou Enlai").original.get("zh-Hans"), Some("周恩来"));
    assert_eq!(person("Vyacheslav Molotov").original.get("ru"), Some("В. М. Молотов"));
    assert_eq!(person("Khorloogiin Choibalsan").original.get("mn"), Some("Хорлоогийн Чойбалсан"));
    let moscow = timeline.places.iter().find(|place| place.name.best("en").text == "Moscow").unwrap();
    assert_eq!((moscow.lat, moscow.lon, moscow.original.get("ru")), (55.8, 37.6, Some("Москва")));
}

/// A statement of the article that the history began with; the event that tells it; and words that the event must
/// hold to do so, in its form as far as that is right, and else as it was corrected.
const SEED: [(&str, &str, &[&str]); 35] = [
    (
        "signed 14 August 1945 by the Nationalist Government and the USSR",
        "treaty-signed",
        &["dated 14 August 1945", "Wang Shijie and Molotov", "Republic of China and the USSR"],
    ),
    (
        "signed 14 August 1945 by the Nationalist Government and the USSR",
        "span-treaty-in-force",
        &["signed under the date of 14 August 1945"],
    ),
    (
        "expiry 24 February 1953",
        "span-treaty-in-force",
        &["24 February 1953", "25 February 1953", "14 February 1950"],
    ),
    ("expiry 24 February 1953", "ly-vote-1953", &["On 24 February 1953", "25 February 1953"]),
    ("expiry 24 February 1953", "roc-declaration-1953", &["25 February 1953", "24 February 1953"]),
    ("10 UNTS 300", "treaty-signed", &["10 UNTS 300"]),
    ("Chinese title", "treaty-signed", &["友好同盟條約", "中華民國蘇維埃社會主義共和國聯邦友好同盟條約"]),
    (
        "troops occupying Inner Mongolia and Manchuria, taken from Japan",
        "manchurian-offensive",
        &["Soviet and Mongolian forces", "Inner Mongolia", "Manchuria", "Japanese", "sixth day"],
    ),
    (
        "troops occupying Inner Mongolia and Manchuria, taken from Japan",
        "span-soviet-occupation",
        &["Soviet forces held Manchuria", "defeating the Japanese", "occupation"],
    ),
    (
        "China accepted Outer Mongolia’s independence within its borders",
        "notes-outer-mongolia",
        &["recognise the independence of Outer Mongolia", "existing boundaries", "exchange of notes"],
    ),
    (
        "disavowing pan-Mongolian intentions",
        "notes-outer-mongolia",
        &["closed the door on the union with Inner Mongolia"],
    ),
    (
        "disavowing pan-Mongolian intentions",
        "manchurian-offensive",
        &["hoped to unite with Inner Mongolia", "shut out"],
    ),
    (
        "provided that a referendum be held",
        "notes-outer-mongolia",
        &["if a plebiscite held after Japan’s defeat"],
    ),
    (
        "provided that a referendum be held",
        "mongolia-plebiscite",
        &["20 October 1945", "that the treaty notes required", "unanimous"],
    ),
    (
        "the USSR to cease aiding the Communists",
        "notes-aid-non-interference",
        &["National Government alone", "name neither the Communists nor the Ili side"],
    ),
    (
        "the USSR to cease aiding the Communists",
        "soong-stalin-round-1",
        &["back only the National Government"],
    ),
    (
        "the USSR to cease aiding the Ili National Army, rebelling in Xinjiang",
        "notes-aid-non-interference",
        &["Ili National Army", "fighting the government in Xinjiang", "not interfere in Xinjiang"],
    ),
    (
        "the USSR to cease aiding the Ili National Army, rebelling in Xinjiang",
        "xinjiang-fighting-1945",
        &["The rising", "Ili National Army", "Xinjiang"],
    ),
    (
        "the USSR to cease aiding the Ili National Army, rebelling in Xinjiang",
        "xinjiang-coalition",
        &["the Ili side", "provincial coalition"],
    ),
    (
        "joint control of the railway, to facilitate its return",
        "agreement-changchun-railway",
        &["owned and run jointly for thirty years", "pass to China"],
    ),
    (
        "joint control of the railway, to facilitate its return",
        "span-railway-joint",
        &["ran the railway together", "Little of it worked"],
    ),
    (
        "joint control of the railway, to facilitate its return",
        "railway-transferred",
        &["handed its share", "People’s Republic of China", "not the one that had signed in 1945"],
    ),
    (
        "the ROC noticed continuous secret Soviet support for the Communists",
        "manchuria-handover-stalls",
        &["Communist forces", "refused to let Nationalist troops land"],
    ),
    (
        "the ROC noticed continuous secret Soviet support for the Communists",
        "siping-changchun-1946",
        &["Nationalist officials said that Soviet arms", "denied any help", "debate its size"],
    ),
    (
        "the ROC noticed continuous secret Soviet support for the Communists",
        "northeast-trade-agreement",
        &["secret talks", "violation of the treaty", "earlier complaints"],
    ),
    (
        "the ROC noticed continuous secret Soviet support for the Communists",
        "roc-lists-breaches-1948",
        &["aid to the government alone", "failed to carry out", "denied"],
    ),
    (
        "the ROC noticed continuous secret Soviet support for the Communists",
        "roc-complaint-unga",
        &["aid to the Communist revolt"],
    ),
    (
        "the People’s Republic proclaimed in Beijing on 1 October 1949",
        "prc-proclaimed",
        &["On 1 October 1949", "Beijing", "disputed every part of the 1945 settlement"],
    ),
    (
        "the People’s Republic proclaimed in Beijing on 1 October 1949",
        "span-civil-war",
        &["recognition of the victors"],
    ),
    (
        "the Soviet Union recognised it",
        "ussr-recognises-prc",
        &["2 October", "established relations with the PRC", "thus ended in practice"],
    ),
    (
        "resolution 505 of 1 February 1952",
        "ga-resolution-505",
        &["1 February", "failed to carry out the treaty", "“has violated”", "aided the Communists"],
    ),
    (
        "the Legislative Yuan voted on 24 February 1953 to end the commitments",
        "ly-vote-1953",
        &["On 24 February 1953 the Legislative Yuan", "voted to abrogate the treaty"],
    ),
    (
        "thereby rescinding recognition of Mongolia",
        "ly-vote-1953",
        &["recognition of the Mongolian People’s Republic as withdrawn", "others disputed"],
    ),
    (
        "thereby rescinding recognition of Mongolia",
        "span-roc-recognition",
        &["recognised Mongolian independence", "treated its recognition as withdrawn"],
    ),
    (
        "thereby rescinding recognition of Mongolia",
        "roc-declaration-1953",
        &["treated its recognition of Mongolia as withdrawn"],
    ),
];

/// The works that the same article names.
const SEED_WORKS: [(&str, &[&str]); 2] = [
    ("notes-outer-mongolia", &["Atwood", "2005", "p. 2"]),
    ("agreement-changchun-railway", &["Zhang Shengfa", "2010", "p. 171"]),
];

#[test]
fn every_statement_of_the_first_article_has_an_event_that_states_it() {
    let file = treaty_value();
    let works = SEED_WORKS.map(|(event, words)| ("a work cited", event, words));
    for (statement, id, words) in SEED.into_iter().chain(works) {
        let event = file["events"].as_array().unwrap().iter().find(|event| event["id"] == id).unwrap();
        let text = words_of(event, &file);
        for word in words {
            assert!(text.contains(word), "{id} does not say “{word}”, for: {statement}");
        }
    }
}

/// What is said elsewhere but could not be confirmed, by the event that would say it.
const UNCONFIRMED: [(&str, &str); 21] = [
    ("soong-stalin-round-1", "27 June"),
    ("soong-stalin-round-2", "30 July"),
    ("treaty-signed", "I-68"),
    ("treaty-ratified", "5 December"),
    ("treaty-ratified", "Soviet ratification"),
    ("treaty-ratified", "95"),
    ("manchuria-dismantling", "1.36"),
    ("manchuria-handover-stalls", "held the ports"),
    ("manchurian-industry-talks", "24 November"),
    ("marshall-mission", "8 January"),
    ("zhang-xinfu-killed", "eight"),
    ("siping-changchun-1946", "mid-April"),
    ("siping-changchun-1946", "700,000"),
    ("liaoshen", "21 October"),
    ("xinjiang-1949", "Fifth Corps"),
    ("ussr-recognises-prc", "broke with Moscow"),
    ("ga-291-292-1949", "383"),
    ("ga-resolution-505", "383"),
    ("port-arthur-extended", "24 May"),
    ("port-arthur-extended", "26 May"),
    ("trilateral-railway-1952", "4 October"),
];

#[test]
fn nothing_unconfirmed_is_stated() {
    let file = treaty_value();
    for (id, phrase) in UNCONFIRMED {
        let event = file["events"].as_array().unwrap().iter().find(|event| event["id"] == id).unwrap();
        let mut told = String::new();
        for field in ["title", "gloss", "summary"] {
            told.push_str(event[field]["en"].as_str().unwrap());
        }
        for paragraph in event["body"].as_array().unwrap() {
            told.push_str(paragraph["en"].as_str().unwrap());
        }
        assert!(!told.contains(phrase), "{id} says “{phrase}”");
    }
    let whole = file.to_string();
    for word in ["seed", "infobox", "unverified"] {
        assert!(!whole.contains(word), "“{word}” is a word of the workshop");
    }
}

// What the loader makes of files that are not in order.

fn load(file: &Value) -> (Timeline, Vec<Diagnostic>) {
    from_json(file.to_string().as_bytes()).unwrap()
}

/// The places and messages of what was found, one a line.
fn report(found: &[Diagnostic]) -> String {
    found.iter().map(|found| [&*found.place, ": ", &*found.message, "\n"].concat()).collect()
}

fn small() -> Value {
    json!({
        "format": "annals/1",
        "id": "small",
        "title": "A small history",
        "languages": ["en", "de"],
        "tracks": [{ "id": "one", "name": { "de": "Eins", "en": "One" } }, { "id": "two", "name": "Two" }],
        "themes": [{ "id": "war", "name": "War" }],
        "parties": [{ "id": "them", "name": "They" }],
        "people": [{ "id": "ann", "name": "Ann", "original": { "de": "Anna" } }],
        "places": [{ "id": "here", "name": "Here", "lat": 1.5, "lon": -2 }],
        "sources": [{ "id": "book", "citation": "A book", "url": "https://example.org/", "grade": "primary" }],
        "eras": [{ "id": "age", "start": "1900", "end": "1950", "label": "An age", "event": "first" }],
        "events": [
            {
                "id": "first", "date": "1901-02-03/1902", "track": "two", "importance": 5, "title": "First",
                "themes": ["war"], "parties": ["them"], "people": ["ann"], "places": ["here"], "confidence": "high",
                "sources": [{ "source": "book", "supports": "the day" }], "body": ["One.", { "de": "Zwei." }],
                "disputes": [{ "question": "When?", "readings": [{ "value": "Then", "sources": ["book"] }], "shown": "Then." }],
                "links": [{ "to": "second", "relation": "caused", "note": "at once" }],
            },
            { "id": "second", "date": "1903", "title": "Second" },
        ],
    })
}

#[test]
fn a_file_in_order_is_read_without_remark() {
    let (timeline, found) = load(&small());
    assert_eq!(found, []);
    let first = &timeline.events[0];
    assert_eq!(
        (first.track, first.importance, &*first.themes, &*first.people, &*first.places),
        (1, 5, &[0][..], &[0][..], &[0][..])
    );
    assert_eq!(first.body[1].get("de"), Some("Zwei."));
    assert_eq!(first.disputes[0].readings[0].citations, [0]);
    assert_eq!(
        timeline.tracks[0].name.iter().next().unwrap().lang,
        "en",
        "texts stand in the order of `languages`"
    );
    assert_eq!(
        (timeline.links[0].from, timeline.links[0].to, timeline.links[0].relation),
        (0, 1, Relation::Caused)
    );
    assert_eq!(timeline.eras[0].event, Some(0));
}

#[test]
fn a_date_and_a_title_are_enough() {
    let (timeline, found) = load(
        &json!({ "events": [{ "date": "1945-08-14", "title": "A treaty of friendship and alliance, signed" }] }),
    );
    assert_eq!(found, []);
    let event = &timeline.events[0];
    assert_eq!(&*event.id, "a-treaty-of-friendship-and-alliance-signed");
    assert_eq!(event.label.get("en"), Some("A treaty of friendship and…"));
    assert_eq!((event.track, event.importance), (0, 3));
    assert_eq!(timeline.tracks.len(), 1);
    let (timeline, _) = load(
        &json!({ "languages": ["zh-Hant"], "events": [{ "date": "1945", "title": "中華民國蘇維埃社會主義共和國聯邦友好同盟條約" }] }),
    );
    assert_eq!(timeline.events[0].label.get("zh-Hant"), Some("中華民國蘇維埃社會主義…"));
    assert_eq!(&*timeline.events[0].id, "中華民國蘇維埃社會主義共和國聯邦友好同盟條約");
}

#[test]
fn events_stand_by_start_then_before_the_spans_they_begin_then_as_in_the_file() {
    let row = |id: &str, date: &str| json!({ "id": id, "date": date, "title": id });
    let (timeline, _) = load(&json!({ "events": [
        row("late", "1950"), row("war", "1945-01-01/1950"), row("battle", "1945-01-01/1945-02"), row("day", "1945-01-01"), row("year", "1945"),
        row("same-day", "1945-01-01"), row("early", "1944"),
    ] }));
    let ids: Vec<&str> = timeline.events.iter().map(|event| &*event.id).collect();
    assert_eq!(ids, ["early", "year", "day", "same-day", "battle", "war", "late"]);
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let bytes = [b"\xEF\xBB\xBF", small().to_string().as_bytes()].concat();
    assert_eq!(from_json(&bytes).unwrap(), load(&small()));
}

#[test]
fn what_is_no_timeline_is_refused_with_a_remedy() {
    let check = |bytes: &[u8], error: LoadError, words: &str| {
        let found = from_json(bytes).unwrap_err();
        assert_eq!(found, error);
        assert!(found.to_string().contains(words), "{found}");
    };
    check(b"", LoadError::Empty, "empty");
    check(b"\xEF\xBB\xBF \n\t", LoadError::Empty, "empty");
    check(b" <!doctype html><title>Sign in</title>", LoadError::WebPage, "web page");
    check(b"\xFF\xFE{\0}\0", LoadError::Encoding, "UTF-8");
    check(b"{\"title\": \"M\xFCnchen\"}", LoadError::Encoding, "UTF-8");
    check(b"[]", LoadError::NotATimeline, "events");
    check(b"{\"title\": \"x\"}", LoadError::NotATimeline, "events");
    check(
        br#"{"format": "annals/2", "events": []}"#,
        LoadError::Format { found: "annals/2".into() },
        "annals/1",
    );
    check(br#"{"events": []}"#, LoadError::NoEvents { first: None }, "at least one event");
    let error = from_json(br#"{"events": [{"title": "x"}]}"#).unwrap_err();
    assert!(error.to_string().contains("has no \"date\""), "{error}");
    let error = from_json(br#"{"events": {}}"#).unwrap_err();
    assert!(error.to_string().contains("must be a list"), "{error}");
}

#[test]
fn a_truncated_file_names_the_line_and_column() {
    let error = from_json(b"{\n  \"events\": [\n    { \"date\": \"1945\" \"title\" }").unwrap_err();
    assert_eq!((error.line(), error.column()), (Some(3), Some(22)));
    let error = from_json(b"{\"events\": [").unwrap_err();
    assert_eq!(error.line(), Some(1));
    assert!(error.to_string().contains("line 1"), "{error}");
}

#[test]
fn nesting_without_end_is_refused() {
    assert!(matches!(from_json("[".repeat(200_000).as_bytes()), Err(LoadError::Syntax { .. })));
}

#[test]
fn a_bad_row_costs_that_row_alone() {
    let mut file = small();
    let events = file["events"].as_array_mut().unwrap();
    events.push(Value::Null);
    events.push(json!({ "title": "No date" }));
    events.push(json!({ "title": "Bad date", "date": "next week" }));
    events.push(json!({ "date": "1904" }));
    file["sources"].as_array_mut().unwrap().push(json!("not a row"));
    file["places"].as_array_mut().unwrap().push(json!({ "id": "nowhere", "lat": 91, "lon": 0 }));
    let (timeline, found) = load(&file);
    assert_eq!(timeline.events.len(), 2);
    assert_eq!((timeline.sources.len(), timeline.places.len()), (1, 1));
    let places: Vec<&str> = found.iter().map(|found| &*found.place).collect();
    assert_eq!(
        places,
        ["places[1].lat", "sources[1]", "events[2]", "events[3].date", "events[4].date", "events[5].title"]
    );
}

#[test]
fn a_date_that_is_no_edtf_is_read_and_told_with_its_place() {
    let row = |date: &str| json!({ "title": date, "date": date });
    let (timeline, found) =
        load(&json!({ "events": [row("c. 1945"), row("1946~"), row("44 BC"), row("3/4/1945")] }));
    assert_eq!(timeline.events.len(), 3);
    let found: Vec<(&str, &str)> = found.iter().map(|found| (&*found.place, &*found.message)).collect();
    assert_eq!(
        found,
        [
            ("events[0].date", "“c. 1945” is read as 1945~."),
            ("events[2].date", "“44 BC” is read as -0043."),
            (
                "events[3].date",
                "\"3/4/1945\": “3/4/1945” can mean several dates. Write 1945-04-03 or 1945-03-04. The row is left out."
            ),
        ]
    );
}

#[test]
fn a_bad_field_costs_that_field_alone() {
    let mut file = small();
    file["deck"] = json!(7);
    file["eras"] = json!("none");
    let event = &mut file["events"][0];
    event["importance"] = json!("high");
    event["track"] = json!("three");
    event["themes"] = json!(["war", "peace"]);
    event["title"] = json!({ "en": "First", "de": 1 });
    event["confidence"] = json!("very");
    event["links"] =
        json!([{ "to": "third" }, { "to": "second", "relation": "hated" }, { "to": "first" }, 5]);
    event["sources"] = json!([{ "source": "film" }, { "source": "book" }]);
    let (timeline, found) = load(&file);
    let first = &timeline.events[0];
    assert_eq!((first.importance, first.track, &*first.themes, first.citations.len()), (3, 0, &[0][..], 1));
    assert_eq!(first.title.get("en"), Some("First"));
    assert_eq!((timeline.links.len(), timeline.eras.len()), (0, 0));
    insta::assert_snapshot!(report(&found), @r#"
    deck: this must be a text, or an object of texts by language; it is left out.
    events[0].title: the text for "de" is no text and is left out.
    events[0].track: there is no track "three"; the first is used.
    events[0].confidence: "very" is not one of medium, high, low; "medium" is used.
    events[0].sources[0].source: there is no "film"; it is left out.
    events[0].links[1].relation: there is no relation "hated"; the link is left out.
    events[0].links[3]: this must be an object in braces; the row is left out.
    events[0].importance: this must be a whole number from 1 to 5, without quotation marks; 3 is used.
    events[0].themes: there is no "peace"; it is left out.
    events[0].links[0].to: there is no "third"; it is left out.
    events[0].links[2].to: the event leads to itself; the link is left out.
    eras: this must be a list in square brackets; it is left out.
    "#);
}

#[test]
fn importance_out_of_range_takes_the_nearest() {
    let mut file = small();
    file["events"][0]["importance"] = json!(9);
    file["events"][1]["importance"] = json!(0);
    let (timeline, found) = load(&file);
    assert_eq!((timeline.events[0].importance, timeline.events[1].importance, found.len()), (5, 1, 2));
}

#[test]
fn only_addresses_of_the_web_are_kept() {
    let kept = |url: &str| {
        let mut file = small();
        file["sources"][0]["url"] = json!(url);
        let (timeline, found) = load(&file);
        assert_eq!(timeline.sources[0].url.is_some(), found.is_empty());
        timeline.sources[0].url.as_deref().map(str::to_owned)
    };
    assert_eq!(kept("HTTPS://example.org/a").as_deref(), Some("HTTPS://example.org/a"));
    assert_eq!(kept(" http://example.org/\u{7}a b").as_deref(), Some("http://example.org/ab"));
    for url in [
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://",
        "https:///x",
        "ftp://example.org",
        "é",
    ] {
        assert_eq!(kept(url), None, "{url}");
    }
}

#[test]
fn events_of_one_id_are_all_kept_under_ids_of_their_own() {
    let row = |id: &str, date: &str| json!({ "id": id, "date": date, "title": "x" });
    let (timeline, found) = load(&json!({ "events": [
        row("a", "1901"), row("a", "1902"), row("a-2", "1903"), row("a", "1904"), row("b c", "1905"),
    ] }));
    let ids: Vec<&str> = timeline.events.iter().map(|event| &*event.id).collect();
    assert_eq!(ids, ["a", "a-3", "a-2", "a-4", "b-c"]);
    let places: Vec<&str> = found.iter().map(|found| &*found.place).collect();
    assert_eq!(places, ["events[1].id", "events[3].id"]);
}

#[test]
fn an_era_that_ends_before_it_begins_is_left_out() {
    let mut file = small();
    file["eras"][0]["end"] = json!("1899");
    let (timeline, found) = load(&file);
    assert!(timeline.eras.is_empty());
    assert_eq!(found[0].place, "eras[0].end");
}

/// Any value at all, for the place of another.
fn any_value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        Just("first".to_owned()),
        Just("1945-13-40".to_owned()),
        Just("../..".to_owned()),
        Just("javascript:x".to_owned()),
        Just("-9999999999999999999".to_owned()),
        Just("y17e7/..".to_owned()),
        ".{0,8}",
    ];
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([null, 1, "x", {}, []])),
        Just(json!({ "en": null, "": "x", "de": {} })),
    ]
}

/// The value that lies `steps` fields down, each step taken modulo what is there.
fn reach<'a>(value: &'a mut Value, steps: &[usize]) -> &'a mut Value {
    let Some((step, rest)) = steps.split_first() else { return value };
    let count = match value {
        Value::Object(object) => object.len(),
        Value::Array(rows) => rows.len(),
        _ => 0,
    };
    if count == 0 {
        return value;
    }
    let next = match value {
        Value::Object(object) => object.values_mut().nth(step % count),
        Value::Array(rows) => rows.get_mut(step % count),
        _ => None,
    };
    reach(next.unwrap(), rest)
}

/// Every index must hit, every event has what it is shown by, and nothing holds a control character.
fn check_loaded(timeline: &Timeline) {
    check_indices(timeline);
    for event in timeline.events.iter() {
        assert!(!event.id.is_empty() && !event.title.is_empty() && !event.label.is_empty());
    }
    let packed = annals::pack::write(timeline);
    assert!(packed.texts.iter().all(|text| !text.contains(char::is_control)), "{:?}", packed.texts);
}

#[test]
fn a_control_character_becomes_a_space() {
    let mut file = small();
    file["title"] = json!("\u{1f}A\u{1f}small\nhistory\u{0}");
    file["tracks"][0]["id"] = json!("o\u{1f}e");
    file["events"][0]["track"] = json!("o\u{1f}e");
    file["events"][0]["names"] = json!({ "d\u{1f}e": "Eins\u{1f}" });
    let (timeline, _) = load(&file);
    assert_eq!(timeline.title.get("en"), Some("A small history"));
    assert_eq!(&*timeline.tracks[0].id, "o e");
    let event = timeline.events.iter().find(|event| event.names.get("d e").is_some()).unwrap();
    assert_eq!((event.track, event.names.get("d e")), (0, Some("Eins")));
    check_loaded(&timeline);
}

#[test]
fn places_are_exact_to_the_seventh_decimal() {
    let mut file = small();
    file["places"][0]["lat"] = json!(-33.123_456_749);
    file["places"][0]["lon"] = json!(151.000_000_06);
    let (timeline, _) = load(&file);
    let place = &timeline.places[0];
    assert_eq!([place.lat, place.lon].map(f64::to_bits), [-33.123_456_7, 151.000_000_1].map(f64::to_bits));
}

#[test]
fn one_language_tells_the_same_history() {
    let whole = treaty();
    for lang in ["en", "zh-Hant", "ru"] {
        let one = whole.clone().in_language(lang);
        assert_eq!(&*one.languages[0], lang);
        assert_eq!(one.languages.len(), 4, "the other languages are still offered");
        let same = |one: &Text, whole: &Text| {
            assert_eq!(
                one.best(lang),
                whole.best(lang),
                "a text that is missing keeps the language it is in"
            );
            assert_eq!(one.0.len(), whole.0.len().min(1));
        };
        same(&one.title, &whole.title);
        same(&one.deck, &whole.deck);
        let terms =
            |timeline: &Timeline| [&timeline.tracks[..], &timeline.themes, &timeline.parties].concat();
        for (one, whole) in terms(&one).iter().zip(&terms(&whole)) {
            same(&one.name, &whole.name);
            same(&one.short, &whole.short);
            same(&one.note, &whole.note);
        }
        for (one, whole) in one.people.iter().zip(&whole.people) {
            same(&one.name, &whole.name);
            same(&one.note, &whole.note);
            assert_eq!(one.original, whole.original);
        }
        for (one, whole) in one.places.iter().zip(&whole.places) {
            same(&one.name, &whole.name);
            same(&one.note, &whole.note);
            assert_eq!(one.original, whole.original);
        }
        for (one, whole) in one.eras.iter().zip(&whole.eras) {
            same(&one.label, &whole.label);
            same(&one.dates, &whole.dates);
            same(&one.text, &whole.text);
        }
        for (one, whole) in one.links.iter().zip(&whole.links) {
            same(&one.note, &whole.note);
        }
        for (one, whole) in one.events.iter().zip(whole.events.iter()) {
            same(&one.label, &whole.label);
            same(&one.title, &whole.title);
            same(&one.gloss, &whole.gloss);
            same(&one.summary, &whole.summary);
            assert_eq!(one.names, whole.names);
            one.body.iter().zip(&whole.body).for_each(|(one, whole)| same(one, whole));
            for (one, whole) in one.citations.iter().zip(&whole.citations) {
                same(&one.supports, &whole.supports);
            }
            for (one, whole) in one.disputes.iter().zip(&whole.disputes) {
                same(&one.question, &whole.question);
                same(&one.shown, &whole.shown);
                for (one, whole) in one.readings.iter().zip(&whole.readings) {
                    same(&one.value, &whole.value);
                }
            }
        }
    }
}

#[test]
fn one_language_keeps_texts_that_it_has_not_under_their_own() {
    let mut file = small();
    let names = json!({ "de": "Anna", "ru": "Анна" });
    file["people"][0]["original"] = names.clone();
    file["places"][0]["original"] = names.clone();
    file["events"][0]["names"] = names;
    let (timeline, _) = load(&file);
    let german = timeline.in_language("de");
    assert_eq!(german.languages, ["de".into(), "en".into()]);
    assert_eq!(german.title, Text::of("en", "A small history"));
    assert_eq!(german.tracks[0].name, Text::of("de", "Eins"));
    assert_eq!(german.events[0].body, [Text::of("en", "One."), Text::of("de", "Zwei.")]);
    for whole in [&german.people[0].original, &german.places[0].original, &german.events[0].names] {
        assert_eq!((whole.get("de"), whole.get("ru")), (Some("Anna"), Some("Анна")));
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_loader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let _ = from_json(&bytes);
    }

    #[test]
    fn no_change_of_bytes_makes_the_loader_panic(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..6),
        end in any::<proptest::sample::Index>(), cut in any::<bool>(),
    ) {
        let mut bytes = small().to_string().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        if let Ok((timeline, _)) = from_json(&bytes) {
            check_loaded(&timeline);
        }
    }

    #[test]
    fn no_change_of_values_makes_the_loader_panic(
        changes in proptest::collection::vec((proptest::collection::vec(any::<usize>(), 1..7), any_value()), 1..8),
    ) {
        let mut file = small();
        for (steps, value) in changes {
            *reach(&mut file, &steps) = value;
        }
        if let Ok((timeline, _)) = from_json(file.to_string().as_bytes()) {
            check_loaded(&timeline);
        }
    }
}

#[cfg(feature = "schema")]
mod schema {
    use std::fs;

    use super::support::data;
    use super::*;
    use annals::load::schema;

    #[test]
    fn the_schema_file_is_in_step_with_the_types() {
        let path = data("annals.schema.json");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, schema()).unwrap();
        }
        // Compared as values: the order of keys depends on how the JSON library was built for other members.
        let file: Value = serde_json::from_slice(&fs::read(&path).unwrap_or_default()).unwrap_or_default();
        let types: Value = serde_json::from_str(&schema()).unwrap();
        assert!(file == types, "the types have changed: run the tests once with UPDATE=1");
    }

    /// Checks the value against as much of JSON Schema as the format uses.
    fn conforms(value: &Value, schema: &Value, root: &Value, path: &str) {
        if let Some(name) = schema["$ref"].as_str() {
            return conforms(value, &root["$defs"][name.rsplit('/').next().unwrap()], root, path);
        }
        if let Some(known) = schema["enum"].as_array() {
            assert!(known.contains(value), "{path} is {value}, not one of {known:?}");
        }
        if let Some(known) = schema.get("const") {
            assert_eq!(value, known, "{path}");
        }
        match value {
            Value::Array(rows) if schema.get("items").is_some() => {
                for (index, row) in rows.iter().enumerate() {
                    conforms(row, &schema["items"], root, &format!("{path}[{index}]"));
                }
            }
            Value::Object(object) if schema.get("properties").is_some() => {
                for (key, value) in object {
                    let known = schema["properties"].get(key);
                    assert!(known.is_some(), "{path}.{key} is not in the schema");
                    conforms(value, known.unwrap(), root, &format!("{path}.{key}"));
                }
                for name in schema["required"].as_array().into_iter().flatten() {
                    assert!(object.contains_key(name.as_str().unwrap()), "{path} has no {name}");
                }
            }
            _ => {}
        }
    }

    #[test]
    fn the_data_conform_to_the_schema() {
        let root: Value = serde_json::from_str(&schema()).unwrap();
        conforms(&treaty_value(), &root, &root, "");
        assert_eq!(root["$defs"]["Event"]["required"], json!(["date", "title"]));
    }

    /// A value that no field of the format takes.
    fn wrong() -> Value {
        json!([[[]]])
    }

    #[test]
    fn the_reader_reads_every_field_of_the_schema() {
        let root: Value = serde_json::from_str(&schema()).unwrap();
        let rows = [
            ("", "Document"),
            ("/tracks/0", "Term"),
            ("/people/0", "Person"),
            ("/places/0", "Place"),
            ("/sources/0", "Source"),
            ("/eras/0", "Era"),
            ("/events/0", "Event"),
            ("/events/0/sources/0", "Citation"),
            ("/events/0/disputes/0", "Dispute"),
            ("/events/0/disputes/0/readings/0", "Reading"),
            ("/events/0/links/0", "Link"),
        ];
        assert_eq!(
            rows.len(),
            root["$defs"].as_object().unwrap().len(),
            "every type but Text, and the whole"
        );
        for (pointer, name) in rows {
            let of_type = if name == "Document" { &root } else { &root["$defs"][name] };
            for (field, _) in of_type["properties"].as_object().unwrap() {
                if field == "$schema" {
                    continue;
                }
                let mut file = small();
                file.pointer_mut(pointer).unwrap()[field.as_str()] = wrong();
                let told = match from_json(file.to_string().as_bytes()) {
                    Ok((_, found)) => report(&found),
                    Err(error) => format!("{field}: {error}"),
                };
                assert!(
                    told.lines().any(|line| line.contains(field.as_str())),
                    "nobody reads {pointer}/{field}: {told}"
                );
            }
        }
    }
}
