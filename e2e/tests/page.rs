//! The page opens.

use e2e::{Result, visit};

#[test]
fn the_page_opens_with_its_timeline_and_says_nothing_on_the_console() -> Result<()> {
    let page = visit("")?;
    page.wait_for_app()?;
    assert!(page.title()?.contains("Sino-Soviet Treaty"), "{}", page.title()?);
    assert_eq!(page.site.missed(), Vec::<String>::new());
    page.assert_quiet()
}
