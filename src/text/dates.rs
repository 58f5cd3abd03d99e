//! Dates in words: which parts of a date are said where.

use super::{Form, Locale, Words};
use crate::model::Timeline;
use crate::scale::AxisUnit;
use crate::time::{Bound, CalendarUnit, Civil, DAY, DatePart, EventDate, Precision, TimePoint, TimeSpan};

/// The first whole year of the Gregorian calendar.
const FIRST_YEAR_WITH_WEEKDAYS: i64 = 1583;

/// A name on the axis: "1945", "66 million"; "Aug", as a heading "August 1945"; "14", as a heading "14 August 1945"; among
/// times "14 Aug"; "14:05", "14:05:30".
pub fn axis_name(at: TimePoint, unit: AxisUnit, heading: bool, locale: Locale) -> String {
    let words = locale.words();
    let civil = at.civil();
    match (unit, heading) {
        (AxisUnit::Year, _) => words.axis_year(civil.year),
        (AxisUnit::Month, true) => words.month(Some(civil.year), civil.month, Form::Long),
        (AxisUnit::Month, false) => words.month(None, civil.month, Form::Short),
        (AxisUnit::Day, true) => words.day(civil, true, Form::Long),
        (AxisUnit::Day, false) => civil.day.to_string(),
        (AxisUnit::Midnight, _) => words.day(civil, false, Form::Short),
        (AxisUnit::Minute | AxisUnit::Second, _) => {
            words.clock(at.0.rem_euclid(DAY), unit == AxisUnit::Second)
        }
    }
}

/// A year: "1945", "44 BCE"; 0 is 1 BCE.
pub fn year_name(year: i64, locale: Locale) -> String {
    locale.words().year(year)
}

/// The years of a timeline: "1945–1953"; empty without events and eras.
pub fn year_range(timeline: &Timeline, locale: Locale) -> String {
    let Some(extent) = timeline.extent() else { return String::new() };
    let words = locale.words();
    let (first, last) = (extent.start.civil().year, last_day(extent).year);
    if first == last {
        return words.year(first);
    }
    let (first, last) = (words.year(first), words.year(last));
    words.span(&first, &last, !first.contains(' ') && !last.contains(' '), Form::Short)
}

/// A day in full: "14 August 1945".
pub fn long_day(point: TimePoint, locale: Locale) -> String {
    locale.words().day(point.civil(), true, Form::Long)
}

/// From when to when a view is, as finely as one sees it: "16 July 1969, 13:30", "14 August 1945", "August 1945", "1200".
pub fn period(span: TimeSpan, locale: Locale) -> [String; 2] {
    let words = locale.words();
    [span.start, TimePoint(span.end.0 - 1)].map(|point| {
        let civil = point.civil();
        match span.secs() / DAY {
            0..=1 => {
                let clock = words.clock(point.0.rem_euclid(DAY), false);
                [&words.day(civil, true, Form::Long), ", ", &clock].concat()
            }
            2..=62 => words.day(civil, true, Form::Long),
            63..=36_525 => words.month(Some(civil.year), civil.month, Form::Long),
            _ => words.year(civil.year),
        }
    })
}

/// The date beside a label: where days are wide "Tue 14 Aug" and "7–14 Aug", and with both years "9 Aug 1945 – 3 May 1946", as the
/// beginning may be out of view; elsewhere the beginning, "14 Aug".
pub fn label_date(date: &EventDate, near: bool, locale: Locale) -> String {
    let style = Style { form: Form::Short, year: Year::Never, weekday: Weekday::None, locale };
    let year = |bound: &Bound| bound.date().map(|part| part.year);
    match &date.start {
        Bound::Date(part) if !near => style.part(part, false),
        Bound::Date(part) if !date.is_interval() => {
            Style { weekday: Weekday::Written, ..style }.part(part, false)
        }
        start if date.end.as_ref().is_some_and(|end| year(end) != year(start)) => {
            short_date_with_year(date, locale)
        }
        _ => style.date(date),
    }
}

/// How many answers [`label_key`] may give.
#[cfg(feature = "large")]
pub const LABEL_KEYS: usize = 8 * 12 * 31;

/// A number below [`LABEL_KEYS`] for a date of which [`label_date`] tells the day and no year; dates with the same one are
/// worded alike. Many of the dates of a large timeline are.
#[cfg(feature = "large")]
pub fn label_key(date: &EventDate, near: bool) -> Option<usize> {
    let Bound::Date(part) = &date.start else { return None };
    // Stated without doubt as a day of its own, as [`is_sure`] has it.
    let is_own = part.range.start.0.rem_euclid(DAY) == 0 && part.range.secs() == DAY && !part.is_vague();
    let is_day = part.precision == Precision::Day && part.year >= FIRST_YEAR_WITH_WEEKDAYS && is_own;
    if !is_day || (near && date.is_interval()) {
        return None;
    }
    let (month, day) = part.month.zip(part.day)?;
    let day = Civil::new(part.year, month, day);
    let weekday = if near { 1 + day.day_number().rem_euclid(7) as usize } else { 0 };
    Some((weekday * 12 + usize::from(day.month) - 1) * 31 + usize::from(day.day) - 1)
}

/// Without the year, unless it ends in another: "14 Aug", "c. Jul", "7–14 Aug", "9 Aug – 3 May 1946".
pub fn short_date(date: &EventDate, locale: Locale) -> String {
    Style { form: Form::Short, year: Year::Never, weekday: Weekday::None, locale }.date(date)
}

/// With the year: "14 Aug 1945", "30 Jun – 12 Jul 1945", "c. Sep 1945 – c. May 1946".
pub fn short_date_with_year(date: &EventDate, locale: Locale) -> String {
    Style { form: Form::Short, year: Year::Once, weekday: Weekday::None, locale }.date(date)
}

/// In a row of the vertical form, under the heading of its year.
pub fn row_date(date: &EventDate, locale: Locale) -> String {
    short_date(date, locale)
}

/// On the flag over the chart, where the event begins: "14 August 1945", "about July 1946".
pub fn flag_date(date: &EventDate, locale: Locale) -> String {
    let style = Style { form: Form::Long, year: Year::Once, weekday: Weekday::None, locale };
    match &date.start {
        Bound::Date(part) if date.is_interval() => style.part(part, true),
        _ => style.date(date),
    }
}

/// In full without the day of the week: "14 August 1945", "9 August 1945 to 3 May 1946".
pub fn long_date(date: &EventDate, locale: Locale) -> String {
    Style { form: Form::Long, year: Year::Once, weekday: Weekday::None, locale }.date(date)
}

/// In full: "Tuesday, 14 August 1945", "about July 1946", "9 August 1945 to 3 May 1946", "some time in the 1940s".
pub fn full_date(date: &EventDate, locale: Locale) -> String {
    Style { form: Form::Long, year: Year::Once, weekday: Weekday::Written, locale }.date(date)
}

/// In full for the ear: "Tuesday 14 August 1945".
pub fn spoken_date(date: &EventDate, locale: Locale) -> String {
    Style { form: Form::Long, year: Year::Once, weekday: Weekday::Spoken, locale }.date(date)
}

/// The value of `<time datetime>`, if HTML has one for the date: one day, month or year of 1 to 9999, stated without doubt.
pub fn machine_date(date: &EventDate) -> Option<String> {
    let Bound::Date(part) = &date.start else { return None };
    let sure = !date.is_interval() && is_sure(part);
    if !sure || !(1..=9999).contains(&part.year) {
        return None;
    }
    let mut out = padded(part.year, 4);
    match (part.precision, part.month, part.day) {
        (Precision::Year, ..) => {}
        (Precision::Month, Some(month), _) => out.extend(["-", &padded(month.into(), 2)]),
        (Precision::Day | Precision::Time, Some(month), Some(day)) => {
            out.extend(["-", &padded(month.into(), 2), "-", &padded(day.into(), 2)]);
            if part.precision == Precision::Time {
                let second = part.range.start.0.rem_euclid(60);
                let (hour, minute) = (hour(part.range.start), minute(part.range.start));
                out.extend([
                    "T",
                    &padded(hour.into(), 2),
                    ":",
                    &padded(minute.into(), 2),
                    ":",
                    &padded(second, 2),
                ]);
            }
        }
        _ => return None,
    }
    Some(out)
}

fn padded(number: i64, width: usize) -> String {
    let digits = number.to_string();
    let mut out = "0".repeat(width.saturating_sub(digits.len()));
    out.push_str(&digits);
    out
}

fn hour(point: TimePoint) -> u8 {
    (point.0.rem_euclid(DAY) / 3600) as u8
}

fn minute(point: TimePoint) -> u8 {
    (point.0.rem_euclid(3600) / 60) as u8
}

/// The last day that belongs to a span.
fn last_day(span: TimeSpan) -> Civil {
    TimePoint(span.end.0.saturating_sub(1).max(span.start.0)).civil()
}

/// Whether the date may lie anywhere in a stretch that is no day, month, year, decade or century of its own.
fn is_wide(part: &DatePart) -> bool {
    let unit = match part.precision {
        Precision::Century if part.range.start.civil().year < 0 => return true,
        Precision::Century if is_millennium(part) => CalendarUnit::Years(1000),
        Precision::Century => CalendarUnit::Years(100),
        Precision::Decade => CalendarUnit::Years(10),
        Precision::Year => CalendarUnit::Years(1),
        Precision::Season => return part.season.is_none(),
        Precision::Month => CalendarUnit::Months(1),
        Precision::Day => CalendarUnit::Days(1),
        Precision::Time => return false,
    };
    unit.floor(part.range.start) != part.range.start || unit.next(part.range.start) != part.range.end
}

/// Whether it is a day, month or the like of its own, stated without doubt.
fn is_sure(part: &DatePart) -> bool {
    !part.is_vague() && !is_wide(part)
}

fn is_millennium(part: &DatePart) -> bool {
    last_day(part.range).year.saturating_sub(part.range.start.civil().year) > 99
}

/// Where the year is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Year {
    /// Only where an interval ends in another year than it began.
    Never,
    /// Once if both ends have the same.
    Once,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Weekday {
    None,
    Written,
    Spoken,
}

/// How two dates hang together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// From one to the other.
    Span,
    /// At some moment from one to the other.
    Between,
    /// Several times from one to the other.
    Several,
}

#[derive(Clone, Copy)]
struct Style {
    form: Form,
    year: Year,
    weekday: Weekday,
    locale: Locale,
}

impl Style {
    fn words(self) -> &'static impl Words {
        self.locale.words()
    }

    fn date(self, date: &EventDate) -> String {
        let with_year = self.year == Year::Once;
        let bare = Self { weekday: Weekday::None, ..self };
        match (&date.start, &date.end) {
            (Bound::Set { members, .. }, end) => bare.set(members, end.is_some()),
            (start, None) => self.alone(start, with_year),
            (start, Some(end)) => match (start.date(), end.date()) {
                (Some(_), None) => {
                    self.words().since(&bare.bound(start, with_year), matches!(end, Bound::Open), self.form)
                }
                (None, _) => {
                    self.words().until(&bare.bound(end, with_year), matches!(start, Bound::Open), self.form)
                }
                (Some(_), Some(_)) => bare.pair(start, end, Joint::Span, with_year),
            },
        }
    }

    /// A date that is no interval.
    fn alone(self, bound: &Bound, with_year: bool) -> String {
        let (part, later) = match bound {
            Bound::OrEarlier(part) => (part, false),
            Bound::OrLater(part) => (part, true),
            _ => {
                let text = self.bound(bound, with_year);
                let vast = |part: &DatePart| part.precision <= Precision::Decade && is_sure(part);
                let is_vast = self.form == Form::Long && bound.date().is_some_and(vast);
                return if is_vast { self.words().within(&text) } else { text };
            }
        };
        let words = self.words();
        let sure = is_sure(part);
        if sure && !later && part.precision == Precision::Year {
            return words.before(&words.year(part.year.saturating_add(1)));
        }
        let bare = Self { weekday: Weekday::None, ..self };
        let is_day = sure && self.form == Form::Long && part.precision == Precision::Day;
        words.or_beyond(&bare.part(part, with_year), later, is_day)
    }

    /// A date, as an end of an interval or among others.
    fn bound(self, bound: &Bound, with_year: bool) -> String {
        let text = bound.date().map_or_else(String::new, |part| self.part(part, with_year));
        match bound {
            Bound::OrEarlier(_) => self.words().or_beyond(&text, false, false),
            Bound::OrLater(_) => self.words().or_beyond(&text, true, false),
            _ => text,
        }
    }

    /// Several dates, of which one holds or all do. Many are told by the first and the last.
    fn set(self, members: &[EventDate], all: bool) -> String {
        let (Some(first), Some(last)) = (members.first(), members.last()) else { return String::new() };
        let with_year = self.year == Year::Once;
        let most = if self.form == Form::Long { 4 } else { 3 };
        if members.len() == 1 || members.len() > most {
            let joint = if all { Joint::Several } else { Joint::Between };
            return self.pair(&first.start, last.end.as_ref().unwrap_or(&last.start), joint, with_year);
        }
        let year = first.start.date().map_or(i64::MAX, |part| part.year);
        let once = members
            .iter()
            .all(|own| own.start.date().is_some_and(|part| part.year == year && part.month.is_some()));
        let mut text = String::new();
        for (index, member) in members.iter().enumerate() {
            let is_last = index + 1 == members.len();
            if index > 0 {
                text.push_str(self.words().or(all, is_last, self.form));
            }
            let year = if once && !(with_year && is_last) { Year::Never } else { Year::Once };
            text.push_str(&Self { year, ..self }.date(member));
        }
        text
    }

    /// Two dates, neither of them open or unknown.
    fn pair(self, start: &Bound, end: &Bound, joint: Joint, with_year: bool) -> String {
        let (Some(from), Some(to)) = (start.date(), end.date()) else { return String::new() };
        if from == to && joint == Joint::Span {
            return self.bound(start, with_year);
        }
        let words = self.words();
        let same_year = from.year == to.year;
        let named_by_month = |part: &DatePart| part.month.is_some() && !is_wide(part);
        if let (Some(month), Some(first), Some(last)) = (from.month, from.day, to.day)
            && same_year
            && to.month == from.month
            && first < last
            && joint == Joint::Span
            && let (Bound::Date(_), Bound::Date(_)) = (start, end)
            && [from, to].into_iter().all(|part| part.precision == Precision::Day && is_sure(part))
        {
            return words.days(Civil::new(from.year, month, first), last, with_year, self.form);
        }
        let year_at_end = with_year || !same_year;
        let year_at_start = (with_year || joint != Joint::Span && !same_year)
            && !(same_year && named_by_month(from) && named_by_month(to));
        let (from, to) = (self.bound(start, year_at_start), self.bound(end, year_at_end));
        match joint {
            Joint::Span => {
                let plain = !from.contains(' ') && !to.contains(' ');
                words.span(&from, &to, plain, self.form)
            }
            Joint::Between => words.between(&from, &to, self.form),
            Joint::Several => words.several(&from, &to, self.form),
        }
    }

    fn part(self, part: &DatePart, with_year: bool) -> String {
        let words = self.words();
        let mut text = self.plain(part, with_year);
        if part.approximate {
            text = words.about(&text, self.form);
        }
        if part.uncertain {
            text = words.perhaps(&text, self.form);
        }
        text
    }

    fn plain(self, part: &DatePart, with_year: bool) -> String {
        let words = self.words();
        if is_wide(part) {
            return self.wide(part.range);
        }
        let day = part.month.zip(part.day).map(|(month, day)| Civil::new(part.year, month, day));
        match (part.precision, day) {
            (Precision::Century, _) => {
                words.century(part.range.start.civil().year, is_millennium(part), self.form)
            }
            (Precision::Decade, _) => words.decade(part.range.start.civil().year, self.form),
            (Precision::Season, _) => words.season(part.year, part.season.unwrap_or_default(), self.form),
            (Precision::Month, _) => {
                words.month(with_year.then_some(part.year), part.month.unwrap_or_default(), self.form)
            }
            (Precision::Day | Precision::Time, Some(day)) => {
                let mut text = words.day(day, with_year, self.form);
                text = match self.weekday {
                    // Days of the week of the Gregorian calendar mislead before it was in use, and "about" goes with none.
                    _ if day.year < FIRST_YEAR_WITH_WEEKDAYS || part.approximate => text,
                    Weekday::None => text,
                    Weekday::Written => words.weekday(day, &text, self.form),
                    Weekday::Spoken => words.weekday_spoken(day, &text),
                };
                if part.precision == Precision::Time {
                    text = words.at_time(&text, hour(part.range.start), minute(part.range.start));
                }
                text
            }
            _ => words.year(part.year),
        }
    }

    /// A date that may lie anywhere in a stretch, by the coarsest unit that fits both its ends.
    fn wide(self, range: TimeSpan) -> String {
        let words = self.words();
        let (first, last) = (range.start.civil(), last_day(range));
        let whole_months = first.day == 1 && last.day == Civil::days_in_month(last.year, last.month);
        let (from, to) = if whole_months && first.month == 1 && last.month == 12 {
            (words.year(first.year), words.year(last.year))
        } else if whole_months {
            let year = (first.year != last.year).then_some(first.year);
            (words.month(year, first.month, self.form), words.month(Some(last.year), last.month, self.form))
        } else {
            (words.day(first, first.year != last.year, self.form), words.day(last, true, self.form))
        };
        words.between(&from, &to, self.form)
    }
}

/// A number in Chinese numerals, 0 to 9999.
fn chinese(number: i64) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let mut out = String::new();
    let mut gap = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / unit % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push('零');
        }
        // Ten to nineteen begin with the ten itself.
        if !(digit == 1 && unit == 10 && out.is_empty()) {
            out.extend(DIGITS.get(digit as usize));
        }
        out.push_str(name);
    }
    if out.is_empty() { "〇".to_owned() } else { out }
}

/// A year of the Republic of China in Chinese numerals; `None` more than a thousand years from its beginning.
fn minguo(year: i64) -> Option<String> {
    match year.checked_sub(1911)? {
        1 => Some("民國元年".to_owned()),
        number @ 2..=999 => Some(["民國", &chinese(number), "年"].concat()),
        number @ -999..=0 => Some(["民國前", &chinese(1 - number), "年"].concat()),
        _ => None,
    }
}

/// The year beside a year of the axis: "民國34"; empty more than a thousand years from the beginning of the Republic.
pub fn minguo_year(civil: Civil) -> String {
    match civil.year.saturating_sub(1911) {
        number @ 1..=999 => ["民國", &number.to_string()].concat(),
        number @ -999..=0 => ["民前", &(1 - number).to_string()].concat(),
        _ => String::new(),
    }
}

/// The month beside a month of the axis: "民國三十四年八月"; empty where [`minguo_year`] is.
pub fn minguo_month(civil: Civil) -> String {
    minguo(civil.year).map_or_else(String::new, |year| [&year, &*chinese(civil.month.into()), "月"].concat())
}

/// A date by the calendar of the Republic: "民國三十四年八月十四日", "約民國三十五年七月", "民國三十四年八月七日至十四日".
///
/// Empty for decades and centuries, for sets and dates that may lie anywhere in a stretch, and where [`minguo_year`] is.
pub fn minguo_date(date: &EventDate) -> String {
    /// Without what `after` has said already.
    fn part(part: &DatePart, after: Option<&DatePart>) -> Option<String> {
        if is_wide(part)
            || matches!(part.precision, Precision::Century | Precision::Decade | Precision::Season)
        {
            return None;
        }
        let mut out = String::from(if part.approximate || part.uncertain { "約" } else { "" });
        let year = minguo(part.year)?;
        let same_year = part.month.is_some() && after.is_some_and(|after| after.year == part.year);
        let same_month =
            same_year && part.day.is_some() && after.is_some_and(|after| after.month == part.month);
        if !same_year {
            out.push_str(if after.is_some() { year.strip_prefix("民國").unwrap_or(&year) } else { &year });
        }
        if let Some(month) = part.month.filter(|_| !same_month) {
            out.extend([&chinese(month.into()), "月"]);
        }
        if let Some(day) = part.day {
            out.extend([&chinese(day.into()), "日"]);
        }
        Some(out)
    }
    let end = date.end.as_ref();
    let is_plain = |bound: &Bound| matches!(bound, Bound::Date(_) | Bound::Open | Bound::Unknown);
    if !is_plain(&date.start) || !end.is_none_or(is_plain) {
        return String::new();
    }
    match (date.start.date(), end, end.and_then(Bound::date)) {
        (Some(start), None, _) => part(start, None),
        (Some(start), _, Some(end)) if start == end => part(start, None),
        (Some(start), _, Some(end)) => {
            part(start, None).zip(part(end, Some(start))).map(|(start, end)| [&start, "至", &*end].concat())
        }
        (Some(start), _, None) => part(start, None).map(|start| [&start, "起"].concat()),
        (None, _, Some(end)) => part(end, None).map(|end| [&end, "止"].concat()),
        (None, _, None) => None,
    }
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::DateError;
    use proptest::prelude::*;
    use std::fmt::Write as _;

    fn table(dates: &[&str], columns: &[&dyn Fn(&EventDate) -> String]) -> Result<String, DateError> {
        let mut out = String::new();
        for text in dates {
            let date = EventDate::parse(text)?;
            let cells: Vec<String> = columns.iter().map(|column| column(&date)).collect();
            let _ = writeln!(out, "{text}: {}", cells.join(" | "));
        }
        Ok(out)
    }

    #[cfg(feature = "large")]
    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn dates_with_one_key_are_worded_alike(days in proptest::collection::vec(-200_000_i64..30_000, 60), form in 0..8, near: bool) {
            let date = |day: i64| {
                // Two months of some years, so that words come again.
                let Civil { year, month, day } = Civil::from_day_number(day);
                let month = month % 2 + 1;
                let text = match form {
                    0 => format!("{year:04}-{month:02}-{day:02}~"),
                    1 => format!("{year:04}-{month:02}-{day:02}/{}-01-01", year + 1),
                    2 => format!("{year:04}-{month:02}"),
                    _ => format!("{year:04}-{month:02}-{:02}", day.min(28)),
                };
                EventDate::parse(&text).ok()
            };
            let mut words = vec![None; LABEL_KEYS];
            for date in days.into_iter().filter_map(date) {
                let own = label_date(&date, near, Locale::En);
                if let Some(key) = label_key(&date, near) {
                    let known = words[key].get_or_insert_with(|| own.clone());
                    prop_assert_eq!(known, &own);
                }
            }
        }
    }

    #[test]
    fn dates_of_the_treaty_in_words() -> Result<(), DateError> {
        let dates = [
            "1945-08-14",
            "1946-07~",
            "1945-12",
            "1945-08-07/1945-08-14",
            "1945-06-30/1945-07-12",
            "1945-08-09/1946-05-03",
            "1945-04-08/1945-09",
            "1945-09~/1946-05~",
            "1946-07~/1949-12~",
            "1945-12/1947-01",
            "1945-10-17/1946-02",
        ];
        let columns: [&dyn Fn(&EventDate) -> String; 5] = [
            &|date| label_date(date, false, Locale::En),
            &|date| label_date(date, true, Locale::En),
            &|date| short_date_with_year(date, Locale::En),
            &|date| full_date(date, Locale::En),
            &|date| minguo_date(date),
        ];
        insta::assert_snapshot!(table(&dates, &columns)?, @r"
        1945-08-14: 14 Aug | Tue 14 Aug | 14 Aug 1945 | Tuesday, 14 August 1945 | 民國三十四年八月十四日
        1946-07~: c. Jul | c. Jul | c. Jul 1946 | about July 1946 | 約民國三十五年七月
        1945-12: Dec | Dec | Dec 1945 | December 1945 | 民國三十四年十二月
        1945-08-07/1945-08-14: 7 Aug | 7–14 Aug | 7–14 Aug 1945 | 7 to 14 August 1945 | 民國三十四年八月七日至十四日
        1945-06-30/1945-07-12: 30 Jun | 30 Jun – 12 Jul | 30 Jun – 12 Jul 1945 | 30 June to 12 July 1945 | 民國三十四年六月三十日至七月十二日
        1945-08-09/1946-05-03: 9 Aug | 9 Aug 1945 – 3 May 1946 | 9 Aug 1945 – 3 May 1946 | 9 August 1945 to 3 May 1946 | 民國三十四年八月九日至三十五年五月三日
        1945-04-08/1945-09: 8 Apr | 8 Apr – Sep | 8 Apr – Sep 1945 | 8 April to September 1945 | 民國三十四年四月八日至九月
        1945-09~/1946-05~: c. Sep | c. Sep 1945 – c. May 1946 | c. Sep 1945 – c. May 1946 | about September 1945 to about May 1946 | 約民國三十四年九月至約三十五年五月
        1946-07~/1949-12~: c. Jul | c. Jul 1946 – c. Dec 1949 | c. Jul 1946 – c. Dec 1949 | about July 1946 to about December 1949 | 約民國三十五年七月至約三十八年十二月
        1945-12/1947-01: Dec | Dec 1945 – Jan 1947 | Dec 1945 – Jan 1947 | December 1945 to January 1947 | 民國三十四年十二月至三十六年一月
        1945-10-17/1946-02: 17 Oct | 17 Oct 1945 – Feb 1946 | 17 Oct 1945 – Feb 1946 | 17 October 1945 to February 1946 | 民國三十四年十月十七日至三十五年二月
        ");
        Ok(())
    }

    /// One of each kind.
    const DATES: [&str; 113] = [
        "1945",
        "194X",
        "19XX",
        "1XXX",
        "00XX",
        "1945-XX",
        "1945-1X",
        "1945-02-XX",
        "1945-XX-14",
        "1945-XX-XX",
        "1945-08-1X",
        "19XX-08",
        "1945-21",
        "1945-22",
        "1945-23",
        "1945-24",
        "1945-25",
        "1945-29",
        "1945-30",
        "1945-31",
        "1945-34",
        "1945-38",
        "1945-41",
        "1945-24~",
        "1945?",
        "1945%",
        "194X~",
        "19XX?",
        "1945-08~",
        "1945-08?",
        "1945-08-14~",
        "1945-08-14?",
        "1945-08-14%",
        "1945?-08-14",
        "1945-~08",
        "1945/1953",
        "1945-08/1945-10",
        "1945-08-14/1945",
        "1945~/1953",
        "1945/1953?",
        "194X/195X",
        "1945-21/1945-24",
        "1945-08-14/1945-08-14",
        "1945-08-24/..",
        "1945-08-24~/..",
        "1945-08-24/",
        "1945/..",
        "../1945",
        "/1945-08-14",
        "../1945-08-14",
        "..1945/1946",
        "1945/1946..",
        "..1945-08-14/..",
        "../1945..",
        "..1945-08/1946-03~",
        "[..1849]",
        "[..1849~]",
        "[..1760-12-03]",
        "[..1945-07]",
        "[..184X]",
        "[..-0044]",
        "[1850..]",
        "[1850?..]",
        "[1760-12-03..]",
        "[1945-07..]",
        "[1667,1668]",
        "[1667,1668,1670..1672]",
        "[1667,1669,1671,1673,1675]",
        "[1670..1672]",
        "[1945-08-14,1945-08-20]",
        "[1945-08-14..1945-08-20]",
        "[1946-03-03..1946-05]",
        "[1945-12-30..1946-01-02]",
        "[1945-08,1946-02]",
        "[1760-01,1760-02,1760-12..]",
        "[..1983-12-31,1990]",
        "[..1760,1762,1764,1766,1768..]",
        "{1945,1947}",
        "{1945-08,1945-10}",
        "{1945-08-14,1946-02-11}",
        "{1667,1668,1670..1672}",
        "{1667,1669,1671,1673,1675}",
        "{1670..1672}",
        "{..1984}",
        "{1984..}",
        "{1984,1990..}",
        "[1945~,1947?]",
        "-0043-03-15",
        "-0043",
        "0000",
        "-0009/0009",
        "0014-08-19",
        "0099",
        "0100",
        "-0752/-0043",
        "-0099/0014",
        "-0099S2",
        "-0499~",
        "[-0499..-0400]",
        "-0043-24",
        "Y12345",
        "Y170000002",
        "Y-12344",
        "Y-300000~",
        "Y-66043000",
        "Y-13800000000",
        "Y-138E8~",
        "Y171010000S3",
        "1950S2",
        "1945-08-14T11:02:30",
        "1945-08-14T23:20:30Z",
        "1945-08-14T05:07:00+04:30",
        "-0043-03-15T11:02:00",
    ];

    #[test]
    fn any_date_has_words() -> Result<(), DateError> {
        let columns: [&dyn Fn(&EventDate) -> String; 6] = [
            &|date| label_date(date, true, Locale::En),
            &|date| short_date(date, Locale::En),
            &|date| short_date_with_year(date, Locale::En),
            &|date| flag_date(date, Locale::En),
            &|date| full_date(date, Locale::En),
            &|date| machine_date(date).unwrap_or_else(|| "-".into()),
        ];
        insta::assert_snapshot!(table(&DATES, &columns)?, @r"
        1945: 1945 | 1945 | 1945 | 1945 | 1945 | 1945
        194X: 1940s | 1940s | 1940s | some time in the 1940s | some time in the 1940s | -
        19XX: 20th century | 20th century | 20th century | some time in the 20th century | some time in the 20th century | -
        1XXX: 2nd millennium | 2nd millennium | 2nd millennium | some time in the 2nd millennium | some time in the 2nd millennium | -
        00XX: 1st century | 1st century | 1st century | some time in the 1st century | some time in the 1st century | -
        1945-XX: 1945 | 1945 | 1945 | 1945 | 1945 | 1945
        1945-1X: Oct / Dec 1945 | Oct / Dec 1945 | Oct / Dec 1945 | between October and December 1945 | between October and December 1945 | -
        1945-02-XX: Feb | Feb | Feb 1945 | February 1945 | February 1945 | 1945-02
        1945-XX-14: 14 Jan / 14 Dec 1945 | 14 Jan / 14 Dec 1945 | 14 Jan / 14 Dec 1945 | between 14 January and 14 December 1945 | between 14 January and 14 December 1945 | -
        1945-XX-XX: 1945 | 1945 | 1945 | 1945 | 1945 | 1945
        1945-08-1X: 10 Aug / 19 Aug 1945 | 10 Aug / 19 Aug 1945 | 10 Aug / 19 Aug 1945 | between 10 August and 19 August 1945 | between 10 August and 19 August 1945 | -
        19XX-08: Aug 1900 / Aug 1999 | Aug 1900 / Aug 1999 | Aug 1900 / Aug 1999 | between August 1900 and August 1999 | between August 1900 and August 1999 | -
        1945-21: spring 1945 | spring 1945 | spring 1945 | spring 1945 | spring 1945 | -
        1945-22: summer 1945 | summer 1945 | summer 1945 | summer 1945 | summer 1945 | -
        1945-23: autumn 1945 | autumn 1945 | autumn 1945 | autumn 1945 | autumn 1945 | -
        1945-24: winter 1945/1946 | winter 1945/1946 | winter 1945/1946 | winter 1945/1946 | winter 1945/1946 | -
        1945-25: spring 1945 | spring 1945 | spring 1945 | spring 1945 | spring 1945 | -
        1945-29: spring 1945 (southern) | spring 1945 (southern) | spring 1945 (southern) | spring 1945 (southern) | spring 1945 (southern) | -
        1945-30: summer 1945/1946 (southern) | summer 1945/1946 (southern) | summer 1945/1946 (southern) | summer 1945/1946 (southern) | summer 1945/1946 (southern) | -
        1945-31: autumn 1945 (southern) | autumn 1945 (southern) | autumn 1945 (southern) | autumn 1945 (southern) | autumn 1945 (southern) | -
        1945-34: second quarter 1945 | second quarter 1945 | second quarter 1945 | second quarter of 1945 | second quarter of 1945 | -
        1945-38: second third 1945 | second third 1945 | second third 1945 | second third of 1945 | second third of 1945 | -
        1945-41: second half 1945 | second half 1945 | second half 1945 | second half of 1945 | second half of 1945 | -
        1945-24~: c. winter 1945/1946 | c. winter 1945/1946 | c. winter 1945/1946 | about winter 1945/1946 | about winter 1945/1946 | -
        1945?: 1945? | 1945? | 1945? | perhaps 1945 | perhaps 1945 | -
        1945%: c. 1945? | c. 1945? | c. 1945? | perhaps about 1945 | perhaps about 1945 | -
        194X~: c. 1940s | c. 1940s | c. 1940s | about the 1940s | about the 1940s | -
        19XX?: 20th century? | 20th century? | 20th century? | perhaps the 20th century | perhaps the 20th century | -
        1945-08~: c. Aug | c. Aug | c. Aug 1945 | about August 1945 | about August 1945 | -
        1945-08?: Aug? | Aug? | Aug 1945? | perhaps August 1945 | perhaps August 1945 | -
        1945-08-14~: c. 14 Aug | c. 14 Aug | c. 14 Aug 1945 | about 14 August 1945 | about 14 August 1945 | -
        1945-08-14?: Tue 14 Aug? | 14 Aug? | 14 Aug 1945? | perhaps 14 August 1945 | perhaps Tuesday, 14 August 1945 | -
        1945-08-14%: c. 14 Aug? | c. 14 Aug? | c. 14 Aug 1945? | perhaps about 14 August 1945 | perhaps about 14 August 1945 | -
        1945?-08-14: Tue 14 Aug? | 14 Aug? | 14 Aug 1945? | perhaps 14 August 1945 | perhaps Tuesday, 14 August 1945 | -
        1945-~08: c. Aug | c. Aug | c. Aug 1945 | about August 1945 | about August 1945 | -
        1945/1953: 1945–1953 | 1945–1953 | 1945–1953 | 1945 | 1945 to 1953 | -
        1945-08/1945-10: Aug–Oct | Aug–Oct | Aug – Oct 1945 | August 1945 | August to October 1945 | -
        1945-08-14/1945: 14 Aug – 1945 | 14 Aug – 1945 | 14 Aug 1945 – 1945 | 14 August 1945 | 14 August 1945 to 1945 | -
        1945~/1953: c. 1945 – 1953 | c. 1945 – 1953 | c. 1945 – 1953 | about 1945 | about 1945 to 1953 | -
        1945/1953?: 1945–1953? | 1945–1953? | 1945–1953? | 1945 | 1945 to perhaps 1953 | -
        194X/195X: 1940s–1950s | 1940s–1950s | 1940s–1950s | the 1940s | the 1940s to the 1950s | -
        1945-21/1945-24: spring 1945 – winter 1945/1946 | spring 1945 – winter 1945/1946 | spring 1945 – winter 1945/1946 | spring 1945 | spring 1945 to winter 1945/1946 | -
        1945-08-14/1945-08-14: 14 Aug | 14 Aug | 14 Aug 1945 | 14 August 1945 | 14 August 1945 | -
        1945-08-24/..: from 24 Aug 1945 | from 24 Aug | from 24 Aug 1945 | 24 August 1945 | from 24 August 1945 on | -
        1945-08-24~/..: from c. 24 Aug 1945 | from c. 24 Aug | from c. 24 Aug 1945 | about 24 August 1945 | from about 24 August 1945 on | -
        1945-08-24/: 24 Aug 1945 – ? | 24 Aug – ? | 24 Aug 1945 – ? | 24 August 1945 | from 24 August 1945, end unknown | -
        1945/..: from 1945 | from 1945 | from 1945 | 1945 | from 1945 on | -
        ../1945: until 1945 | until 1945 | until 1945 | until 1945 | until 1945 | -
        /1945-08-14: ? – 14 Aug 1945 | ? – 14 Aug | ? – 14 Aug 1945 | until 14 August 1945, beginning unknown | until 14 August 1945, beginning unknown | -
        ../1945-08-14: until 14 Aug 1945 | until 14 Aug | until 14 Aug 1945 | until 14 August 1945 | until 14 August 1945 | -
        ..1945/1946: 1945 or earlier – 1946 | 1945 or earlier – 1946 | 1945 or earlier – 1946 | 1945 or earlier to 1946 | 1945 or earlier to 1946 | -
        1945/1946..: 1945 – 1946 or later | 1945 – 1946 or later | 1945 – 1946 or later | 1945 | 1945 to 1946 or later | -
        ..1945-08-14/..: from 14 Aug 1945 or earlier | from 14 Aug or earlier | from 14 Aug 1945 or earlier | from 14 August 1945 or earlier on | from 14 August 1945 or earlier on | -
        ../1945..: until 1945 or later | until 1945 or later | until 1945 or later | until 1945 or later | until 1945 or later | -
        ..1945-08/1946-03~: Aug 1945 or earlier – c. Mar 1946 | Aug or earlier – c. Mar 1946 | Aug 1945 or earlier – c. Mar 1946 | August 1945 or earlier to about March 1946 | August 1945 or earlier to about March 1946 | -
        [..1849]: before 1850 | before 1850 | before 1850 | before 1850 | before 1850 | -
        [..1849~]: c. 1849 or earlier | c. 1849 or earlier | c. 1849 or earlier | about 1849 or earlier | about 1849 or earlier | -
        [..1760-12-03]: 3 Dec or earlier | 3 Dec or earlier | 3 Dec 1760 or earlier | on or before 3 December 1760 | on or before 3 December 1760 | -
        [..1945-07]: Jul or earlier | Jul or earlier | Jul 1945 or earlier | July 1945 or earlier | July 1945 or earlier | -
        [..184X]: 1840s or earlier | 1840s or earlier | 1840s or earlier | the 1840s or earlier | the 1840s or earlier | -
        [..-0044]: before 44 BCE | before 44 BCE | before 44 BCE | before 44 BCE | before 44 BCE | -
        [1850..]: 1850 or later | 1850 or later | 1850 or later | 1850 or later | 1850 or later | -
        [1850?..]: 1850? or later | 1850? or later | 1850? or later | perhaps 1850 or later | perhaps 1850 or later | -
        [1760-12-03..]: 3 Dec or later | 3 Dec or later | 3 Dec 1760 or later | on or after 3 December 1760 | on or after 3 December 1760 | -
        [1945-07..]: Jul or later | Jul or later | Jul 1945 or later | July 1945 or later | July 1945 or later | -
        [1667,1668]: 1667 / 1668 | 1667 / 1668 | 1667 / 1668 | 1667 or 1668 | 1667 or 1668 | -
        [1667,1668,1670..1672]: 1667 / 1668 / 1670–1672 | 1667 / 1668 / 1670–1672 | 1667 / 1668 / 1670–1672 | 1667, 1668 or 1670 to 1672 | 1667, 1668 or 1670 to 1672 | -
        [1667,1669,1671,1673,1675]: 1667 / 1675 | 1667 / 1675 | 1667 / 1675 | between 1667 and 1675 | between 1667 and 1675 | -
        [1670..1672]: 1670 / 1672 | 1670 / 1672 | 1670 / 1672 | between 1670 and 1672 | between 1670 and 1672 | -
        [1945-08-14,1945-08-20]: 14 Aug / 20 Aug | 14 Aug / 20 Aug | 14 Aug / 20 Aug 1945 | 14 August or 20 August 1945 | 14 August or 20 August 1945 | -
        [1945-08-14..1945-08-20]: 14 Aug / 20 Aug | 14 Aug / 20 Aug | 14 Aug / 20 Aug 1945 | between 14 August and 20 August 1945 | between 14 August and 20 August 1945 | -
        [1946-03-03..1946-05]: 3 Mar / May | 3 Mar / May | 3 Mar / May 1946 | between 3 March and May 1946 | between 3 March and May 1946 | -
        [1945-12-30..1946-01-02]: 30 Dec 1945 / 2 Jan 1946 | 30 Dec 1945 / 2 Jan 1946 | 30 Dec 1945 / 2 Jan 1946 | between 30 December 1945 and 2 January 1946 | between 30 December 1945 and 2 January 1946 | -
        [1945-08,1946-02]: Aug 1945 / Feb 1946 | Aug 1945 / Feb 1946 | Aug 1945 / Feb 1946 | August 1945 or February 1946 | August 1945 or February 1946 | -
        [1760-01,1760-02,1760-12..]: Jan / Feb / Dec or later | Jan / Feb / Dec or later | Jan / Feb / Dec 1760 or later | January, February or December 1760 or later | January, February or December 1760 or later | -
        [..1983-12-31,1990]: 31 Dec 1983 or earlier / 1990 | 31 Dec 1983 or earlier / 1990 | 31 Dec 1983 or earlier / 1990 | on or before 31 December 1983 or 1990 | on or before 31 December 1983 or 1990 | -
        [..1760,1762,1764,1766,1768..]: 1760 or earlier / 1768 or later | 1760 or earlier / 1768 or later | 1760 or earlier / 1768 or later | between 1760 or earlier and 1768 or later | between 1760 or earlier and 1768 or later | -
        {1945,1947}: 1945, 1947 | 1945, 1947 | 1945, 1947 | 1945 and 1947 | 1945 and 1947 | -
        {1945-08,1945-10}: Aug, Oct | Aug, Oct | Aug, Oct 1945 | August and October 1945 | August and October 1945 | -
        {1945-08-14,1946-02-11}: 14 Aug 1945, 11 Feb 1946 | 14 Aug 1945, 11 Feb 1946 | 14 Aug 1945, 11 Feb 1946 | 14 August 1945 and 11 February 1946 | 14 August 1945 and 11 February 1946 | -
        {1667,1668,1670..1672}: 1667, 1668, 1670–1672 | 1667, 1668, 1670–1672 | 1667, 1668, 1670–1672 | 1667, 1668 and 1670 to 1672 | 1667, 1668 and 1670 to 1672 | -
        {1667,1669,1671,1673,1675}: 1667 … 1675 | 1667 … 1675 | 1667 … 1675 | several times from 1667 to 1675 | several times from 1667 to 1675 | -
        {1670..1672}: 1670–1672 | 1670–1672 | 1670–1672 | 1670 | 1670 to 1672 | -
        {..1984}: until 1984 | until 1984 | until 1984 | until 1984 | until 1984 | -
        {1984..}: from 1984 | from 1984 | from 1984 | 1984 | from 1984 on | -
        {1984,1990..}: 1984, from 1990 | 1984, from 1990 | 1984, from 1990 | 1984 and from 1990 on | 1984 and from 1990 on | -
        [1945~,1947?]: c. 1945 / 1947? | c. 1945 / 1947? | c. 1945 / 1947? | about 1945 or perhaps 1947 | about 1945 or perhaps 1947 | -
        -0043-03-15: 15 Mar | 15 Mar | 15 Mar 44 BCE | 15 March 44 BCE | 15 March 44 BCE | -
        -0043: 44 BCE | 44 BCE | 44 BCE | 44 BCE | 44 BCE | -
        0000: 1 BCE | 1 BCE | 1 BCE | 1 BCE | 1 BCE | -
        -0009/0009: 10 BCE – 9 CE | 10 BCE – 9 CE | 10 BCE – 9 CE | 10 BCE | 10 BCE to 9 CE | -
        0014-08-19: 19 Aug | 19 Aug | 19 Aug 14 CE | 19 August 14 CE | 19 August 14 CE | 0014-08-19
        0099: 99 CE | 99 CE | 99 CE | 99 CE | 99 CE | 0099
        0100: 100 | 100 | 100 | 100 | 100 | 0100
        -0752/-0043: 753 BCE – 44 BCE | 753 BCE – 44 BCE | 753 BCE – 44 BCE | 753 BCE | 753 BCE to 44 BCE | -
        -0099/0014: 100 BCE – 14 CE | 100 BCE – 14 CE | 100 BCE – 14 CE | 100 BCE | 100 BCE to 14 CE | -
        -0099S2: 100 BCE / 1 BCE | 100 BCE / 1 BCE | 100 BCE / 1 BCE | between 100 BCE and 1 BCE | between 100 BCE and 1 BCE | -
        -0499~: c. 500 BCE | c. 500 BCE | c. 500 BCE | about 500 BCE | about 500 BCE | -
        [-0499..-0400]: 500 BCE / 401 BCE | 500 BCE / 401 BCE | 500 BCE / 401 BCE | between 500 BCE and 401 BCE | between 500 BCE and 401 BCE | -
        -0043-24: winter 44 BCE/43 BCE | winter 44 BCE/43 BCE | winter 44 BCE/43 BCE | winter 44 BCE/43 BCE | winter 44 BCE/43 BCE | -
        Y12345: 12,345 | 12,345 | 12,345 | 12,345 | 12,345 | -
        Y170000002: 170,000,002 | 170,000,002 | 170,000,002 | 170,000,002 | 170,000,002 | -
        Y-12344: 12,345 BCE | 12,345 BCE | 12,345 BCE | 12,345 BCE | 12,345 BCE | -
        Y-300000~: c. 300,000 years ago | c. 300,000 years ago | c. 300,000 years ago | about 300,000 years ago | about 300,000 years ago | -
        Y-66043000: 66.043 million years ago | 66.043 million years ago | 66.043 million years ago | 66.043 million years ago | 66.043 million years ago | -
        Y-13800000000: 13.8 billion years ago | 13.8 billion years ago | 13.8 billion years ago | 13.8 billion years ago | 13.8 billion years ago | -
        Y-138E8~: c. 13.8 billion years ago | c. 13.8 billion years ago | c. 13.8 billion years ago | about 13.8 billion years ago | about 13.8 billion years ago | -
        Y171010000S3: 171,000,000 / 171,999,999 | 171,000,000 / 171,999,999 | 171,000,000 / 171,999,999 | between 171,000,000 and 171,999,999 | between 171,000,000 and 171,999,999 | -
        1950S2: 20th century | 20th century | 20th century | some time in the 20th century | some time in the 20th century | -
        1945-08-14T11:02:30: Tue 14 Aug, 11:02 | 14 Aug, 11:02 | 14 Aug 1945, 11:02 | 14 August 1945, 11:02 | Tuesday, 14 August 1945, 11:02 | 1945-08-14T11:02:30
        1945-08-14T23:20:30Z: Tue 14 Aug, 23:20 | 14 Aug, 23:20 | 14 Aug 1945, 23:20 | 14 August 1945, 23:20 | Tuesday, 14 August 1945, 23:20 | 1945-08-14T23:20:30
        1945-08-14T05:07:00+04:30: Tue 14 Aug, 05:07 | 14 Aug, 05:07 | 14 Aug 1945, 05:07 | 14 August 1945, 05:07 | Tuesday, 14 August 1945, 05:07 | 1945-08-14T05:07:00
        -0043-03-15T11:02:00: 15 Mar, 11:02 | 15 Mar, 11:02 | 15 Mar 44 BCE, 11:02 | 15 March 44 BCE, 11:02 | 15 March 44 BCE, 11:02 | -
        ");
        Ok(())
    }

    /// What the program says of a date, somebody may type: it must mean the same then.
    #[test]
    fn words_are_read_back_as_the_same_bounds() -> Result<(), DateError> {
        let mut read_back = 0;
        // Words leave out the seconds.
        for text in DATES.into_iter().filter(|text| !text.contains(":30")) {
            let date = EventDate::parse(text)?;
            for words in [long_date(&date, Locale::En), full_date(&date, Locale::En)] {
                if let Ok(again) = EventDate::parse(&words) {
                    assert_eq!(again.bounds(), date.bounds(), "{text}: {words}");
                    read_back += 1;
                }
            }
        }
        assert!(read_back >= 170, "only {read_back} of {}", 2 * DATES.len());
        Ok(())
    }

    #[test]
    fn names_on_the_axis() {
        let at = Civil::new(1945, 8, 14).midnight();
        let name = |unit, heading| axis_name(at, unit, heading, Locale::En);
        assert_eq!(name(AxisUnit::Year, false), "1945");
        assert_eq!(name(AxisUnit::Month, false), "Aug");
        assert_eq!(name(AxisUnit::Month, true), "August 1945");
        assert_eq!(name(AxisUnit::Day, false), "14");
        assert_eq!(name(AxisUnit::Midnight, false), "14 Aug");
        assert_eq!(long_day(at, Locale::En), "14 August 1945");
    }

    #[test]
    fn a_view_is_told_as_finely_as_it_shows() {
        let from = TimePoint(Civil::new(1969, 7, 16).midnight().0 + 13 * 3600 + 30 * 60);
        let told = |secs: i64| {
            period(TimeSpan { start: from, end: TimePoint(from.0 + secs) }, Locale::En).join(" to ")
        };
        assert_eq!(told(900), "16 July 1969, 13:30 to 16 July 1969, 13:44");
        assert_eq!(told(9 * DAY), "16 July 1969 to 25 July 1969");
        assert_eq!(told(900 * DAY), "July 1969 to January 1972");
        assert_eq!(told(900_000 * DAY), "1969 to 4433");
    }

    #[test]
    fn years_of_the_republic() {
        for (year, short, long) in [
            (1945, "民國34", "民國三十四年八月"),
            (1912, "民國1", "民國元年八月"),
            (1921, "民國10", "民國十年八月"),
            (1931, "民國20", "民國二十年八月"),
            (2011, "民國100", "民國一百年八月"),
            (2016, "民國105", "民國一百零五年八月"),
            (2021, "民國110", "民國一百一十年八月"),
            (1911, "民前1", "民國前一年八月"),
            (1900, "民前12", "民國前十二年八月"),
            (500, "", ""),
            (i64::MIN, "", ""),
        ] {
            let civil = Civil::new(year, 8, 1);
            assert_eq!((minguo_year(civil).as_str(), minguo_month(civil).as_str()), (short, long), "{year}");
        }
    }

    proptest! {
        #[test]
        fn no_date_is_without_words(text in "[0-9X]{4}(-[0-3][0-9X]){0,2}[~?%]?(/([0-9X]{4}(-[0-3][0-9X]){0,2}[~?%]?|\\.\\.)?)?") {
            let Ok(date) = EventDate::parse(&text) else { return Ok(()) };
            for words in [full_date(&date, Locale::En), short_date(&date, Locale::En), label_date(&date, true, Locale::En), flag_date(&date, Locale::En)] {
                prop_assert!(!words.trim().is_empty() && !words.contains("  "), "{words:?}");
            }
            if let Some(machine) = machine_date(&date) {
                prop_assert_eq!(machine, text);
            }
        }
    }
}
