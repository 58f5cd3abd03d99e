//! The key under the chart.

use yew::Html;

use super::markup::html;
use crate::text::Words;

/// What points, spans, dashes and counts mean; and last, how the chart is moved, where it can be.
pub(super) fn legend(words: &impl Words, end: &'static str) -> Html {
    html! {
        <p class="legend">
            <span>
                <svg width="12" height="16" viewBox="0 0 12 16" aria-hidden="true"><circle cx="6" cy="5" r="4.5" fill="currentColor" /><path d="M6 5v9" stroke="currentColor" /><path d="M4.5 12h3v4h-3z" fill="currentColor" /></svg>
                {words.legend_point()}
            </span>
            <span>
                <svg width="30" height="8" viewBox="0 0 30 8" aria-hidden="true"><path d="M0 2h30v4H0z" fill="currentColor" /></svg>
                {words.legend_span()}
            </span>
            <span>
                <svg width="32" height="8" viewBox="0 0 32 8" aria-hidden="true"><path d="M0 2h5v4H0zM8 2h5v4H8zM16 2h16v4H16z" fill="currentColor" /></svg>
                {words.legend_dashed()}
            </span>
            <span>
                <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true"><rect x=".75" y=".75" width="20.5" height="14.5" rx="7.25" fill="none" stroke="currentColor" stroke-width="1.5" /><text x="11" y="11.5" text-anchor="middle" font-size="10" font-weight="600" fill="currentColor">{"5"}</text></svg>
                {words.legend_count()}
            </span>
            <span class="end">{end}</span>
        </p>
    }
}
