//! One file that holds the whole page: styles, app, data, the whole story, packed; and the short story, to be read without scripts.
//!
//! It asks for nothing, so it opens from a disk, in a frame without an origin, and wherever one file can be put.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::Result;
use crate::build::{self, built, shrink_script};
use crate::disk::{make_folder, read, text, write};
use crate::headers::source;
use crate::process::{cargo, run, target_folder};
use crate::progress::Progress;
use crate::tools::{self, Shrinkers};

/// What to pack, and where to write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    /// A timeline in the project's format.
    pub(crate) data: PathBuf,
    pub(crate) out: PathBuf,
}

impl Default for Wish {
    fn default() -> Self {
        Self { data: "data/treaty-1945.json".into(), out: "annals.html".into() }
    }
}

/// The modules that come along.
const MODULES: [&str; 2] = ["annals", "map"];

/// The scripts that are not of a module.
const SCRIPTS: [&str; 2] = ["share", "embed"];

/// What the page's scripts do otherwise where all is in the page, as the words there and what stands in their place.
const OTHERWISE: [(&str, &str); 11] = [
    // There is no worker, and what unpacks the page begins before this line.
    ("const { document } = globalThis;\n", ""),
    ("if (lang && ", "if (false && "),
    ("  if (!import.meta.url.includes(\"?\")) await begin();", "  await begin();"),
    (
        "const [script, wasm] = name.split(\" \");\n  const module = await import(`${script}${failed ? `?${failed}` : \"\"}`);\n  await module.default({ module_or_path: fetch(wasm).then(compile) });",
        "const module = glue[name]();\n  await module.default({ module_or_path: WebAssembly.compile((await parts)[name]) });",
    ),
    ("import(address('link[rel=\"modulepreload\"]')),", "glue.annals(),"),
    (
        "fetch(address('link[rel=\"preload\"][as=\"fetch\"]')).then(compile),",
        "parts.then(({ annals }) => WebAssembly.compile(annals)),",
    ),
    (
        "    await completeData();",
        "    await tell(new TextDecoder().decode((await parts).story));\n    await completeData();",
    ),
    ("  if (!style.sheet) {", "  if (false) {"),
    (
        "const response = await fetch(\"annals.html\");\n  const page = await response.text();",
        "const response = { ok: true };",
    ),
    ("import(`${data.dataset.share}${misses ? `?${misses}` : \"\"}`)", "Promise.resolve(glue.share())"),
    ("import(data.dataset.embed).catch(() => {})", "glue.embed()"),
];

/// Builds the page and packs it.
pub(crate) fn bundle(wish: &Wish) -> Result<()> {
    let mut progress = Progress::new(tools::STEPS + build::RELEASE_STEPS + 1);
    let tools = tools::prepare(&mut progress)?;
    let shrinkers = build::release(&tools, None, &mut progress)?;
    progress.step("Packing it all into one file");
    let bytes = pack(wish, shrinkers.as_ref())?;
    progress.finish(&format!("{} has it all, in {} kB", wish.out.display(), bytes / 1000));
    Ok(())
}

/// Packs the release folder, with the data of a file; gives back how many bytes that is.
pub(crate) fn pack(wish: &Wish, shrinkers: Option<&Shrinkers>) -> Result<usize> {
    let folder = target_folder().join("one-file");
    make_folder(&folder)?;
    let mut writer = cargo([
        "run",
        "--quiet",
        "--locked",
        "--no-default-features",
        "--features",
        "ssr",
        "--bin",
        "prerender",
    ]);
    run(writer.args(["--", "one-file"]).arg(&folder).arg(&wish.data))?;
    let mut parts = Vec::new();
    let mut scripts = Vec::new();
    for name in MODULES {
        parts.push((name, read(&built(&format!("{name}-"), "_bg.wasm")?)?));
        scripts.push((name, text(&built(&format!("{name}-"), ".js")?)?));
    }
    for name in SCRIPTS {
        scripts.push((name, text(&Path::new("assets").join(name).with_extension("js"))?));
    }
    parts.push(("story", read(&folder.join("story.html"))?));
    let script =
        script(&text(Path::new("assets/unpack.js"))?, &scripts, &text(Path::new("assets/boot.js"))?)?;
    let file = folder.join("script.js");
    write(&file, &script)?;
    if let Some(shrinkers) = shrinkers {
        shrink_script(&shrinkers.terser, &file)?;
    }
    let script = text(&file)?;
    if script.contains("</script") || script.contains("<!--") {
        return Err("the script would end the element that it is put into".to_owned());
    }
    let mut page = text(&folder.join("page.html"))?;
    let icon = letters(&read(Path::new("assets/favicon.svg"))?);
    fill(&mut page, "icon", &["data:image/svg+xml;base64,", &icon].concat())?;
    fill(&mut page, "typeface", &letters(&read(Path::new("assets/fonts/annal-serif-latin.woff2"))?))?;
    fill(&mut page, "parts", &letters(&packed(&parts)?))?;
    fill(&mut page, "script", script.trim())?;
    let policy = policy(&page)?;
    fill(&mut page, "policy", &policy)?;
    write(&wish.out, &page)?;
    Ok(page.len())
}

/// Fills the one gap of this name.
fn fill(page: &mut String, gap: &str, text: &str) -> Result<()> {
    let comment = format!("<!--{gap}-->");
    if page.matches(&comment).count() != 1 {
        return Err(format!("the page does not have one gap {comment}"));
    }
    *page = page.replace(&comment, text);
    Ok(())
}

/// The script of a page of one file: what unpacks it, the scripts of its modules, and the page's own.
fn script(unpack: &str, modules: &[(&str, String)], boot: &str) -> Result<String> {
    let mut script = unpack.to_owned();
    script.push_str("const glue = {\n");
    for (name, text) in modules {
        let body = as_function(name, text)?;
        script.push_str(&[name, ": () => {\n", &body, "\n},\n"].concat());
    }
    script.push_str("};\n");
    script.push_str(boot);
    for (words, instead) in OTHERWISE {
        if script.matches(words).count() != 1 {
            return Err(format!(
                "the page's scripts do not say {words:?} once, which is otherwise in one file"
            ));
        }
        script = script.replace(words, instead);
    }
    // What looks like the end of the element that holds it stands in its texts alone.
    Ok(script.replace("</script", "<\\/script"))
}

/// The body of a function that gives what a module gives.
fn as_function(name: &str, module: &str) -> Result<String> {
    let form = || format!("the script of {name} does not give its parts in the known form");
    let (body, list) = module.trim_end().rsplit_once("export").ok_or_else(form)?;
    let list = list
        .trim()
        .trim_end_matches(';')
        .strip_prefix('{')
        .and_then(|list| list.strip_suffix('}'))
        .ok_or_else(form)?;
    let mut given: Vec<String> = Vec::new();
    for one in list.split(',').map(str::trim).filter(|one| !one.is_empty()) {
        let (own, outer) = one.split_once(" as ").unwrap_or((one, one));
        given.push(format!("{outer}: {own}"));
    }
    for function in body.split("export function ").skip(1) {
        let own = function.split('(').next().unwrap_or_default();
        given.push(format!("{own}: {own}"));
    }
    let body = body.replace("export function ", "function ");
    if body.contains("export ") || body.contains("export{") {
        return Err(form());
    }
    Ok(format!("{body}\nreturn {{ {} }};", given.join(", ")))
}

/// Names and lengths in a line, then all parts, compressed.
fn packed(parts: &[(&str, Vec<u8>)]) -> Result<Vec<u8>> {
    let line: Vec<String> =
        parts.iter().map(|(name, bytes)| format!("[\"{name}\",{}]", bytes.len())).collect();
    let mut whole = format!("[{}]\n", line.join(",")).into_bytes();
    for (_, bytes) in parts {
        whole.extend_from_slice(bytes);
    }
    let mut out = Vec::new();
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Gzip, &whole[..], &mut out)
        .map_err(|error| format!("cannot compress the parts of the file: {error}"))?;
    Ok(out)
}

/// A policy that allows what is in the page and nothing else.
fn policy(page: &str) -> Result<String> {
    Ok([
        "default-src 'none'; script-src ",
        &source(page, "script type=\"module\"")?,
        " 'wasm-unsafe-eval'; style-src ",
        &source(page, "style")?,
        "; img-src data:; font-src data:; base-uri 'none'; form-action 'none'",
    ]
    .concat())
}

fn letters(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_becomes_a_function_that_gives_the_same() {
        let module = "const a=1;export function locate(n){return a+n}function z(){}export{z as default};\n";
        let body = as_function("map", module).unwrap();
        assert_eq!(
            body,
            "const a=1;function locate(n){return a+n}function z(){}\nreturn { default: z, locate: locate };"
        );
        assert!(as_function("map", "const a=1;").is_err());
        assert!(as_function("map", "export default 1; export{z as default};").is_err());
    }

    #[test]
    fn a_gap_is_filled_once() {
        let mut page = "<p><!--icon--></p>".to_owned();
        fill(&mut page, "icon", "i").unwrap();
        assert_eq!(page, "<p>i</p>");
        assert!(fill(&mut page, "icon", "i").is_err());
    }

    #[test]
    fn the_policy_names_the_script_and_the_styles_of_the_page() {
        let page = "<style>b{}</style><script type=\"module\">1</script>";
        let found = policy(page).unwrap();
        // Both by `openssl dgst -sha256 -binary | base64`.
        assert!(
            found.contains(
                "script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=' 'wasm-unsafe-eval'"
            ),
            "{found}"
        );
        assert!(policy("<style></style>").is_err());
    }

    #[test]
    fn the_page_has_another_script_only_where_it_says_what_is_known() {
        let boot = OTHERWISE.map(|(words, _)| words).join("\n");
        assert!(script("", &[], &boot).unwrap().contains("glue.annals(),"));
        assert!(
            script("", &[], &boot.replace("completeData", "fillData")).unwrap_err().contains("completeData")
        );
        assert!(
            script("const a = \"</script>\";", &[], &boot).unwrap().starts_with("const a = \"<\\/script>\";")
        );
    }
}
