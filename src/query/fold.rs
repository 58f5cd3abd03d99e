//! Letters without case and accents, so that "Ürümqi" is found by "urumqi" and "Ёлкин" by "елкин".

use std::ops::Range;

/// Latin letters by runs of one base letter: the first code point of a run, and the base; 0 where there is none.
///
/// A run goes up to the next one. Case needs no tables of its own: a capital has the base of its small letter.
const RUNS: &[(u16, u8)] = &[
    (0x00c0, b'a'),
    (0x00c6, 0),
    (0x00c7, b'c'),
    (0x00c8, b'e'),
    (0x00cc, b'i'),
    (0x00d0, b'd'),
    (0x00d1, b'n'),
    (0x00d2, b'o'),
    (0x00d7, 0),
    (0x00d8, b'o'),
    (0x00d9, b'u'),
    (0x00dd, b'y'),
    (0x00de, 0),
    (0x00e0, b'a'),
    (0x00e6, 0),
    (0x00e7, b'c'),
    (0x00e8, b'e'),
    (0x00ec, b'i'),
    (0x00f0, b'd'),
    (0x00f1, b'n'),
    (0x00f2, b'o'),
    (0x00f7, 0),
    (0x00f8, b'o'),
    (0x00f9, b'u'),
    (0x00fd, b'y'),
    (0x00fe, 0),
    (0x00ff, b'y'),
    (0x0100, b'a'),
    (0x0106, b'c'),
    (0x010e, b'd'),
    (0x0112, b'e'),
    (0x011c, b'g'),
    (0x0124, b'h'),
    (0x0128, b'i'),
    (0x0132, 0),
    (0x0134, b'j'),
    (0x0136, b'k'),
    (0x0139, b'l'),
    (0x0143, b'n'),
    (0x014c, b'o'),
    (0x0152, 0),
    (0x0154, b'r'),
    (0x015a, b's'),
    (0x0162, b't'),
    (0x0168, b'u'),
    (0x0174, b'w'),
    (0x0176, b'y'),
    (0x0179, b'z'),
    (0x017f, b's'),
    (0x0180, 0),
    (0x01a0, b'o'),
    (0x01a2, 0),
    (0x01af, b'u'),
    (0x01b1, 0),
    (0x01cd, b'a'),
    (0x01cf, b'i'),
    (0x01d1, b'o'),
    (0x01d3, b'u'),
    (0x01dd, 0),
    (0x01de, b'a'),
    (0x01e2, 0),
    (0x01e6, b'g'),
    (0x01e8, b'k'),
    (0x01ea, b'o'),
    (0x01ee, 0),
    (0x01f0, b'j'),
    (0x01f1, 0),
    (0x01f4, b'g'),
    (0x01f6, 0),
    (0x01f8, b'n'),
    (0x01fa, b'a'),
    (0x01fc, 0),
    (0x0200, b'a'),
    (0x0204, b'e'),
    (0x0208, b'i'),
    (0x020c, b'o'),
    (0x0210, b'r'),
    (0x0214, b'u'),
    (0x0218, b's'),
    (0x021a, b't'),
    (0x021c, 0),
    (0x021e, b'h'),
    (0x0220, 0),
    (0x0226, b'a'),
    (0x0228, b'e'),
    (0x022a, b'o'),
    (0x0232, b'y'),
    (0x0234, 0),
    (0x1e00, b'a'),
    (0x1e02, b'b'),
    (0x1e08, b'c'),
    (0x1e0a, b'd'),
    (0x1e14, b'e'),
    (0x1e1e, b'f'),
    (0x1e20, b'g'),
    (0x1e22, b'h'),
    (0x1e2c, b'i'),
    (0x1e30, b'k'),
    (0x1e36, b'l'),
    (0x1e3e, b'm'),
    (0x1e44, b'n'),
    (0x1e4c, b'o'),
    (0x1e54, b'p'),
    (0x1e58, b'r'),
    (0x1e60, b's'),
    (0x1e6a, b't'),
    (0x1e72, b'u'),
    (0x1e7c, b'v'),
    (0x1e80, b'w'),
    (0x1e8a, b'x'),
    (0x1e8e, b'y'),
    (0x1e90, b'z'),
    (0x1e96, b'h'),
    (0x1e97, b't'),
    (0x1e98, b'w'),
    (0x1e99, b'y'),
    (0x1e9a, 0),
    (0x1ea0, b'a'),
    (0x1eb8, b'e'),
    (0x1ec8, b'i'),
    (0x1ecc, b'o'),
    (0x1ee4, b'u'),
    (0x1ef2, b'y'),
    (0x1efa, 0),
];

/// The text without case and accents: Latin (with its extensions), Greek and Cyrillic; other scripts stay as they are.
///
/// Quotation marks, dashes and spaces become the plain ones. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|letter| fold_letter(letter, &mut out));
    out
}

fn fold_letter(letter: char, out: &mut String) {
    let code = u32::from(letter);
    if letter.is_ascii() {
        out.push(letter.to_ascii_lowercase());
        return;
    }
    match letter {
        '\u{300}'..='\u{36f}' | '\u{ad}' => {}
        'Æ' | 'æ' | 'Ǽ' | 'ǽ' | 'Ǣ' | 'ǣ' => out.push_str("ae"),
        'Œ' | 'œ' => out.push_str("oe"),
        'ß' | 'ẞ' => out.push_str("ss"),
        'Þ' | 'þ' => out.push_str("th"),
        'Ĳ' | 'ĳ' => out.push_str("ij"),
        'Ŀ' | 'ŀ' => out.push('l'),
        'ŉ' => out.push('n'),
        'Ǿ' | 'ǿ' => out.push('o'),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => out.push(' '),
        '‘' | '’' | '‛' | 'ʼ' | '′' => out.push('\''),
        '“' | '”' | '„' | '″' | '«' | '»' => out.push('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
        'Ά' | 'ά' => out.push('α'),
        'Έ' | 'έ' => out.push('ε'),
        'Ή' | 'ή' => out.push('η'),
        'Ί' | 'ί' | 'Ϊ' | 'ϊ' | 'ΐ' => out.push('ι'),
        'Ό' | 'ό' => out.push('ο'),
        'Ύ' | 'ύ' | 'Ϋ' | 'ϋ' | 'ΰ' => out.push('υ'),
        'Ώ' | 'ώ' => out.push('ω'),
        'ς' => out.push('σ'),
        'Ё' | 'ё' => out.push('е'),
        'Й' | 'й' => out.push('и'),
        'Ї' | 'ї' => out.push('і'),
        'Α'..='Ω' | 'А'..='Я' => out.extend(char::from_u32(code + 0x20)),
        'Ѐ'..='Џ' => out.extend(char::from_u32(code + 0x50)),
        // Pairs of a capital and its small letter.
        'Ѡ'..='ҁ' | 'Ҋ'..='ҿ' | 'Ӑ'..='ԯ' => out.extend(char::from_u32(code | 1)),
        // Full-width Latin.
        '\u{ff21}'..='\u{ff3a}' => out.extend(char::from_u32(code - 0xff21 + 0x61)),
        '\u{ff10}'..='\u{ff19}' | '\u{ff41}'..='\u{ff5a}' => out.extend(char::from_u32(code - 0xff00 + 0x20)),
        _ => {
            let run = RUNS.partition_point(|(first, _)| u32::from(*first) <= code);
            match run.checked_sub(1).and_then(|run| RUNS.get(run)) {
                Some((_, base)) if *base != 0 => out.push(char::from(*base)),
                _ => out.push(letter),
            }
        }
    }
}

/// A folded text that knows where each of its bytes came from.
pub(super) struct Folded {
    /// The folded text.
    pub(super) text: String,
    /// For each byte of the folded text and for its end: the offset of its letter in the original.
    offsets: Vec<u32>,
}

impl Folded {
    pub(super) fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut offsets = Vec::with_capacity(original.len() + 1);
        for (offset, letter) in original.char_indices() {
            fold_letter(letter, &mut text);
            offsets.resize(text.len(), offset as u32);
        }
        offsets.push(original.len() as u32);
        Self { text, offsets }
    }

    /// The bytes of the original that stand for a range of the folded text; marks that follow a letter belong to it.
    pub(super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.offsets.get(range.start).copied().unwrap_or_default();
        let last = range.end.checked_sub(1).and_then(|last| self.offsets.get(last)).copied().unwrap_or(start);
        // The end is the first letter that is not the last one matched, so half of an "æ" takes all of it.
        let after = self.offsets.get(range.end..).unwrap_or_default();
        let end = after.iter().copied().find(|offset| *offset > last).unwrap_or(last);
        start as usize..end.max(start) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_and_accents_fold() {
        for (text, folded) in [
            ("Ürümqi", "urumqi"),
            ("U\u{308}ru\u{308}mqi", "urumqi"),
            ("Chóngqìng", "chongqing"),
            ("Lǚshùn", "lushun"),
            ("ĐÀ NẴNG", "da nang"),
            ("Æthelred Œuvre Straße", "aethelred oeuvre strasse"),
            ("Łódź, Ħal, Ŧ, İstanbul, ısı", "lodz, hal, t, istanbul, isi"),
            ("Ёлкин Чойбалсан", "елкин чоибалсан"),
            ("ЇЖАК", "іжак"),
            ("Ελλάς", "ελλασ"),
            ("People’s—Republic", "people's-republic"),
            ("中華民國 34", "中華民國 34"),
            ("Ｕ．Ｎ１", "u．n1"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn a_folded_range_is_a_range_of_letters(text in "[a-zäÆßЁй中\u{301}’ ]{0,12}", from in 0_usize..12, len in 1_usize..6) {
            let folded = Folded::new(&text);
            let range = from..from + len;
            prop_assume!(folded.text.get(range.clone()).is_some());
            let original = folded.original(&range);
            prop_assert!(text.get(original.clone()).is_some());
            prop_assert!(fold(&text[original]).contains(&folded.text[range]));
        }
    }
}
