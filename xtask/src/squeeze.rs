//! Short names between the WebAssembly and its JavaScript.
//!
//! wasm-bindgen joins the two by names with a hash in them, `__wbg_addEventListener_f249a2a76caa9a55`: a hundred and
//! more, in both files, which no compressor makes smaller. Nothing else reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Rewrites both files with short names, one for functions of the script that do the same, and leaves out what the module
/// exports to nobody; `None` where they are not of the form that is known here.
pub(crate) fn shorten(script: &str, module: &[u8]) -> Option<(String, Vec<u8>)> {
    let (mut imports, mut exports) = (BTreeMap::new(), BTreeMap::new());
    let same = same_functions(script);
    let module = each_section(module, |id, section| match id {
        IMPORTS => renamed_imports(section, &same, &mut imports),
        EXPORTS => renamed_exports(section, script, &mut exports),
        _ => Some(section.to_vec()),
    })?;
    let script = without_functions(script, |name| same.contains_key(name));
    let script = rename_exports(&rename_keys(&script, &imports)?, &exports);
    Some((script, module))
}

/// The script without the functions that the module does not import, such as those of which it was rid meanwhile; `None` where
/// the module is not of the form that is known here.
pub(crate) fn prune(script: &str, module: &[u8]) -> Option<String> {
    let mut imported = BTreeSet::new();
    each_section(module, |id, section| {
        if id == IMPORTS {
            each_import(section, |_, name, _| {
                imported.insert(name.to_owned());
            })?;
        }
        Some(Vec::new())
    })?;
    Some(side_by_side(&without_functions(script, |name| !imported.contains(name))))
}

/// The script with its functions for the module in the order of what they do, so that those that are alike stand side by side,
/// for the sake of the compressor. Where something stands between them all stays as it is.
fn side_by_side(script: &str) -> String {
    let mut functions = functions(script);
    let (Some((_, first, _)), Some((_, last, _))) = (functions.first(), functions.last()) else {
        return script.to_owned();
    };
    let all = first.start..last.end;
    if functions.windows(2).any(|pair| pair[0].1.end != pair[1].1.start) {
        return script.to_owned();
    }
    functions.sort_by_key(|(.., body)| *body);
    let mut out = script[..all.start].to_owned();
    out.extend(functions.into_iter().map(|(_, place, _)| &script[place]));
    out + &script[all.end..]
}

/// The functions of the script for the module: the name of each, its place, and what it does.
///
/// They stand one below another in one object, each from a line with its name to one with a brace at the same depth.
fn functions(script: &str) -> Vec<(&str, Range<usize>, &str)> {
    const DEPTH: &str = "        ";
    let (mut found, mut open, mut at) = (Vec::new(), None, 0);
    for line in script.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some(own) = line.strip_prefix(DEPTH) else { continue };
        if let Some((name, _)) = own.split_once(": function(").filter(|(name, _)| !name.contains(' ')) {
            open = Some((name, start, start + DEPTH.len() + name.len()));
        } else if own.starts_with('}')
            && let Some((name, start, body)) = open.take()
        {
            found.push((name, start..at, &script[body..at]));
        }
    }
    found
}

/// For each function of the script that does what one before it does, the name of that one.
fn same_functions(script: &str) -> BTreeMap<&str, &str> {
    let mut first = BTreeMap::new();
    let functions = functions(script).into_iter();
    let pairs = functions.map(|(name, _, body)| (name, *first.entry(body).or_insert(name)));
    pairs.filter(|(name, first)| name != first).collect()
}

/// The script without the functions for the module whose names are such.
fn without_functions(script: &str, is_such: impl Fn(&str) -> bool) -> String {
    let (mut out, mut at) = (String::with_capacity(script.len()), 0);
    for (_, place, _) in functions(script).into_iter().filter(|(name, ..)| is_such(name)) {
        out.push_str(&script[at..place.start]);
        at = place.end;
    }
    out + &script[at..]
}

/// Blanks texts that nothing of ours reads, where they stand, so that nothing moves: the files of the standard library that a
/// panic would name, `unsaid`, and the names of events that none of `listeners` is for.
pub(crate) fn blank(module: &mut [u8], unsaid: &[&str], listeners: &[String]) {
    for root in ["/rustc/", "/rust/deps/"] {
        for start in places(module, root) {
            // Paths stand side by side; each ends where the name of its file does.
            let length = module[start..].iter().take_while(|byte| byte.is_ascii_graphic()).count();
            if let Some(end) = places(&module[start..start + length], ".rs").first() {
                module[start..start + end + ".rs".len()].fill(0);
            }
        }
    }
    for text in unsaid {
        for start in places(module, text) {
            module[start..start + text.len()].fill(0);
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

/// The sections of a module by their numbers.
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// The object by which the script knows what the module exports.
const EXPORTED: &str = "wasm.";

/// A module with each of its sections rewritten.
fn each_section(module: &[u8], mut rewrite: impl FnMut(u8, &[u8]) -> Option<Vec<u8>>) -> Option<Vec<u8>> {
    const HEADER: usize = 8;
    let mut out = module.get(..HEADER)?.to_vec();
    let mut rest = module.get(HEADER..)?;
    while let Some((&id, after)) = rest.split_first() {
        rest = after;
        let size = number(&mut rest)?;
        let (section, after) = rest.split_at_checked(size)?;
        rest = after;
        let section = rewrite(id, section)?;
        out.push(id);
        write_number(section.len(), &mut out);
        out.extend(section);
    }
    Some(out)
}

/// Hands over the imports of a section, each as the file that it is from, its name and the number of its type; gives their
/// count.
fn each_import(mut section: &[u8], mut take: impl FnMut(&str, &str, usize)) -> Option<usize> {
    let count = number(&mut section)?;
    for _ in 0..count {
        let from = text(&mut section)?;
        let name = text(&mut section)?;
        // Only functions are imported from the script.
        let (&kind, after) = section.split_first()?;
        section = after;
        if kind != 0 {
            return None;
        }
        take(from, name, number(&mut section)?);
    }
    section.is_empty().then_some(count)
}

/// The section of imports, renamed: those of `same` as the function that does the same. `short` gets the names, each by the
/// one that it had.
fn renamed_imports(
    section: &[u8],
    same: &BTreeMap<&str, &str>,
    short: &mut BTreeMap<String, String>,
) -> Option<Vec<u8>> {
    let mut imports = Vec::with_capacity(section.len());
    let count = each_import(section, |from, name, kind| {
        let next = word(short.len());
        let name = same.get(name).copied().unwrap_or(name);
        write_text(from, &mut imports);
        write_text(short.entry(name.to_owned()).or_insert(next), &mut imports);
        imports.push(0);
        write_number(kind, &mut imports);
    })?;
    let mut out = Vec::new();
    write_number(count, &mut out);
    out.extend(imports);
    Some(out)
}

/// The section of exports, renamed and without those that the script does not mention; `short` gets the name that each had.
fn renamed_exports(
    mut section: &[u8],
    script: &str,
    short: &mut BTreeMap<String, String>,
) -> Option<Vec<u8>> {
    let mut mentioned = BTreeSet::new();
    each_name(script, |before, name, _| {
        if before.ends_with(EXPORTED) {
            mentioned.insert(name.to_owned());
        }
        None
    });
    let mut out = Vec::with_capacity(section.len());
    let count = number(&mut section)?;
    for _ in 0..count {
        let name = text(&mut section)?;
        let (&kind, after) = section.split_first()?;
        section = after;
        let index = number(&mut section)?;
        if mentioned.contains(name) {
            let next = word(short.len());
            write_text(short.entry(name.to_owned()).or_insert(next), &mut out);
            out.push(kind);
            write_number(index, &mut out);
        }
    }
    let mut all = Vec::new();
    write_number(short.len(), &mut all);
    all.extend(out);
    section.is_empty().then_some(all)
}

/// The script with the keys of its import object renamed; `None` unless each is there exactly once.
fn rename_keys(script: &str, short: &BTreeMap<String, String>) -> Option<String> {
    let mut seen = 0;
    let renamed = each_name(script, |before, name, after| {
        let is_key = after.trim_start().starts_with(':') && before.trim_end().ends_with(['{', ',']);
        let word = short.get(name).filter(|_| is_key);
        seen += usize::from(word.is_some());
        word.cloned()
    });
    (seen == short.len()).then_some(renamed)
}

/// The script with what it uses of the module renamed.
fn rename_exports(script: &str, short: &BTreeMap<String, String>) -> String {
    each_name(script, |before, name, _| short.get(name).filter(|_| before.ends_with(EXPORTED)).cloned())
}

/// A script with another name in the place of each one for which `rename` has one: it sees what stands before, the name and
/// what stands after.
fn each_name(script: &str, mut rename: impl FnMut(&str, &str, &str) -> Option<String>) -> String {
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    let is_part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '$');
    while let Some(start) = rest.find(is_part) {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let (name, after) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
        match rename(&out, name, after) {
            Some(word) => out.push_str(&word),
            None => out.push_str(name),
        }
        rest = after;
    }
    out.push_str(rest);
    out
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

/// Writes a text with its length before it.
fn write_text(text: &str, out: &mut Vec<u8>) {
    write_number(text.len(), out);
    out.extend(text.as_bytes());
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

    const SCRIPT: &str = "const imports = {\n  __wbg_a_12: function() { return { x: 1 }; },\n  __wbg_b_34: f,\n};\n\
        function __wbg_free(n) { wasm.__wbg_free(n, wasm.memory.buffer); }";

    /// A module of two imports, three exports and one more section.
    fn module() -> Vec<u8> {
        let mut imports = vec![2];
        for name in ["__wbg_a_12", "__wbg_b_34"] {
            for text in ["./m.js", name] {
                imports.push(text.len() as u8);
                imports.extend(text.as_bytes());
            }
            imports.extend([0, 7]);
        }
        let mut exports = vec![3];
        for (name, kind) in [("memory", 2), ("main", 0), ("__wbg_free", 0)] {
            exports.push(name.len() as u8);
            exports.extend(name.as_bytes());
            exports.extend([kind, 0]);
        }
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        for (id, section) in [(IMPORTS, imports), (3, vec![1, 0]), (EXPORTS, exports)] {
            module.extend([id, section.len() as u8]);
            module.extend(section);
        }
        module
    }

    #[test]
    fn both_sides_get_the_same_names() {
        let (script, module) = shorten(SCRIPT, &module()).unwrap();
        let shorter = "const imports = {\n  a: function() { return { x: 1 }; },\n  b: f,\n};\n\
            function __wbg_free(n) { wasm.b(n, wasm.a.buffer); }";
        assert_eq!(script, shorter);
        let expected = b"\0asm\x01\0\0\0\x02\x17\x02\x06./m.js\x01a\0\x07\x06./m.js\x01b\0\x07\x03\x02\x01\0\
            \x07\x09\x02\x01a\x02\0\x01b\0\0";
        assert_eq!(module, expected);
    }

    #[test]
    fn what_does_not_fit_together_stays() {
        assert!(shorten(&SCRIPT.replace("__wbg_b_34", "other"), &module()).is_none());
        assert!(shorten(&format!("{SCRIPT} ({{ __wbg_a_12: 1 }})"), &module()).is_none());
        assert!(shorten(SCRIPT, &module()[..20]).is_none());
    }

    /// Two functions in the form of wasm-bindgen that do the same, and one that does something else.
    const SAME: &str = "        __wbg_a_12: function(n) {\n            return n.x;\n        },\n\
        \x20       __wbg_b_34: function(n) {\n            return n.x;\n        },\n";
    const OTHER: &str = "        __wbg_c_56: function() { return g(function(n) {\n            n();\n        }, arguments); },\n";

    #[test]
    fn functions_that_are_alike_stand_side_by_side() {
        let like = SAME.replace("n.x", "n.y");
        let script = side_by_side(&format!("{{\n{SAME}{OTHER}{like}}};\n"));
        let kinds: Vec<&str> =
            functions(&script).iter().map(|(.., body)| &body[..body.len().min(40)]).collect();
        assert_eq!(script.len(), SAME.len() + OTHER.len() + like.len() + 5);
        assert!(kinds.is_sorted(), "{kinds:?}");
        assert_eq!(kinds.len(), 5);
        let apart = format!("{{\n{SAME}        x: 1,\n{OTHER}}};\n");
        assert_eq!(side_by_side(&apart), apart);
    }

    #[test]
    fn functions_that_do_the_same_are_one() {
        let (script, module) = shorten(&format!("{{\n{SAME}}};\n"), &module()).unwrap();
        assert_eq!(script, "{\n        a: function(n) {\n            return n.x;\n        },\n};\n");
        let expected = b"\0asm\x01\0\0\0\x02\x17\x02\x06./m.js\x01a\0\x07\x06./m.js\x01a\0\x07\x03\x02\x01\0\
            \x07\x01\0";
        assert_eq!(module, expected);
    }

    #[test]
    fn functions_that_the_module_does_not_import_go() {
        let script = |functions: &str| format!("{{\n        __proto__: null,\n{functions}}};\n");
        let all = script(&[SAME, OTHER].concat());
        assert_eq!(prune(&all, &module()), Some(script(SAME)));
        assert_eq!(prune(SCRIPT, &module()).as_deref(), Some(SCRIPT));
        assert!(prune(&all, &module()[..20]).is_none());
    }

    #[test]
    fn only_what_nothing_reads_is_blanked() {
        let mut module =
            b"a /rustc/59/library/core/src/fmt.rs/rust/deps/b/raw.rs! idx < CAPACITY onabortonclickoncut\0"
                .to_vec();
        let length = module.len();
        blank(&mut module, &["idx < CAPACITY"], &["onclick".to_owned()]);
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
