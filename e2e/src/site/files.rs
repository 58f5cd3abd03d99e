//! What every small static host needs: the files below a folder, their media types, and the headers that a folder asks for.
//!
//! Part of the end-to-end tests and of `xtask`; so it uses the standard library alone.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// The file at a path below a folder, with its media type; a path that ends a folder means the page there.
///
/// A path is taken as it is written, so nothing encoded in it can lead out of the folder.
pub(crate) fn read(folder: &Path, path: &str) -> Option<(&'static str, Vec<u8>)> {
    let mut name = PathBuf::from(path);
    if path.is_empty() || path.ends_with('/') {
        name.push("index.html");
    }
    // Only names below the folder: no way up, no root.
    let is_below = name.components().all(|part| matches!(part, Component::Normal(_)));
    let bytes = is_below.then(|| fs::read(folder.join(&name)).ok()).flatten()?;
    Some((kind(&name), bytes))
}

/// The media type of a file.
pub(crate) fn kind(name: &Path) -> &'static str {
    match name.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript",
        Some("css") => "text/css",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("csv" | "txt") => "text/plain; charset=utf-8",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// The headers for every file, `/*`, in the text of a file `_headers`: a name and a value each, in order.
pub(crate) fn headers(text: &str) -> Vec<(String, String)> {
    let mut is_for_all = false;
    let mut headers = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if !line.starts_with([' ', '\t']) {
            is_for_all = line.trim_end() == "/*";
        } else if let Some((name, value)) = line.split_once(':').filter(|_| is_for_all) {
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn webassembly_has_its_type() {
        assert_eq!(kind(Path::new("a/b_bg.wasm")), "application/wasm");
        assert_eq!(kind(Path::new("noise")), "application/octet-stream");
    }

    #[test]
    fn a_path_leads_to_a_file_below_the_folder_and_nowhere_else() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        assert!(own.is_file());
        assert_eq!(read(&folder.join(".."), "Cargo.toml").unwrap().0, "application/octet-stream");
        for path in
            ["../Cargo.toml", "./../Cargo.toml", "site/../../Cargo.toml", "%2e%2e/Cargo.toml", "/", ""]
        {
            assert!(read(&folder, path).is_none(), "{path:?}");
        }
        assert!(read(&folder, own.to_str().unwrap()).is_none());
    }

    #[test]
    fn headers_are_read_as_hosts_read_them() {
        let text = "# For all: no block\n/*\n  A: b c; d 'e' https:\n# Why.\n\n\tX-Two:  2 \n/one\n  Only: here\n/*\n  Z: last\n";
        let found = headers(text);
        let found: Vec<_> = found.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(found, [("A", "b c; d 'e' https:"), ("X-Two", "2"), ("Z", "last")]);
        assert_eq!(headers("A: b\n"), []);
    }
}
