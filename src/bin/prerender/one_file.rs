//! The parts of a page that is one file: the page itself, with gaps for what is packed, and the whole story, which is packed.

use super::{Brief, BriefProps, Fallible, Path, Rc, Told, attribute, fill, fs, minified, read, render};

/// Gaps that are filled by what packs the file, by comments: no text of a timeline can look like one, as it has no such bracket in
/// the page.
const GAPS: [&str; 4] = ["policy", "icon", "parts", "script"];

/// The typeface that comes along, and what stands in its place until the file is packed. Others are taken from the reader's system.
const TYPEFACE: (&str, &str) = ("fonts/annal-serif-latin.woff2", "data:font/woff2;base64,<!--typeface-->");

/// Where the same styles are a file, which one file has not.
const SHEET: &str = " data-file=\"{{ sheet }}\"";

/// What has no place in a page of one file: each begins with these words and ends its line.
const LINKS: [&str; 2] = ["<link data-trunk", "<script data-trunk"];

/// Writes `page.html` and `story.html` into a folder, from the project's own page and a file of data.
pub(super) fn write(folder: &Path, data: &Path) -> Fallible<()> {
    let told = Told::read(data)?;
    let story = told.story(None)?;
    let brief = BriefProps { timeline: Rc::clone(&told.timeline), locale: told.locale };
    let mut texts = told.texts(render::<Brief>(brief)?, &story)?;
    let (page, styles) = template()?;
    texts.extend([("styles", styles), ("map", "map".to_owned()), ("oembed", String::new())]);
    texts.extend(GAPS.map(|gap| (gap, format!("<!--{gap}-->"))));
    let page = fill(&page, &texts)?;
    for (name, text) in [("page.html", page), ("story.html", story)] {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// The project's page as one of one file, and its style sheets.
fn template() -> Fallible<(String, String)> {
    let source = String::from_utf8(read(Path::new("index.html"))?)?;
    let mut page = String::with_capacity(source.len());
    let mut styles = String::new();
    for line in source.lines() {
        let words = line.trim_start();
        if attribute(words, "rel") == Some("css") {
            let path = attribute(words, "href").ok_or("index.html: a style sheet without an address")?;
            styles.push_str(&minified(&String::from_utf8(read(Path::new(path))?)?));
        } else if words.contains(SHEET) {
            page.push_str(&line.replace(SHEET, ""));
            page.push('\n');
        } else if words.starts_with("<meta charset") {
            page.push_str(line);
            page.push_str("\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{{ policy }}\">\n");
            page.push_str("    <link rel=\"icon\" href=\"{{ icon }}\">\n");
        } else if let Some((before, _)) = words.split_once(" data-source=") {
            page.push_str(before);
            page.push_str(" data-map=\"{{ map }}\">{{ data }}</script>\n");
            page.push_str("    <script type=\"text/plain\" id=\"parts\">{{ parts }}</script>\n");
            page.push_str("    <script type=\"module\">{{ script }}</script>\n");
        } else if !LINKS.iter().any(|beginning| words.starts_with(beginning)) {
            page.push_str(line);
            page.push('\n');
        }
    }
    Ok((page, without_files(&styles)))
}

/// Style sheets without the typefaces that are files, but for the one that comes along.
fn without_files(styles: &str) -> String {
    let (file, gap) = TYPEFACE;
    let styles = styles.replace(file, gap);
    let is_file = |rule: &&str| rule.starts_with("@font-face") && rule.contains("url(\"fonts/");
    styles.split_inclusive('}').filter(|rule| !is_file(rule)).collect()
}
