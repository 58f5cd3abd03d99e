//! The page opens.

use e2e::{Result, visit};

#[test]
fn the_page_opens_with_its_timeline_and_says_nothing_on_the_console() -> Result<()> {
    let page = visit("")?;
    page.wait_for_app()?;
    assert!(page.title()?.contains("Sino-Soviet Treaty"), "{}", page.title()?);
    let strangers: Vec<String> =
        page.site.requests().into_iter().filter(|path| path.contains("favicon")).collect();
    assert!(strangers.is_empty(), "an icon that the page does not name was asked for: {strangers:?}");
    page.assert_quiet()
}
