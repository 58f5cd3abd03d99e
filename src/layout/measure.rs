//! Widths of text, as the plan needs them.

#[cfg(feature = "large")]
use crate::scale::Short;

/// A face and size of the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Font {
    /// The name of an event: 14 px, weight 500.
    Label,
    /// The name of a landmark, or of an event that is chosen or linked: 14 px, weight 650.
    LabelStrong,
    /// A date beside a name: 11 px, sans.
    Date,
    /// The name of a span: 13 px, weight 500.
    Caption,
    /// The line under a name: 13 px.
    Gloss,
    /// [`Font::Label`] in the compact tier.
    CompactLabel,
    /// [`Font::LabelStrong`] in the compact tier.
    CompactLabelStrong,
    /// [`Font::Caption`] in the compact tier.
    CompactCaption,
    /// [`Font::Date`] in the compact tier.
    CompactDate,
}

/// Tells how wide a text is. The same text in the same font must always get the same answer.
pub trait TextMeasurer {
    /// The width in CSS pixels.
    fn width(&self, text: &str, font: Font) -> f64;
}

impl Font {
    /// All of them.
    #[cfg(feature = "large")]
    const ALL: [Self; 9] = [
        Self::Label,
        Self::LabelStrong,
        Self::Date,
        Self::Caption,
        Self::Gloss,
        Self::CompactLabel,
        Self::CompactLabelStrong,
        Self::CompactCaption,
        Self::CompactDate,
    ];
}

/// Widths from the advances of single letters, for where the fonts themselves are not: a text is as wide as its letters
/// together. Where letters join or lean towards one another it is narrower; they hardly ever make it wider.
#[cfg(feature = "large")]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Advances {
    /// Of the letters before [`FLAT`].
    flat: Vec<Widths>,
    others: std::collections::HashMap<char, Widths>,
}

/// By font.
#[cfg(feature = "large")]
type Widths = [f32; Font::ALL.len()];

/// The letters of most alphabets come before this one, and are found by their number.
#[cfg(feature = "large")]
const FLAT: usize = 0x600;

/// The width of a letter that is not known: no letter is wider than a square, or hardly any.
#[cfg(feature = "large")]
const SQUARE: f32 = 16.0;

#[cfg(feature = "large")]
impl Advances {
    /// The advances of some letters, as a text: each letter and its widths, in the order of [`Font`].
    pub fn write(letters: &str, measurer: &dyn TextMeasurer) -> String {
        let mut text = String::new();
        for letter in letters.chars() {
            let letter = letter.encode_utf8(&mut [0; 4]).to_owned();
            text.push_str(&letter);
            for font in Font::ALL {
                text.push_str(&Short(measurer.width(&letter, font)).to_string());
                text.push(' ');
            }
            text.push('\n');
        }
        text
    }

    /// What [`Advances::write`] wrote; what cannot be read is left out.
    pub fn read(text: &str) -> Self {
        let line = |line: &str| {
            let letter = line.chars().next()?;
            let mut numbers = line[letter.len_utf8()..].split_ascii_whitespace().map(str::parse);
            let mut widths = Widths::default();
            for width in &mut widths {
                *width = numbers.next()?.ok()?;
            }
            Some((letter, widths))
        };
        let mut advances = Self { flat: vec![[SQUARE; Font::ALL.len()]; FLAT], ..Self::default() };
        for (letter, widths) in text.split('\n').filter_map(line) {
            match advances.flat.get_mut(letter as usize) {
                Some(known) => *known = widths,
                None => _ = advances.others.insert(letter, widths),
            }
        }
        advances
    }
}

#[cfg(feature = "large")]
impl TextMeasurer for Advances {
    fn width(&self, text: &str, font: Font) -> f64 {
        let own = |letter: char| {
            let known = self.flat.get(letter as usize).or_else(|| self.others.get(&letter));
            known.map_or(SQUARE, |widths| widths[font as usize])
        };
        f64::from(text.chars().map(own).sum::<f32>())
    }
}

/// Widths from average advances: for tests, and wherever no font can be asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApproximateMeasurer;

impl TextMeasurer for ApproximateMeasurer {
    fn width(&self, text: &str, font: Font) -> f64 {
        let (size, weight) = match font {
            Font::Label => (14.0, 1.02),
            Font::LabelStrong => (14.0, 1.07),
            Font::Date | Font::CompactDate => (11.0, 1.1),
            Font::Caption => (13.0, 1.02),
            Font::Gloss => (13.0, 1.0),
            Font::CompactLabel => (12.0, 1.02),
            Font::CompactLabelStrong => (12.0, 1.07),
            Font::CompactCaption => (11.5, 1.02),
        };
        let known = |letter: char| ASCII.get(letter as usize).copied().unwrap_or_else(|| advance(letter));
        let width = text.chars().map(known).sum::<f64>() * size * weight;
        // Browsers lay out in these parts of a pixel too.
        (width * 64.0).ceil() / 64.0
    }
}

/// [`advance`] of the letters that most texts are made of.
static ASCII: [f64; 128] = {
    let mut advances = [0.0; 128];
    let mut letter = 0;
    while letter < advances.len() {
        advances[letter] = advance(letter as u8 as char);
        letter += 1;
    }
    advances
};

/// The advance of a letter in a book face, as a share of the size.
const fn advance(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '’' | '\'' | '|' | '!' => 0.26,
        ' ' => 0.22,
        'f' | 't' | 'r' | 's' | '-' | '(' | ')' => 0.36,
        'm' | 'w' | 'M' | 'W' => 0.82,
        'A'..='Z' | 'А'..='Я' => 0.63,
        '\u{2E80}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}' => 1.0,
        _ => 0.5,
    }
}

#[cfg(all(test, feature = "large"))]
mod tests {
    use super::*;

    #[test]
    fn advances_add_up_to_what_was_measured() {
        let letters = "Treaty of 1945 (Москва) 條約\u{1F}";
        let advances = Advances::read(&Advances::write(letters, &ApproximateMeasurer));
        for font in Font::ALL {
            let (own, other) = (advances.width(letters, font), ApproximateMeasurer.width(letters, font));
            // Each is measured to a part of 64 and written to the hundredth.
            assert!((own - other).abs() <= 0.013 * letters.chars().count() as f64, "{font:?}: {own} {other}");
            assert!((advances.width("ж", font) - 16.0).abs() < 1e-6);
        }
    }
}
