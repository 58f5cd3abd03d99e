//! Rules that a reviewer would otherwise repeat: about files as they lie in the tree, not about what they do.
//!
//! Each rule is a function from a file to its faults; `each_rule_can_fail` shows every rule a file that breaks it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by ending"
)]
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "what the helpers cannot read is a fault of the tree")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The modules of `src/` in the order in which they may use one another: each uses only those before it.
const ORDER: [&str; 13] = [
    "order", "time", "model", "pack", "load", "scale", "text", "query", "geo", "layout", "state", "web",
    "view",
];

/// The first module that may know a browser.
const SHELL: &str = "web";

/// Places that may listen on the whole document, each with its reason beside it: none so far.
const DOCUMENT_LISTENERS: [&str; 0] = [];

/// Hosts whose addresses are names that nobody asks for.
const NAMES: [&str; 4] = ["www.w3.org", "w3.org", "schema.org", "example.org"];

/// A file of the project, by its path from the project's folder, with `/` between the parts.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    fn ends_with(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }

    /// Whether a reader's browser or the build of its page gets this file.
    fn is_shipped(&self) -> bool {
        ["src/", "styles/", "index.html"].iter().any(|start| self.path.starts_with(start))
            || !self.path.contains('/') && self.ends_with(&[".js"])
    }

    /// The module of `src/` that the file belongs to.
    fn module(&self) -> Option<&str> {
        self.path.strip_prefix("src/")?.split(['/', '.']).next().filter(|name| ORDER.contains(name))
    }

    /// The lines with their numbers, without those that are comment only.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(at, line)| (at + 1, line))
    }

    fn fault(&self, line: usize, what: impl std::fmt::Display) -> String {
        format!("{}:{line}: {what}", self.path)
    }

    /// One fault for each line of code that holds one of these pieces.
    fn lines_with(&self, pieces: &[&str], what: &str) -> Vec<String> {
        self.code()
            .filter_map(|(at, line)| {
                let piece = pieces.iter().find(|piece| line.contains(**piece))?;
                Some(self.fault(at, format_args!("{what}: {piece}")))
            })
            .collect()
    }
}

/// A rule about one file: its name, and what it finds.
type Rule = (&'static str, fn(&Source) -> Vec<String>);

const RULES: [Rule; 11] = [
    ("module order", module_order),
    ("the core knows no browser", core_without_browser),
    ("nothing unfinished", nothing_unfinished),
    ("plain white space", plain_white_space),
    ("no HTML from strings", no_html_from_strings),
    ("no listener on the document", no_document_listener),
    ("no style attribute", no_style_attribute),
    ("no foreign address", no_foreign_address),
    ("no machine's own path", no_machine_path),
    ("source files say what they are", says_what_it_is),
    ("no skipped test", no_skipped_test),
];

fn module_order(source: &Source) -> Vec<String> {
    let Some(own) = source.module().and_then(|own| ORDER.iter().position(|module| *module == own)) else {
        return Vec::new();
    };
    let code: String = source.code().flat_map(|(_, line)| [line, "\n"]).collect();
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => used.extend(first_names(group)),
            None => used.extend(first_word(rest)),
        }
    }
    let too_low = used.iter().filter(|name| ORDER.iter().position(|module| module == *name) > Some(own));
    too_low.map(|name| source.fault(1, format_args!("{} may not use {name}", ORDER[own]))).collect()
}

/// The first word of each part of an import's braces, `a::B, c::{D, E}` giving `a` and `c`.
fn first_names(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut names) = (0, 0, Vec::new());
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.extend(first_word(group[start..at].trim_start()));
                start = at + 1;
                if character == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

fn first_word(text: &str) -> Option<&str> {
    text.split(|character: char| !character.is_alphanumeric() && character != '_').next()
}

fn core_without_browser(source: &Source) -> Vec<String> {
    let shell = ORDER.iter().position(|module| *module == SHELL);
    let own = source.module().and_then(|own| ORDER.iter().position(|module| *module == own));
    if own.is_none() || own >= shell {
        return Vec::new();
    }
    let crates = ["yew::", "gloo::", "web_sys::", "js_sys::", "wasm_bindgen::", "wasm_bindgen_futures::"];
    source.lines_with(&crates, "the core names a web crate")
}

fn nothing_unfinished(source: &Source) -> Vec<String> {
    // In pieces, so that this file does not break its own rule.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let calls = [concat!("to", "do!("), concat!("un", "implemented!("), concat!("db", "g!(")];
    let marked = source.lines().filter(|(_, line)| marks.iter().any(|mark| line.contains(mark)));
    let mut faults: Vec<String> = marked.map(|(at, _)| source.fault(at, "something is left to do")).collect();
    if source.ends_with(&[".rs"]) {
        faults.extend(source.lines_with(&calls, "unfinished"));
    }
    faults
}

fn plain_white_space(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, line) in source.text.split('\n').enumerate() {
        if line.ends_with([' ', '\r']) {
            faults.push(source.fault(at + 1, "white space at the end"));
        }
        if line.contains('\t') {
            faults.push(source.fault(at + 1, "a tab"));
        }
    }
    if !source.text.is_empty() && (!source.text.ends_with('\n') || source.text.ends_with("\n\n")) {
        faults.push(source.fault(source.text.lines().count(), "the file does not end with one line end"));
    }
    faults
}

fn no_html_from_strings(source: &Source) -> Vec<String> {
    if !source.is_shipped() {
        return Vec::new();
    }
    let calls = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "inner_html",
        "outer_html",
        "insert_adjacent_html",
        "from_html_unchecked",
    ];
    source.lines_with(&calls, "HTML from a string")
}

fn no_document_listener(source: &Source) -> Vec<String> {
    if !source.is_shipped() || DOCUMENT_LISTENERS.contains(&source.path.as_str()) {
        return Vec::new();
    }
    // Without white space, so that a call over several lines is seen as well.
    let code: String =
        source.code().flat_map(|(_, line)| line.chars()).filter(|c| !c.is_whitespace()).collect();
    let calls = [
        "document.addEventListener(",
        "document.onkey",
        "document.add_event_listener",
        "document().add_event_listener",
        "EventListener::new(&document",
        "EventListener::new_with_options(&document",
        "EventListener::new(&gloo::utils::document()",
    ];
    let found = calls.iter().filter(|call| code.contains(**call));
    found.map(|call| source.fault(1, format_args!("a listener on the whole document: {call}"))).collect()
}

fn no_style_attribute(source: &Source) -> Vec<String> {
    if !source.is_shipped() || !source.ends_with(&[".rs", ".html"]) {
        return Vec::new();
    }
    // The one element of styles names a file that has the same ones.
    source.lines_with(&[" style=\"", " style={", "<style>"], "a policy for styles would block this")
}

fn no_foreign_address(source: &Source) -> Vec<String> {
    if !source.is_shipped() {
        return Vec::new();
    }
    let mut faults = Vec::new();
    for (at, line) in source.lines() {
        for (start, scheme) in line.match_indices("http://").chain(line.match_indices("https://")) {
            let rest = &line[start + scheme.len()..];
            let host = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-').next();
            // A scheme without a host is a rule about addresses, not an address.
            if host.is_some_and(|host| host.contains('.') && !NAMES.contains(&host)) {
                faults.push(source.fault(at, "an address of another host"));
            }
        }
    }
    faults
}

fn no_machine_path(source: &Source) -> Vec<String> {
    let folders = ["work", "tmp", "root", "home", "Users"];
    let holds = |line: &str| {
        folders.iter().any(|folder| {
            let path = format!("/{folder}/");
            line.match_indices(&path).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                let inside =
                    before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '/' | '~' | '-' | '_'));
                !inside && line[at + path.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
            })
        })
    };
    let found = source.lines().filter(|(_, line)| holds(line));
    found.map(|(at, _)| source.fault(at, "a path of one machine")).collect()
}

fn says_what_it_is(source: &Source) -> Vec<String> {
    let silent = source.ends_with(&[".rs"]) && !source.text.starts_with("//! ");
    if silent { vec![source.fault(1, "no sentence at the top says what this file is")] } else { Vec::new() }
}

fn no_skipped_test(source: &Source) -> Vec<String> {
    let skips = [concat!("#[", "ignore"), concat!("#[", "should_panic")];
    if source.ends_with(&[".rs"]) {
        source.lines_with(&skips, "a test that shows nothing")
    } else {
        Vec::new()
    }
}

#[test]
fn each_rule_can_fail() {
    let broken = [
        Source::new("src/time/a.rs", "//! A.\nuse crate::{time::Day, layout::{Mark, Row}};\n"),
        Source::new("src/layout/a.rs", "//! A.\nuse web_sys::Window;\n"),
        Source::new("src/a.rs", concat!("//! A.\n// TO", "DO: more\n")),
        Source::new("README.md", "word \n"),
        Source::new("src/view/a.rs", "//! A.\nelement.set_inner_html(text);\n"),
        Source::new("src/view/a.rs", "//! A.\nEventListener::new(\n    &document, \"keydown\");\n"),
        Source::new("src/view/a.rs", "//! A.\n<p style={left}></p>\n"),
        Source::new("boot.js", "fetch('https://fonts.example.com/a')\n"),
        Source::new("README.md", concat!("see /wo", "rk/notes\n")),
        Source::new("src/a.rs", "use std::fmt;\n"),
        Source::new("tests/a.rs", concat!("//! A.\n#[", "ignore]\n")),
    ];
    for ((name, rule), source) in RULES.iter().zip(&broken) {
        assert!(!rule(source).is_empty(), "the rule \"{name}\" finds nothing in {:?}", source.text);
    }
}

#[test]
fn each_rule_lets_good_files_pass() {
    let good = [
        Source::new(
            "src/layout/a.rs",
            "//! A.\nuse crate::scale::Viewport;\nuse crate::{model::{Event, Span}, time};\n// see crate::view\n",
        ),
        Source::new(
            "src/view/a.rs",
            "//! A.\nuse crate::state::AppState;\nuse web_sys::Window;\n<p data-style={a}></p>\n",
        ),
        Source::new(
            "src/a.rs",
            "//! A.\nconst SVG: &str = \"http://www.w3.org/2000/svg\";\nlet s = \"https://\";\n",
        ),
        Source::new("README.md", "../work/notes and docs/root/file\n"),
    ];
    for source in &good {
        for (name, rule) in RULES {
            assert_eq!(rule(source), Vec::<String>::new(), "{name}");
        }
    }
}

#[test]
fn each_file_keeps_the_rules() {
    let sources = sources();
    assert!(sources.iter().any(|source| source.path == "src/lib.rs"), "the project's files are not found");
    let mut faults = Vec::new();
    for (name, rule) in RULES {
        for source in &sources {
            faults.extend(rule(source).into_iter().map(|fault| format!("{fault} ({name})")));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn no_file_is_large() {
    let large: Vec<PathBuf> = files()
        .into_iter()
        .filter(|file| fs::metadata(root().join(file)).is_ok_and(|data| data.len() > 1 << 20))
        .collect();
    assert!(large.is_empty(), "larger than 1 MiB: {large:?}");
}

#[test]
fn the_readme_names_the_commands() {
    let readme = read("README.md");
    for command in ["serve", "test", "build", "shots", "bench"].map(|name| format!("cargo xtask {name}")) {
        assert!(readme.contains(&command), "README.md does not name {command}");
    }
    assert!(read(".ci/run").contains("cargo xtask test"), ".ci/run does not call the README's test command");
}

#[test]
fn the_code_map_lists_each_module_in_order() {
    let map = read("ARCHITECTURE.md");
    let listed: Vec<&str> =
        map.lines().filter_map(|line| line.strip_prefix("| `src/")?.split('`').next()).collect();
    assert_eq!(listed, ORDER, "the table of modules in ARCHITECTURE.md");
    let mut modules: Vec<String> = fs::read_dir(root().join("src"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| !["bin", "lib", "main"].contains(&name.as_str()))
        .collect();
    modules.sort();
    let mut order = ORDER.map(str::to_owned);
    order.sort();
    assert_eq!(modules, order, "the modules that lie in src/");
    let library = read("src/lib.rs");
    let declared: Vec<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(declared, ORDER, "the modules in src/lib.rs");
}

#[test]
fn the_page_links_each_style_sheet() {
    // That of elements alone is named by what writes their parts.
    let page = [read("index.html"), read("src/bin/prerender/element.rs")].concat();
    let sheets: Vec<Source> = sources()
        .into_iter()
        .filter(|file| file.path.starts_with("styles/") && file.ends_with(&[".css"]))
        .collect();
    assert!(!sheets.is_empty(), "no style sheet is found");
    for Source { path, .. } in sheets {
        assert!(page.contains(&path), "index.html does not link {path}");
    }
}

#[test]
fn versions_agree() {
    let toolchain = read("rust-toolchain.toml");
    let channel = quoted(&toolchain, "channel = ");
    let minimum = quoted(&read("Cargo.toml"), "rust-version = ");
    assert!(channel.starts_with(&minimum), "Rust {minimum} in Cargo.toml, {channel} in rust-toolchain.toml");
    let trunk = quoted(&read("xtask/src/tools.rs"), "const TRUNK: &str = ");
    assert!(read("Trunk.toml").contains(&format!(">={trunk}")), "Trunk.toml does not ask for Trunk {trunk}");
    let bindgen = quoted(&read("Cargo.toml"), "wasm-bindgen = { version = ");
    let locked = format!("name = \"wasm-bindgen\"\nversion = \"{}\"", bindgen.trim_start_matches('='));
    assert!(read("Cargo.lock").contains(&locked), "Cargo.lock has another wasm-bindgen than {bindgen}");
}

#[test]
fn each_dependency_comes_from_the_registry() {
    let lock = read("Cargo.lock");
    let strangers: Vec<&str> = lock
        .lines()
        .filter_map(|line| line.strip_prefix("source = "))
        .filter(|source| *source != "\"registry+https://github.com/rust-lang/crates.io-index\"")
        .collect();
    assert!(strangers.is_empty(), "{strangers:?}");
}

#[test]
fn each_dependency_has_an_allowed_licence() {
    let rules = read("deny.toml");
    let allowed: Vec<&str> = rules
        .lines()
        .skip_while(|line| *line != "allow = [")
        .skip(1)
        .map_while(|line| line.trim().strip_prefix('"')?.strip_suffix("\","))
        .collect();
    assert!(allowed.contains(&"MIT"), "deny.toml does not list the allowed licences");
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    let told = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    let packages = told["packages"].as_array().unwrap();
    assert!(packages.len() > 50, "cargo names only {} packages", packages.len());
    let strangers: Vec<String> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(|licence| is_allowed(licence, &allowed)))
        .map(|package| format!("{} ({})", package["name"], package["license"]))
        .collect();
    assert!(strangers.is_empty(), "licences that deny.toml does not allow: {strangers:?}");
}

/// Whether a licence expression can be met with allowed licences alone.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any_of(&mut rest, allowed) && rest.is_empty()
}

fn any_of(words: &mut &[&str], allowed: &[&str]) -> bool {
    let mut met = all_of(words, allowed);
    while let ["OR", rest @ ..] = *words {
        *words = rest;
        met |= all_of(words, allowed);
    }
    met
}

fn all_of(words: &mut &[&str], allowed: &[&str]) -> bool {
    let mut met = one(words, allowed);
    while let ["AND", rest @ ..] = *words {
        *words = rest;
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut &[&str], allowed: &[&str]) -> bool {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let met = any_of(words, allowed);
            if let [")", rest @ ..] = *words {
                *words = rest;
            }
            met
        }
        [licence, "WITH", exception, rest @ ..] => {
            *words = rest;
            allowed.contains(&format!("{licence} WITH {exception}").as_str())
        }
        [licence, rest @ ..] => {
            *words = rest;
            allowed.contains(licence)
        }
        [] => false,
    }
}

#[test]
fn licence_expressions_are_understood() {
    let allowed = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"];
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("MIT OR GPL-3.0", true),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND ISC", true),
        ("GPL-3.0 OR MIT AND ISC", true),
        ("(MIT OR ISC) AND GPL-3.0", false),
        ("GPL-3.0 OR Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0", false),
    ] {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}

/// The text between the quotes after `start`, at the beginning of some line.
fn quoted(text: &str, start: &str) -> String {
    let found = text.lines().find_map(|line| line.strip_prefix(start)?.split('"').nth(1));
    found.unwrap_or_else(|| panic!("no line begins with {start}")).to_owned()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The text files that people write; the licences keep the form that they have everywhere.
fn sources() -> Vec<Source> {
    let endings = [".rs", ".toml", ".css", ".js", ".html", ".md", ".json", ".svg", ".ci/run", ".gitignore"];
    let mut sources = Vec::new();
    for file in files() {
        let path = slashed(&file);
        if endings.iter().any(|ending| path.ends_with(ending)) {
            sources.push(Source { text: read(&path), path });
        }
    }
    sources
}

/// All files of the project, without what is made from them.
fn files() -> Vec<PathBuf> {
    let ignored = read(".gitignore");
    let skipped: Vec<&str> = ignored.lines().map(|line| line.trim_matches('/')).chain([".git"]).collect();
    let (mut files, mut folders) = (Vec::new(), vec![PathBuf::new()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            if skipped.contains(&slashed(&path).as_str()) {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
