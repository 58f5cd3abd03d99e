//! What the reader is doing: one state, one closed list of actions, one pure function from one state to the next.
//!
//! The address of the page is a projection of [`View`], so every view can be linked; see [`Address`].

mod address;

pub use address::{Address, event_hash};

use std::rc::Rc;

use crate::model::{Outline, Timeline};
use crate::query::Filter;
use crate::scale::Limits;
use crate::time::{CalendarUnit, Civil, DAY, TimePoint, TimeSpan};

/// The look of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
    /// Black on white, with a pattern for each track.
    Contrast,
}

impl Theme {
    /// Every look, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::System, Self::Light, Self::Dark, Self::Contrast];

    /// Its name in addresses and on the root element; none for the system's own.
    pub fn id(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
            Self::Contrast => Some("contrast"),
        }
    }

    /// The look with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.id() == Some(id))
    }
}

/// What can be linked to: what is shown, chosen and left out.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The stretch of time that is shown.
    pub span: TimeSpan,
    /// How many seconds after that the view begins, at most half of one either way.
    pub rest: f64,
    /// Index of the chosen event.
    pub selection: Option<usize>,
    /// What is left standing.
    pub filter: Filter,
    /// The day under the reading line.
    pub moment: Option<TimePoint>,
    /// The look.
    pub theme: Theme,
}

/// How far the sheet of the narrow form is pulled up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detent {
    /// Title and date.
    Low,
    /// About two thirds.
    #[default]
    Middle,
    /// All of the frame.
    Full,
}

/// An overlay of which only one is open at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// Search results.
    Results,
    /// Themes and parties.
    Filters,
    /// Looks.
    Appearance,
    /// Further commands.
    More,
    /// Events to choose from; see [`Ui::pile`].
    Pile,
}

/// Something to say once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The address names an event or a day that the timeline does not have.
    Unknown(Rc<str>),
}

/// Where focus should go after the next rendering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The title of the page.
    Title,
    /// The control of this event.
    Event(usize),
    /// The heading of the detail.
    Detail,
    /// The search field.
    Search,
    /// The first of the events to choose from.
    Pile,
}

/// What cannot be linked to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ui {
    /// The event that is the tab stop of the chart.
    pub cursor: Option<usize>,
    /// The open overlay.
    pub overlay: Option<Overlay>,
    /// The events of a count that no zoom can part, or those under a finger.
    pub pile: Vec<usize>,
    /// Where on the plot they lie: shares of its width and height.
    pub pile_at: (f64, f64),
    /// The result that Enter opens.
    pub active_hit: usize,
    /// How far the sheet is pulled up.
    pub detent: Detent,
    /// Something to say.
    pub notice: Option<Notice>,
    /// A request to move focus, numbered so that the same request can be made twice.
    pub focus: Option<(Focus, u32)>,
    /// The reading line was placed by key or press and stays when the pointer leaves.
    pub moment_pinned: bool,
    /// The span changed by a jump, so it should be seen moving.
    pub glide: bool,
}

/// The whole state.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The history that is shown; never changed.
    pub timeline: Rc<Timeline>,
    /// How far one can zoom and pan.
    pub limits: Limits,
    /// What can be linked to.
    pub view: View,
    /// What cannot.
    pub ui: Ui,
}

/// Everything that can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The address was opened or changed from outside.
    Open(Address),
    /// Choose an event and show its detail; `None` closes it.
    Select(Option<usize>),
    /// Make the event the tab stop of the chart, bring it into view and focus it.
    MoveCursor(usize),
    /// The event got focus by other means.
    CursorAt(usize),
    /// Show exactly this stretch, as far as the limits allow.
    Show(TimeSpan),
    /// Zoom about a point, given as a share of the width from the left; a factor above 1 zooms in.
    Zoom {
        /// Share of the width, 0 to 1.
        at: f64,
        /// By how much.
        factor: f64,
        /// Seen moving.
        glide: bool,
    },
    /// Move by a share of the width; positive is later.
    Pan(f64),
    /// Show the whole story.
    Fit,
    /// Zoom until the event and what surrounds it can be told apart.
    ZoomTo(usize),
    /// Search for this.
    Search(String),
    /// Make this search result the one that Enter opens.
    ActiveHit(usize),
    /// Lay a track down, or stand it up again.
    ToggleTrack(usize),
    /// Stand only this track up; again: all.
    OnlyTrack(usize),
    /// Keep only events of this party, besides those already kept; again: no longer.
    ToggleParty(usize),
    /// Keep only events with this theme, besides those already kept; again: no longer.
    ToggleTheme(usize),
    /// Drop all filters.
    ClearFilter,
    /// Put the reading line on a day; `None` takes it away. Not when it is pinned and `pinned` is false.
    Moment {
        /// The day.
        at: Option<TimePoint>,
        /// Placed by key or press.
        pinned: bool,
    },
    /// Move the reading line by so many days, or months.
    MoveMoment {
        /// How many.
        steps: i64,
        /// Months instead of days.
        months: bool,
    },
    /// Change the look.
    Theme(Theme),
    /// Open an overlay, or close it if it is the one that is open.
    Overlay(Overlay),
    /// Zoom until the events of a count, from its first to its last, can be told apart, and focus the first.
    Part(usize, usize),
    /// Let the reader choose among events that lie too close together, at these shares of the plot's width and height.
    Offer(Vec<usize>, f64, f64),
    /// Close whatever is topmost: overlay, notice, detail, reading line, filter text.
    Escape,
    /// Close overlays.
    CloseOverlay,
    /// Pull the sheet.
    Detent(Detent),
    /// Say something; `None` takes it away.
    Notice(Option<Notice>),
    /// Focus the search field.
    FocusSearch,
}

impl AppState {
    /// The whole story, with nothing chosen.
    pub fn new(timeline: Rc<Timeline>, limits: Limits) -> Self {
        let filter = Filter::none(&timeline);
        let view = View {
            span: limits.fit,
            rest: 0.0,
            selection: None,
            filter,
            moment: None,
            theme: Theme::default(),
        };
        let ui = Ui { focus: Some((Focus::Title, 0)), ..Ui::default() };
        Self { timeline, limits, view, ui }
    }

    /// Whether the whole story is in view.
    pub fn is_fit(&self) -> bool {
        self.view.span == self.limits.fit
    }

    /// The event that is the tab stop, of those that stand: the cursor, else the chosen one, else the first in view.
    pub fn tab_stop(&self, standing: &[bool]) -> Option<usize> {
        let fits = |event: &usize| {
            standing[*event] && self.timeline.events.outline(*event).reach.overlaps(self.view.span)
        };
        let first = || (0..standing.len()).find(fits);
        #[cfg(feature = "large")]
        let first = || match self.timeline.events.shelf() {
            Some(shelf) => shelf.first_in(self.view.span, |event| standing[event]),
            None => first(),
        };
        let first = || first().or_else(|| standing.iter().position(|stands| *stands));
        self.ui.cursor.filter(fits).or(self.view.selection.filter(fits)).or_else(first)
    }

    /// Whether it differs from another only in where the view is.
    #[cfg(feature = "large")]
    pub fn moves_from(&self, other: &Self) -> bool {
        let View { span, rest, .. } = self.view;
        self.ui == other.ui && self.view == View { span, rest, ..other.view.clone() }
    }

    /// The state after an action. Returns the same state where nothing changes.
    #[must_use]
    pub fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        next.ui.glide = false;
        next.apply(action);
        if next.view == self.view && next.ui == self.ui { self } else { Rc::new(next) }
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Open(address) => self.open(&address),
            Action::Select(event) => self.select(event),
            Action::MoveCursor(event) => {
                self.ui.cursor = Some(event);
                self.reveal(event);
                self.focus(Focus::Event(event));
            }
            Action::CursorAt(event) => self.ui.cursor = Some(event),
            Action::Show(span) => self.view.span = self.limits.clamp(span),
            Action::Zoom { at, factor, glide } => {
                self.view.span = self.limits.zoom(self.view.span, &mut self.view.rest, at, factor);
                self.ui.glide = glide;
            }
            Action::Pan(share) => {
                self.view.span = self.limits.pan(self.view.span, &mut self.view.rest, share);
            }
            Action::Fit => {
                self.view.span = self.limits.fit;
                self.ui.glide = true;
            }
            Action::ZoomTo(event) => self.zoom_to(event),
            Action::Search(text) => {
                self.view.filter.text = text;
                self.ui.active_hit = 0;
                self.ui.overlay = (!self.view.filter.text.trim().is_empty()).then_some(Overlay::Results);
            }
            Action::ActiveHit(hit) => self.ui.active_hit = hit,
            Action::ToggleTrack(track) => {
                if let Some(hidden) = self.view.filter.hidden_tracks.get_mut(track) {
                    *hidden = !*hidden;
                }
            }
            Action::OnlyTrack(track) => {
                let hidden = &mut self.view.filter.hidden_tracks;
                let already = hidden.iter().enumerate().all(|(index, hidden)| *hidden == (index != track));
                for (index, hidden) in hidden.iter_mut().enumerate() {
                    *hidden = !already && index != track;
                }
            }
            Action::ToggleParty(party) => toggle(&mut self.view.filter.parties, party),
            Action::ToggleTheme(theme) => toggle(&mut self.view.filter.themes, theme),
            Action::ClearFilter => {
                self.view.filter = Filter::none(&self.timeline);
                self.ui.overlay = None;
            }
            Action::Moment { at, pinned } => {
                if pinned || !self.ui.moment_pinned {
                    self.ui.moment_pinned = pinned && at.is_some();
                    self.view.moment = at.map(|point| CalendarUnit::Days(1).floor(point));
                }
            }
            Action::MoveMoment { steps, months } => self.move_moment(steps, months),
            Action::Theme(theme) => self.view.theme = theme,
            Action::Overlay(overlay) => {
                self.ui.overlay = if self.ui.overlay == Some(overlay) { None } else { Some(overlay) };
            }
            Action::Part(first, last) => {
                let at = |event: usize| self.timeline.events.outline(event).anchor.0;
                let (from, to) = (at(first), at(last));
                // Twice the stretch on either side leaves at least a fifth of the width between the outer members.
                let margin = ((to - from) * 2).max(self.limits.min_secs * 5 / 2);
                self.view.span = self
                    .limits
                    .clamp(TimeSpan { start: TimePoint(from - margin), end: TimePoint(to + margin) });
                self.apply(Action::MoveCursor(first));
            }
            Action::Offer(events, x, y) => {
                self.ui.overlay = Some(Overlay::Pile);
                self.ui.pile = events;
                self.ui.pile_at = (x, y);
                self.focus(Focus::Pile);
            }
            Action::CloseOverlay => self.ui.overlay = None,
            Action::Escape => self.escape(),
            Action::Detent(detent) => self.ui.detent = detent,
            Action::Notice(notice) => self.ui.notice = notice,
            Action::FocusSearch => self.focus(Focus::Search),
        }
    }

    fn focus(&mut self, focus: Focus) {
        let number = self.ui.focus.map_or(0, |(_, number)| number.wrapping_add(1));
        self.ui.focus = Some((focus, number));
    }

    fn select(&mut self, event: Option<usize>) {
        let previous = self.view.selection;
        self.view.selection = event;
        self.ui.overlay = None;
        if let Some(event) = event {
            self.ui.cursor = Some(event);
            self.ui.notice = None;
            if !self.ui.moment_pinned {
                self.view.moment = None;
            }
            self.reveal(event);
            self.focus(Focus::Detail);
        } else if let Some(previous) = previous {
            self.ui.detent = Detent::default();
            self.focus(Focus::Event(previous));
        }
    }

    /// Moves the view just as far as it takes to bring the event in, with a margin.
    fn reveal(&mut self, event: usize) {
        let Outline { anchor, reach, .. } = self.timeline.events.outline(event);
        let span = self.view.span;
        if reach.overlaps(span) && span.contains(anchor) {
            return;
        }
        let half = span.secs() / 2;
        let start = TimePoint(anchor.0.saturating_sub(half));
        self.view.span =
            self.limits.clamp(TimeSpan { start, end: TimePoint(start.0.saturating_add(span.secs())) });
        self.ui.glide = true;
    }

    fn zoom_to(&mut self, event: usize) {
        let extent = self.timeline.events[event].date.extent();
        let margin = (extent.secs() / 4).max(self.limits.min_secs * 6);
        let wanted = TimeSpan {
            start: TimePoint(extent.start.0.saturating_sub(margin)),
            end: TimePoint(extent.end.0.saturating_add(margin)),
        };
        self.view.span = self.limits.clamp(wanted);
        self.ui.glide = true;
    }

    fn move_moment(&mut self, steps: i64, months: bool) {
        let point = self.view.moment.unwrap_or_else(|| {
            let selected = self.view.selection.or(self.ui.cursor);
            selected.map_or(self.view.span.middle(), |event| self.timeline.events[event].date.anchor())
        });
        let civil = point.civil();
        let moved = if months {
            let count = civil.year * 12 + i64::from(civil.month) - 1 + steps;
            let (year, month) = (count.div_euclid(12), count.rem_euclid(12) as u8 + 1);
            Civil { year, month, day: civil.day.min(Civil::days_in_month(year, month)) }.midnight()
        } else {
            TimePoint(civil.midnight().0.saturating_add(steps.saturating_mul(DAY)))
        };
        let last = TimePoint(self.limits.fit.end.0 - DAY);
        self.view.moment = Some(moved.clamp(self.limits.fit.start, last));
        self.ui.moment_pinned = true;
    }

    fn escape(&mut self) {
        if let Some(overlay) = self.ui.overlay.take() {
            if overlay == Overlay::Pile {
                self.ui.pile.first().copied().into_iter().for_each(|event| self.focus(Focus::Event(event)));
            }
        } else if self.ui.notice.take().is_some() {
        } else if self.view.selection.is_some() {
            self.select(None);
        } else if self.view.moment.take().is_some() {
            self.ui.moment_pinned = false;
        } else if !self.view.filter.text.is_empty() {
            self.view.filter.text.clear();
        }
    }

    /// Brings the state to what an address says; what the address does not name goes back to its default.
    fn open(&mut self, address: &Address) {
        let timeline = Rc::clone(&self.timeline);
        let selection = address.event.as_deref().and_then(|id| timeline.event_by_id(id));
        // Browsers take focus away when they look for the place that a fragment names, and some tell of the address before
        // and after that, so the detail asks for focus each time.
        self.select(selection);
        let day = address.moment.as_deref().and_then(address::day);
        self.view.moment = day.filter(|day| self.limits.fit.contains(*day));
        self.ui.moment_pinned = self.view.moment.is_some();
        if let (Some(day), None) = (self.view.moment, selection) {
            // Whatever has begun by then comes before the first that has not.
            let later = timeline.events.outlines().position(|outline| outline.reach.start > day);
            self.ui.cursor = later.unwrap_or(timeline.events.len()).checked_sub(1);
        }
        let event = address.event.as_ref().filter(|_| selection.is_none());
        let unknown = event.or(address.moment.as_ref().filter(|_| !self.ui.moment_pinned)).cloned();
        self.ui.notice = unknown.map(Notice::Unknown);
        self.view.filter = address.filter(&timeline);
        self.view.span = self.limits.clamp(address.span.unwrap_or(self.limits.fit));
        self.view.theme = address.theme;
    }

    /// The address of this state.
    pub fn address(&self) -> Address {
        Address::of(&self.timeline, &self.limits, &self.view, self.ui.moment_pinned)
    }
}

fn toggle(list: &mut Vec<usize>, item: usize) {
    if let Some(at) = list.iter().position(|kept| *kept == item) {
        list.remove(at);
    } else {
        let at = list.partition_point(|kept| *kept < item);
        list.insert(at, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{self, LoadError};

    fn treaty() -> Result<Rc<AppState>, LoadError> {
        let (timeline, _) = load::from_json(include_bytes!("../../data/treaty-1945.json"))?;
        let limits = Limits::of(&timeline);
        Ok(Rc::new(AppState::new(Rc::new(timeline), limits)))
    }

    fn focus(state: &AppState) -> Option<Focus> {
        state.ui.focus.map(|(focus, _)| focus)
    }

    #[test]
    fn an_address_keeps_the_view_that_it_names_beside_an_event_elsewhere() -> Result<(), LoadError> {
        let address = Address::parse("?from=1950-01-16&to=1950-07-30", "#event-treaty-signed");
        let state = treaty()?.reduce(Action::Open(address.clone()));
        assert_eq!(state.address(), address);
        assert_eq!(focus(&state), Some(Focus::Detail));
        let chosen = state.view.selection;
        let by_hand = state.reduce(Action::Select(None)).reduce(Action::Select(chosen));
        assert_ne!(by_hand.address().span, address.span, "a hand brings its event into view");
        Ok(())
    }

    #[test]
    fn an_address_told_twice_asks_for_focus_twice() -> Result<(), LoadError> {
        let address = Address::parse("", "#event-treaty-signed");
        let once = treaty()?.reduce(Action::Open(address.clone()));
        let twice = Rc::clone(&once).reduce(Action::Open(address));
        assert_eq!(focus(&twice), Some(Focus::Detail));
        assert_ne!(once.ui.focus, twice.ui.focus);
        Ok(())
    }

    #[test]
    fn what_the_timeline_does_not_have_is_said() -> Result<(), LoadError> {
        for (query, hash, said) in [
            ("", "#event-treaty-singed", Some("treaty-singed")),
            ("?at=1999-01-01", "#event-treaty-signed", Some("1999-01-01")),
            ("?at=1946-02-30", "", Some("1946-02-30")),
            ("?at=1946-02-28", "#event-treaty-signed", None),
        ] {
            let state = treaty()?.reduce(Action::Open(Address::parse(query, hash)));
            assert_eq!(state.ui.notice, said.map(|name| Notice::Unknown(name.into())), "{query}{hash}");
            assert_eq!(state.view.moment.is_some(), query.contains("02-28"));
        }
        Ok(())
    }

    #[test]
    fn an_address_with_a_day_puts_the_tab_stop_there_unless_it_chooses_an_event() -> Result<(), LoadError> {
        let cursor = |hash: &str| {
            let state = treaty()?.reduce(Action::Open(Address::parse("?at=1946-03-01", hash)));
            Ok(state.ui.cursor.map(|event| state.timeline.events[event].id.to_string()))
        };
        assert_eq!(cursor("")?.as_deref(), Some("yalta-published-protests"));
        assert_eq!(cursor("#event-treaty-signed")?.as_deref(), Some("treaty-signed"));
        Ok(())
    }

    #[test]
    fn a_count_brings_its_events_into_view_and_focuses_the_first() -> Result<(), LoadError> {
        let state = treaty()?.reduce(Action::Part(20, 23));
        assert!(!state.is_fit());
        for event in 20..=23 {
            assert!(state.view.span.contains(state.timeline.events[event].date.anchor()), "{event}");
        }
        assert_eq!((focus(&state), state.ui.cursor), (Some(Focus::Event(20)), Some(20)));
        Ok(())
    }

    #[test]
    fn the_tab_stop_is_an_event_that_stands() -> Result<(), LoadError> {
        let state = treaty()?.reduce(Action::CursorAt(3));
        let mut standing = vec![true; state.timeline.events.len()];
        assert_eq!(state.tab_stop(&standing), Some(3));
        standing[..5].fill(false);
        assert_eq!(state.tab_stop(&standing), Some(5));
        // Also where none that stands is in view: a list shows it all the same.
        let early = state.reduce(Action::Show(TimeSpan {
            start: TimePoint(i64::MIN / 4),
            end: TimePoint(i64::MIN / 4 + 1),
        }));
        standing.fill(false);
        assert_eq!(early.tab_stop(&standing), None);
        standing[56] = true;
        assert_eq!(early.tab_stop(&standing), Some(56));
        Ok(())
    }

    #[test]
    fn escape_closes_what_is_topmost_first() -> Result<(), LoadError> {
        let state = treaty()?.reduce(Action::Select(Some(4))).reduce(Action::Overlay(Overlay::Filters));
        let state = state.reduce(Action::Escape);
        assert_eq!((state.ui.overlay, state.view.selection), (None, Some(4)));
        let state = state.reduce(Action::Escape);
        assert_eq!((state.view.selection, focus(&state)), (None, Some(Focus::Event(4))));
        Ok(())
    }
}
