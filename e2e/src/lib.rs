//! End-to-end tests: the release build, served by a small static host, in real browsers over WebDriver.
//!
//! `cargo xtask test` starts the browser's driver and runs the tests with these variables set:
//! `ANNALS_DIST` (the built folder), `ANNALS_ONE_FILE` (the page of one file), `ANNALS_OTHER_FILE` (the same of another timeline),
//! `ANNALS_WEBDRIVER` (the driver's address), `ANNALS_BROWSER` (which engine) and `ANNALS_BROWSER_PATH` (its program).
//!
//! A test mostly begins with [`visit`], which gives it a host and a browser with an empty profile of its own:
//!
//! ```text
//! #[test]
//! fn a_link_opens_its_event() -> e2e::Result<()> {
//!     let page = e2e::visit("#event-treaty-signed")?;
//!     page.wait_for("[data-detail]")?;
//!     assert_eq!(page.attribute("[data-detail]", "data-event-id")?.as_deref(), Some("treaty-signed"));
//!     page.assert_quiet()
//! }
//! ```

mod browser;
mod http;
mod site;

use std::env;
use std::error::Error;
use std::fmt;
use std::ops::Deref;
use std::path::PathBuf;

pub use browser::{Browser, Engine, Look};
pub use site::{Fault, Hosting, Site};

/// What a step of a test gives back: a value, or the fault that ends the test.
pub type Result<T> = std::result::Result<T, Failure>;

/// Why a test could not go on, in words.
pub struct Failure(String);

impl Failure {
    /// A failure with this reason.
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

// The test harness shows failures through `Debug`: words read better there than a quoted string.
impl fmt::Debug for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl<E: Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// A browser that shows a page of a host; both end with it. Acts as its [`Browser`].
pub struct Visit {
    // Dropped in this order: the browser leaves before the host ends.
    browser: Browser,
    /// The host that serves the page.
    pub site: Site,
}

impl Visit {
    /// Opens another address of the same host: a path, a query, a fragment, or nothing for the page itself.
    ///
    /// # Errors
    /// Where the browser cannot load it.
    pub fn open(&self, address: &str) -> Result<()> {
        self.browser.goto(&self.site.address(address))
    }
}

impl Deref for Visit {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

/// Opens an address of the built page in a wide window.
///
/// # Errors
/// Where the driver or the built folder is missing, or the page does not load.
pub fn visit(address: &str) -> Result<Visit> {
    visit_as(&Look::default(), Hosting::default(), address)
}

/// Opens an address of the page, hosted in a given way, in a given kind of window.
///
/// # Errors
/// Where the driver or the built folder is missing, or the page does not load.
pub fn visit_as(look: &Look, hosting: Hosting, address: &str) -> Result<Visit> {
    let site = Site::start(hosting)?;
    let visit = Visit { browser: Browser::open(look)?, site };
    visit.open(address)?;
    Ok(visit)
}

/// The built folder under test.
///
/// # Errors
/// Where the tests were not started by the project's command.
pub fn dist() -> Result<PathBuf> {
    let folder = PathBuf::from(variable("ANNALS_DIST")?);
    if folder.join("index.html").is_file() {
        Ok(folder)
    } else {
        Err(Failure::new("ANNALS_DIST holds no index.html: run the tests by cargo xtask test"))
    }
}

/// The page of one file under test.
///
/// # Errors
/// Where the tests were not started by the project's command.
pub fn one_file() -> Result<PathBuf> {
    Ok(dist()?.join("annals.html"))
}

/// The page of one file with the timeline of `e2e/data/other.json`.
///
/// # Errors
/// Where the tests were not started by the project's command.
pub fn other_file() -> Result<PathBuf> {
    Ok(PathBuf::from(variable("ANNALS_OTHER_FILE")?))
}

/// A file of a timeline of so many events, called "Many events".
pub fn many_events(count: usize) -> String {
    let rows: Vec<_> = (0..count)
        .map(|event| {
            let (year, month) = (1800 + event % 200, 1 + event % 12);
            format!(r#"{{"id":"e{event}","date":"{year}-{month:02}","title":"Event {event} of many, with a name of some length"}}"#)
        })
        .collect();
    format!(r#"{{"title":"Many events","events":[{}]}}"#, rows.join(",\n"))
}

/// A variable that the project's command sets.
fn variable(name: &str) -> Result<String> {
    env::var(name).map_err(|_| Failure::new(format!("{name} is not set: run the tests by cargo xtask test")))
}
