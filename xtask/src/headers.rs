//! The headers that the release folder recommends to its hosts, and what a policy calls a part of a page.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::Result;
use crate::disk::{self, text};

/// The headers, with gaps where the policy names what is in the pages.
const RECOMMENDED: &str = "assets/_headers";

/// What the gaps are called: the styles in both pages, and the script in that of one file.
const GAPS: [&str; 2] = ["{{ styles }}", "{{ script }}"];

/// The file of the release folder that Netlify, Cloudflare Pages and others read.
pub(crate) const FILE: &str = "_headers";

/// Writes the recommended headers into a folder whose pages are as they will be published.
pub(crate) fn write(folder: &Path) -> Result<()> {
    let [page, one_file] = ["index.html", "annals.html"].map(|name| text(&folder.join(name)));
    disk::write(&folder.join(FILE), &filled(&text(Path::new(RECOMMENDED))?, &page?, &one_file?)?)
}

/// The headers for a page and the page of one file.
fn filled(headers: &str, page: &str, one_file: &str) -> Result<String> {
    let styles = [source(page, "style")?, source(one_file, "style")?].join(" ");
    let script = source(one_file, "script type=\"module\"")?;
    let mut filled = headers.to_owned();
    for (gap, text) in GAPS.into_iter().zip([styles, script]) {
        if headers.matches(gap).count() != 1 {
            return Err(format!("{RECOMMENDED} does not have one gap {gap}"));
        }
        filled = filled.replace(gap, &text);
    }
    Ok(filled)
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

    /// A page of one file, and its script by `printf 1 | openssl dgst -sha256 -binary | base64`.
    const ONE_FILE: &str = "<style>b{}</style><script type=\"module\">1</script>";
    const SCRIPT: &str = "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='";

    #[test]
    fn the_gaps_get_the_styles_and_the_script_of_the_pages() {
        let page = "<style data-file=\"a.css\">b{}</style>";
        let gaps = "a {{ script }}; b {{ styles }};";
        let expected = format!("a {SCRIPT}; b {STYLES} {STYLES};");
        assert_eq!(filled(gaps, page, ONE_FILE).as_ref(), Ok(&expected));
        assert!(filled("a {{ styles }};", page, ONE_FILE).is_err());
        assert!(filled("{{ styles }} {{ styles }} {{ script }}", page, ONE_FILE).is_err());
        assert!(filled(gaps, "<p></p>", ONE_FILE).unwrap_err().contains("<style>"));
        assert!(filled(gaps, page, page).unwrap_err().contains("<script"));
    }

    #[test]
    fn what_is_recommended_is_read_by_hosts() {
        let recommended = fs::read_to_string(Path::new("..").join(RECOMMENDED)).unwrap();
        let headers = files::headers(&filled(&recommended, ONE_FILE, ONE_FILE).unwrap());
        let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        let expected = [
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Permissions-Policy",
            "Access-Control-Allow-Origin",
        ];
        assert_eq!(names, expected);
        assert!(headers[0].1.contains(&format!("style-src 'self' {STYLES} {STYLES};")), "{}", headers[0].1);
        // Cloudflare reads no longer lines.
        assert!(recommended.lines().all(|line| line.len() < 1900));
    }
}
