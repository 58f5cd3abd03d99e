//! The key under the chart.

use yew::Html;

use super::markup::html;
use crate::text::Words;

/// What points, spans, dashes and counts mean; and last, how the chart is moved, where it can be.
pub(super) fn legend(words: &impl Words, end: &'static str) -> Html {
    html! {
        <p class="legend">
            <span><svg width="12" height="16" aria-hidden="true"><use href="#l-point" /></svg>{words.legend_point()}</span>
            <span><svg width="30" height="8" aria-hidden="true"><use href="#l-span" /></svg>{words.legend_span()}</span>
            <span><svg width="32" height="8" aria-hidden="true"><use href="#l-dashed" /></svg>{words.legend_dashed()}</span>
            <span><svg width="22" height="16" aria-hidden="true"><use href="#l-count" /></svg>{words.legend_count()}</span>
            <span class="end">{end}</span>
        </p>
    }
}
