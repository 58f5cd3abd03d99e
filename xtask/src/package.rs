//! The element as an npm package: its script, its types, and each file that the script names.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::build::{self, DIST};
use crate::disk::{copy, make_folder, text, write};
use crate::process::{command, run, target_folder};
use crate::progress::Progress;
use crate::tools;

/// The script of the element.
const SCRIPT: &str = "annals.js";

/// What the package says of itself.
const OWN: &str = "assets/package";

/// The page of the tests that has the package, and where what builds it is named.
const PAGE: &str = "e2e/vite";

/// Builds the release folder and makes the package of it.
pub(crate) fn package() -> Result<()> {
    let mut progress = Progress::new(tools::STEPS + build::RELEASE_STEPS + 1);
    let tools = tools::prepare(&mut progress)?;
    build::release(&tools, None, &mut progress)?;
    progress.step("Making the package of the element");
    let folder = make()?;
    progress.finish(&format!("{} is the package: npm publish takes it as it is", folder.display()));
    Ok(())
}

/// Makes the package of the release folder, as a folder.
fn make() -> Result<PathBuf> {
    let folder = target_folder().join("package");
    if folder.is_dir() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let dist = Path::new(DIST);
    let script = text(&dist.join(SCRIPT))?;
    let named = named(&script);
    if named.is_empty() {
        return Err(format!("{DIST}/{SCRIPT} names no files"));
    }
    for file in named.into_iter().chain(["annals.d.ts", "fonts/OFL.txt"]) {
        let copied = folder.join(file);
        make_folder(copied.parent().unwrap_or(&folder))?;
        copy(&dist.join(file), &copied)?;
    }
    // Vite would put small files into the script, and policies forbid scripts in an address.
    let whole = script.replace("\", import.meta.url)", "?no-inline\", import.meta.url)");
    write(&folder.join(SCRIPT), &whole)?;
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(Path::new(licence), &folder.join(licence))?;
    }
    copy(&Path::new(OWN).join("README.md"), &folder.join("README.md"))?;
    let told =
        text(&Path::new(OWN).join("package.json"))?.replace("{{ version }}", env!("CARGO_PKG_VERSION"));
    write(&folder.join("package.json"), &told)?;
    Ok(folder)
}

/// The files that a script names beside itself, without what follows their names in an address.
fn named(script: &str) -> Vec<&str> {
    let addresses =
        script.split("new URL(\"./").skip(1).filter_map(|rest| rest.split_once("\", import.meta.url)"));
    addresses.map(|(address, _)| address.split('?').next().unwrap_or_default()).collect()
}

/// Packs the package as npm does, installs it into a small page, and builds that with Vite after a look at its types; gives back the
/// folder of the built page. None where npm is not here.
pub(crate) fn page(progress: &mut Progress) -> Result<Option<PathBuf>> {
    let Some(modules) = tools::packers(progress)? else { return Ok(None) };
    // npm would take a path of two words for a repository.
    let absolute =
        |path: PathBuf| std::path::absolute(&path).map_err(|error| format!("{}: {error}", path.display()));
    let (folder, page) = (absolute(make()?)?, absolute(target_folder().join("vite-page"))?);
    if page.is_dir() {
        fs::remove_dir_all(&page).map_err(|error| format!("{}: {error}", page.display()))?;
    }
    make_folder(&page)?;
    for file in ["index.html", "main.ts", "main.css", "css.d.ts", "tsconfig.json"] {
        copy(&Path::new(PAGE).join(file), &page.join(file))?;
    }
    write(&page.join("package.json"), "{ \"private\": true, \"type\": \"module\" }\n")?;
    tools::npm(&["pack", &folder.to_string_lossy(), "--pack-destination", &page.to_string_lossy()], &page)?;
    let packed = ["annals-timeline-", env!("CARGO_PKG_VERSION"), ".tgz"].concat();
    tools::npm(&["install", "--no-save", "--offline", &page.join(packed).to_string_lossy()], &page)?;
    run(command("node").arg(modules.join("typescript/bin/tsc")).arg("--project").arg(&page))?;
    run(command("node")
        .arg(modules.join("vite/bin/vite.js"))
        .arg("build")
        .arg(&page)
        .args(["--logLevel", "warn"]))?;
    Ok(Some(page.join("dist")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_files_that_a_script_names() {
        let script = "const a = { b: new URL(\"./c-1.js\", import.meta.url).href, d: new URL(\"./e/f.woff2?no-inline\", import.meta.url).href };";
        assert_eq!(named(script), ["c-1.js", "e/f.woff2"]);
        assert!(named("new URL(name, import.meta.url)").is_empty());
    }
}
