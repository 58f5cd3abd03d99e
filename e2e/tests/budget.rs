//! What the first visit costs, in bytes on the line.

use std::fs;
use std::path::{Path, PathBuf};

use e2e::{Engine, Result};

/// What the page and all it needs to start may weigh, compressed by Brotli, in bytes.
const FIRST_LOAD_GOAL: usize = 230_000;

/// What the app itself may weigh of that: WebAssembly and its loader.
const APP_GOAL: usize = 120_000;

/// What is fetched when it is first needed and so is no part of the first visit: what it is for, how its files begin, and how many
/// they are, as a module of WebAssembly has a script.
const LATER: [(&str, &str, usize); 11] = [
    ("reader of other files", "loader-", 2),
    ("app for large files", "large-", 2),
    ("map of a detail", "map-", 2),
    ("dialog that shares", "share-", 1),
    ("speech with the page around a frame", "embed-", 1),
    ("height of frames, for the pages of others", "annals-resize", 1),
    ("element for the pages of others", "annals.js", 1),
    ("app of elements", "element-", 2),
    ("tree of elements", "tree-", 1),
    ("story of elements", "story-", 1),
    ("story in all its languages", "story.json", 1),
];

/// The styles are in the page; this file is for hosts whose policy forbids that.
const STYLES: &str = ".css";

/// The parts of the first visit: what they are called, and how their files end. The typeface is compressed already.
const PARTS: [(&str, &[&str]); 5] = [
    ("page", &["index.html"]),
    ("scripts", &[".js"]),
    ("WebAssembly", &[".wasm"]),
    ("typeface, Latin", &["-latin.woff2"]),
    ("icons", &[".svg", ".ico", ".png"]),
];

#[test]
fn the_first_visit_stays_within_its_budget() -> Result<()> {
    // The files are the same for every engine, so weighing them once is enough.
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(());
    }
    let begins = |file: &PathBuf, beginning: &str| {
        file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(beginning))
    };
    let is_later = |file: &PathBuf| {
        file.to_string_lossy().ends_with(STYLES)
            || LATER.iter().any(|(_, beginning, _)| begins(file, beginning))
    };
    let (later, files): (Vec<_>, Vec<_>) = files(&e2e::dist()?)?.into_iter().partition(is_later);
    let mut sizes = Vec::new();
    for (part, endings) in PARTS {
        let mut size = 0;
        for file in files.iter().filter(|file| {
            let name = file.to_string_lossy();
            endings.iter().any(|ending| name.ends_with(ending))
        }) {
            let bytes = fs::read(file)?;
            size += if part.starts_with("typeface") { bytes.len() } else { compressed(&bytes)? };
        }
        println!("{size:>8} {part}");
        assert!(size > 0, "no file of the part {part:?} is in the built folder");
        sizes.push(size);
    }
    let (all, app) = (sizes.iter().sum::<usize>(), sizes[1] + sizes[2]);
    for (what, beginning, count) in LATER {
        let own: Vec<_> = later.iter().filter(|file| begins(file, beginning)).collect();
        assert_eq!(own.len(), count, "the files of the {what} are {own:?}");
        let mut size = 0;
        for file in own {
            size += compressed(&fs::read(file)?)?;
        }
        println!("{size:>8} {what}, not in the first visit");
    }
    println!("{all:>8} of {FIRST_LOAD_GOAL} in all, {app} of {APP_GOAL} the app");
    let most = APP_GOAL;
    assert!(app <= most, "WebAssembly and scripts weigh {app} bytes, more than {most}");
    assert!(all <= FIRST_LOAD_GOAL, "the first visit weighs {all} bytes, more than {FIRST_LOAD_GOAL}");
    Ok(())
}

/// How long some bytes are once compressed as a static host would do it.
fn compressed(bytes: &[u8]) -> Result<usize> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &parameters)?;
    Ok(out.len())
}

/// All files below a folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}
