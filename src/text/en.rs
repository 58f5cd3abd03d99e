//! English.

use super::words::{Form, Sharing, Words};
use crate::model::{Confidence, Grade, Relation, RelationGroup};
use crate::time::Civil;

/// The texts in English.
pub(super) struct English;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Parts of a year from EDTF code 25 on, in groups: seasons of either hemisphere, quarters, thirds, halves.
const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];
const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

fn month_name(month: u8, form: Form) -> &'static str {
    let name = MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default();
    shortened(name, form)
}

fn weekday_name(day: Civil, form: Form) -> &'static str {
    shortened(WEEKDAYS.get(day.weekday() as usize).copied().unwrap_or_default(), form)
}

fn shortened(name: &'static str, form: Form) -> &'static str {
    match form {
        Form::Short => name.get(..3).unwrap_or(name),
        Form::Long => name,
    }
}

/// "1st", "2nd", "13th", "20th".
fn ordinal(number: i64) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    [&number.to_string(), ending].concat()
}

/// With commas from ten thousand on, as years are written without.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "13.8 billion": at most three places after the point.
fn large(number: u64) -> String {
    let (unit, name) =
        if number >= 1_000_000_000 { (1_000_000_000, " billion") } else { (1_000_000, " million") };
    let thousandths = number % unit / (unit / 1000);
    let mut places =
        ["000".get(thousandths.to_string().len()..).unwrap_or_default(), &thousandths.to_string()].concat();
    while places.ends_with('0') {
        places.pop();
    }
    let point = if places.is_empty() { "" } else { "." };
    [&grouped(number / unit), point, &places, name].concat()
}

/// A number of things as it is written.
fn counted(count: usize) -> String {
    grouped(count as u64)
}

/// "57 events".
fn events(count: usize) -> String {
    [&counted(count), " ", English.events_noun(count)].concat()
}

/// A list of names, which begin with capitals, within a sentence.
fn list(items: &[&str]) -> String {
    items.join("; ")
}

impl Words for English {
    fn events_noun(&self, count: usize) -> &'static str {
        if count == 1 { "event" } else { "events" }
    }

    fn quoted(&self, text: &str) -> String {
        ["“", text, "”"].concat()
    }

    fn chart_name(&self) -> &'static str {
        "Timeline"
    }

    fn tools(&self) -> &'static str {
        "Tools"
    }

    fn facts(&self, years: &str, count: usize) -> String {
        [years, " · ", &events(count)].concat()
    }

    fn more(&self) -> &'static str {
        "More"
    }

    fn print(&self) -> &'static str {
        "Print"
    }

    fn appearance(&self) -> &'static str {
        "Appearance"
    }

    fn theme(&self, id: Option<&str>) -> &'static str {
        match id {
            Some("light") => "Light",
            Some("dark") => "Dark",
            Some("contrast") => "Contrast",
            _ => "System",
        }
    }

    fn close(&self) -> &'static str {
        "Close"
    }

    fn search_label(&self) -> &'static str {
        "Search"
    }

    fn search_placeholder(&self, count: usize) -> String {
        ["Search ", &events(count)].concat()
    }

    fn results_label(&self) -> &'static str {
        "Results"
    }

    fn results_header(&self, found: usize, total: usize, query: &str) -> String {
        let found = match found {
            0 => "None".to_owned(),
            found => counted(found),
        };
        let verb = if found == "1" { " mentions " } else { " mention " };
        [&found, " of ", &events(total), verb, &self.quoted(query)].concat()
    }

    fn results_keys(&self) -> &'static str {
        "↑ ↓ to move, Enter to open, Esc to close"
    }

    fn no_match(&self) -> &'static str {
        "No event matches"
    }

    fn no_match_why(&self, query: &str) -> String {
        if query.is_empty() {
            "No event fits everything that is switched on.".to_owned()
        } else {
            ["No event fits ", &self.quoted(query), "."].concat()
        }
    }

    fn search_for(&self, query: &str, count: usize) -> String {
        ["Search ", &self.quoted(query), " (", &events(count), ")"].concat()
    }

    fn filter(&self) -> &'static str {
        "Filter"
    }

    fn themes(&self) -> &'static str {
        "Themes"
    }

    fn parties(&self) -> &'static str {
        "Parties"
    }

    fn threads(&self) -> &'static str {
        "Threads"
    }

    fn drop_filter(&self, name: &str) -> String {
        ["No longer only ", name].concat()
    }

    fn clear_all(&self) -> &'static str {
        "Clear all"
    }

    fn zoom_group(&self) -> &'static str {
        "Zoom"
    }

    fn zoom_in(&self) -> &'static str {
        "Zoom in"
    }

    fn zoom_out(&self) -> &'static str {
        "Zoom out"
    }

    fn whole_story(&self) -> &'static str {
        "Whole story"
    }

    fn visible_period(&self) -> &'static str {
        "Visible period"
    }

    fn window_value(&self, from: &str, to: &str, count: usize) -> String {
        if from == to {
            [from, ", ", &events(count)].concat()
        } else {
            [from, " to ", to, ", ", &events(count)].concat()
        }
    }

    fn view_announcement(&self, shown: usize, total: usize, from: &str, to: &str) -> String {
        let period = if from == to { from.to_owned() } else { [from, " to ", to].concat() };
        [&counted(shown), " of ", &events(total), ", ", &period].concat()
    }

    fn legend_point(&self) -> &'static str {
        "A day stands on its line"
    }

    fn legend_span(&self) -> &'static str {
        "A span hangs under it"
    }

    fn legend_dashed(&self) -> &'static str {
        "Dashed: about then"
    }

    fn legend_count(&self) -> &'static str {
        "Events too close to name here"
    }

    fn legend_keys(&self) -> &'static str {
        "Drag to move, Ctrl + scroll to zoom, ? for keys"
    }

    fn track_hint(&self) -> &'static str {
        "Lay this thread down or stand it up; with Alt, show only this one"
    }

    fn last_event(&self, label: &str, date: &str) -> String {
        ["Last: ", label, ", ", date].concat()
    }

    fn nothing_yet(&self) -> &'static str {
        "Nothing yet"
    }

    fn next_event(&self, label: &str, date: &str) -> String {
        ["Next: ", label, ", ", date].concat()
    }

    fn beyond(&self, later: bool) -> &'static str {
        if later { "later" } else { "earlier" }
    }

    fn count_name(&self, count: usize, labels: &[&str]) -> String {
        [events(count).as_str(), if labels.is_empty() { "" } else { ": " }, &labels.join("; ")].concat()
    }

    #[cfg(feature = "large")]
    fn searching(&self) -> &'static str {
        "Searching…"
    }

    #[cfg(feature = "large")]
    fn short_count(&self, count: usize) -> String {
        let (shown, unit) = match count {
            0..1000 => (count, ""),
            1000..999_500 => ((count + 500) / 1000, "k"),
            _ => ((count + 500_000) / 1_000_000, "m"),
        };
        [&shown.to_string(), unit].concat()
    }

    #[cfg(feature = "large")]
    fn number(&self, count: usize) -> String {
        counted(count)
    }

    fn months(&self, count: usize) -> String {
        [counted(count).as_str(), if count == 1 { " month" } else { " months" }].concat()
    }

    fn era_ended(&self, label: &str) -> String {
        ["End of: ", label].concat()
    }

    fn keys(&self) -> &'static str {
        "Keys"
    }

    fn key_rows(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("← →", "Previous, next event"),
            ("↑ ↓", "Thread above, below; in the list, previous, next event"),
            ("Home End", "First, last event"),
            ("Enter", "Open the event"),
            ("Esc", "Close, then clear"),
            ("[ ]", "To a cause, to a consequence"),
            ("+ −", "Zoom in, out"),
            ("0", "Whole story"),
            ("Shift ← →", "Move the view"),
            (".", "Reading line, then ← → by day or month"),
            ("/", "Search"),
            ("?", "These keys"),
        ]
    }

    fn single_keys(&self) -> &'static str {
        "Keys of a single character work wherever no text is typed"
    }

    fn position(&self, place: usize, total: usize) -> String {
        [&counted(place), " of ", &counted(total)].concat()
    }

    fn previous(&self, label: &str) -> String {
        ["Previous: ", label].concat()
    }

    fn next(&self, label: &str) -> String {
        ["Next: ", label].concat()
    }

    fn resize_sheet(&self) -> &'static str {
        "Change the height"
    }

    fn group(&self, group: RelationGroup) -> &'static str {
        match group {
            RelationGroup::BecauseOf => "Background",
            RelationGroup::LedTo => "Outcomes",
            RelationGroup::TurnedAgainst => "Turned against it",
        }
    }

    fn relation_forward(&self, relation: Relation) -> &'static str {
        match relation {
            Relation::Caused => "a direct result",
            Relation::ContributedTo => "one of its effects",
            Relation::Enabled => "made possible by it",
            Relation::LedTo => "followed from it",
            Relation::Included => "signed with it",
            Relation::Started => "began with it",
            Relation::Ended => "ended with it",
            Relation::Fulfilled => "what it carried out",
            Relation::Amended => "whose terms it changed",
            Relation::Annulled => "void for Moscow and Beijing",
            Relation::Terminated => "ended for the ROC",
            Relation::Replaced => "whose place it took",
            Relation::Reversed => "undone, in the ROC view",
            Relation::Confirmed => "what it confirmed",
            Relation::Delayed => "put off by it",
            Relation::Weakened => "lost practical force",
            Relation::Disclosed => "what it made public",
            Relation::CitedIn => "used it as an argument",
            Relation::AllegedBreachOf => "broken, said the ROC",
            Relation::FoundNotCarriedOut => "not carried out, it found",
            Relation::FailedToPrevent => "not prevented by it",
            Relation::ContextFor => "it was background to this",
        }
    }

    fn relation_backward(&self, relation: Relation) -> &'static str {
        match relation {
            Relation::Caused => "led directly to this",
            Relation::ContributedTo => "one of several causes",
            Relation::Enabled => "made it possible",
            Relation::LedTo => "led to this",
            Relation::Included => "the act it was signed with",
            Relation::Started => "its beginning",
            Relation::Ended => "its end",
            Relation::Fulfilled => "carried it out",
            Relation::Amended => "changed its terms",
            Relation::Annulled => "void for Moscow and Beijing",
            Relation::Terminated => "ended for the ROC",
            Relation::Replaced => "took its place",
            Relation::Reversed => "undid it, in the ROC view",
            Relation::Confirmed => "confirmed it",
            Relation::Delayed => "put it off",
            Relation::Weakened => "took practical force from it",
            Relation::Disclosed => "made it public",
            Relation::CitedIn => "used as an argument",
            Relation::AllegedBreachOf => "a breach, said the ROC",
            Relation::FoundNotCarriedOut => "found it not carried out",
            Relation::FailedToPrevent => "did not prevent this",
            Relation::ContextFor => "background",
        }
    }

    fn sources_differ(&self) -> &'static str {
        "Sources differ"
    }

    fn people(&self) -> &'static str {
        "People"
    }

    fn places(&self) -> &'static str {
        "Places"
    }

    fn map_name(&self, places: &[&str]) -> String {
        ["Map: ", &list(places)].concat()
    }

    fn names(&self) -> &'static str {
        "Names"
    }

    fn sources(&self) -> &'static str {
        "Sources"
    }

    fn source_number(&self, number: usize) -> String {
        ["Source ", &counted(number)].concat()
    }

    fn grade(&self, grade: Grade) -> &'static str {
        match grade {
            Grade::Primary => "Primary source",
            Grade::Scholarly => "Research literature",
            Grade::Reference => "Reference work",
            Grade::Press => "Press of the time",
            Grade::Weak => "Weak source",
        }
    }

    fn confidence(&self, confidence: Confidence) -> &'static str {
        match confidence {
            Confidence::High => "Well supported: by a primary document or by two independent sources.",
            Confidence::Medium => "The core is confirmed; details rest on one work.",
            Confidence::Low => "Rests on one weak source.",
        }
    }

    fn copy_link(&self) -> &'static str {
        "Copy link"
    }

    fn cite(&self) -> &'static str {
        "Cite"
    }

    fn zoom_to_it(&self) -> &'static str {
        "Zoom to it"
    }

    fn share(&self) -> &'static str {
        "Share"
    }

    fn sharing(&self) -> &'static Sharing {
        &Sharing {
            title: "Share this timeline",
            parts: ["Link", "Embed", "Single file", "Cite"],
            first: "What readers see first",
            whole: "The whole story",
            view: "This view:",
            own: "Reader’s own",
            place: "Where it goes",
            places: [
                (
                    "Moodle page",
                    "Open the source view of the editor (</>) and paste the code. A forum removes frames and keeps the link.",
                ),
                (
                    "Canvas page",
                    "Open the HTML view of the editor (</>) and paste the code. The frame grows to the height that it needs.",
                ),
                (
                    "WordPress",
                    "Add a Custom HTML block and paste the code. Where WordPress removes frames, the link is left.",
                ),
                (
                    "Google Sites",
                    "Choose Insert, then Embed, then By URL, and paste the address. Then draw the frame as large as you want it.",
                ),
                (
                    "My own site",
                    "Paste the code where the timeline is to stand. The script gives the frame the height that it needs.",
                ),
                (
                    "My own site, as an element",
                    "Paste the code where the timeline is to stand. The list in it is shown until the timeline runs, and where it cannot.",
                ),
            ],
            size: "Size",
            sizes: [
                "Full width, 420 high",
                "Full width, 640 high",
                "720 × 420",
                "360 × 560, for a narrow column",
            ],
            link: "Link",
            open: "Open it in a new tab",
            code: "To paste",
            preview: "Preview",
            frame: "{timeline}: a timeline",
            below: "Open “{timeline}” in a tab of its own",
            file: "One HTML file holds the whole timeline. It opens by double-click, from a USB stick, or uploaded to a course, without a network.",
            download: "Download as one file",
            making: "Making the file…",
            made: "The file is made: {kilobytes} kB.",
            unmade: "The file could not be made: {why}",
            too_large: "its data are larger than 4 MB. Send the address, or the file of the data.",
            may_not: "If none came, this frame may not save files: open the timeline in a new tab, by its link.",
            no_address: "This page is a file and has no address that others could open. Give them the file.",
            cited: ["This event", "The timeline"],
            citation: "“{title}”, {date}. In: {timeline}, an Annals timeline. {address}",
            whole_citation: "{timeline}, an Annals timeline. {address}",
            copy: "Copy",
            copied: "Copied",
            by_hand: "The browser did not copy it. It is selected now, for Ctrl+C or the menu.",
            not_come: "This part of the page did not come. Try again.",
        }
    }

    fn unknown(&self, name: &str) -> String {
        [&self.quoted(name), " is not in this timeline. The address may be old or mistyped."].concat()
    }

    fn loading(&self, url: &str) -> String {
        if url.is_empty() { "Reading the timeline…".to_owned() } else { ["Reading ", url, "…"].concat() }
    }

    fn fetched(&self, megabytes: usize, of: Option<usize>) -> String {
        let of = of.map(|of| [" of ", &counted(of)].concat()).unwrap_or_default();
        [&*counted(megabytes), &of, " MB fetched"].concat()
    }

    fn events_read(&self, count: usize) -> String {
        [&*events(count), " read"].concat()
    }

    fn cancel(&self) -> &'static str {
        "Cancel"
    }

    fn cancelled(&self, url: &str) -> String {
        ["You cancelled the reading of ", url, "."].concat()
    }

    fn unreadable(&self) -> &'static str {
        "The events could not be read"
    }

    fn fetch_failed(&self, url: &str, why: &str) -> String {
        [url, " could not be fetched: ", why, "."].concat()
    }

    fn read_failed(&self, url: &str, why: &str) -> String {
        [url, " could not be read: ", why.trim_end_matches('.'), "."].concat()
    }

    fn no_data(&self) -> &'static str {
        "The page came without its timeline. Reload it; if that does not help, its makers must build it anew."
    }

    #[cfg(feature = "large")]
    fn no_answer(&self) -> &'static str {
        "The part of the page that keeps this timeline has ended, perhaps for want of memory. Close other tabs and try again, or make the timeline smaller."
    }

    fn unreachable(&self) -> &'static str {
        "it does not answer, or does not let other sites read it"
    }

    fn bad_status(&self, status: u16) -> String {
        ["the server answered with status ", &status.to_string()].concat()
    }

    fn timed_out(&self) -> &'static str {
        "it did not answer in time"
    }

    fn too_large(&self) -> &'static str {
        "it is too large"
    }

    fn try_again(&self) -> &'static str {
        "Try again"
    }

    fn own_story(&self) -> &'static str {
        "Show the story of this page"
    }

    fn crashed(&self) -> &'static str {
        "The interactive chart stopped because of a fault in it. The whole story is below; reload the page to try the chart again."
    }

    fn no_script(&self) -> &'static str {
        "The interactive chart needs JavaScript. The whole story is below."
    }

    fn no_script_brief(&self) -> &'static str {
        "The interactive chart, the sources and the people need JavaScript. What happened is below."
    }

    fn no_wasm(&self) -> &'static str {
        "The interactive chart needs WebAssembly, which this browser or this page does not allow. The whole story is below."
    }

    fn not_arrived(&self) -> &'static str {
        "The interactive chart did not arrive. The whole story is below; reload the page to try again."
    }

    fn contents(&self) -> &'static str {
        "Contents"
    }

    fn print_note(&self) -> &'static str {
        "Dates follow the documents. Where sources differ, the event says so."
    }

    fn under_way(&self, labels: &[&str]) -> String {
        ["Under way: ", &list(labels), "."].concat()
    }

    fn perhaps_then(&self, labels: &[&str]) -> String {
        ["Perhaps at this time: ", &list(labels), "."].concat()
    }

    fn on_this_day(&self, labels: &[&str]) -> String {
        ["On this day: ", &list(labels), "."].concat()
    }

    fn nothing_under_way(&self) -> &'static str {
        "Nothing is under way."
    }

    fn year(&self, year: i64) -> String {
        match year {
            ..=-1_000_000 => [&large(year.unsigned_abs()), " years ago"].concat(),
            // As somebody says who knows it to a thousand years.
            ..=-10_000 if year % 1000 == 0 => [&grouped(year.unsigned_abs()), " years ago"].concat(),
            -999_999..=0 => [&grouped(year.unsigned_abs() + 1), " BCE"].concat(),
            1..=99 => [&year.to_string(), " CE"].concat(),
            _ => grouped(year.unsigned_abs()),
        }
    }

    fn axis_year(&self, year: i64) -> String {
        let bce = year < 1;
        // 1 BCE is the year 0.
        let number = year.unsigned_abs() + u64::from(bce);
        // As far as three places after the point tell.
        let exact = if number >= 1_000_000_000 { 1_000_000 } else { 1000 };
        if number < 1_000_000 {
            return self.year(year);
        }
        let (mut name, before) =
            if number.is_multiple_of(exact) { (large(number), "") } else { (grouped(number), " BCE") };
        name.push_str(if bce { before } else { " CE" });
        name
    }

    fn clock(&self, second: i64, with_seconds: bool) -> String {
        let (mut out, mut rest) = (String::new(), second);
        for place in [36_000, 3600, 0, 600, 60, 0, 10, 1].into_iter().take(if with_seconds { 8 } else { 5 }) {
            let mut sign = b':';
            if place > 0 {
                sign = b'0' + (rest / place) as u8;
                rest %= place;
            }
            out.push(char::from(sign));
        }
        out
    }

    fn month(&self, year: Option<i64>, month: u8, form: Form) -> String {
        let name = month_name(month, form);
        year.map_or_else(|| name.to_owned(), |year| [name, " ", &self.year(year)].concat())
    }

    fn day(&self, day: Civil, with_year: bool, form: Form) -> String {
        [&day.day.to_string(), " ", &self.month(with_year.then_some(day.year), day.month, form)].concat()
    }

    fn weekday(&self, day: Civil, date: &str, form: Form) -> String {
        let pause = if form == Form::Long { ", " } else { " " };
        [weekday_name(day, form), pause, date].concat()
    }

    fn weekday_spoken(&self, day: Civil, date: &str) -> String {
        [weekday_name(day, Form::Long), " ", date].concat()
    }

    fn days(&self, first: Civil, last: u8, with_year: bool, form: Form) -> String {
        let dash = if form == Form::Long { " to " } else { "–" };
        let last = Civil { day: last, ..first };
        [&first.day.to_string(), dash, &self.day(last, with_year, form)].concat()
    }

    fn season(&self, year: i64, code: u8, form: Form) -> String {
        let following = year.saturating_add(1);
        let year = self.year(year);
        let place = usize::from(code);
        let nth = |first: usize| ORDINALS.get(place.wrapping_sub(first)).copied().unwrap_or_default();
        let part = match code {
            33..=36 => "quarter",
            37..=39 => "third",
            40.. => "half",
            _ => "",
        };
        if part.is_empty() {
            let season = SEASONS.get(place.wrapping_sub(21) % 4).copied().unwrap_or_default();
            let hemisphere = match code {
                29..=32 => " (southern)",
                _ => "",
            };
            // Where it begins in December, most of it lies in the year after.
            return match code {
                24 | 28 | 30 => [season, " ", &year, "/", &self.year(following), hemisphere].concat(),
                _ => [season, " ", &year, hemisphere].concat(),
            };
        }
        let nth = nth(match code {
            33..=36 => 33,
            37..=39 => 37,
            _ => 40,
        });
        let of = if form == Form::Long { " of " } else { " " };
        [nth, " ", part, of, &year].concat()
    }

    fn decade(&self, year: i64, form: Form) -> String {
        let the = if form == Form::Long { "the " } else { "" };
        [the, &year.to_string(), "s"].concat()
    }

    fn century(&self, year: i64, thousand: bool, form: Form) -> String {
        let (years, name) = if thousand { (1000, " millennium") } else { (100, " century") };
        let the = if form == Form::Long { "the " } else { "" };
        [the, &ordinal(year / years + 1), name].concat()
    }

    fn at_time(&self, date: &str, hour: u8, minute: u8) -> String {
        let two = |number: u8| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
        [date, ", ", &two(hour), ":", &two(minute)].concat()
    }

    fn within(&self, years: &str) -> String {
        ["some time in ", years].concat()
    }

    fn about(&self, date: &str, form: Form) -> String {
        [if form == Form::Long { "about " } else { "c. " }, date].concat()
    }

    fn perhaps(&self, date: &str, form: Form) -> String {
        match form {
            Form::Long => ["perhaps ", date].concat(),
            Form::Short => [date, "?"].concat(),
        }
    }

    fn between(&self, first: &str, last: &str, form: Form) -> String {
        let (front, dash) = if form == Form::Long { ("between ", " and ") } else { ("", " / ") };
        [front, first, dash, last].concat()
    }

    fn several(&self, first: &str, last: &str, form: Form) -> String {
        let (front, dash) = if form == Form::Long { ("several times from ", " to ") } else { ("", " … ") };
        [front, first, dash, last].concat()
    }

    fn or(&self, all: bool, last: bool, form: Form) -> &'static str {
        match (form, last) {
            (Form::Long, true) if all => " and ",
            (Form::Long, true) => " or ",
            (Form::Short, _) if !all => " / ",
            _ => ", ",
        }
    }

    fn before(&self, year: &str) -> String {
        ["before ", year].concat()
    }

    fn or_beyond(&self, date: &str, later: bool, day: bool) -> String {
        let (front, back) = match (later, day) {
            (false, true) => ("on or before ", ""),
            (true, true) => ("on or after ", ""),
            (false, false) => ("", " or earlier"),
            (true, false) => ("", " or later"),
        };
        [front, date, back].concat()
    }

    fn span(&self, from: &str, to: &str, plain: bool, form: Form) -> String {
        let dash = match form {
            Form::Long => " to ",
            Form::Short if plain => "–",
            Form::Short => " – ",
        };
        [from, dash, to].concat()
    }

    fn since(&self, from: &str, open: bool, form: Form) -> String {
        match (form, open) {
            (Form::Long, true) => ["from ", from, " on"].concat(),
            (Form::Long, false) => ["from ", from, ", end unknown"].concat(),
            (Form::Short, true) => ["from ", from].concat(),
            (Form::Short, false) => [from, " – ?"].concat(),
        }
    }

    fn until(&self, to: &str, open: bool, form: Form) -> String {
        match (form, open) {
            (_, true) => ["until ", to].concat(),
            (Form::Long, false) => ["until ", to, ", beginning unknown"].concat(),
            (Form::Short, false) => ["? – ", to].concat(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(feature = "large")]
    fn numbers_are_short_where_there_is_little_room() {
        let said = [0, 999, 1000, 1499, 1500, 11_342, 999_499, 999_500, 2_600_000]
            .map(|count| English.short_count(count));
        assert_eq!(said, ["0", "999", "1k", "1k", "2k", "11k", "999k", "1m", "3m"]);
        assert_eq!([6667, 16_866].map(|count| English.number(count)), ["6667", "16,866"]);
    }

    #[test]
    fn sentences_with_numbers_and_names() {
        let words = English;
        let said = [
            events(0),
            events(1),
            events(57),
            events(1_234_567),
            words.facts("1945–1953", 57),
            words.search_placeholder(57),
            words.results_header(6, 57, "railway"),
            words.results_header(1, 57, "railway"),
            words.results_header(0, 57, "railway"),
            words.no_match_why("railway workers"),
            words.no_match_why(""),
            words.search_for("railway", 6),
            words.drop_filter("Japan"),
            words.window_value("August 1945", "September 1945", 9),
            words.window_value("August 1945", "August 1945", 1),
            words.view_announcement(9, 57, "August 1945", "September 1945"),
            words.last_event("Treaty ratified, in force", "24 Aug 1945"),
            words.next_event("Resolution 505", "1 Feb 1952"),
            words.count_name(3, &["a", "b", "c"]),
            words.months(1),
            words.months(3),
            words.era_ended("Treaty in force"),
            words.position(9, 57),
            words.previous("Second round"),
            words.next("Railway agreement"),
            words.map_name(&["Moscow", "Chongqing"]),
            words.source_number(3),
            words.unknown("treaty-singed"),
            words.loading(""),
            words.loading("story.json"),
            words.fetched(1, None),
            words.fetched(12, Some(1300)),
            words.events_read(1),
            words.events_read(250_000),
            words.cancelled("story.json"),
            words.fetch_failed("https://example.org/a.json", words.unreachable()),
            words.fetch_failed("https://example.org/a.json", &words.bad_status(404)),
            words.read_failed("a.json", "line 214: a comma is missing."),
        ];
        insta::assert_snapshot!(said.join("\n"), @r"
        0 events
        1 event
        57 events
        1,234,567 events
        1945–1953 · 57 events
        Search 57 events
        6 of 57 events mention “railway”
        1 of 57 events mentions “railway”
        None of 57 events mention “railway”
        No event fits “railway workers”.
        No event fits everything that is switched on.
        Search “railway” (6 events)
        No longer only Japan
        August 1945 to September 1945, 9 events
        August 1945, 1 event
        9 of 57 events, August 1945 to September 1945
        Last: Treaty ratified, in force, 24 Aug 1945
        Next: Resolution 505, 1 Feb 1952
        3 events: a; b; c
        1 month
        3 months
        End of: Treaty in force
        9 of 57
        Previous: Second round
        Next: Railway agreement
        Map: Moscow; Chongqing
        Source 3
        “treaty-singed” is not in this timeline. The address may be old or mistyped.
        Reading the timeline…
        Reading story.json…
        1 MB fetched
        12 of 1300 MB fetched
        1 event read
        250,000 events read
        You cancelled the reading of story.json.
        https://example.org/a.json could not be fetched: it does not answer, or does not let other sites read it.
        https://example.org/a.json could not be fetched: the server answered with status 404.
        a.json could not be read: line 214: a comma is missing.
        ");
    }

    #[test]
    fn ordinals_and_large_numbers() {
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111].map(ordinal).join(" "),
            "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 101st 111th"
        );
        assert_eq!([0, 9999, 10_000, 1_234_567].map(grouped).join(" "), "0 9999 10,000 1,234,567");
        assert_eq!(
            [1_000_000, 66_043_000, 13_800_000_000, 2_000_500_000].map(large).join("; "),
            "1 million; 66.043 million; 13.8 billion; 2 billion"
        );
    }

    #[test]
    fn every_relation_has_words_of_its_own_either_way() {
        for relation in Relation::ALL {
            assert!(
                !English.relation_forward(relation).is_empty()
                    && !English.relation_backward(relation).is_empty()
            );
            let twin = |other: &Relation| {
                *other != relation
                    && English.relation_backward(*other) == English.relation_backward(relation)
                    && English.relation_forward(*other) == English.relation_forward(relation)
            };
            assert!(!Relation::ALL.iter().any(twin), "{relation:?}");
        }
    }

    #[test]
    fn names_have_no_full_stop_and_sentences_do() {
        let names = [
            English.chart_name(),
            English.tools(),
            English.more(),
            English.print(),
            English.appearance(),
            English.close(),
            English.search_label(),
            English.no_match(),
            English.clear_all(),
            English.whole_story(),
            English.track_hint(),
            English.legend_point(),
            English.legend_keys(),
            English.copy_link(),
            English.share(),
            English.unreadable(),
        ];
        assert!(
            names.iter().all(|name| !name.ends_with('.') && name.starts_with(char::is_uppercase)),
            "{names:?}"
        );
        let sentences = [
            English.crashed(),
            English.no_script(),
            English.no_script_brief(),
            English.no_wasm(),
            English.not_arrived(),
            English.no_data(),
            English.sharing().file,
            English.sharing().no_address,
            English.sharing().by_hand,
            English.sharing().not_come,
        ];
        assert!(sentences.iter().all(|sentence| sentence.ends_with('.')), "{sentences:?}");
        assert!(English.key_rows().iter().all(|(keys, does)| !keys.is_empty() && !does.is_empty()));
    }
}
