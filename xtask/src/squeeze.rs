//! Short names between the WebAssembly and its JavaScript.
//!
//! wasm-bindgen joins the two by names that end in a hash, `__wbg_addEventListener_f249a2a76caa9a55`: a hundred and
//! more, in both files, which no compressor makes smaller. Nothing else reads them.

use std::collections::BTreeMap;

/// Rewrites both files with short names; `None` where they are not of the form that is known here.
pub(crate) fn shorten(script: &str, module: &[u8]) -> Option<(String, Vec<u8>)> {
    let mut short = BTreeMap::new();
    let module = rename_imports(module, &mut short)?;
    let script = rename_keys(script, &short)?;
    Some((script, module))
}

/// What the trees of the standard library take for granted, and would say if it ever were not so.
const LAWS: [&str; 10] = [
    "match track_edge_idx {\n    LeftOrRight::Left(idx) => idx <= old_left_len,\n    LeftOrRight::Right(idx) => idx <= right_len,\n}",
    "new_left_len <= CAPACITY",
    "old_left_len >= count",
    "old_right_len >= count",
    "old_left_len + count <= CAPACITY",
    "old_right_len + count <= CAPACITY",
    "idx < CAPACITY",
    "edge.height == self.node.height - 1",
    "edge.height == self.height - 1",
    "src.len() == dst.len()",
];

/// Blanks texts that nothing of ours reads, where they stand, so that nothing moves: the files of the standard library that a
/// panic would name, [`LAWS`], and the names of events that none of `listeners` is for.
pub(crate) fn blank(module: &mut [u8], listeners: &[String]) {
    for root in ["/rustc/", "/rust/deps/"] {
        for start in places(module, root) {
            // Paths stand side by side; each ends where the name of its file does.
            let length = module[start..].iter().take_while(|byte| byte.is_ascii_graphic()).count();
            if let Some(end) = places(&module[start..start + length], ".rs").first() {
                module[start..start + end + ".rs".len()].fill(0);
            }
        }
    }
    for law in LAWS {
        for start in places(module, law) {
            module[start..start + law.len()].fill(0);
        }
    }
    for start in places(module, "onabort") {
        let length = module[start..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        let names = &mut module[start..start + length];
        let mut kept = vec![false; names.len()];
        for listener in listeners {
            for place in places(names, listener) {
                kept[place..place + listener.len()].fill(true);
            }
        }
        names.iter_mut().zip(kept).filter(|(_, kept)| !kept).for_each(|(byte, _)| *byte = 0);
    }
}

/// Where a text begins.
fn places(bytes: &[u8], text: &str) -> Vec<usize> {
    let windows = bytes.windows(text.len()).enumerate();
    windows.filter(|(_, window)| *window == text.as_bytes()).map(|(place, _)| place).collect()
}

/// A module whose imports have short names; `short` gets the name that each had.
fn rename_imports(module: &[u8], short: &mut BTreeMap<String, String>) -> Option<Vec<u8>> {
    const HEADER: usize = 8;
    const IMPORTS: u8 = 2;
    let mut out = module.get(..HEADER)?.to_vec();
    let mut rest = module.get(HEADER..)?;
    while let Some((&id, after)) = rest.split_first() {
        rest = after;
        let size = number(&mut rest)?;
        let (section, after) = rest.split_at_checked(size)?;
        rest = after;
        let section = if id == IMPORTS { renamed(section, short)? } else { section.to_vec() };
        out.push(id);
        write_number(section.len(), &mut out);
        out.extend(section);
    }
    Some(out)
}

/// The section of imports, renamed.
fn renamed(mut section: &[u8], short: &mut BTreeMap<String, String>) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(section.len());
    let count = number(&mut section)?;
    write_number(count, &mut out);
    for _ in 0..count {
        let from = text(&mut section)?;
        let name = text(&mut section)?;
        let next = word(short.len());
        let name = short.entry(name.to_owned()).or_insert(next);
        for text in [from, name] {
            write_number(text.len(), &mut out);
            out.extend(text.as_bytes());
        }
        // Only functions are imported from the script: their kind and the number of their type follow.
        let (&kind, after) = section.split_first()?;
        section = after;
        if kind != 0 {
            return None;
        }
        out.push(kind);
        write_number(number(&mut section)?, &mut out);
    }
    section.is_empty().then_some(out)
}

/// The script with the keys of its import object renamed; `None` unless each is there exactly once.
fn rename_keys(script: &str, short: &BTreeMap<String, String>) -> Option<String> {
    let mut out = String::with_capacity(script.len());
    let mut seen = 0;
    let mut rest = script;
    let is_part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '$');
    while let Some(start) = rest.find(is_part) {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let (name, after) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
        let is_key = after.trim_start().starts_with(':') && out.trim_end().ends_with(['{', ',']);
        match short.get(name).filter(|_| is_key) {
            Some(word) => {
                seen += 1;
                out.push_str(word);
            }
            None => out.push_str(name),
        }
        rest = after;
    }
    out.push_str(rest);
    (seen == short.len()).then_some(out)
}

/// The word with this number: `a` to `z`, `aa`, `ab` and so on.
fn word(mut number: usize) -> String {
    let mut word = String::new();
    loop {
        word.insert(0, char::from(b'a' + (number % 26) as u8));
        match number / 26 {
            0 => return word,
            more => number = more - 1,
        }
    }
}

/// Reads a number as WebAssembly writes it.
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

/// Reads a text with its length before it.
fn text<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    let length = number(bytes)?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}

/// Writes a number as WebAssembly reads it.
fn write_number(mut value: usize, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str =
        "const imports = {\n  __wbg_a_12: function() { return { x: 1 }; },\n  __wbg_b_34: f,\n};";

    /// A module of two imports and one more section.
    fn module() -> Vec<u8> {
        let mut imports = vec![2];
        for name in ["__wbg_a_12", "__wbg_b_34"] {
            for text in ["./m.js", name] {
                imports.push(text.len() as u8);
                imports.extend(text.as_bytes());
            }
            imports.extend([0, 7]);
        }
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.extend([2, imports.len() as u8]);
        module.extend(imports);
        module.extend([3, 2, 1, 0]);
        module
    }

    #[test]
    fn both_sides_get_the_same_names() {
        let (script, module) = shorten(SCRIPT, &module()).unwrap();
        assert_eq!(script, "const imports = {\n  a: function() { return { x: 1 }; },\n  b: f,\n};");
        let expected = b"\0asm\x01\0\0\0\x02\x17\x02\x06./m.js\x01a\0\x07\x06./m.js\x01b\0\x07\x03\x02\x01\0";
        assert_eq!(module, expected);
    }

    #[test]
    fn what_does_not_fit_together_stays() {
        assert!(shorten(&SCRIPT.replace("__wbg_b_34", "other"), &module()).is_none());
        assert!(shorten(&format!("{SCRIPT} ({{ __wbg_a_12: 1 }})"), &module()).is_none());
        assert!(shorten(SCRIPT, &module()[..20]).is_none());
    }

    #[test]
    fn only_what_nothing_reads_is_blanked() {
        let mut module =
            b"a /rustc/59/library/core/src/fmt.rs/rust/deps/b/raw.rs! idx < CAPACITY onabortonclickoncut\0"
                .to_vec();
        let length = module.len();
        blank(&mut module, &["onclick".to_owned()]);
        assert_eq!(module.len(), length);
        module.retain(|byte| *byte != 0);
        assert_eq!(module, b"a !  onclick");
    }

    #[test]
    fn words_are_counted_without_gap() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(word), ["a", "z", "aa", "ab", "zz", "aaa"]);
    }

    #[test]
    fn numbers_come_back() {
        for value in [0, 1, 127, 128, 300, 1 << 20] {
            let mut bytes = Vec::new();
            write_number(value, &mut bytes);
            assert_eq!(number(&mut bytes.as_slice()), Some(value));
        }
    }
}
