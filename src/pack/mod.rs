//! A timeline that has been checked, made small for the way into the app: from the page, and from the reader of files.
//!
//! It is one text of parts that a separator divides. The first part is a row of whole numbers: how long each list is,
//! what each index, date and choice is, in the order in which the model has them. The other parts are the texts, each
//! once, in the order in which they are first needed. Where the numbers ask for a text, 0 is the next that was not taken
//! yet, and any other number is one that was, counted from 1.
//!
//! A number is written in digits of five bits, the highest first, each a letter from `?` on; all but the last have the
//! sixth bit as well. So most numbers are one letter, and none needs more than one escape in JSON.
//!
//! There is no number of a version: what writes it and what reads it come from one build.

mod read;
#[cfg(feature = "load")]
mod write;

pub use read::read;
#[cfg(feature = "large")]
pub use read::{Stack, read_shelved};
#[cfg(feature = "load")]
pub use write::{Packed, Packing, write};
#[cfg(all(feature = "load", feature = "large"))]
pub use write::{Shelved, Shelving};

use crate::model::{Calendar, Confidence, EraField, Grade};
use crate::time::Precision;

/// Places are held in whole numbers of this part of a degree, about a centimetre.
pub const PARTS_OF_DEGREE: f64 = 1e7;

/// Stands between two parts, and in none.
pub const SEPARATOR: char = '\u{1F}';

/// So many events of a large timeline are packed together; the last part may have fewer.
#[cfg(feature = "large")]
const PART: usize = 4096;

/// The letter for the digit 0.
const ZERO: u8 = b'?';

/// How many bits a digit holds.
const DIGIT_BITS: u32 = 5;

/// The bit of a digit that another one follows.
const GOES_ON: u8 = 1 << DIGIT_BITS;

// The numbers of choices are their places in these lists.

const CALENDARS: [Option<Calendar>; 2] = [None, Some(Calendar::Minguo)];

const GRADES: [Grade; 5] = [Grade::Primary, Grade::Scholarly, Grade::Reference, Grade::Press, Grade::Weak];

const CONFIDENCES: [Confidence; 3] = [Confidence::High, Confidence::Medium, Confidence::Low];

const FIELDS: [EraField; 2] = [EraField::Full, EraField::Hatched];

const PRECISIONS: [Precision; 7] = [
    Precision::Century,
    Precision::Decade,
    Precision::Year,
    Precision::Season,
    Precision::Month,
    Precision::Day,
    Precision::Time,
];

/// The number of the kind of bound that is a set, the highest one: 0 is none, then come what goes on, what is unknown, a
/// date, it or an earlier one, it or a later one.
const SET: usize = 6;

/// The most that a month, a code of a season, a day and an importance can be.
const MOST_MONTH: usize = 12;
const MOST_SEASON: usize = 41;
const MOST_DAY: usize = 31;
const MOST_IMPORTANCE: usize = 5;
