//! A browser with an empty profile, driven over WebDriver.

use std::cell::Cell;
use std::env;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{Failure, Result, http, variable};

/// How long [`Browser::wait_until`] waits: long enough for a slow machine, short enough for a broken page.
const PATIENCE: Duration = Duration::from_secs(15);

/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// WebKitGTK, by `WebKitWebDriver`.
    WebKit,
}

impl Engine {
    /// The engine that the project's command chose.
    ///
    /// # Errors
    /// Where it chose none.
    pub fn from_environment() -> Result<Self> {
        match variable("ANNALS_BROWSER")?.as_str() {
            "chromium" => Ok(Self::Chromium),
            "firefox" => Ok(Self::Firefox),
            "webkit" => Ok(Self::WebKit),
            other => Err(Failure::new(format!("no browser is called {other:?}"))),
        }
    }

    /// Whether the driver tells what a page says on its console.
    pub(crate) fn tells_console(self) -> bool {
        self == Self::Chromium
    }
}

/// The reader's window and preferences.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent preferences, each named where it is set")]
pub struct Look {
    /// Width of the page's own area, in CSS pixels.
    pub width: u32,
    /// Height of the page's own area, in CSS pixels.
    pub height: u32,
    /// Whether the reader prefers a dark page.
    pub dark: bool,
    /// Whether the reader prefers little motion. Not in WebKit.
    pub still: bool,
    /// Whether JavaScript runs.
    pub javascript: bool,
    /// Whether pages may keep cookies and use storage.
    pub storage: bool,
    /// Whether the window is a phone's: touched, with scroll bars that take no room. Chromium only.
    pub phone: bool,
    /// The reader's time zone, `America/New_York`. Not in Firefox.
    pub time_zone: Option<&'static str>,
    /// The reader's language, `zh-TW`. Not in WebKit.
    pub locale: &'static str,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            width: 1440,
            height: 900,
            dark: false,
            still: false,
            javascript: true,
            storage: true,
            phone: false,
            time_zone: None,
            locale: "en-US",
        }
    }
}

impl Look {
    /// A window of this size.
    pub fn sized(width: u32, height: u32) -> Self {
        Self { width, height, ..Self::default() }
    }
}

/// A browser, which is closed when it is dropped.
///
/// Elements are named by CSS selectors; a selector stands for the first element that it matches.
#[derive(Debug)]
pub struct Browser {
    host: String,
    session: String,
    engine: Engine,
    phone: bool,
    /// How far the wheel was turned in all.
    turned: Cell<(i64, i64)>,
}

impl Browser {
    /// Opens a browser with an empty profile.
    ///
    /// # Errors
    /// Where no driver runs or it cannot start the browser.
    pub fn open(look: &Look) -> Result<Self> {
        let engine = Engine::from_environment()?;
        let address = variable("ANNALS_WEBDRIVER")?;
        let host = address.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let wishes = json!({ "capabilities": { "alwaysMatch": capabilities(engine, look) } });
        let answer = call(&host, "POST", "/session", Some(&wishes))?;
        let session =
            answer["sessionId"].as_str().ok_or_else(|| Failure::new("the driver gave no session"))?;
        let browser =
            Self { session: session.to_owned(), host, engine, phone: look.phone, turned: Cell::default() };
        browser.prefer(look)?;
        browser.resize(look.width, look.height)?;
        Ok(browser)
    }

    /// Which engine this is, for the few things that differ.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Loads an address and waits until it has loaded.
    ///
    /// # Errors
    /// Where the driver refuses; a page that is not found is no error.
    pub fn goto(&self, address: &str) -> Result<()> {
        self.post("url", &json!({ "url": address })).map(drop)
    }

    /// Goes on in a frame of the page, by its place among the frames; [`Browser::goto`] leaves it.
    ///
    /// # Errors
    /// Where there is no such frame.
    pub fn enter_frame(&self, place: usize) -> Result<()> {
        self.post("frame", &json!({ "id": place })).map(drop)
    }

    /// Goes on in the page that has the frames.
    ///
    /// # Errors
    /// Where the driver refuses.
    pub fn leave_frames(&self) -> Result<()> {
        self.post("frame", &json!({ "id": null })).map(drop)
    }

    /// The address that the browser shows.
    ///
    /// # Errors
    /// Where the driver refuses.
    pub fn address(&self) -> Result<String> {
        text_of(&self.get("url")?)
    }

    /// The page's title.
    ///
    /// # Errors
    /// Where the driver refuses.
    pub fn title(&self) -> Result<String> {
        text_of(&self.get("title")?)
    }

    /// Goes back, as by the browser's button.
    ///
    /// # Errors
    /// Where the driver refuses.
    pub fn back(&self) -> Result<()> {
        self.post("back", &json!({})).map(drop)
    }

    /// Goes forward again.
    ///
    /// # Errors
    /// Where the driver refuses.
    pub fn forward(&self) -> Result<()> {
        self.post("forward", &json!({})).map(drop)
    }

    /// Loads the page anew.
    ///
    /// # Errors
    /// Where the driver refuses.
    pub fn reload(&self) -> Result<()> {
        self.post("refresh", &json!({})).map(drop)
    }

    /// Runs the body of a function in the page; gives back what it returns. A promise is awaited.
    ///
    /// # Errors
    /// Where the script throws.
    pub fn run(&self, body: &str) -> Result<Value> {
        self.run_with(body, &json!([]))
    }

    /// Runs the body of a function in the page, with `arguments` an array.
    ///
    /// # Errors
    /// Where the script throws.
    pub fn run_with(&self, body: &str, arguments: &Value) -> Result<Value> {
        // Two drivers let a body wait for promises, that of Firefox only for the one that it returns.
        let body = if self.engine == Engine::Firefox && body.contains("await") {
            format!("return (async function () {{ {body} }}).apply(null, arguments);")
        } else {
            body.to_owned()
        };
        self.post("execute/sync", &json!({ "script": body, "args": arguments }))
    }

    /// The value of an expression in the page.
    ///
    /// # Errors
    /// Where it throws.
    pub fn value(&self, expression: &str) -> Result<Value> {
        self.run(&format!("return ({expression})"))
    }

    /// Waits until an expression in the page is true.
    ///
    /// # Errors
    /// Where it does not become true in 15 seconds.
    pub fn wait_until(&self, expression: &str) -> Result<()> {
        let script = format!("return Boolean({expression})");
        let patience = Instant::now() + PATIENCE;
        loop {
            let now = self.run(&script);
            if matches!(now, Ok(Value::Bool(true))) {
                return Ok(());
            }
            if Instant::now() > patience {
                let reason = now.err().map_or_else(String::new, |failure| format!(" ({failure:?})"));
                return Err(Failure::new(format!(
                    "waited in vain for: {expression}{reason}; the page is at {} and its console says {:?}",
                    self.address().unwrap_or_default(),
                    self.console().unwrap_or_default(),
                )));
            }
            thread::sleep(Duration::from_millis(25));
        }
    }

    /// Waits until an element is there.
    ///
    /// # Errors
    /// Where it does not appear in 15 seconds.
    pub fn wait_for(&self, selector: &str) -> Result<()> {
        self.wait_until(&format!("document.querySelector({})", json!(selector)))
    }

    /// Waits until an element is gone or not shown.
    ///
    /// # Errors
    /// Where it stays for 15 seconds.
    pub fn wait_while_shown(&self, selector: &str) -> Result<()> {
        self.wait_until(&format!("!document.querySelector({})?.checkVisibility()", json!(selector)))
    }

    /// Waits until the app has taken over: the timeline stands and the page rests for two frames.
    ///
    /// # Errors
    /// Where it does not within 15 seconds.
    pub fn wait_for_app(&self) -> Result<()> {
        self.wait_for("[data-timeline]")?;
        self.rest()
    }

    /// Waits until fonts have come, animations have ended, and two more frames were drawn.
    ///
    /// # Errors
    /// Where the driver refuses.
    pub fn rest(&self) -> Result<()> {
        self.run(
            "return (async () => {
               await document.fonts.ready;
               const frame = () => new Promise(done => requestAnimationFrame(done));
               await frame();
               const ends = animation => animation.effect?.getComputedTiming().endTime < Infinity;
               const all = document.getAnimations().filter(ends).map(animation => animation.finished);
               await Promise.race([Promise.allSettled(all), new Promise(done => setTimeout(done, 3000))]);
               await frame();
               await frame();
             })();",
        )
        .map(drop)
    }

    /// How many elements match.
    ///
    /// # Errors
    /// Where the selector is none.
    pub fn count(&self, selector: &str) -> Result<u64> {
        let number = self.value(&format!("document.querySelectorAll({}).length", json!(selector)))?;
        number.as_u64().ok_or_else(|| Failure::new("the page gave no number"))
    }

    /// The text of an element as it is shown.
    ///
    /// # Errors
    /// Where no element matches.
    pub fn text(&self, selector: &str) -> Result<String> {
        text_of(&self.get(&format!("element/{}/text", self.element(selector)?))?)
    }

    /// An attribute of an element, `None` where it has none of this name.
    ///
    /// # Errors
    /// Where no element matches.
    pub fn attribute(&self, selector: &str, name: &str) -> Result<Option<String>> {
        let value = self.run_with(
            "const element = document.querySelector(arguments[0]);
             if (!element) throw new Error('no element matches ' + arguments[0]);
             return element.getAttribute(arguments[1]);",
            &json!([selector, name]),
        )?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// Clicks an element as a reader would: in its middle, with whatever lies there.
    ///
    /// # Errors
    /// Where no element matches or something else covers it.
    pub fn click(&self, selector: &str) -> Result<()> {
        self.post(&format!("element/{}/click", self.element(selector)?), &json!({})).map(drop)
    }

    /// Replaces the text of a field as by typing.
    ///
    /// # Errors
    /// Where no field matches.
    pub fn fill(&self, selector: &str, text: &str) -> Result<()> {
        let element = self.element(selector)?;
        self.post(&format!("element/{element}/clear"), &json!({}))?;
        self.post(&format!("element/{element}/value"), &json!({ "text": text })).map(drop)
    }

    /// The middle of an element in CSS pixels from the window's corner.
    ///
    /// # Errors
    /// Where no element matches.
    pub fn middle(&self, selector: &str) -> Result<(i64, i64)> {
        let at = self.run_with(
            "const { x, y, width, height } = document.querySelector(arguments[0]).getBoundingClientRect();
             return [Math.round(x + width / 2), Math.round(y + height / 2)];",
            &json!([selector]),
        )?;
        at[0].as_i64().zip(at[1].as_i64()).ok_or_else(|| Failure::new(format!("no place for {selector}")))
    }

    /// Presses keys one after the other, into whatever has the focus: `Tab`, `Shift+Tab`, `Enter`, `a`.
    ///
    /// # Errors
    /// Where a key has no such name.
    pub fn press(&self, keys: &[&str]) -> Result<()> {
        let mut strokes = Vec::new();
        for key in keys {
            // A plus sign alone is a key, not a joint.
            let parts: Vec<&str> = if *key == "+" { vec!["+"] } else { key.split('+').collect() };
            let codes = parts.iter().map(|part| key_code(part)).collect::<Result<Vec<_>>>()?;
            strokes.extend(codes.iter().map(|code| json!({ "type": "keyDown", "value": code })));
            strokes.extend(codes.iter().rev().map(|code| json!({ "type": "keyUp", "value": code })));
        }
        self.act(&json!([{ "type": "key", "id": "keys", "actions": strokes }]))
    }

    /// Moves the mouse to a point of the window.
    ///
    /// # Errors
    /// Where the point is outside.
    pub fn hover(&self, (x, y): (i64, i64)) -> Result<()> {
        self.act(&json!([mouse(&json!([move_to(x, y, 0)]))]))
    }

    /// Presses the mouse at one point, moves it to another in a few steps, and lets go.
    ///
    /// # Errors
    /// Where a point is outside.
    pub fn drag(&self, from: (i64, i64), to: (i64, i64)) -> Result<()> {
        self.act(&json!([mouse(&slide(from, to))]))
    }

    /// Clicks a point with the mouse.
    ///
    /// # Errors
    /// Where the point is outside.
    pub fn press_at(&self, (x, y): (i64, i64)) -> Result<()> {
        self.act(&json!([mouse(&press(x, y))]))
    }

    /// Touches a point with a finger.
    ///
    /// The driver of WebKit has no finger: there the page gets the events that one would cause.
    ///
    /// # Errors
    /// Where the point is outside.
    pub fn tap(&self, (x, y): (i64, i64)) -> Result<()> {
        if self.engine == Engine::WebKit {
            let script = "const [x, y] = arguments, target = document.elementFromPoint(x, y);
                 const event = { bubbles: true, cancelable: true, clientX: x, clientY: y, detail: 1, isPrimary: true, pointerId: 9, pointerType: 'touch' };
                 for (const type of ['pointerdown', 'pointerup', 'click']) target.dispatchEvent(new PointerEvent(type, event));";
            return self.run_with(script, &json!([x, y])).map(drop);
        }
        self.act(&json!([finger("finger", &press(x, y))]))
    }

    /// Spreads or closes two fingers about a point: from one distance between them to another, in pixels.
    ///
    /// # Errors
    /// Where a finger comes to lie outside or the engine has no touch.
    pub fn pinch(&self, (x, y): (i64, i64), from: i64, to: i64) -> Result<()> {
        let path = |side: i64| slide((x + side * from / 2, y), (x + side * to / 2, y));
        self.act(&json!([finger("one", &path(-1)), finger("two", &path(1))]))
    }

    /// Draws a finger from one point to another.
    ///
    /// The driver of WebKit has no finger: there what is under the first point gets the events that one would cause.
    ///
    /// # Errors
    /// Where a point is outside.
    pub fn swipe(&self, from: (i64, i64), to: (i64, i64)) -> Result<()> {
        if self.engine == Engine::WebKit {
            let script = "const [from, to] = arguments, target = document.elementFromPoint(...from);
                 const send = (type, [clientX, clientY], buttons) => target.dispatchEvent(new PointerEvent(type,
                     { bubbles: true, cancelable: true, clientX, clientY, buttons, isPrimary: true, pointerId: 9, pointerType: 'touch' }));
                 send('pointerdown', from, 1);
                 for (let step = 1; step <= 8; step++) send('pointermove', from.map((own, axis) => own + (to[axis] - own) * step / 8), 1);
                 send('pointerup', to, 0);";
            return self.run_with(script, &json!([from, to])).map(drop);
        }
        self.act(&json!([finger("finger", &slide(from, to))]))
    }

    /// Turns the wheel at a point, with a modifier key held: `Control`, or none.
    ///
    /// The driver of WebKit holds no key meanwhile: there the page gets the event alone, and does not scroll by itself.
    ///
    /// # Errors
    /// Where the point is outside.
    pub fn wheel(&self, (x, y): (i64, i64), (right, down): (i64, i64), held: Option<&str>) -> Result<()> {
        if let (Engine::WebKit, Some(held)) = (self.engine, held) {
            let script = "const [x, y, deltaX, deltaY, ctrlKey] = arguments;
                 const event = { bubbles: true, cancelable: true, clientX: x, clientY: y, deltaX, deltaY, ctrlKey };
                 document.elementFromPoint(x, y).dispatchEvent(new WheelEvent('wheel', event));";
            return self.run_with(script, &json!([x, y, right, down, held == "Control"])).map(drop);
        }
        // The driver of WebKit takes what it is told for where the wheel stands, and turns it by the difference to before.
        let before = if self.engine == Engine::WebKit { self.turned.get() } else { (0, 0) };
        let (right, down) = (before.0 + right, before.1 + down);
        self.turned.set((right, down));
        let turn = json!({ "type": "scroll", "x": x, "y": y, "deltaX": right, "deltaY": down, "origin": "viewport" });
        let Some(held) = held else {
            return self.act(&json!([{ "type": "wheel", "id": "wheel", "actions": [turn] }]));
        };
        let (pause, code) = (json!({ "type": "pause" }), key_code(held)?);
        let (down, up) =
            (json!({ "type": "keyDown", "value": code }), json!({ "type": "keyUp", "value": code }));
        self.act(&json!([
            { "type": "key", "id": "keys", "actions": [down, pause, up] },
            { "type": "wheel", "id": "wheel", "actions": [pause, turn, pause] },
        ]))
    }

    /// Gives the page's own area this size; a browser with a smallest window may stay larger.
    ///
    /// # Errors
    /// Where the driver refuses.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        if self.engine == Engine::Chromium {
            let size =
                json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": self.phone });
            return self.devtools("Emulation.setDeviceMetricsOverride", &size).map(drop);
        }
        // The window's frame takes room: ask, see what is left, ask again for what is missing.
        let (mut outer_width, mut outer_height) = (i64::from(width), i64::from(height));
        for _ in 0..3 {
            let size = json!({ "width": outer_width, "height": outer_height, "x": 0, "y": 0 });
            self.post("window/rect", &size)?;
            // The new size comes a little after the driver's answer.
            thread::sleep(Duration::from_millis(150));
            let inner = self.value("[innerWidth, innerHeight]")?;
            let missing = |wanted: u32, at: usize| i64::from(wanted) - inner[at].as_i64().unwrap_or_default();
            if (missing(width, 0), missing(height, 1)) == (0, 0) {
                break;
            }
            // A window that stays larger asks for ever less.
            outer_width = (outer_width + missing(width, 0)).max(i64::from(width));
            outer_height = (outer_height + missing(height, 1)).max(i64::from(height));
        }
        Ok(())
    }

    /// What the page has said on its console since the last call, a line each.
    ///
    /// # Errors
    /// Where the driver refuses.
    pub fn console(&self) -> Result<Vec<String>> {
        let lines = if self.engine.tells_console() {
            let log = self.post("se/log", &json!({ "type": "browser" }))?;
            let entries = log.as_array().cloned().unwrap_or_default();
            entries.iter().filter_map(|entry| entry["message"].as_str().map(str::to_owned)).collect()
        } else {
            let said = self.run("const said = window.__said ?? []; return said.splice(0);")?;
            said.as_array().into_iter().flatten().map(text_of).collect::<Result<_>>()?
        };
        Ok(lines)
    }

    /// Fails where the page has said anything on its console since it was loaded.
    ///
    /// # Errors
    /// With what it said.
    pub fn assert_quiet(&self) -> Result<()> {
        let said = self.console()?;
        if said.is_empty() {
            Ok(())
        } else {
            Err(Failure::new(format!("the page said on its console: {said:#?}")))
        }
    }

    /// A picture of what the window shows, as PNG.
    ///
    /// # Errors
    /// Where the driver refuses.
    pub fn picture(&self) -> Result<Vec<u8>> {
        base64(&text_of(&self.get("screenshot")?)?)
    }

    /// Writes [`Browser::picture`] into a file.
    ///
    /// # Errors
    /// Where the driver refuses or the file cannot be written.
    pub fn save_picture(&self, file: &Path) -> Result<()> {
        Ok(fs::write(file, self.picture()?)?)
    }

    /// The page as it would be printed on A4, as PDF.
    ///
    /// # Errors
    /// Where the driver cannot print.
    pub fn print(&self) -> Result<Vec<u8>> {
        let paper = json!({ "page": { "width": 21.0, "height": 29.7 }, "background": true });
        base64(&text_of(&self.post("print", &paper)?)?)
    }

    /// A command of Chromium's own protocol.
    ///
    /// # Errors
    /// In other engines, or where Chromium refuses.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Result<Value> {
        self.post("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// Sets what Chromium cannot be told at its start.
    fn prefer(&self, look: &Look) -> Result<()> {
        if self.engine != Engine::Chromium {
            return Ok(());
        }
        let choose = |name: &str, yes: bool, value: &str, other: &str| json!({ "name": name, "value": if yes { value } else { other } });
        let features = json!([
            choose("prefers-color-scheme", look.dark, "dark", "light"),
            choose("prefers-reduced-motion", look.still, "reduce", "no-preference"),
        ]);
        self.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }))?;
        self.devtools("Emulation.setLocaleOverride", &json!({ "locale": look.locale }))?;
        if let Some(zone) = look.time_zone {
            self.devtools("Emulation.setTimezoneOverride", &json!({ "timezoneId": zone }))?;
        }
        if look.phone {
            self.devtools("Emulation.setTouchEmulationEnabled", &json!({ "enabled": true }))?;
        }
        if !look.javascript {
            self.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": true }))?;
        }
        Ok(())
    }

    /// Performs actions of input devices and lets go of all keys and buttons.
    fn act(&self, devices: &Value) -> Result<()> {
        self.post("actions", &json!({ "actions": devices })).map(drop)
    }

    /// WebDriver's name of the first element that matches.
    fn element(&self, selector: &str) -> Result<String> {
        let found = self.post("element", &json!({ "using": "css selector", "value": selector }))?;
        text_of(&found[ELEMENT])
    }

    fn get(&self, what: &str) -> Result<Value> {
        call(&self.host, "GET", &format!("/session/{}/{what}", self.session), None)
    }

    fn post(&self, what: &str, body: &Value) -> Result<Value> {
        call(&self.host, "POST", &format!("/session/{}/{what}", self.session), Some(body))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The test has its result by now; a browser that does not close is ended with its driver.
        let _ = call(&self.host, "DELETE", &format!("/session/{}", self.session), None);
    }
}

/// Calls the driver; gives back the value of its answer.
fn call(host: &str, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
    let (status, mut answer) = http::request(host, method, path, body)?;
    let value = answer["value"].take();
    if status == 200 {
        return Ok(value);
    }
    let part =
        |name: &str| value[name].as_str().unwrap_or_default().lines().next().unwrap_or_default().to_owned();
    Err(Failure::new(format!("{method} {path}: {} ({})", part("error"), part("message"))))
}

/// What is asked of the driver when the browser starts.
fn capabilities(engine: Engine, look: &Look) -> Value {
    let program = env::var("ANNALS_BROWSER_PATH").ok();
    match engine {
        Engine::Chromium => {
            let arguments = [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--font-render-hinting=none",
                "--force-color-profile=srgb",
                "--touch-events=enabled",
            ];
            let mut options = json!({ "args": arguments });
            if !look.storage {
                options["prefs"] = json!({ "profile.default_content_setting_values.cookies": 2 });
            }
            if let Some(arguments) = options["args"].as_array_mut() {
                arguments.push(json!(format!("--accept-lang={}", look.locale)));
            }
            if let Some(program) = program {
                options["binary"] = json!(program);
            }
            json!({ "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } })
        }
        Engine::Firefox => {
            let mut options = json!({
                "args": ["-headless"],
                "prefs": {
                    "ui.systemUsesDarkTheme": i32::from(look.dark),
                    "ui.prefersReducedMotion": i32::from(look.still),
                    "javascript.enabled": look.javascript,
                    "intl.accept_languages": look.locale,
                    "intl.locale.requested": look.locale,
                },
            });
            if !look.storage {
                options["prefs"]["network.cookie.cookieBehavior"] = json!(2);
            }
            if let Some(program) = program {
                options["binary"] = json!(program);
            }
            json!({ "moz:firefoxOptions": options })
        }
        Engine::WebKit => {
            let mut arguments = vec!["--automation".to_owned()];
            if look.dark {
                arguments.push("--dark-mode".to_owned());
            }
            if !look.javascript {
                arguments.push("--enable-javascript=false".to_owned());
            }
            if !look.storage {
                let denied = ["--cookies-policy=never", "--enable-html5-local-storage=false"];
                arguments.extend(denied.map(str::to_owned));
            }
            arguments.extend(look.time_zone.map(|zone| format!("--time-zone={zone}")));
            json!({ "webkitgtk:browserOptions": { "binary": program, "args": arguments } })
        }
    }
}

/// A mouse with its actions.
fn mouse(actions: &Value) -> Value {
    json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions })
}

/// A finger with its actions.
fn finger(id: &str, actions: &Value) -> Value {
    json!({ "type": "pointer", "id": id, "parameters": { "pointerType": "touch" }, "actions": actions })
}

/// Coming down on one point of the window, moving to another and up again.
fn slide(from: (i64, i64), to: (i64, i64)) -> Value {
    let mut actions = vec![move_to(from.0, from.1, 0), json!({ "type": "pointerDown", "button": 0 })];
    for step in 1..=8 {
        actions.push(move_to(from.0 + (to.0 - from.0) * step / 8, from.1 + (to.1 - from.1) * step / 8, 20));
    }
    actions.push(json!({ "type": "pointerUp", "button": 0 }));
    json!(actions)
}

/// Coming down on a point of the window and up again.
fn press(x: i64, y: i64) -> Value {
    json!([
        move_to(x, y, 0),
        { "type": "pointerDown", "button": 0 },
        { "type": "pause", "duration": 30 },
        { "type": "pointerUp", "button": 0 },
    ])
}

/// A move to a point of the window, in so many milliseconds.
fn move_to(x: i64, y: i64, duration: u32) -> Value {
    json!({ "type": "pointerMove", "x": x, "y": y, "duration": duration, "origin": "viewport" })
}

/// The character by which WebDriver knows a key.
fn key_code(name: &str) -> Result<String> {
    let code = match name {
        "Backspace" => '\u{e003}',
        "Tab" => '\u{e004}',
        "Enter" => '\u{e007}',
        "Shift" => '\u{e008}',
        "Control" => '\u{e009}',
        "Alt" => '\u{e00a}',
        "Escape" => '\u{e00c}',
        "Space" => ' ',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        "End" => '\u{e010}',
        "Home" => '\u{e011}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "Delete" => '\u{e017}',
        other => {
            let mut characters = other.chars();
            match (characters.next(), characters.next()) {
                (Some(character), None) => character,
                _ => return Err(Failure::new(format!("no key is called {other:?}"))),
            }
        }
    };
    Ok(code.to_string())
}

/// The text in a value.
fn text_of(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).ok_or_else(|| Failure::new(format!("expected a text, not {value}")))
}

/// Reads bytes from their base64 form.
fn base64(text: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut buffer, mut bits) = (0u32, 0u32);
    for byte in text.bytes().filter(|byte| !matches!(byte, b'=' | b'\r' | b'\n')) {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return Err(Failure::new("the driver sent no base64")),
        };
        buffer = buffer << 6 | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_base64() {
        for (text, bytes) in [("", ""), ("QQ==", "A"), ("QUI=", "AB"), ("QUJD", "ABC"), ("Pz8/Pg==", "???>")]
        {
            assert_eq!(base64(text).unwrap(), bytes.as_bytes(), "{text}");
        }
        assert!(base64("a-b").is_err());
    }

    #[test]
    fn knows_keys_by_name() {
        assert_eq!(key_code("Tab").unwrap(), "\u{e004}");
        assert_eq!(key_code("+").unwrap(), "+");
        assert!(key_code("Return").is_err());
    }
}
