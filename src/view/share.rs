//! The dialog that shares the timeline: as a link, in a frame, as one file, as a citation.
//!
//! It is rendered natively when the page is built; `assets/share.js`, which comes when somebody asks for it, fills and opens it.

use serde_json::{Value, json};
use yew::prelude::*;

use super::icons::{icon, small_icon};
use super::markup::html;
use crate::model::Timeline;
use crate::state::Theme;
use crate::text::{Locale, Words as _};

/// For whom the dialog is.
#[derive(Clone, PartialEq, Properties)]
pub struct ShareProps {
    /// The language of the page.
    pub locale: Locale,
}

/// The parts of the dialog, each with its icon, in the order of [`crate::text::Sharing::parts`].
const PARTS: [(&str, &str); 4] = [("link", "link"), ("embed", "code"), ("file", "save"), ("cite", "cite")];

/// The places to publish, in the order of [`crate::text::Sharing::places`].
const PLACES: [&str; 6] = ["moodle", "canvas", "wordpress", "sites", "own", "element"];

/// The sizes of a frame, in the order of [`crate::text::Sharing::sizes`].
const SIZES: [&str; 4] = ["100% 420", "100% 640", "720 420", "360 560"];

/// The dialog, which is no part of the page until it is wanted; the line that says what happened without it; and the way out of a
/// frame.
#[component]
pub fn Share(props: &ShareProps) -> Html {
    let words = props.locale.words();
    let say = words.sharing();
    let tabs = PARTS.iter().zip(say.parts).map(|((part, sign), name)| {
        html! {
            <button key={*part} type="button" role="tab" class="btn" id={["sh-t-", part].concat()} aria-controls="sh-part" data-part={*part}>
                { icon(sign) }{name}
            </button>
        }
    });
    let looks = Theme::ALL.into_iter().map(|theme| {
        let name = if theme == Theme::System { say.own } else { words.theme(theme.id()) };
        html! { <option key={name} value={theme.id().unwrap_or_default()}>{name}</option> }
    });
    let places = PLACES.iter().zip(say.places).map(|(place, (name, _))| {
        html! { <option key={*place} value={*place}>{name}</option> }
    });
    let hints = PLACES.iter().zip(say.places).map(|(place, (_, hint))| {
        html! { <p key={*place} data-place={*place}>{hint}</p> }
    });
    let sizes = SIZES.iter().zip(say.sizes).map(|(size, name)| {
        html! { <option key={*size} value={*size}>{name}</option> }
    });
    html! {
        <>
            <a id="alone" href="./" class="btn sq" target="_blank" rel="noopener" aria-label={say.open} title={say.open} hidden={true}>{ icon("ext") }</a>
            <p id="told" class="told" role="status" data-copied={say.copied} data-not-come={say.not_come}></p>
            <template id="share-source">
                <dialog id="share" class="dlg wide" aria-labelledby="sh-h" data-frame={say.frame} data-below={say.below} data-by-hand={say.by_hand}
                    data-making={say.making} data-made={say.made} data-unmade={say.unmade} data-too-large={say.too_large} data-may-not={say.may_not} data-copy={say.copy} data-citation={say.citation}
                    data-whole-citation={say.whole_citation}>
                    <form class="dlg-h" method="dialog">
                        <h2 id="sh-h">{say.title}</h2>
                        <button type="submit" class="btn sq" aria-label={words.close()}>{ icon("close") }</button>
                    </form>
                    <div class="sh">
                        <div class="sh-tabs" role="tablist" aria-labelledby="sh-h">{ for tabs }</div>
                        <div class="sh-part" id="sh-part" role="tabpanel">
                            <p class="sh-note" data-of="link embed cite" id="sh-alone" hidden={true}>{say.no_address}</p>
                            <fieldset data-of="link embed">
                                <legend>{say.first}</legend>
                                <label><input type="radio" name="sh-first" checked={true} />{say.whole}</label>
                                <label><input type="radio" name="sh-first" id="sh-view" /><span>{say.view}{" "}<b id="sh-what"></b></span></label>
                            </fieldset>
                            <div class="sh-row" data-of="link embed">
                                <label data-of="embed">{say.place}<select id="sh-place">{ for places }</select></label>
                                <label>{words.appearance()}<select id="sh-look">{ for looks }</select></label>
                                <label data-of="embed">{say.size}<select id="sh-size">{ for sizes }</select></label>
                            </div>
                            { field("link", "sh-link", say.link, say.copy) }
                            <p class="sh-note" data-of="link"><a id="sh-open" href="./" target="_blank" rel="noopener">{say.open}</a></p>
                            { field("embed", "sh-code", say.code, say.copy) }
                            <div class="sh-note" data-of="embed">{ for hints }</div>
                            <div class="sh-sight" id="sh-sight" data-of="embed"></div>
                            <p class="sh-note" data-of="file">{say.file}</p>
                            <p data-of="file"><button type="button" class="btn line" id="sh-file">{ icon("save") }{say.download}</button></p>
                            { field("cite", "sh-event", say.cited[0], say.copy) }
                            { field("cite", "sh-whole", say.cited[1], say.copy) }
                            <p class="sh-said" role="status" id="sh-said"></p>
                        </div>
                    </div>
                    <span hidden={true} id="sh-preview">{say.preview}</span>
                </dialog>
            </template>
        </>
    }
}

/// A text to copy, in the part of the dialog that it belongs to.
fn field(part: &'static str, id: &'static str, name: &'static str, copy: &'static str) -> Html {
    html! {
        <div class="sh-field" data-of={part}>
            <label for={id} id={[id, "-l"].concat()}>{name}</label>
            <div>
                <textarea {id} readonly={true} rows="2" spellcheck="false"></textarea>
                <button type="button" class="btn line" data-copies={id} aria-describedby={[id, "-l"].concat()}><span>{copy}</span>{ small_icon("check") }</button>
            </div>
        </div>
    }
}

/// What a system may make of the address of a site, such as `https://example.org/treaty/`, when somebody pastes it: the answer of a
/// provider of oEmbed (its specification, version 1.0, section 2.3). Some systems make of it a frame without an origin.
pub fn oembed(timeline: &Timeline, locale: Locale, site: &str) -> Value {
    let title = timeline.title.best(locale.tag()).text;
    let [width, height] = [720, 420];
    let quoted = |text: &str| {
        [("&", "&amp;"), ("\"", "&quot;"), ("<", "&lt;"), (">", "&gt;")]
            .into_iter()
            .fold(text.to_owned(), |text, (sign, name)| text.replace(sign, name))
    };
    let (address, name) =
        (quoted(site), quoted(&locale.words().sharing().frame.replace("{timeline}", title)));
    json!({
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Annals",
        "provider_url": site,
        "width": width,
        "height": height,
        "html": format!(
            "<iframe src=\"{address}?embed\" title=\"{name}\" width=\"{width}\" height=\"{height}\"></iframe>"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;

    #[test]
    fn what_is_said_of_a_site_has_its_address_and_a_quoted_title() {
        let (timeline, _) = load::from_json(
            br#"{ "title": "Bread & \"games\"", "events": [{ "date": "1945", "title": "A" }] }"#,
        )
        .unwrap();
        let said = oembed(&timeline, Locale::En, "https://example.org/a/");
        assert_eq!(said["title"], "Bread & \"games\"");
        assert_eq!(
            said["html"],
            "<iframe src=\"https://example.org/a/?embed\" title=\"Bread &amp; &quot;games&quot;: a timeline\" width=\"720\" height=\"420\"></iframe>"
        );
        assert_eq!((&said["version"], &said["type"]), (&json!("1.0"), &json!("rich")));
    }
}
