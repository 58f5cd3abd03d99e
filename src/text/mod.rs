//! The words of the interface, and dates in words.
//!
//! Every language implements [`Words`]; a text that is missing in one of them does not compile. What is the same in all
//! languages, such as which parts of a date are said, is worked out here.

mod dates;
mod en;
mod reading;
mod words;

#[cfg(feature = "large")]
pub use dates::{LABEL_KEYS, label_key};
pub use dates::{
    axis_name, flag_date, full_date, label_date, long_date, long_day, machine_date, minguo_date,
    minguo_month, minguo_year, period, row_date, short_date, short_date_with_year, spoken_date, year_name,
    year_range,
};
pub use reading::{TrackMoment, event_name, moment_by_track, moment_sentence};
pub use words::{Form, Sharing, Words};

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English, in the spelling of Britain.
    #[default]
    En,
}

impl Locale {
    /// Every language, in the order of a menu.
    pub const ALL: [Self; 1] = [Self::En];

    /// Its tag of BCP 47, for `lang` attributes and for choosing among the texts of a timeline.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
        }
    }

    /// The language with this tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(tag))
    }

    /// Its words.
    ///
    /// While there is one language, the compiler knows whose words they are, so each module holds only those that it says.
    /// A second language makes this a `&'static dyn Words`.
    pub fn words(self) -> &'static impl Words {
        match self {
            Self::En => &en::English,
        }
    }
}
