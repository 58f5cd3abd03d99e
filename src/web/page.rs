//! What the page's script does for the app: it brings what comes later, and asks the browser for what takes time.

#[cfg(feature = "large")]
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::Element;

#[cfg(feature = "large")]
use crate::pack::Stack;

#[cfg(feature = "large")]
#[wasm_bindgen]
extern "C" {
    /// The parts of a large timeline.
    #[wasm_bindgen(method, getter)]
    fn parts(this: &Data) -> Option<Array>;

    /// The part of an answer that has just come.
    #[wasm_bindgen(method, getter)]
    fn piece(this: &Data) -> JsValue;
}

#[wasm_bindgen]
extern "C" {
    /// The element in which the page's script leaves the data of the page, and this function.
    #[wasm_bindgen(extends = Element)]
    type Data;

    /// Calls back with a text; else with a sentence that says why there is none, or with nothing. Before that it may call with
    /// a text, nothing, and a number: how far it is.
    #[wasm_bindgen(method, catch)]
    fn ask(this: &Data, what: &str, of: &str, done: JsValue) -> Result<(), JsValue>;
}

/// The large timeline for which the page's script has brought this app, as far as the page has it: what is not an event, and
/// where the events are. None for another timeline.
#[cfg(feature = "large")]
pub fn stock() -> Option<(String, Stack)> {
    let all: Array = data()?.parts()?;
    let bytes = |place| Some(all.get(place).dyn_into::<Uint8Array>().ok()?.to_vec());
    let (head, rows, starts) = (all.get(0).as_string()?, bytes(2)?, bytes(3)?);
    let parts = all.slice(4, all.length());
    let bytes = move |part: usize, from: u32, to: Option<u32>| {
        let part = parts.get(part as u32).dyn_into::<Uint8Array>();
        part.map_or_else(|_| Vec::new(), |part| part.subarray(from, to.unwrap_or(part.length())).to_vec())
    };
    Some((head, Stack { rows, starts, bytes: Box::new(bytes) }))
}

/// The letters of all labels of that timeline.
#[cfg(feature = "large")]
pub fn letters() -> String {
    data().and_then(|data| data.parts()?.get(1).as_string()).unwrap_or_default()
}

/// A part of an answer about a large timeline.
#[cfg(feature = "large")]
pub enum Part {
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// The part of an answer that has just come.
#[cfg(feature = "large")]
pub fn part() -> Option<Part> {
    let part = data()?.piece();
    match part.as_string() {
        Some(text) => Some(Part::Text(text)),
        None => Some(Part::Bytes(part.dyn_into::<Uint8Array>().ok()?.to_vec())),
    }
}

/// What can be asked of the page's script.
#[derive(Clone, Copy, Debug)]
pub enum Ask {
    /// To get the file at an address and pack the timeline in it, by a module that it fetches for that.
    Load,
    /// To stop that, which is then not answered.
    Cancel,
    /// To draw a map of places, by such a module too: for each latitude and longitude in hundredths of a degree, and how
    /// many letters its name has.
    Locate,
    /// To put a question to the worker that keeps a large timeline.
    #[cfg(feature = "large")]
    Inquire,
    /// To wait until the fonts of the chart are there, or will not come; never answered if they are there already.
    Fonts,
}

/// What is heard of something that was asked for.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The text, which comes last.
    Text(String),
    /// Why there is none: in a sentence, or for a reason without words, as where a module does not come.
    Failure(Option<String>),
    /// How far it is, in words, and as a part of one; below zero if that is not known.
    Progress(String, f64),
}

fn data() -> Option<Data> {
    Some(super::by_id("timeline-data")?.unchecked_into())
}

/// The packed timeline that came with the page.
pub fn inline_data() -> Option<String> {
    data()?.text_content()
}

/// Asks the page's script for something, which calls back once, or before that with how far it is.
pub fn ask(what: Ask, of: &str, then: impl FnMut(Answer) + 'static) {
    request(what, of, Box::new(then));
}

/// One function of the browser serves all callers.
fn request(what: Ask, of: &str, mut then: Box<dyn FnMut(Answer)>) {
    let name = match what {
        Ask::Load => "load",
        Ask::Cancel => "cancel",
        Ask::Locate => "locate",
        Ask::Fonts => "fonts",
        #[cfg(feature = "large")]
        Ask::Inquire => "inquire",
    };
    let told = move |text: Option<String>, why: Option<String>, share: Option<f64>| {
        then(match (text, share) {
            (Some(text), Some(share)) => Answer::Progress(text, share),
            (Some(text), None) => Answer::Text(text),
            (None, _) => Answer::Failure(why),
        });
    };
    let done = Closure::<dyn FnMut(Option<String>, Option<String>, Option<f64>)>::new(told).into_js_value();
    if let Some(data) = data() {
        // A page with another script leaves the request unanswered, which is how a page without one behaves.
        let _ = data.ask(name, of, done);
    }
}
