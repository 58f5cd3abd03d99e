//! Pictures of the release build, each a state that an address or a few keys reach.
//!
//! `cargo xtask shots` sets `ANNALS_SHOTS`, the folder to write into. Words after the command pick pictures by name.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use e2e::{Failure, Hosting, Look, Result, Visit, visit_as};

/// One picture.
struct Shot {
    name: &'static str,
    size: (u32, u32),
    address: &'static str,
    dark: bool,
    phone: bool,
    /// What is pressed in the search field once the page stands.
    keys: &'static [&'static str],
}

const WIDE: (u32, u32) = (1440, 900);

const SHOTS: &[Shot] = &[
    Shot::of("overview-1440x900", WIDE, ""),
    Shot::of("selected-1440x900", WIDE, "#event-treaty-signed"),
    Shot { dark: true, ..Shot::of("dark-selected-1440x900", WIDE, "#event-treaty-signed") },
    Shot { dark: true, ..Shot::of("dark-overview-1440x900", WIDE, "") },
    Shot::of("near-1440x900", WIDE, "?from=1945-08-05&to=1945-09-04"),
    Shot::of("moment-1440x900", WIDE, "?at=1946-03-01"),
    Shot {
        keys: &["r", "a", "i", "l", "w", "a", "y"],
        ..Shot::of("search-1440x900", WIDE, "?hide=civil-war")
    },
    Shot::of("filter-1024x768", (1024, 768), "?hide=civil-war&q=railway"),
    Shot::of("contrast-1440x900", WIDE, "?theme=contrast"),
    Shot::of("embed-720x420", (720, 420), ""),
    Shot::of("embed-selected-720x420", (720, 420), "#event-treaty-signed"),
    Shot { phone: true, ..Shot::of("phone-390x844", (390, 844), "") },
    Shot { phone: true, ..Shot::of("phone-sheet-390x844", (390, 844), "#event-treaty-signed") },
    Shot::of("unknown-event-1024x768", (1024, 768), "#event-no-such-event"),
];

/// The sheet of paper in CSS pixels.
const A4: (u32, u32) = (794, 1123);

impl Shot {
    const fn of(name: &'static str, size: (u32, u32), address: &'static str) -> Self {
        Self { name, size, address, dark: false, phone: false, keys: &[] }
    }

    fn take(&self, folder: &Path) -> Result<()> {
        let (width, height) = self.size;
        let page = open(
            &Look { width, height, dark: self.dark, phone: self.phone, ..Look::default() },
            self.address,
        )?;
        page.wait_for_app()?;
        if !self.keys.is_empty() {
            page.click("#find")?;
            page.press(self.keys)?;
            page.rest()?;
        }
        page.save_picture(&folder.join(self.name).with_extension("png"))
    }
}

/// Without motion, so that a picture never shows the middle of one.
fn open(look: &Look, address: &str) -> Result<Visit> {
    visit_as(&Look { still: true, ..look.clone() }, Hosting::default(), address)
}

/// The page as it is printed: all sheets as PDF, and the first two as pictures where `pdftoppm` is present.
fn print(folder: &Path) -> Result<()> {
    let page = open(&Look::sized(A4.0, A4.1), "")?;
    page.wait_for_app()?;
    let sheets = folder.join("print-a4.pdf");
    fs::write(&sheets, page.print()?)?;
    let drawn = Command::new("pdftoppm")
        .args(["-r", "96", "-png", "-l", "2"])
        .arg(&sheets)
        .arg(folder.join("print-a4"))
        .status();
    if drawn.is_err() {
        println!("print-a4 is a PDF only: pdftoppm is not here");
    }
    Ok(())
}

/// The page without scripts, as it is before and without the app.
fn plain(folder: &Path) -> Result<()> {
    for (name, width, height) in [("list-1440x900.png", 1440, 900), ("list-390x844.png", 390, 844)] {
        let page = open(&Look { javascript: false, ..Look::sized(width, height) }, "")?;
        page.save_picture(&folder.join(name))?;
    }
    Ok(())
}

fn run(wanted: &[String]) -> Result<()> {
    let folder =
        env::var_os("ANNALS_SHOTS").ok_or_else(|| Failure::new("start this by cargo xtask shots"))?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()));
    let mut failures = Vec::new();
    let mut note = |name: &str, outcome: Result<()>| match outcome {
        Ok(()) => println!("{name}"),
        Err(failure) => failures.push(format!("{name}: {failure:?}")),
    };
    for shot in SHOTS.iter().filter(|shot| is_wanted(shot.name)) {
        note(shot.name, shot.take(folder));
    }
    if is_wanted("print-a4") {
        note("print-a4", print(folder));
    }
    if is_wanted("list") {
        note("list", plain(folder));
    }
    if failures.is_empty() { Ok(()) } else { Err(Failure::new(failures.join("\n"))) }
}

fn main() -> ExitCode {
    let wanted: Vec<String> = env::args().skip(1).collect();
    match run(&wanted) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure:?}");
            ExitCode::FAILURE
        }
    }
}
