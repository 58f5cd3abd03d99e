// Measures this project's page, vis-timeline and TimelineJS in Chromium, by turns, with the same made-up events.
//
//   node run.mjs CHROMIUM DIST MODULES DATA SIZES ROUNDS
//
// CHROMIUM is the browser's program, DIST the built page, MODULES the installed packages, DATA the folder of the events, SIZES
// how many of them (`100,1000`). What is measured goes to the standard output, a line for each value with tabs between its
// parts, for `cargo xtask bench` to make tables of; what is going on is told on the standard error.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Chromium } from "./chromium.mjs";
import { PRODUCTS } from "./products.mjs";
import { serve } from "./serve.mjs";

/** The window of the page, in CSS pixels. */
const WINDOW = { width: 1280, height: 800 };

/** A product that shows no event for so long does not survive the size. */
const PATIENCE_MS = 60_000;

/** Whatever else is measured is given up after so long. */
const STAGE_MS = 120_000;

/** A gesture has so many steps, or as many as there is time for; and they come as often as a screen shows pictures. */
const STEPS = 60;
const GESTURE_MS = 30_000;
const STEP_MS = 1000 / 60;

/** How far a step of panning goes, in pixels. */
const PAN_PX = 10;

/** With so many events labels are searched for overlaps. */
const OVERLAPS_AT = 1000;

/** Why there is no value for something. */
class Missed extends Error {}

/** The page may still be busy with what took too long, so nothing more can be measured in it. */
class Late extends Missed {}

/** What the measuring needs in the page, put there before anything of it is read. */
function helpers(event, detail) {
  const isShown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const isInWindow = (element) => {
    const box = element.getBoundingClientRect();
    return box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const middle = (element) => {
    const box = element.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };

  // The time at which the first frame is drawn in which something holds: the timer comes when the frame is done.
  const drawn = (holds) =>
    new Promise((done) => {
      const look = () => {
        if (holds()) setTimeout(() => done(performance.now()));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });

  window.bench = {
    /** The middle of what a selector finds. */
    middle: (selector) => middle(document.querySelector(selector)),

    /** A point at which a click hits a target, of the one nearest to the middle of the window that something can hit. */
    pick: (selector) => {
      const off = ({ x, y }) => Math.hypot(x - innerWidth / 2, y - innerHeight / 2);
      const found = all(selector).filter((element) => isInWindow(element) && isShown(element));
      found.sort((one, other) => off(middle(one)) - off(middle(other)));
      for (const element of found) {
        const { left, right } = element.getBoundingClientRect();
        const { x, y } = middle(element);
        // What others cover in the middle may be free at an end.
        const free = [x, left + 2, right - 2].find((x) => document.elementFromPoint(x, y)?.closest(selector) === element);
        if (free !== undefined) return { x: free, y };
      }
    },

    /** A height at which a chart can be taken hold of without taking an event. */
    hold: (chart, selector, x) => {
      const box = document.querySelector(chart).getBoundingClientRect();
      const heights = Array.from({ length: Math.floor(box.height) - 8 }, (_, at) => box.bottom - 4 - at);
      const isFree = (y) => {
        const hit = document.elementFromPoint(x, y);
        return hit?.closest(chart) && !hit.closest(`${selector}, [data-event-id], .vis-item`);
      };
      return heights.find(isFree) ?? middle(document.querySelector(chart)).y;
    },

    /** Hears of the next click on a target; then `answer` is how many milliseconds later a frame shows what it asked for. */
    listen: (selector) => {
      bench.answer = new Promise((done, fail) => {
        const hear = ({ target, timeStamp }) => {
          const clicked = target.closest(selector);
          if (clicked) drawn(() => detail(clicked)).then((at) => done(at - timeStamp));
          else fail(new Error("the click missed the event"));
        };
        addEventListener("pointerup", hear, { capture: true, once: true });
      });
    },

    /** How many pairs of labels overlap by more than half a pixel, in the window or not. */
    overlaps: (selector) => {
      const boxes = all(selector).filter(isShown).map((label) => label.getBoundingClientRect());
      boxes.sort((one, other) => one.left - other.left);
      let pairs = 0;
      boxes.forEach((one, at) => {
        for (const other of boxes.slice(at + 1)) {
          if (other.left >= one.right - 0.5) break;
          if (other.top < one.bottom - 0.5 && other.bottom > one.top + 0.5) pairs += 1;
        }
      });
      return pairs;
    },
  };

  const isThere = () => all(event).some((element) => isInWindow(element) && isShown(element));
  drawn(isThere).then((at) => window.benchShown(String(at)));
}

/** Opens a product's page; gives back after how many milliseconds it shows an event. */
async function show(browser, product, address) {
  await browser.ask("Emulation.setDeviceMetricsOverride", { ...WINDOW, deviceScaleFactor: 1, mobile: false });
  await browser.ask("Runtime.addBinding", { name: "benchShown" });
  const source = `(${helpers})(${JSON.stringify(product.event)}, ${product.detail})`;
  await browser.ask("Page.addScriptToEvaluateOnNewDocument", { source });
  let shown;
  browser.on("Runtime.bindingCalled", ({ payload }) => (shown ??= Number(payload)));
  // A browser is busy with itself for a moment after it has started.
  await sleep(1500);
  const patience = performance.now() + PATIENCE_MS;
  await browser.ask("Page.navigate", { url: address });
  let refusal;
  let asking = false;
  while (shown === undefined) {
    if (browser.gone) throw new Missed(browser.gone);
    if (refusal) throw new Missed(`the page says: ${refusal}`);
    if (performance.now() > patience) throw new Missed(`no event was shown in ${PATIENCE_MS / 1000} s`);
    await sleep(100);
    if (!asking) {
      asking = true;
      // Once a second; a page that is busy leaves the question open.
      browser
        .call(product.refusal)
        .then((text) => sleep(1000, (refusal = text)))
        .finally(() => (asking = false))
        .catch(() => {});
    }
  }
  return shown;
}

/** Waits until the page has nothing urgent to do. */
async function rest(browser) {
  await browser.call(() => new Promise((done) => requestIdleCallback(() => done(), { timeout: 10_000 })));
  await sleep(500);
}

/** How one zooms in a product, with the pointer in the middle of its chart. */
async function zoomer(browser, product) {
  return product.zoomer(browser, await browser.call((chart) => bench.middle(chart), product.chart));
}

/** Makes steps at the pace of a screen, until they are enough or have taken too long. */
async function pace(step) {
  const end = performance.now() + GESTURE_MS;
  for (let at = 0; at < STEPS && performance.now() < end; at += 1) {
    const next = performance.now() + STEP_MS;
    await step(at);
    await sleep(Math.max(0, next - performance.now()));
  }
}

/** The cost of frames while the view swings in and out again; afterwards it is as it was. */
async function zoomFrames(browser, product, zoom) {
  let depth = 0;
  const step = async (inward) => {
    depth += inward ? 1 : -1;
    await zoom(inward);
  };
  const frames = await browser.frames(() => pace((at) => step(Math.floor(at / product.swing) % 2 === 0)));
  while (depth > 0) await step(false);
  return frames;
}

/** The cost of frames while the chart is dragged, so that later times come into view. */
async function panFrames(browser, product) {
  const from = WINDOW.width - 200;
  const y = await browser.call((...asked) => bench.hold(...asked), product.chart, product.target, from);
  await browser.mouse("mouseMoved", from, y);
  await browser.mouse("mousePressed", from, y, { button: "left", buttons: 1, clickCount: 1 });
  let x = from;
  const step = () => browser.mouse("mouseMoved", (x -= PAN_PX), y, { button: "left", buttons: 1 });
  const frames = await browser.frames(() => pace(step));
  await browser.mouse("mouseReleased", x, y, { button: "left", clickCount: 1 });
  return frames;
}

/** Milliseconds from a click on an event to its detail. */
async function clickToDetail(browser, product) {
  const target = await browser.call((selector) => bench.pick(selector), product.target);
  if (!target) throw new Missed("no event could be clicked");
  await browser.mouse("mouseMoved", target.x, target.y);
  await sleep(300);
  // Input comes to the page by another way, and may overtake what it is told.
  await browser.call((selector) => bench.listen(selector), product.target);
  await browser.click(target);
  return browser.call(() => bench.answer);
}

/** The value below which a share of the values lie. */
function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** What is measured of a product at a size, in this order: a name, and how; `tell` gets each value with its name. */
const STAGES = {
  shown: async (browser, product, { address, tell }) => tell("shown", await show(browser, product, address)),

  memory: async (browser, product, { size, tell }) => {
    await rest(browser);
    await browser.ask("HeapProfiler.collectGarbage");
    const { Nodes, JSHeapUsedSize } = await browser.metrics();
    tell("nodes", Nodes);
    tell("elements", await browser.call(() => document.querySelectorAll("*").length));
    tell("heap", JSHeapUsedSize);
    tell("memory", await browser.memory());
    if (size === OVERLAPS_AT) tell("overlaps", await browser.call((selector) => bench.overlaps(selector), product.label));
  },

  zoom: async (browser, product, { tell }) => {
    const zoom = await zoomer(browser, product);
    tellFrames("zoom", await zoomFrames(browser, product, zoom), tell);
  },

  pan: async (browser, product, { tell }) => {
    const zoom = await zoomer(browser, product);
    for (let step = 0; step < product.stepsIn; step += 1) await zoom(true);
    await rest(browser);
    tellFrames("pan", await panFrames(browser, product), tell);
  },

  click: async (browser, product, { tell }) => {
    // Some charts glide on for a moment after they have been dragged.
    await sleep(1500);
    await rest(browser);
    tell("click", await clickToDetail(browser, product));
  },
};

function tellFrames(name, frames, tell) {
  if (frames.length === 0) throw new Missed("nothing was drawn");
  tell(`${name}-median`, quantile(frames, 0.5));
  tell(`${name}-p95`, quantile(frames, 0.95));
}

/**
 * Measures a product at a size, in a browser of its own. `miss` gets what could not be measured and why. Says whether the
 * product survives the size.
 */
async function measure(program, product, of, miss) {
  const browser = await Chromium.start(program);
  try {
    for (const [name, stage] of Object.entries(STAGES)) {
      const limit = new AbortController();
      const late = sleep(STAGE_MS, undefined, { signal: limit.signal }).then(() => {
        throw new Late(`it took longer than ${STAGE_MS / 1000} s, and nothing after it was measured`);
      });
      try {
        await Promise.race([stage(browser, product, of), late]);
      } catch (fault) {
        // A fault of a page is a result as well, whatever it is.
        miss(name, browser.gone ?? fault.message);
        if (browser.gone || name === "shown") return false;
        if (fault instanceof Late) return true;
      } finally {
        limit.abort();
      }
    }
    return true;
  } finally {
    await browser.close();
  }
}

async function main() {
  const [program, dist, modules, data, sizes, rounds] = process.argv.slice(2);
  const line = (...parts) => console.log(parts.map((part) => String(part).replaceAll(/\s+/g, " ")).join("\t"));
  const note = (text) => console.error(`  ${text}`);

  const browser = await Chromium.start(program);
  line("version", "Chromium", await browser.version());
  await browser.close();
  line("version", "Node", process.version);
  for (const name of ["vis-timeline", "@knight-lab/timelinejs"]) {
    const about = JSON.parse(await readFile(join(modules, name, "package.json"), "utf8"));
    line("version", name, about.version);
  }

  const server = await serve([
    ["/annals/", dist],
    ["/annals/", data],
    ["/data/", data],
    ["/modules/", modules],
    ["/pages/", import.meta.dirname],
  ]);
  const names = Object.keys(PRODUCTS);
  const lost = {};
  for (let round = 0; round < Number(rounds); round += 1) {
    for (const size of sizes.split(",").map(Number)) {
      // Each round begins with another product, so that none is always the first.
      for (let turn = 0; turn < names.length; turn += 1) {
        const name = names[(round + turn) % names.length];
        const product = PRODUCTS[name];
        if (size >= (lost[name] ?? Infinity)) continue;
        note(`round ${round + 1} of ${rounds}: ${size} events in ${product.title}`);
        const tell = (what, value) => value !== undefined && line("value", name, size, what, value);
        const miss = (what, why) => {
          note(`  nothing about ${what}: ${why}`);
          line("missed", name, size, what, why);
        };
        const of = { size, address: server.origin + product.address(size), tell };
        if (!(await measure(program, product, of, miss))) lost[name] = size;
      }
    }
  }
  server.close();
}

await main();
