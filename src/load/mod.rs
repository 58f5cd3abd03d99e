//! From bytes to a [`crate::model::Timeline`] and a list of what was wrong.
//!
//! A file is refused only when nothing of it can be shown. Else one bad row costs that row, one bad field that field,
//! and each loss is told with its place.

mod intake;
mod read;
mod scan;
#[cfg(feature = "schema")]
#[expect(dead_code, reason = "the types are there for what is derived from them")]
mod wire;

pub use intake::{Intake, Progress, from_json};
#[cfg(feature = "schema")]
pub use wire::schema;

/// The name of this version of the format.
const FORMAT: &str = "annals/1";

/// Something in a file that was left out or repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where, as a path from the top of the file: `events[3].date`; empty where it is about the whole.
    pub place: String,
    /// What is wrong, and what was made of it.
    pub message: String,
}

/// Why nothing of a file can be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// There is nothing in it.
    #[error("The file is empty. Save the timeline again, or choose another file.")]
    Empty,
    /// It is a web page.
    #[error("This is a web page, not a timeline. Check the address: it must lead to the JSON file itself.")]
    WebPage,
    /// It is in an encoding other than UTF-8.
    #[error("The file is not in UTF-8. Save it again with the encoding UTF-8.")]
    Encoding,
    /// It is no JSON.
    #[error(
        "The file is not valid JSON: {detail}. Look at this place, and at the end of the line before it."
    )]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// In bytes, counted from 1; 0 at the end of a line.
        column: usize,
        /// What is wrong, with the place.
        detail: String,
    },
    /// It is JSON, but no timeline.
    #[error("The file is JSON, but not a timeline: it must be an object with a list named \"events\".")]
    NotATimeline,
    /// It is written for another version of the format.
    #[error(
        "The file is in the format \"{found}\", but only \"annals/1\" can be read here. Reload the page, or save the file as \"annals/1\"."
    )]
    Format {
        /// What the file says of itself.
        found: String,
    },
    /// It is a timeline without a usable event.
    #[error("No event of the file can be shown: {}", first.as_ref().map_or("its list of events is empty. Give it at least one event with a \"date\" and a \"title\".", |first| &first.message))]
    NoEvents {
        /// The first thing that is wrong.
        first: Option<Diagnostic>,
    },
}

impl LoadError {
    /// The line of the error, counted from 1, where there is one.
    pub fn line(&self) -> Option<usize> {
        if let Self::Syntax { line, .. } = self { Some(*line) } else { None }
    }

    /// The column of the error in bytes, counted from 1, where there is one.
    pub fn column(&self) -> Option<usize> {
        if let Self::Syntax { column, .. } = self { Some(*column) } else { None }
    }
}
