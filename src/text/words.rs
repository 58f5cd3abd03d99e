//! Every text of the interface, as one method each.

use crate::model::{Confidence, Grade, Relation, RelationGroup};
use crate::time::Civil;

/// How much room a date has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Abbreviated: "Tue 14 Aug", "c. Jul".
    Short,
    /// In full, for reading and for the ear: "14 August 1945", "about July 1946".
    Long,
}

/// The words of the dialog that shares the timeline. What stands in braces is filled by the page's script.
#[derive(Clone, Copy, Debug)]
pub struct Sharing {
    /// Heading.
    pub title: &'static str,
    /// The parts of the dialog: a link, a frame, one file, a citation.
    pub parts: [&'static str; 4],
    /// Heading of the choice between the two that follow.
    pub first: &'static str,
    /// The timeline as it opens by itself.
    pub whole: &'static str,
    /// The view as it is; what is in view comes after it.
    pub view: &'static str,
    /// Leaves a choice to whoever reads.
    pub own: &'static str,
    /// The choice of a place.
    pub place: &'static str,
    /// Each place to publish: what it is called, and how it is done there.
    pub places: [(&'static str, &'static str); 6],
    /// The choice of a size.
    pub size: &'static str,
    /// Each size of a frame.
    pub sizes: [&'static str; 4],
    /// Name of the field with the link.
    pub link: &'static str,
    /// Leads to the link.
    pub open: &'static str,
    /// Name of the field with the code of a frame.
    pub code: &'static str,
    /// Name of the frame that shows what comes of it.
    pub preview: &'static str,
    /// The title of a frame: `{timeline}`.
    pub frame: &'static str,
    /// The link that stands below a frame: `{timeline}`.
    pub below: &'static str,
    /// What one file is.
    pub file: &'static str,
    /// Makes it.
    pub download: &'static str,
    /// It is being made.
    pub making: &'static str,
    /// It was made: `{kilobytes}`.
    pub made: &'static str,
    /// It could not be made: `{why}`.
    pub unmade: &'static str,
    /// More than one file is made for.
    pub too_large: &'static str,
    /// After that it was made, in a frame, which may be forbidden to save it.
    pub may_not: &'static str,
    /// This page has no address that others could open.
    pub no_address: &'static str,
    /// Names of the fields with citations, of an event and of the timeline.
    pub cited: [&'static str; 2],
    /// A citation of an event: `{title}`, `{date}`, `{timeline}`, `{address}`.
    pub citation: &'static str,
    /// A citation of the timeline: `{timeline}`, `{address}`.
    pub whole_citation: &'static str,
    /// Copies a field.
    pub copy: &'static str,
    /// Said after that.
    pub copied: &'static str,
    /// Said when the browser did not copy what is selected then.
    pub by_hand: &'static str,
    /// The dialog did not come.
    pub not_come: &'static str,
}

/// The texts of one language.
///
/// Plurals are the method's own affair, so a method that names a number of things is given the number. Texts that stand
/// as a name or on a button begin with a capital and have no full stop; sentences have one.
pub trait Words: Sync {
    /// "events", after a number that stands by itself.
    fn events_noun(&self, count: usize) -> &'static str;
    /// A text of the reader's, in the quotation marks of the language.
    fn quoted(&self, text: &str) -> String;

    /// Name of the chart for assistive technology.
    fn chart_name(&self) -> &'static str;
    /// Name of the group of tools beside the title.
    fn tools(&self) -> &'static str;
    /// In place of the deck where there is little room: "1945–1953 · 57 events".
    fn facts(&self, years: &str, count: usize) -> String;
    /// The menu of further commands.
    fn more(&self) -> &'static str;
    /// Prints the story.
    fn print(&self) -> &'static str;
    /// The menu of looks.
    fn appearance(&self) -> &'static str;
    /// A look by its name in addresses; none is the system's own.
    fn theme(&self, id: Option<&str>) -> &'static str;
    /// Closes whatever the button stands on.
    fn close(&self) -> &'static str;

    /// Name of the search field.
    fn search_label(&self) -> &'static str;
    /// In the empty search field: "Search 57 events".
    fn search_placeholder(&self, count: usize) -> String;
    /// Name of the list of results.
    fn results_label(&self) -> &'static str;
    /// Over the results: "6 of 57 events mention “railway”".
    fn results_header(&self, found: usize, total: usize, query: &str) -> String;
    /// Under the results: what the keys do.
    fn results_keys(&self) -> &'static str;
    /// Heading where no event stands.
    fn no_match(&self) -> &'static str;
    /// Why no event stands; the query is empty if only switches are set.
    fn no_match_why(&self, query: &str) -> String;
    /// A button that searches for less: "Search “railway” (6 events)".
    fn search_for(&self, query: &str, count: usize) -> String;

    /// The menu of themes and parties.
    fn filter(&self) -> &'static str;
    /// Heading of the list of themes.
    fn themes(&self) -> &'static str;
    /// Heading of the list of parties.
    fn parties(&self) -> &'static str;
    /// Name of the row of buttons that lay tracks down.
    fn threads(&self) -> &'static str;
    /// Takes one condition back.
    fn drop_filter(&self, name: &str) -> String;
    /// Takes all conditions back.
    fn clear_all(&self) -> &'static str;

    /// Name of the group of zoom buttons.
    fn zoom_group(&self) -> &'static str;
    /// Shows less time, larger.
    fn zoom_in(&self) -> &'static str;
    /// Shows more time, smaller.
    fn zoom_out(&self) -> &'static str;
    /// Shows all of it.
    fn whole_story(&self) -> &'static str;
    /// Name of the slider that moves the view.
    fn visible_period(&self) -> &'static str;
    /// Value of that slider: "August 1945 to September 1945, 9 events".
    fn window_value(&self, from: &str, to: &str, count: usize) -> String;
    /// Said after a move or a filter: "9 of 57 events, August 1945 to September 1945".
    fn view_announcement(&self, shown: usize, total: usize, from: &str, to: &str) -> String;

    /// Reading key: a mark on its stem.
    fn legend_point(&self) -> &'static str;
    /// Reading key: a bar.
    fn legend_span(&self) -> &'static str;
    /// Reading key: dashes.
    fn legend_dashed(&self) -> &'static str;
    /// Reading key: a number in a pill.
    fn legend_count(&self) -> &'static str;
    /// Reading key: how to move.
    fn legend_keys(&self) -> &'static str;

    /// What the heading of a track does when it is pressed.
    fn track_hint(&self) -> &'static str;
    /// Under the heading of a track, on a day when nothing runs: "Last: Treaty ratified, 24 Aug 1945".
    fn last_event(&self, label: &str, date: &str) -> String;
    /// Under the heading of a track, on a day before its first event.
    fn nothing_yet(&self) -> &'static str;
    /// At the edge of a track with nothing in view: "Next: Resolution 505, 1 Feb 1952".
    fn next_event(&self, label: &str, date: &str) -> String;
    /// After the number of events beyond an edge.
    fn beyond(&self, later: bool) -> &'static str;
    /// Name of a number that stands for events: "5 events: a; b; c"; without their names "500 events".
    fn count_name(&self, count: usize, labels: &[&str]) -> String;
    /// In the place of the results of a search that takes a while.
    #[cfg(feature = "large")]
    fn searching(&self) -> &'static str;
    /// A number where there is no room for more than three digits: "999", "11k", "2m".
    #[cfg(feature = "large")]
    fn short_count(&self, count: usize) -> String;
    /// A number as it is written: "16,866".
    #[cfg(feature = "large")]
    fn number(&self, count: usize) -> String;
    /// Between two events of the vertical form: "3 months".
    fn months(&self, count: usize) -> String;
    /// Where an era ends in the vertical form.
    fn era_ended(&self, label: &str) -> String;

    /// The list of keys.
    fn keys(&self) -> &'static str;
    /// Keys, and what they do.
    fn key_rows(&self) -> &'static [(&'static str, &'static str)];
    /// Switches the keys that are single letters.
    fn single_keys(&self) -> &'static str;

    /// "9 of 57".
    fn position(&self, place: usize, total: usize) -> String;
    /// Name of the button to the event before.
    fn previous(&self, label: &str) -> String;
    /// Name of the button to the event after.
    fn next(&self, label: &str) -> String;
    /// Pulls the sheet up or down.
    fn resize_sheet(&self) -> &'static str;
    /// Heading of a group of links.
    fn group(&self, group: RelationGroup) -> &'static str;
    /// Beside the event that was acted upon, in the detail of the one that acted.
    fn relation_forward(&self, relation: Relation) -> &'static str;
    /// Beside the event that acted, in the detail of the one that was acted upon.
    fn relation_backward(&self, relation: Relation) -> &'static str;
    /// All that links one event to another; with each, whether the one whose detail it stands in acted.
    fn relations(&self, relations: &[(Relation, bool)]) -> String {
        let words = relations.iter().map(|(relation, acts)| {
            if *acts { self.relation_forward(*relation) } else { self.relation_backward(*relation) }
        });
        words.collect::<Vec<_>>().join("; ")
    }
    /// Heading of disputed points.
    fn sources_differ(&self) -> &'static str;
    /// Heading of people.
    fn people(&self) -> &'static str;
    /// Heading of places.
    fn places(&self) -> &'static str;
    /// Name of the map: "Map: Moscow, Chongqing".
    fn map_name(&self, places: &[&str]) -> String;
    /// Heading of original names.
    fn names(&self) -> &'static str;
    /// Heading of sources.
    fn sources(&self) -> &'static str;
    /// Name of a mark in the text that leads to a source.
    fn source_number(&self, number: usize) -> String;
    /// How much weight a source carries.
    fn grade(&self, grade: Grade) -> &'static str;
    /// How sure the event is.
    fn confidence(&self, confidence: Confidence) -> &'static str;
    /// Copies the address of the event.
    fn copy_link(&self) -> &'static str;
    /// Copies a citation of the event.
    fn cite(&self) -> &'static str;
    /// Brings the event into view, large.
    fn zoom_to_it(&self) -> &'static str;
    /// Opens the dialog that shares the timeline.
    fn share(&self) -> &'static str;
    /// The words of that dialog.
    fn sharing(&self) -> &'static Sharing;
    /// The address asks for an event or a day that is not there.
    fn unknown(&self, name: &str) -> String;

    /// While a timeline is on its way from an address.
    fn loading(&self, url: &str) -> String;
    /// How many megabytes of a file have come, and of how many, if that is known.
    fn fetched(&self, megabytes: usize, of: Option<usize>) -> String;
    /// How many events of a file were read so far.
    fn events_read(&self, count: usize) -> String;
    /// Stops what is under way.
    fn cancel(&self) -> &'static str;
    /// The reader did not wait for the timeline from an address.
    fn cancelled(&self, url: &str) -> String;
    /// Heading where a timeline cannot be shown.
    fn unreadable(&self) -> &'static str;
    /// The address did not yield the timeline; why.
    fn fetch_failed(&self, url: &str, why: &str) -> String;
    /// What came from the address is no timeline; why.
    fn read_failed(&self, url: &str, why: &str) -> String;
    /// The page has no timeline in it.
    fn no_data(&self) -> &'static str;
    /// Of a large timeline no more can be told.
    #[cfg(feature = "large")]
    fn no_answer(&self) -> &'static str;
    /// Why: no answer, or one that this page may not read.
    fn unreachable(&self) -> &'static str;
    /// Why: an answer with a status other than success.
    fn bad_status(&self, status: u16) -> String;
    /// Why: no answer in time.
    fn timed_out(&self) -> &'static str;
    /// Why: too many bytes.
    fn too_large(&self) -> &'static str;
    /// Tries the same again.
    fn try_again(&self) -> &'static str;
    /// Leaves the other timeline for the one that belongs to the page.
    fn own_story(&self) -> &'static str;

    /// The chart has ended unexpectedly; the list is still there.
    fn crashed(&self) -> &'static str;
    /// Scripts are off; the list is there.
    fn no_script(&self) -> &'static str;
    /// Scripts are off in a page of one file, whose list without them has what happened alone.
    fn no_script_brief(&self) -> &'static str;
    /// The browser or the page forbids WebAssembly; the list is there.
    fn no_wasm(&self) -> &'static str;
    /// Part of the program did not arrive; the list is there.
    fn not_arrived(&self) -> &'static str;
    /// Heading of the list of contents of the static page.
    fn contents(&self) -> &'static str;
    /// Under the printed list: how to read the dates.
    fn print_note(&self) -> &'static str;

    /// The sentence of the reading line, after the day and the eras: what runs.
    fn under_way(&self, labels: &[&str]) -> String;
    /// The sentence of the reading line: what may have run or happened, as far as its dates tell.
    fn perhaps_then(&self, labels: &[&str]) -> String;
    /// The sentence of the reading line: what happened on the day itself.
    fn on_this_day(&self, labels: &[&str]) -> String;
    /// The sentence of the reading line where nothing runs and nothing happened.
    fn nothing_under_way(&self) -> &'static str;

    /// A year, alone: "1945", "44 BCE"; 0 is 1 BCE.
    fn year(&self, year: i64) -> String;
    /// A year on the axis, as short as it can be without loss: "1945", "44 BCE", "66 million".
    fn axis_year(&self, year: i64) -> String;
    /// A time of day on the axis, from the seconds since midnight: "14:05", "14:05:30".
    fn clock(&self, second: i64, with_seconds: bool) -> String;
    /// A month: "Aug", "August 1945".
    fn month(&self, year: Option<i64>, month: u8, form: Form) -> String;
    /// A day: "14 Aug", "14 August 1945".
    fn day(&self, day: Civil, with_year: bool, form: Form) -> String;
    /// A day of the week before a day: "Tue 14 Aug", "Tuesday, 14 August 1945".
    fn weekday(&self, day: Civil, date: &str, form: Form) -> String;
    /// A day of the week before a day, for the ear, without pause: "Tuesday 14 August 1945".
    fn weekday_spoken(&self, day: Civil, date: &str) -> String;
    /// Two days of one month: "7–14 Aug", "7 to 14 August 1945".
    fn days(&self, first: Civil, last: u8, with_year: bool, form: Form) -> String;
    /// A part of the year by its EDTF code, 21 to 41: "spring 1945".
    fn season(&self, year: i64, code: u8, form: Form) -> String;
    /// Ten years from the one given: "1940s", "the 1940s".
    fn decade(&self, year: i64, form: Form) -> String;
    /// A hundred years, or a thousand, from the one given, which is not before year 0: "20th century",
    /// "the 20th century".
    fn century(&self, year: i64, thousand: bool, form: Form) -> String;
    /// A time of day on a date.
    fn at_time(&self, date: &str, hour: u8, minute: u8) -> String;
    /// Some time in ten years, a century or a millennium, as [`Words::decade`] and [`Words::century`] name them in full.
    fn within(&self, years: &str) -> String;
    /// About then.
    fn about(&self, date: &str, form: Form) -> String;
    /// Perhaps then.
    fn perhaps(&self, date: &str, form: Form) -> String;
    /// At some moment from one date to another.
    fn between(&self, first: &str, last: &str, form: Form) -> String;
    /// At several moments from one date to another.
    fn several(&self, first: &str, last: &str, form: Form) -> String;
    /// Between two of several dates that all hold, or of which one does: ", ", before the last one " or ".
    fn or(&self, all: bool, last: bool, form: Form) -> &'static str;
    /// Before a year.
    fn before(&self, year: &str) -> String;
    /// On a date or, if not `later`, earlier. `day` if it is a day in full.
    fn or_beyond(&self, date: &str, later: bool, day: bool) -> String;
    /// From one date to another. `plain` if neither has a space in it.
    fn span(&self, from: &str, to: &str, plain: bool, form: Form) -> String;
    /// From a date on; `open` if it goes on, otherwise nobody knows how long.
    fn since(&self, from: &str, open: bool, form: Form) -> String;
    /// Up to a date; `open` if it has no beginning, otherwise nobody knows since when.
    fn until(&self, to: &str, open: bool, form: Form) -> String;
}
