//! The headers that the release folder recommends to its hosts, and what a policy calls a part of a page.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::Result;
use crate::disk::{self, text};

/// The headers, with a gap where the policy names the styles in the page.
const RECOMMENDED: &str = "assets/_headers";

/// What the gap is called.
const GAP: &str = "{{ styles }}";

/// The file of the release folder that Netlify, Cloudflare Pages and others read.
pub(crate) const FILE: &str = "_headers";

/// Writes the recommended headers into a folder whose page is as it will be published.
pub(crate) fn write(folder: &Path) -> Result<()> {
    let page = text(&folder.join("index.html"))?;
    disk::write(&folder.join(FILE), &filled(&text(Path::new(RECOMMENDED))?, &page)?)
}

/// The headers for this page.
fn filled(headers: &str, page: &str) -> Result<String> {
    match headers.matches(GAP).count() {
        1 => Ok(headers.replace(GAP, &source(page, "style")?)),
        _ => Err(format!("{RECOMMENDED} does not have one gap {GAP}")),
    }
}

/// What a policy calls the text of the first element of the page with such a tag: `style`, `script type="module"`.
pub(crate) fn source(page: &str, tag: &str) -> Result<String> {
    let name = tag.split(' ').next().unwrap_or_default();
    let inside = page
        .split_once(&format!("<{tag}"))
        .and_then(|(_, rest)| rest.split_once('>'))
        .and_then(|(_, rest)| rest.split_once(&format!("</{name}>")))
        .map(|(inside, _)| inside)
        .ok_or_else(|| format!("the page has no <{tag}>"))?;
    Ok(format!("'sha256-{}'", STANDARD.encode(Sha256::digest(inside))))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::files;

    /// By `printf 'b{}' | openssl dgst -sha256 -binary | base64`.
    const STYLES: &str = "'sha256-7yqHVAesot11p6HczDsgKRipvI5UPgs97z80zNXlans='";

    #[test]
    fn the_gap_gets_the_styles_of_the_page() {
        let page = "<style data-file=\"a.css\">b{}</style>";
        assert_eq!(filled("a {{ styles }};", page).as_deref(), Ok(&*format!("a {STYLES};")));
        assert!(filled("a;", page).is_err());
        assert!(filled("{{ styles }} {{ styles }}", page).is_err());
        assert!(filled("{{ styles }}", "<p></p>").unwrap_err().contains("<style>"));
    }

    #[test]
    fn what_is_recommended_is_read_by_hosts() {
        let recommended = fs::read_to_string(Path::new("..").join(RECOMMENDED)).unwrap();
        let headers = files::headers(&filled(&recommended, "<style>b{}</style>").unwrap());
        let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        let expected = [
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Permissions-Policy",
            "Access-Control-Allow-Origin",
        ];
        assert_eq!(names, expected);
        assert!(headers[0].1.contains(&format!("style-src 'self' {STYLES};")), "{}", headers[0].1);
        // Cloudflare reads no longer lines.
        assert!(recommended.lines().all(|line| line.len() < 1900));
    }
}
