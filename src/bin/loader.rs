//! The reader of other timelines as a module of its own, which the page fetches when its address names one. It runs in a worker,
//! or in the page where the browser has none to give; so it works in stretches that are short enough for a page.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use annals::layout::{Advances, Plan, PlanInput};
use annals::load::{Intake, Progress};
use annals::model::Timeline;
use annals::pack::{Packed, Packing, Shelved, Shelving};
use annals::query::{Filter, Found};
use annals::scale::Limits;
use annals::state::Address;
use annals::text::{Locale, Words};
use js_sys::{Array, Date, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestInit, Response, console};

/// A file of which nothing has come for so long is given up, in milliseconds.
const PATIENCE_MS: i32 = 15_000;

/// Larger files are refused. A million events of a line each are half of it, for which the module takes about a gigabyte of the
/// four that it can have.
const MAX_BYTES: usize = 200 * 1024 * 1024;

/// After so many milliseconds of work others get their turn.
const STRETCH_MS: f64 = 30.0;

/// So many events are given up at once.
const AT_ONCE: usize = 2000;

/// So long are the parts, in bytes, in which the packed form leaves the module.
const PART_BYTES: usize = 1 << 20;

/// How far it is, is told after so many milliseconds, not before.
const NEWS_MS: f64 = 100.0;

#[wasm_bindgen]
extern "C" {
    // Those of the window, or of the worker.
    #[wasm_bindgen(js_name = fetch)]
    fn fetch_with(url: &str, options: &RequestInit) -> Promise;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &Function, ms: i32) -> i32;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: i32);
}

/// A timeline of more events than this is large, as its chart could have more than 1,500 elements: it stays in the module, which
/// is then asked for what is to be shown of it.
const LARGE: usize = 150;

/// What labels hold beside the letters of the names.
const LETTERS: &str = " !\"'(),-./0123456789:?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz–—’“”…";

thread_local! {
    /// The large timeline that was read last.
    static KEPT: RefCell<Option<Timeline>> = const { RefCell::new(None) };
    /// What a filter left of it, for the last question.
    static FOUND: RefCell<Option<(Filter, Rc<Found>)>> = const { RefCell::new(None) };
}

/// Fetches a file from `address` and packs the timeline in it; tells the console what was left out or repaired. The packed form is
/// given in parts, as many megabytes take too long to be handed over at once. `name` is what the
/// reader of the page calls the file. `lang` is the language of the texts that are wanted, as far as the file has them; with none it
/// is that of the page. `tell` is called with how far it is: in words, with nothing, and as a part of one, which is
/// below zero where that is not known. `control` can stop it.
///
/// If it `keeps` what is large, then of that come four parts, and after them the events: what is not an event, the letters of all
/// labels, and the bytes of [`Shelved`]. [`answer`] gives the rest.
///
/// # Errors
///
/// Fails with a sentence for the reader when nothing of the file can be shown.
#[wasm_bindgen]
pub async fn load(
    address: String,
    name: String,
    lang: Option<String>,
    tell: Function,
    control: AbortController,
    keeps: bool,
) -> Result<Array, String> {
    let mut job =
        Job { tell, control, words: Locale::default().words(), turn: Date::now(), told: Date::now() };
    let bytes = job.fetch(&address).await.map_err(|why| job.words.fetch_failed(&name, &why))?;
    let mut intake = Intake::new(bytes);
    let (mut timeline, found) = loop {
        let outcome = intake.step().map_err(|error| job.words.read_failed(&name, &error.to_string()))?;
        if let Some(outcome) = outcome {
            break outcome;
        }
        job.give_way(|words| {
            let Progress { bytes, of, events } = intake.progress();
            (words.events_read(events), share(bytes, of))
        })
        .await?;
    };
    drop(intake);
    if let Some(lang) = lang {
        timeline = timeline.in_language(&lang);
    }
    for found in found {
        let gap = if found.place.is_empty() { "" } else { ": " };
        console::info_1(&[&*found.place, gap, &found.message].concat().into());
    }
    if keeps && timeline.events.len() > LARGE {
        let parts = shelve(&timeline, &mut job).await?;
        FOUND.set(None);
        KEPT.set(Some(timeline));
        return Ok(parts);
    }
    let mut packing = Packing::new(&timeline);
    let packed: Packed = loop {
        if let Some(packed) = packing.step() {
            break packed;
        }
        job.give_way(|words| (words.events_read(timeline.events.len()), 1.0)).await?;
    };
    drop(packing);
    // To give back the memory of all events takes as long as to pack them.
    let count = timeline.events.len();
    while !timeline.events.is_empty() {
        let left = timeline.events.len().saturating_sub(AT_ONCE);
        timeline.events.here_mut().truncate(left);
        job.give_way(|words| (words.events_read(count), 1.0)).await?;
    }
    let joined = packed.join();
    job.give_way(|words| (words.events_read(count), 1.0)).await?;
    drop(packed);
    job.give_way(|words| (words.events_read(count), 1.0)).await?;
    let parts = Array::new();
    let mut rest = &*joined;
    while !rest.is_empty() {
        let (part, later) = rest.split_at(rest.floor_char_boundary(PART_BYTES));
        parts.push(&part.into());
        rest = later;
        job.give_way(|words| (words.events_read(count), 1.0)).await?;
    }
    Ok(parts)
}

/// The parts of a large timeline.
async fn shelve(timeline: &Timeline, job: &mut Job) -> Result<Array, String> {
    let parts = Array::new();
    let mut letters: BTreeSet<char> = LETTERS.chars().collect();
    if let Some(mut shelving) = Shelving::new(timeline) {
        while let Some(part) = shelving.part() {
            parts.push(&Uint8Array::from(&*part));
            job.give_way(|words| (words.events_read(shelving.done()), 1.0)).await?;
        }
        for event in timeline.events.iter() {
            for text in [&event.label, &event.title, &event.gloss] {
                letters.extend(text.best(Locale::default().tag()).text.chars());
            }
        }
        let Shelved { head, rows, starts } = shelving.end();
        let letters: String = letters.into_iter().collect();
        parts.unshift(&Uint8Array::from(&*starts));
        parts.unshift(&Uint8Array::from(&*rows));
        parts.unshift(&letters.into());
        parts.unshift(&head.into());
    }
    Ok(parts)
}

/// Answers a question about the large timeline that was read last, in parts. The first line of a question is the query of an
/// address, of which the filter counts. That is all where what it leaves is to be found. For a plan there follow width and
/// height of the plot and whether it is compact, in one line, and the widths of letters as [`Advances`] writes them.
///
/// # Errors
///
/// Fails, without words, when it is another question, or when there is no timeline.
#[wasm_bindgen]
pub fn answer(question: &str) -> Result<Array, String> {
    KEPT.with_borrow(|timeline| {
        let timeline = timeline.as_ref()?;
        let (query, rest) = question.split_once('\n')?;
        let filter = Address::parse(query, "").filter(timeline);
        // The plan that is asked for next is for what was found, so it is not looked for again.
        let known = FOUND.take().filter(|(before, _)| *before == filter).map(|(_, found)| found);
        let found = || Rc::new(Found::of(timeline, Locale::default().tag(), &filter));
        if rest.is_empty() {
            let found = known.unwrap_or_else(found);
            let (text, matches) = found.pack();
            FOUND.set(Some((filter, found)));
            return Some(Array::of2(&text.into(), &Uint8Array::from(&*matches)));
        }
        let found = filter.is_active().then(|| known.unwrap_or_else(found));
        let (frame, advances) = rest.split_once('\n')?;
        let mut numbers = frame.split(' ').map(|number| number.parse::<f64>().ok());
        let mut number = || numbers.next().flatten();
        let input = PlanInput {
            timeline,
            locale: Locale::default(),
            limits: Limits::of(timeline),
            width_px: number()?,
            height_px: number()?,
            compact: number()? > 0.0,
            selection: None,
            matches: found.as_ref().map(|found| &*found.matches),
            hidden_tracks: &filter.hidden_tracks,
        };
        let plan = Plan::new(&input, &Advances::read(advances));
        FOUND.set(found.map(|found| (filter, found)));
        Some(plan.pack().map(|part| Uint8Array::from(&*part)).collect())
    })
    .ok_or_else(String::new)
}

/// What is done for one file.
struct Job {
    tell: Function,
    control: AbortController,
    words: &'static dyn Words,
    /// When the stretch of work began, in milliseconds.
    turn: f64,
    /// When it was last told how far it is.
    told: f64,
}

impl Job {
    /// Tells how far it is, if that is due, by words and a part of one.
    fn news(&mut self, how_far: impl FnOnce(&dyn Words) -> (String, f64)) {
        let now = Date::now();
        if now - self.told >= NEWS_MS {
            self.told = now;
            let (text, share) = how_far(self.words);
            // Nobody may listen any more.
            let _ = self.tell.call3(&JsValue::UNDEFINED, &text.into(), &JsValue::UNDEFINED, &share.into());
        }
    }

    /// Lets others have their turn, if that is due.
    ///
    /// # Errors
    ///
    /// Fails when it is to stop.
    async fn give_way(&mut self, how_far: impl FnOnce(&dyn Words) -> (String, f64)) -> Result<(), String> {
        if Date::now() - self.turn >= STRETCH_MS {
            self.news(how_far);
            let _ = JsFuture::from(timer(0).0).await;
            self.turn = Date::now();
        }
        // Whoever stops it wants to hear nothing.
        if self.control.signal().aborted() { Err(String::new()) } else { Ok(()) }
    }

    /// The bytes of a file, or why they could not be had.
    async fn fetch(&mut self, address: &str) -> Result<Vec<u8>, String> {
        let words = self.words;
        let unreachable = |_: JsValue| words.unreachable().to_owned();
        let options = RequestInit::new();
        options.set_signal(Some(&self.control.signal()));
        let answer = self.in_time(fetch_with(address, &options)).await?;
        let response = answer.dyn_into::<Response>().map_err(unreachable)?;
        if !response.ok() {
            return Err(words.bad_status(response.status()));
        }
        let header = |name: &str| response.headers().get(name).ok().flatten();
        // What is compressed on the way is longer in the end.
        let length = header("content-length").filter(|_| header("content-encoding").is_none());
        let length = length.and_then(|length| length.parse::<usize>().ok());
        if length.is_some_and(|length| length > MAX_BYTES) {
            return Err(words.too_large().to_owned());
        }
        let mut bytes = Vec::with_capacity(length.unwrap_or_default());
        let Some(body) = response.body() else { return Ok(bytes) };
        let reader = body
            .get_reader()
            .dyn_into::<ReadableStreamDefaultReader>()
            .map_err(|_| words.unreachable().to_owned())?;
        loop {
            let part = self.in_time(reader.read()).await?;
            let Some(part) =
                Reflect::get(&part, &"value".into()).ok().and_then(|part| part.dyn_into::<Uint8Array>().ok())
            else {
                return Ok(bytes);
            };
            let (begin, count) = (bytes.len(), part.length() as usize);
            if begin + count > MAX_BYTES {
                self.control.abort();
                return Err(words.too_large().to_owned());
            }
            bytes.resize(begin + count, 0);
            part.copy_to(&mut bytes[begin..]);
            self.news(|words| {
                let come = bytes.len();
                let length = length.filter(|length| *length >= come);
                (
                    words.fetched(come / 1_000_000, length.map(|length| length / 1_000_000)),
                    length.map_or(-1.0, |length| share(come, length)),
                )
            });
        }
    }

    /// What is promised, if it comes in time.
    async fn in_time(&self, promise: Promise) -> Result<JsValue, String> {
        let (late, timer) = timer(PATIENCE_MS);
        let came = JsFuture::from(Promise::race(&Array::of2(&promise, &late))).await;
        clear_timeout(timer);
        match came {
            Ok(came) if came.is_undefined() => {
                self.control.abort();
                Err(self.words.timed_out().to_owned())
            }
            came => came.map_err(|_| self.words.unreachable().to_owned()),
        }
    }
}

/// How much that is of the whole, from 0 to 1.
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// A promise of nothing after some milliseconds, and the number of its timer.
fn timer(ms: i32) -> (Promise, i32) {
    let mut number = 0;
    let promise = Promise::new(&mut |resolve, _| number = set_timeout(&resolve, ms));
    (promise, number)
}

fn main() {}
