//! Where the app asks about a large timeline, which a worker keeps: what a filter leaves of it, and where its labels stand.

use yew::html::Scope;

use super::app::{App, Message, Reply};
use super::context::Reader;
use super::wide::Room;
use crate::layout::{Advances, Arrival, Plan};
use crate::query::{Filter, Found};
use crate::web::{self, Answer, Ask, CanvasMeasurer, Part};

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    /// What a filter leaves.
    Find,
    /// A plan for a frame.
    Plan,
}

/// The questions that are open. One is asked at a time, and what was asked in vain is asked anew only when something changes.
pub(super) struct Desk {
    wants_found: bool,
    wants_plan: bool,
    /// What a filter leaves has come, and was not spoken of yet.
    pub(super) has_news: bool,
    /// The filter that was on when it was asked what is to be answered.
    asked: Option<Filter>,
    /// What has come of the answer.
    parts: Vec<Part>,
    arrival: Option<Arrival>,
}

impl Desk {
    /// A desk at which nothing was asked yet.
    pub(super) fn new() -> Self {
        Self {
            wants_found: true,
            wants_plan: true,
            has_news: false,
            asked: None,
            parts: Vec::new(),
            arrival: None,
        }
    }

    /// Another filter is on.
    pub(super) fn refilter(&mut self) {
        self.wants_found = true;
        self.wants_plan = true;
    }

    /// There is other room, or other fonts.
    pub(super) fn replan(&mut self) {
        self.wants_plan = true;
    }

    /// Asks the next question, if there is one; a plan is made for a room.
    pub(super) fn ask(&mut self, reader: &Reader, room: Option<Room>, link: &Scope<App>) {
        if self.asked.is_some() || !(self.wants_found || self.wants_plan) {
            return;
        }
        let mut question = reader.state.address().query();
        question.push('\n');
        let room = room.filter(|_| self.wants_plan);
        // Where nothing is filtered, the plan need not wait.
        let plan_first = room.is_some() && !reader.found.active && !reader.state.view.filter.is_active();
        let what = if self.wants_found && !plan_first {
            self.wants_found = false;
            Question::Find
        } else if let Some(room) = room {
            self.wants_plan = false;
            question.push_str(&room.frame());
            question.push('\n');
            question.push_str(&Advances::write(&web::letters(), &CanvasMeasurer::new()));
            self.arrival = Some(Arrival::new(reader.timeline().events.len()));
            Question::Plan
        } else {
            return;
        };
        self.asked = Some(reader.state.view.filter.clone());
        self.parts.clear();
        let link = link.clone();
        web::ask(Ask::Inquire, &question, move |answer| {
            link.send_message(Message::Answered(
                what,
                match answer {
                    Answer::Progress(..) => web::part().map_or(Reply::Failed, Reply::Part),
                    Answer::Text(_) => Reply::End,
                    Answer::Failure(_) => Reply::Failed,
                },
            ));
        });
    }

    /// Takes the next part of an answer.
    pub(super) fn take(&mut self, what: Question, part: Part) {
        match (what, part) {
            (Question::Plan, Part::Bytes(bytes)) => {
                _ = self.arrival.as_mut().is_some_and(|arrival| arrival.take(&bytes));
            }
            (_, part) => self.parts.push(part),
        }
    }

    /// The plan that has come, at the end of an answer.
    pub(super) fn plan(&mut self) -> Option<Plan> {
        self.asked = None;
        self.arrival.take()?.end()
    }

    /// What a filter leaves, at the end of an answer.
    pub(super) fn found(&mut self, reader: &Reader) -> Option<Found> {
        self.has_news = true;
        let filter = self.asked.take()?;
        match &self.parts[..] {
            [Part::Text(text), Part::Bytes(matches)] => {
                Found::unpack(reader.timeline(), &filter, text, matches)
            }
            _ => None,
        }
    }
}
