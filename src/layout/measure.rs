//! Widths of text, as the plan needs them.

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
        text.chars().map(advance).sum::<f64>() * size * weight
    }
}

/// The advance of a letter in a book face, as a share of the size.
fn advance(letter: char) -> f64 {
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
