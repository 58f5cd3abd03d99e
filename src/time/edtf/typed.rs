//! From what people write to EDTF: words, dashes, eras, the order of day and month.
//!
//! Whatever comes out is read again as EDTF, so nothing here has to check a calendar.

use edtf_core::Edtf;

use super::strict;
use crate::time::{Bound, Civil, DatePart, EventDate, Precision, TimePoint};

/// What became of an input that is no EDTF.
pub(super) enum Rewritten {
    /// In EDTF, or in it but for the ends of a stretch; and what else the note has to say, empty or from a blank on.
    Edtf(String, String),
    /// It can mean several dates, which stand here in EDTF.
    Unclear(String),
    /// It was not understood, from this byte on, where that can be told.
    Unknown(Option<usize>),
}

/// Why there is no date in a piece of the input.
enum Fault {
    Unclear(String),
    Unknown,
}

type Result<T> = std::result::Result<T, Fault>;

/// Says of EDTF what most people would mean by it instead: a code of a part of the year is written like the last of
/// several years.
pub(super) fn caution(text: &str) -> Option<String> {
    let (year, last) = text.split_once('-')?;
    let years = years_after(year, last).filter(|_| last.len() == 2 && last > "20")?;
    Some(
        ["“", text, "” is read as part ", last, " of the year ", year, "; for the years write ", &years, "."]
            .concat(),
    )
}

/// Puts what somebody wrote into EDTF.
pub(super) fn rewrite(text: &str) -> Rewritten {
    let plain = plain(text);
    match phrase(&plain) {
        Ok(edtf) => {
            let years = plain.split_once('-').and_then(|(year, last)| years_after(year, last));
            let more = match years.filter(|years| *years != edtf) {
                Some(years) => [", a month; for the years write ", &*years].concat(),
                None => String::new(),
            };
            Rewritten::Edtf(edtf, more)
        }
        Err(Fault::Unclear(advice)) => Rewritten::Unclear(advice),
        Err(Fault::Unknown) => Rewritten::Unknown(first_unknown(text)),
    }
}

/// In small letters, with one kind of dash, hyphen and blank each.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            '\u{2010}' | '\u{2011}' | '\u{2212}' => out.push('-'),
            '\u{2012}'..='\u{2015}' => out.push('–'),
            '\u{2019}' => out.push('\''),
            '…' => out.push_str(".."),
            _ if letter.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.push(letter),
        }
    }
    out.replace("mid-", "mid ")
}

/// Beginnings of phrases, longest first where one begins another, and what they make of a date.
const BEFORE_IT: [(&str, Side); 17] = [
    ("on or before ", Side::OrEarlier),
    ("no later than ", Side::OrEarlier),
    ("not later than ", Side::OrEarlier),
    ("not after ", Side::OrEarlier),
    ("by ", Side::OrEarlier),
    ("before ", Side::Before),
    ("prior to ", Side::Before),
    ("on or after ", Side::OrLater),
    ("no earlier than ", Side::OrLater),
    ("not earlier than ", Side::OrLater),
    ("not before ", Side::OrLater),
    ("after ", Side::After),
    ("since ", Side::Since),
    ("until ", Side::Until),
    ("till ", Side::Until),
    ("to ", Side::Until),
    ("up to ", Side::Until),
];

/// Ends of phrases, and what they make of a date.
const BEHIND_IT: [(&str, Side); 11] = [
    (" or earlier", Side::OrEarlier),
    (" or before", Side::OrEarlier),
    (" or later", Side::OrLater),
    (" or after", Side::OrLater),
    (" and later", Side::Since),
    (" and after", Side::Since),
    (" onwards", Side::Since),
    (" onward", Side::Since),
    (" on", Side::Since),
    (", end unknown", Side::SinceWhoKnows),
    (", beginning unknown", Side::UntilWhoKnows),
];

/// What a date is one end of.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
    OrEarlier,
    OrLater,
    Since,
    Until,
    SinceWhoKnows,
    UntilWhoKnows,
}

fn phrase(text: &str) -> Result<String> {
    let text = text.trim();
    if let Some(set) = set(text).or_else(|| long_ago(text)).or_else(|| winter(text)) {
        return Ok(set);
    }
    if text.contains(':') {
        return clock(text);
    }
    let (text, since) = text.strip_prefix("from ").map_or((text, false), |rest| (rest, true));
    for (end, side) in BEHIND_IT {
        if let Some(rest) = text.strip_suffix(end) {
            let until = rest.strip_prefix("until ").filter(|_| matches!(side, Side::UntilWhoKnows));
            return one_sided(until.unwrap_or(rest), side);
        }
    }
    for (start, side) in BEFORE_IT {
        if let Some(rest) = text.strip_prefix(start) {
            return one_sided(rest, side);
        }
    }
    if let Some((from, to)) = text.strip_prefix("between ").and_then(|rest| rest.split_once(" and ")) {
        let (from, to) = ends(from, to)?;
        return Ok(["[", &from.edtf()?, "..", &to.edtf()?, "]"].concat());
    }
    for (joint, open, close) in [(" or ", "[", "]"), (" and ", "{", "}")] {
        if let Some((first, last)) = text.rsplit_once(joint) {
            return list(first, last).map(|members| [open, &members, close].concat());
        }
    }
    // Two numbers with a hyphen are a year and a month, if they can be.
    if let Some((first, last)) = text.split_once('-')
        && is_number(first)
        && is_number(last)
        && last.len() > 1
        && let Some(years) = years_after(first, last)
    {
        return Ok(years);
    }
    match (date(text), range(text)) {
        (Ok(_), _) if since => one_sided(text, Side::Since),
        (Ok(date), _) => date.alone(),
        (Err(_), Some((from, to, sign))) => interval(from, to, sign),
        (Err(fault), None) => Err(fault),
    }
}

/// A set in brackets, without blanks beside its signs.
fn set(text: &str) -> Option<String> {
    if !text.starts_with(['[', '{']) {
        return None;
    }
    let mut out = String::new();
    for letter in text.replace('–', "..").to_ascii_uppercase().chars() {
        if matches!(letter, ',' | '.' | '[' | ']' | '{' | '}') {
            out.truncate(out.trim_end().len());
        }
        if letter != ' ' || !out.ends_with([',', '.', '[', '{']) {
            out.push(letter);
        }
    }
    Some(out)
}

/// "13.8 billion years ago", "300,000 years ago" as a year. Nobody who says so counts from a certain year, so it is counted from
/// the year 0. Of a few thousand years that would be wrong by much.
fn long_ago(text: &str) -> Option<String> {
    let about = ["about ", "c. ", "ca. "].iter().find_map(|about| text.strip_prefix(about));
    let text = about.unwrap_or(text).strip_suffix(" years ago")?;
    let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let whole = whole.replace(',', "");
    let zeros = match unit {
        "" => 0,
        "thousand" => 3,
        "million" => 6,
        "billion" | "thousand million" => 9,
        _ => return None,
    };
    let known = is_number(&whole)
        && whole.len() + zeros > 4
        && part.bytes().all(|byte| byte.is_ascii_digit())
        && part.len() <= zeros;
    let mark = if about.is_some() { "~" } else { "" };
    known.then(|| ["Y-", &*whole, part, &"0".repeat(zeros - part.len()), mark].concat())
}

/// "Winter 1945/46", which begins in December of the first year.
fn winter(text: &str) -> Option<String> {
    let years = text.strip_prefix("winter ")?;
    let (first, last) = years.trim_start_matches("of ").split_once(['/', '–', '-'])?;
    let years = years_after(first, last)?;
    let (first, last) = years.split_once('/')?;
    (first.parse::<i64>().ok()? + 1 == last.parse::<i64>().ok()?).then(|| [first, "-24"].concat())
}

/// A date with a time of day: seconds are filled up, parts of them dropped, a zone is given its colon.
fn clock(text: &str) -> Result<String> {
    let colon = text.find(':').ok_or(Fault::Unknown)?;
    let cut = text.get(..colon).and_then(|head| head.rfind([' ', 't'])).ok_or(Fault::Unknown)?;
    let (day, time) = (text.get(..cut).unwrap_or_default(), text.get(cut + 1..).unwrap_or_default());
    let (time, zone) = time.split_at(time.find(['z', '+', '-']).unwrap_or(time.len()));
    let mut fields = time.trim().split(':');
    let (hour, minute) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
    let second =
        fields.next().map_or("00", |second| second.split_once('.').map_or(second, |(whole, _)| whole));
    if fields.next().is_some() || minute.len() != 2 || second.len() != 2 {
        return Err(Fault::Unknown);
    }
    let day = date(day)?.edtf()?;
    let hour = two(hour);
    let mut zone = zone.trim().to_ascii_uppercase();
    if zone.len() == 5 && !zone.contains(':') {
        zone.insert(3, ':');
    }
    Ok([&*day, "T", &hour, ":", minute, ":", second, &zone].concat())
}

/// A date that another one may lie before or after, or that begins or ends an interval.
fn one_sided(text: &str, side: Side) -> Result<String> {
    let said = date(text)?;
    let date = said.alone()?;
    Ok(match side {
        Side::OrEarlier => ["[..", &date, "]"].concat(),
        Side::OrLater => ["[", &date, "..]"].concat(),
        Side::Before => ["[..", &said.neighbour(false)?, "]"].concat(),
        Side::After => ["[", &said.neighbour(true)?, "..]"].concat(),
        Side::Since => [&date, "/.."].concat(),
        Side::Until => ["../", &date].concat(),
        Side::SinceWhoKnows => [&date, "/"].concat(),
        Side::UntilWhoKnows => ["/", &date].concat(),
    })
}

/// The members of a set, as "1667, 1668 or 1670 to 1672" has them.
fn list(first: &str, last: &str) -> Result<String> {
    let mut texts = vec![first];
    // A comma may stand within a date as well: "August 14, 1945".
    if range(first).is_none() && date(first).is_err() {
        texts = first.split(',').collect();
    }
    texts.push(last);
    let mut after: Option<Said> = None;
    let mut members = Vec::new();
    for text in texts.into_iter().rev() {
        let (from, to) = match range(text) {
            Some((from, to, _)) => {
                let (from, to) = ends(from, to)?;
                (from, Some(to))
            }
            None => (date(text)?, None),
        };
        let mut from = from;
        if let Some(after) = &after {
            from.inherit(after);
        }
        members.push(match to {
            Some(to) => [&from.edtf()?, "..", &*to.edtf()?].concat(),
            None => from.edtf()?,
        });
        after = Some(from);
    }
    members.reverse();
    Ok(members.join(","))
}

/// The two ends of an interval, and the sign between them: a blank for a word.
fn range(text: &str) -> Option<(&str, &str, char)> {
    let signs = [
        (" to ", ' '),
        (" until ", ' '),
        (" till ", ' '),
        (" through ", ' '),
        ("–", '–'),
        (" - ", '–'),
        ("/", '/'),
        ("-", '–'),
    ];
    let (sign, kind) = signs.into_iter().find(|(sign, _)| text.contains(sign))?;
    let (from, to) = text.split_once(sign)?;
    (!to.contains(sign)).then(|| (from.trim(), to.trim(), kind))
}

fn interval(from: &str, to: &str, sign: char) -> Result<String> {
    let open = |text: &str| match text {
        ".." | "present" | "the present" | "now" | "today" | "date" => Some(".."),
        "" if sign == '–' => Some(".."),
        "" | "?" | "unknown" => Some(""),
        _ => None,
    };
    let start = match from {
        "" if sign == '–' => None,
        _ => open(from),
    };
    let (from, to) = match (start, open(to)) {
        (Some(start), None) => (start.to_owned(), date(to)?.edtf()?),
        (None, Some(end)) => (date(from)?.edtf()?, end.to_owned()),
        (None, None) => {
            // A slash stands in dates too: 1945/6 is a month for many.
            if sign == '/'
                && let (Some(years), Ok(month @ 1..=12)) = (years_after(from, to), to.parse::<u8>())
            {
                return Err(Fault::Unclear([from, "-", &two(&month.to_string()), " or ", &*years].concat()));
            }
            let (from, to) = ends(from, to)?;
            (from.edtf()?, to.edtf()?)
        }
        _ => return Err(Fault::Unknown),
    };
    Ok([&*from, "/", &to].concat())
}

/// Two dates of which each may leave to the other what they share: "7 to 14 August 1945", "1945–46", "100 to 44 BC".
fn ends(from: &str, to: &str) -> Result<(Said, Said)> {
    let (mut first, mut last) = (date(from)?, date(to)?);
    if let (Some(year), None, Some(number)) = (first.year, first.month, &last.number) {
        let years = years_after(&year.to_string(), number);
        last.year = years.and_then(|years| years.split_once('/').and_then(|(_, last)| last.parse().ok()));
    }
    // "May 7–14, 1945"
    if last.month.is_none() && last.day.is_some() {
        last.month = first.month;
    }
    first.inherit(&last);
    Ok((first, last))
}

/// The years from one of four digits to another of which only the last digits are given.
fn years_after(first: &str, last: &str) -> Option<String> {
    if first.len() != 4 || !matches!(last.len(), 1 | 2 | 4) || !is_number(first) || !is_number(last) {
        return None;
    }
    let last = [first.get(..4 - last.len())?, last].concat();
    (*last > *first).then(|| [first, "/", &last].concat())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number of at most two digits, with both.
fn two(number: &str) -> String {
    [if number.len() == 1 { "0" } else { "" }, number].concat()
}

/// What a piece of the input says of one date.
#[derive(Default)]
struct Said {
    /// The whole date in EDTF, where it is no plain day, month or year.
    whole: Option<String>,
    /// Astronomical.
    year: Option<i64>,
    month: Option<u8>,
    day: Option<u8>,
    /// A number of one to three digits, alone: a day or a year.
    number: Option<String>,
    before_christ: Option<bool>,
    approximate: bool,
    uncertain: bool,
}

impl Said {
    fn edtf(&self) -> Result<String> {
        let mark = match (self.approximate, self.uncertain) {
            (false, false) => "",
            (true, false) => "~",
            (false, true) => "?",
            (true, true) => "%",
        };
        let mut out = match (&self.whole, self.year) {
            (Some(whole), _) => whole.clone(),
            (None, Some(year)) => year_in_edtf(year),
            (None, None) => return Err(Fault::Unknown),
        };
        if self.month.is_none() && self.day.is_some() {
            return Err(Fault::Unknown);
        }
        for number in [self.month, self.day].into_iter().flatten() {
            out.extend(["-", &two(&number.to_string())]);
        }
        out.push_str(mark);
        Ok(out)
    }

    /// It in EDTF, where no other date beside it tells what its number is.
    fn alone(&self) -> Result<String> {
        match &self.number {
            // In the standard a number of three digits was a decade once.
            Some(number) if number.len() == 3 => {
                let advice = ["0", number, " (the year) or ", number, "X (some time in those ten years)"];
                Err(Fault::Unclear(advice.concat()))
            }
            _ => self.edtf(),
        }
    }

    /// Takes from the date after it what it does not say itself.
    fn inherit(&mut self, after: &Self) {
        if self.whole.is_some() || self.year.is_some() {
            return;
        }
        let Some(number) = &self.number else {
            self.year = after.year;
            return;
        };
        let number: i64 = number.parse().unwrap_or_default();
        if let (Some(_), Some(_)) = (after.day, after.month) {
            (self.day, self.month, self.year) = (u8::try_from(number).ok(), after.month, after.year);
        } else if let (Some(before_christ), None) = (after.before_christ, after.month) {
            self.year = Some(astronomical(number, before_christ));
        }
    }

    /// The day, month or year before it or after it, in EDTF.
    fn neighbour(&self, after: bool) -> Result<String> {
        let (mark, text) = (self.approximate || self.uncertain, self.edtf()?);
        let Ok(EventDate { start: Bound::Date(DatePart { range, precision, .. }), end: None }) =
            strict(&text)
        else {
            return Err(Fault::Unknown);
        };
        let at = if after { range.end } else { TimePoint(range.start.0.saturating_sub(1)) };
        let Civil { year, month, day, .. } = at.civil();
        let (month, day) = match precision {
            Precision::Day => (Some(month), Some(day)),
            Precision::Month | Precision::Season => (Some(month), None),
            Precision::Time => return Err(Fault::Unknown),
            _ => (None, None),
        };
        let (approximate, uncertain) = (self.approximate && mark, self.uncertain && mark);
        Self { year: Some(year), month, day, approximate, uncertain, ..Self::default() }.edtf()
    }
}

fn astronomical(number: i64, before_christ: bool) -> i64 {
    if before_christ { 1 - number } else { number }
}

fn year_in_edtf(year: i64) -> String {
    let digits = year.unsigned_abs().to_string();
    let sign = if year < 0 { "-" } else { "" };
    match digits.len() {
        ..=4 => [sign, &"0".repeat(4 - digits.len()), &digits].concat(),
        _ => ["Y", sign, &digits].concat(),
    }
}

/// What a word says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Month(u8),
    /// As its code in EDTF.
    Season(u8),
    /// As the code of the first of them in EDTF.
    Part(u8),
    Nth(u8),
    BeforeChrist(bool),
    About,
    Perhaps,
    Century,
    Millennium,
    /// Part of a year of which EDTF has no code.
    Early,
    /// Nothing that matters.
    Filler,
    /// It stands between or beside dates.
    Joint,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What a word says, in small letters and without full stops.
fn word(word: &str) -> Option<Word> {
    let named = |month: &str| month == word || (word.len() == 3 && month.starts_with(word));
    if let Some(index) = MONTHS.iter().position(|month| named(month)) {
        return Some(Word::Month(index as u8 + 1));
    }
    Some(match word {
        "sept" => Word::Month(9),
        "spring" => Word::Season(21),
        "summer" => Word::Season(22),
        "autumn" | "fall" => Word::Season(23),
        "winter" => Word::Season(24),
        "quarter" | "q" => Word::Part(33),
        "third" => Word::Nth(3),
        "half" => Word::Part(40),
        "first" => Word::Nth(1),
        "second" => Word::Nth(2),
        "fourth" | "last" => Word::Nth(4),
        "bc" | "bce" => Word::BeforeChrist(true),
        "ad" | "ce" => Word::BeforeChrist(false),
        "c" | "ca" | "cca" | "circa" | "about" | "abt" | "around" | "approx" | "approximately"
        | "roughly" => Word::About,
        "perhaps" | "possibly" | "probably" | "maybe" | "likely" => Word::Perhaps,
        "century" | "cent" => Word::Century,
        "millennium" => Word::Millennium,
        "early" | "mid" | "middle" | "late" | "beginning" | "end" => Word::Early,
        "the" | "of" | "in" | "on" | "year" | "years" | "some" | "time" | "sometime" | "monday"
        | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" | "mon" | "tue" | "wed"
        | "thu" | "fri" | "sat" | "sun" => Word::Filler,
        "from" | "to" | "until" | "till" | "through" | "between" | "and" | "or" | "before" | "after"
        | "since" | "by" | "later" | "earlier" | "onwards" | "onward" | "prior" | "up" | "not" | "no"
        | "than" | "present" | "now" | "today" | "unknown" | "million" | "billion" | "thousand" | "ago" => {
            Word::Joint
        }
        _ => return None,
    })
}

/// Where the first word begins that says nothing here.
fn first_unknown(text: &str) -> Option<usize> {
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphabetic) {
        let tail = rest.get(start..)?;
        let length = tail.find(|letter: char| !letter.is_alphabetic() && letter != '.').unwrap_or(tail.len());
        let (own, after) = tail.split_at(length);
        let bare = own.to_lowercase().replace('.', "");
        let is_sign = matches!(&*bare, "st" | "nd" | "rd" | "th" | "s" | "t" | "z" | "y" | "e")
            || bare.bytes().all(|byte| byte == b'x');
        if !is_sign && word(&bare).is_none() {
            return Some(text.len() - tail.len());
        }
        rest = after;
    }
    None
}

/// A piece of a date in words.
enum Token {
    Number(String),
    Nth(String),
    /// Ten years: "1940s".
    Tens(String),
    Word(Word),
}

fn tokens(text: &str) -> Result<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run =
            |is: &dyn Fn(char) -> bool, rest: &'_ str| rest.find(|letter| !is(letter)).unwrap_or(rest.len());
        let is_digit = |letter: char| letter.is_ascii_digit();
        let is_letter = |letter: char| letter.is_alphabetic() || letter == '.' || letter == '\'';
        if first == ' ' || first == ',' {
            rest = rest.get(1..).unwrap_or_default();
        } else if is_digit(first) {
            let (digits, after) = rest.split_at(run(&is_digit, rest));
            let (ending, behind) = after.split_at(run(&is_letter, after));
            let thousand = after.strip_prefix(',').filter(|_| digits.len() < 4);
            let thousand = thousand.map(|after| after.split_at(run(&is_digit, after)));
            let (token, after) = match (ending, thousand) {
                ("st" | "nd" | "rd" | "th", _) => (Token::Nth(digits.to_owned()), behind),
                ("s" | "'s", _) => (Token::Tens(digits.to_owned()), behind),
                (_, Some((more, behind))) if more.len() == 3 => {
                    (Token::Number([digits, more].concat()), behind)
                }
                _ => (Token::Number(digits.to_owned()), after),
            };
            tokens.push(token);
            rest = after;
        } else if is_letter(first) {
            let (own, after) = rest.split_at(run(&is_letter, rest));
            tokens.push(Token::Word(word(&own.replace('.', "")).ok_or(Fault::Unknown)?));
            rest = after;
        } else {
            return Err(Fault::Unknown);
        }
    }
    Ok(tokens)
}

/// One date.
fn date(text: &str) -> Result<Said> {
    let mut said = Said::default();
    let mut text = text.trim().trim_end_matches(',');
    loop {
        let (shorter, about, perhaps) = match text {
            _ if text.ends_with("(?)") => (text.strip_suffix("(?)"), false, true),
            _ if text.ends_with('?') => (text.strip_suffix('?'), false, true),
            _ if text.ends_with('~') => (text.strip_suffix('~'), true, false),
            _ if text.ends_with('%') => (text.strip_suffix('%'), true, true),
            _ if text.starts_with('~') => (text.strip_prefix('~'), true, false),
            _ => break,
        };
        text = shorter.unwrap_or_default().trim();
        said.approximate |= about;
        said.uncertain |= perhaps;
    }
    let signs = text.to_ascii_uppercase();
    if let Ok(Edtf::Date(date)) = Edtf::parse(&signs) {
        let plain = |field: Option<edtf_core::DateField>| match field {
            None => Some(None),
            Some(field) => field.value().filter(|value| *value <= 12 || date.day.is_some()).map(Some),
        };
        let has_marks =
            date.is_approximate() || date.is_uncertain() || date.year.significant_digits.is_some();
        match (date.year.value(), plain(date.month), date.day.map(edtf_core::DateField::value)) {
            (Some(year), Some(month), None | Some(Some(_))) if !has_marks => {
                (said.year, said.month) = (Some(year), month);
                said.day = date.day.and_then(edtf_core::DateField::value);
            }
            _ => said.whole = Some(signs),
        }
        return Ok(said);
    }
    if numbers(text, &mut said)? {
        return Ok(said);
    }
    in_words(text, said)
}

/// Whether it is a date in numbers alone, with the year first or last: 1945-8-14, 14.08.1945, 1945-6, 8/1945.
fn numbers(text: &str, said: &mut Said) -> Result<bool> {
    // "14. 8. 1945"
    let text = &*text.replace(". ", ".");
    let Some(sign) = text.chars().find(|letter| matches!(letter, '-' | '/' | '.' | '–')) else {
        return Ok(false);
    };
    let fields: Vec<&str> = text.split(sign).collect();
    if !fields.iter().all(|field| is_number(field)) {
        return Ok(false);
    }
    let small = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() <= 2);
    let year = |text: &str| text.parse::<i64>().ok().filter(|_| text.len() == 4);
    let (year, month, day) = match *fields {
        [first, last] if sign == '-' && year(first).is_some() => (year(first), small(last), None),
        [first, last] if sign == '/' && year(first).is_some() && years_after(first, last).is_none() => {
            (year(first), small(last), None)
        }
        [first, last] if year(last).is_some() && sign != '–' => (year(last), small(first), None),
        [first, middle, last] if year(first).is_some() => (year(first), small(middle), small(last)),
        [first, middle, last] if year(last).is_some() && sign != '–' => {
            let (day, month) = match (small(first), small(middle)) {
                // With full stops the day stands first, wherever they are in use.
                (Some(first @ 1..=12), Some(middle @ 1..=12)) if first != middle && sign != '.' => {
                    let date = |month: u8, day: u8| {
                        [last, "-", &two(&month.to_string()), "-", &two(&day.to_string())].concat()
                    };
                    return Err(Fault::Unclear(
                        [&*date(middle, first), " or ", &*date(first, middle)].concat(),
                    ));
                }
                (Some(day), Some(month @ 13..)) => (Some(month), Some(day)),
                fields => fields,
            };
            (year(last), month, day)
        }
        _ => return Ok(false),
    };
    if month.is_none() || (fields.len() == 3 && day.is_none()) {
        return Ok(false);
    }
    (said.year, said.month, said.day) = (year, month, day);
    Ok(true)
}

fn in_words(text: &str, mut said: Said) -> Result<Said> {
    let (mut numbers, mut tens, mut nth): (Vec<String>, Option<String>, Option<String>) =
        (Vec::new(), None, None);
    let (mut season, mut part, mut early, mut long) = (None, None, false, None);
    for token in tokens(text)? {
        let twice = match token {
            Token::Number(digits) => {
                numbers.push(digits);
                false
            }
            Token::Tens(digits) => tens.replace(digits).is_some(),
            Token::Nth(digits) => nth.replace(digits).is_some(),
            Token::Word(Word::Nth(number)) => nth.replace(number.to_string()).is_some(),
            Token::Word(Word::Month(month)) => said.month.replace(month).is_some(),
            Token::Word(Word::Season(code)) => season.replace(code).is_some(),
            // "The second third" has the number first; "Q3" has it behind.
            Token::Word(Word::Part(code)) => part.replace(code).is_some(),
            Token::Word(Word::BeforeChrist(before)) => said.before_christ.replace(before).is_some(),
            // "19th c." is a century.
            Token::Word(Word::About) if nth.is_some() && said.month.is_none() => long.replace(100).is_some(),
            Token::Word(Word::Century) => long.replace(100).is_some(),
            Token::Word(Word::Millennium) => long.replace(1000).is_some(),
            Token::Word(word) => {
                said.approximate |= word == Word::About;
                said.uncertain |= word == Word::Perhaps;
                early |= word == Word::Early;
                word == Word::Joint
            }
        };
        if twice {
            return Err(Fault::Unknown);
        }
    }
    let before_christ = said.before_christ == Some(true);
    let year = |digits: &str| {
        let number = digits.parse::<i64>().ok().filter(|number| *number > 0);
        number.map(|number| astronomical(number, before_christ)).ok_or(Fault::Unknown)
    };
    if early {
        return Err(Fault::Unclear(match &*numbers {
            [own] if own.len() == 4 && said.month.is_none() => {
                [own, "-40 (its first half), ", own, "-41 (its second half) or the months meant"].concat()
            }
            _ => "the days, months or years meant, such as 1945-01/1945-04".to_owned(),
        }));
    }
    // The years of a stretch, as those of the common era have a spelling of their own and others are one of a set.
    let stretch = |first: i64, years: i64, short: String| {
        if before_christ {
            let (first, last) = (1 - first - years + 1, 1 - first);
            return ["[", &year_in_edtf(first), "..", &year_in_edtf(last), "]"].concat();
        }
        short
    };
    match (&*numbers, tens, nth, long) {
        ([], Some(tens), None, None) if said.month.is_none() && season.is_none() => {
            let first: i64 = tens.parse().unwrap_or_default();
            if tens.ends_with("00") && tens.len() == 4 {
                let (ten, hundred) = (tens.get(..3).unwrap_or_default(), tens.get(..2).unwrap_or_default());
                return Err(Fault::Unclear([ten, "X (ten years) or ", hundred, "XX (a hundred)"].concat()));
            }
            if !(3..=4).contains(&tens.len()) || first % 10 != 0 {
                return Err(Fault::Unknown);
            }
            let short = year_in_edtf(first).get(..3).map(|head| [head, "X"].concat());
            said.whole = Some(stretch(first, 10, short.unwrap_or_default()));
        }
        ([], None, Some(nth), Some(years)) if said.month.is_none() => {
            let number = nth.parse::<i64>().ok().filter(|number| (1..=9999 / years).contains(number));
            let first = (number.ok_or(Fault::Unknown)? - 1) * years;
            let kept = if years == 100 { 2 } else { 1 };
            let short = year_in_edtf(first).get(..kept).map(|head| [head, &"X".repeat(4 - kept)].concat());
            said.whole = Some(if before_christ {
                stretch(first + 1, years, String::new())
            } else {
                short.unwrap_or_default()
            });
        }
        ([own], None, nth, None) if season.or(part).is_some() && said.month.is_none() => {
            let own = year_in_edtf(year(own)?);
            let code = match (season, part, nth.and_then(|nth| nth.parse::<u8>().ok())) {
                (Some(24), None, None) => {
                    let before =
                        own.parse::<i64>().map_or_else(|_| String::new(), |own| year_in_edtf(own - 1));
                    let advice =
                        [&*before, "-24 or ", &own, "-24: a winter is named by the year in which it begins"];
                    return Err(Fault::Unclear(advice.concat()));
                }
                (Some(season), None, None) => season,
                (None, Some(33), Some(nth @ 1..=4)) => 32 + nth,
                (None, Some(40), Some(nth @ 1..=2)) => 39 + nth,
                _ => return Err(Fault::Unknown),
            };
            said.whole = Some([&own, "-", &*code.to_string()].concat());
        }
        // "Q3 1945"
        ([nth, own], None, None, None) if part == Some(33) && nth.len() == 1 => {
            let nth = nth.parse::<u8>().ok().filter(|nth| (1..=4).contains(nth)).ok_or(Fault::Unknown)?;
            said.whole = Some([&year_in_edtf(year(own)?), "-", &*(32 + nth).to_string()].concat());
        }
        (_, None, nth, None) if season.or(part).is_none() => {
            let day = |digits: &str| digits.parse::<u8>().map_err(|_| Fault::Unknown);
            match (&*numbers, nth) {
                ([own], None)
                    if said.before_christ.is_some()
                        || own.len() == 4
                        || (own.len() > 4 && text.contains(',')) =>
                {
                    said.year = Some(year(own)?);
                }
                ([own], None) if said.month.is_some() && own.len() == 3 => said.year = Some(year(own)?),
                ([own], None) if said.month.is_some() && own.len() < 3 => said.day = Some(day(own)?),
                ([own], None) if own.len() <= 3 => said.number = Some(own.clone()),
                ([own], Some(nth)) if said.month.is_some() => {
                    (said.year, said.day) = (Some(year(own)?), Some(day(&nth)?));
                }
                ([first, last], None) if said.month.is_some() => {
                    let (first, last) = if first.len() > 2 { (last, first) } else { (first, last) };
                    if last.len() < 3 && said.before_christ.is_none() {
                        return Err(Fault::Unknown);
                    }
                    (said.year, said.day) = (Some(year(last)?), Some(day(first)?));
                }
                ([first, last], None) if first.len() < 3 && last.len() == 4 => {
                    (said.year, said.day) = (Some(year(last)?), Some(day(first)?));
                }
                ([], Some(nth)) if said.month.is_some() => said.day = Some(day(&nth)?),
                ([], Some(nth)) => said.number = Some(nth),
                ([], None) if said.month.is_some() => {}
                _ => return Err(Fault::Unknown),
            }
        }
        _ => return Err(Fault::Unknown),
    }
    Ok(said)
}
