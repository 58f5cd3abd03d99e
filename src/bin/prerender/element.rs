//! The parts of an element in a page of somebody else: what stands in its shadow tree, the style sheet of that, the packed story, and
//! the script that knows their names.

use std::collections::HashSet;

use super::{Fallible, Keys, KeysProps, Path, Sheet, Told, fill, fingerprint, fs, minified, read, render};

/// The script of the element, as Trunk has copied it.
const SCRIPT: &str = "annals.js";

/// The sheet that only elements have.
const OWN_SHEET: &str = "styles/element.css";

/// Sheets of which nothing stands in an element.
const ABSENT: [&str; 3] = ["story", "still", "print"];

/// The tokens that a page may set for its elements, as `--annals-paper` and so on. README.md names them.
const THEMED: [&str; 23] = [
    "paper",
    "sheet",
    "well",
    "band",
    "band-2",
    "hover",
    "ink",
    "ink-2",
    "ink-3",
    "rule",
    "rule-2",
    "treaty",
    "on-treaty",
    "focus",
    "land",
    "thread-1",
    "thread-2",
    "thread-3",
    "thread-4",
    "thread-5",
    "thread-6",
    "serif",
    "sans",
];

/// Writes the parts, and their names into the script. The page is the template with the pictures of the app in it.
pub(super) fn write(
    staging: &Path,
    source: &Path,
    told: &Told,
    page: &str,
    sheets: &[Sheet],
    modules: &[(&'static str, String)],
) -> Fallible<()> {
    let own = minified(&String::from_utf8(read(&source.join(OWN_SHEET))?)?);
    let styles = shadow_sheet(sheets, &own)?;
    let (_, rest) = page.split_once("<svg class=\"sprite\"").ok_or("index.html has no pictures")?;
    let (pictures, _) = rest.split_once("</svg>\n    <div").ok_or("the pictures of index.html do not end")?;
    let keys = render::<Keys>(KeysProps { locale: told.locale })?;
    let lang = told.locale.tag();
    let tree = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>Annals</title></head><body>\n\
         <div class=\"root\" id=\"root\" role=\"region\" part=\"app\" lang=\"{lang}\" data-embed><div class=\"ground\">\n\
         <svg class=\"sprite\"{pictures}</svg>\n<div id=\"annals\"></div>\n{keys}\n\
         <data id=\"timeline-data\" value=\"\" hidden></data>\n</div></div>\n</body></html>\n"
    );
    let mut names = modules.to_vec();
    names.push(("lang", lang.to_owned()));
    names.push(("languages", told.timeline.languages.join(" ")));
    for (gap, ending, text) in
        [("styles", "css", styles), ("tree", "html", tree), ("story", "txt", told.packed.join())]
    {
        let name = format!("{gap}-{:016x}.{ending}", fingerprint(text.as_bytes()));
        fs::write(staging.join(&name), text).map_err(|error| format!("{name}: {error}"))?;
        names.push((gap, name));
    }
    let path = staging.join(SCRIPT);
    let script = fill(&String::from_utf8(read(&path)?)?, &names)?;
    fs::write(&path, script).map_err(|error| format!("{SCRIPT}: {error}"))?;
    Ok(())
}

/// The sheets of the page as one for a shadow tree, behind one line with the typefaces, which only the document can have.
fn shadow_sheet(sheets: &[Sheet], own: &str) -> Fallible<String> {
    let whole: String =
        sheets.iter().filter(|sheet| !ABSENT.contains(&&*sheet.name)).map(|sheet| &*sheet.text).collect();
    let (mut faces, mut rules) = (String::new(), String::new());
    let mut rest = &*whole;
    while let Some((before, face)) = rest.split_once("@font-face{") {
        let (face, after) = face.split_once('}').ok_or("a typeface does not end")?;
        rules.push_str(before);
        faces.push_str(&["@font-face{", face, "}"].concat());
        rest = after;
    }
    rules.push_str(rest);
    let rules = selected(&rules).replace(":root", ".root").replace("@media (width", "@container host (width");
    let rules = rules.replace("@media (height", "@container host (height");
    let rules = rules.replace("color-scheme:light dark;", "");
    let mut missing: HashSet<&str> = THEMED.into_iter().collect();
    let rules = themed(&rules, &mut missing);
    if let Some(name) = missing.into_iter().next() {
        return Err(format!("the style sheets have no token --{name}").into());
    }
    Ok([&*faces, "\n", &in_own_rem(&[&*rules, own].concat())].concat())
}

/// Selectors of the root and the body of a page as those of what stands for them.
fn selected(rules: &str) -> String {
    let mut out = String::with_capacity(rules.len());
    let mut rest = rules;
    while !rest.is_empty() {
        let begins = out.is_empty() || out.ends_with(['{', '}', ',', ';']);
        let named = [("html{", ".root{"), ("body{", ".ground{"), ("body,", ".ground,")];
        if let Some((name, instead)) = named.into_iter().find(|(name, _)| begins && rest.starts_with(name)) {
            out.push_str(instead);
            rest = &rest[name.len()..];
        } else {
            let next = rest.chars().next().map_or(1, char::len_utf8);
            out.push_str(&rest[..next]);
            rest = &rest[next..];
        }
    }
    out
}

/// Lets the first statement of each token give way to the property of the page around.
fn themed(rules: &str, missing: &mut HashSet<&str>) -> String {
    rules
        .split_inclusive([';', '{', '}'])
        .map(|part| {
            let (before, statement) = part.rfind("--").map_or(("", part), |at| part.split_at(at));
            let stated = statement.strip_prefix("--").and_then(|statement| statement.split_once(':'));
            match stated {
                Some((name, value)) if before.is_empty() && missing.remove(name) => {
                    let end = value.len() - usize::from(value.ends_with([';', '}']));
                    let (value, end) = value.split_at(end);
                    format!("--{name}:var(--annals-{name},{}){end}", value.trim_start())
                }
                _ => part.to_owned(),
            }
        })
        .collect()
}

/// Sizes by the root of the page around as sizes by that of the element: `--rem`, which the script measures.
///
/// In conditions there is no such property, so there they stay.
fn in_own_rem(rules: &str) -> String {
    let mut out = String::with_capacity(rules.len());
    let mut done = 0;
    for (at, unit) in rules.match_indices("rem") {
        let before = &rules[..at];
        let left = before.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
        // A sign belongs to the number where no other number stands before it.
        let signed =
            left.strip_suffix('-').filter(|left| left.ends_with([':', ' ', ',', '('])).unwrap_or(left);
        let number = &rules[signed.len()..at];
        let statement = before.rfind(['{', '}', ';']).map_or(before, |from| &before[from + 1..]);
        let goes_on = rules[at + unit.len()..]
            .starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '-');
        if number.bytes().any(|letter| letter.is_ascii_digit())
            && !goes_on
            && !statement.trim_start().starts_with('@')
        {
            out.push_str(&rules[done..signed.len()]);
            out.push_str(&["calc(var(--rem)*", number, ")"].concat());
            done = at + unit.len();
        }
    }
    out.push_str(&rules[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_and_the_body_of_a_page_become_those_of_an_element() {
        assert_eq!(
            selected("body,h1{a:b}.p-body{c:d}html{e:f}body{g:h}"),
            ".ground,h1{a:b}.p-body{c:d}.root{e:f}.ground{g:h}"
        );
    }

    #[test]
    fn sizes_are_those_of_the_element_but_not_in_conditions() {
        assert_eq!(in_own_rem("a{b:2rem .5rem}"), "a{b:calc(var(--rem)*2) calc(var(--rem)*.5)}");
        assert_eq!(in_own_rem("a{b:-25rem}"), "a{b:calc(var(--rem)*-25)}");
        assert_eq!(in_own_rem("a{b:calc(100% - 2rem)}"), "a{b:calc(100% - calc(var(--rem)*2))}");
        let kept = "@container strip (inline-size < 4rem){.rem{--remark:1px}}";
        assert_eq!(in_own_rem(kept), kept);
    }

    #[test]
    fn a_token_gives_way_to_the_page_where_it_is_first_stated() {
        let mut missing = HashSet::from(["paper", "ink"]);
        assert_eq!(
            themed(
                ".root{--paper: light-dark(#FFF,#000);--ink-2: red;--ink: blue}b{--ink: Canvas}",
                &mut missing
            ),
            ".root{--paper:var(--annals-paper,light-dark(#FFF,#000));--ink-2: red;--ink:var(--annals-ink,blue)}b{--ink: Canvas}"
        );
        assert!(missing.is_empty());
    }

    #[test]
    fn an_element_has_no_sheet_of_the_story_and_its_typefaces_apart() {
        let sheet = |name: &str, text: &str| Sheet { name: name.to_owned(), text: text.to_owned() };
        let tokens: String = THEMED.iter().map(|name| ["--", name, ": 1;"].concat()).collect();
        let sheets = [
            sheet("tokens", &["@layer a,b;@font-face{c:d}:root{", &*tokens, "}"].concat()),
            sheet("story", "article{e:f}"),
            sheet("embed", "@media (width < 640px){a{b:c}}"),
        ];
        let (faces, rules) = shadow_sheet(&sheets, ":host{x:y}")
            .unwrap()
            .split_once('\n')
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .unwrap();
        assert_eq!(faces, "@font-face{c:d}");
        assert!(rules.starts_with("@layer a,b;.root{--paper:var(--annals-paper,1);"), "{rules}");
        assert!(rules.ends_with("@container host (width < 640px){a{b:c}}:host{x:y}"), "{rules}");
        assert!(shadow_sheet(&sheets[1..], "").is_err());
    }
}
