// A Chromium of our own that is spoken to over a pipe, in the Chrome DevTools Protocol, and what a trace of it tells.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const OPTIONS = [
  "--headless=new",
  "--remote-debugging-pipe",
  "--no-first-run",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-extensions",
  "--disable-sync",
  // A renderer kept in reserve would be taken for that of the page.
  "--disable-features=SpareRendererForSitePerProcess",
  // Whatever a page would fetch from elsewhere is refused at once, as on a machine without a network.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"];

/** What is marked in the page when a trace begins and when it ends. */
const BEGINS = "trace begins";
const ENDS = "trace ends";

/** A browser with one page, in a process and a profile of its own. */
export class Chromium {
  #process;
  #profile;
  #page;
  #calls = new Map();
  #listeners = new Map();
  #last = 0;
  /** Why nothing more is to be expected of the page; or nothing. */
  gone;

  static async start(program) {
    const browser = new Chromium();
    browser.#profile = await mkdtemp(join(tmpdir(), "annals-bench-"));
    // As root it wants no sandbox; all it sees is ours.
    const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    browser.#process = spawn(program, [...OPTIONS, ...root, `--user-data-dir=${browser.#profile}`, "about:blank"], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    browser.#process.on("exit", () => browser.#end("the browser has ended"));
    browser.#listen();
    const { targetInfos } = await browser.#ask("Target.getTargets");
    const { targetId } = targetInfos.find((target) => target.type === "page");
    browser.#page = (await browser.#ask("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    browser.on("Inspector.targetCrashed", () => browser.#end("the page has crashed"));
    for (const domain of ["Page", "Runtime", "Inspector", "Performance"]) await browser.ask(`${domain}.enable`);
    return browser;
  }

  /** Messages end with a zero byte. */
  #listen() {
    let parts = [];
    this.#process.stdio[4].on("data", (bytes) => {
      let from = 0;
      for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, from)) {
        parts.push(bytes.subarray(from, end));
        this.#hear(JSON.parse(Buffer.concat(parts)));
        parts = [];
        from = end + 1;
      }
      parts.push(bytes.subarray(from));
    });
    this.#process.stdio[3].on("error", () => {});
  }

  #hear({ id, method, params, result, error }) {
    if (method) this.#listeners.get(method)?.forEach((listener) => listener(params));
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    if (error) call?.fail(new Error(`${call.method}: ${error.message}`));
    else call?.done(result);
  }

  #end(why) {
    this.gone ??= why;
    this.#calls.forEach(({ fail }) => fail(new Error(this.gone)));
    this.#calls.clear();
  }

  #ask(method, params = {}, sessionId = undefined) {
    if (this.gone) return Promise.reject(new Error(this.gone));
    const id = ++this.#last;
    this.#process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((done, fail) => this.#calls.set(id, { method, done, fail }));
  }

  /** Asks something of the page. */
  ask(method, params) {
    return this.#ask(method, params, this.#page);
  }

  /** Hears what the page and the browser tell; gives back how to stop it. */
  on(method, listener) {
    const listeners = this.#listeners.get(method) ?? new Set();
    this.#listeners.set(method, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** The value of a function in the page, called with these arguments. */
  async call(run, ...values) {
    const expression = `(${run})(...${JSON.stringify(values)})`;
    const answer = await this.ask("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? "a fault in the page");
    return answer.result.value;
  }

  mouse(type, x, y, more = {}) {
    return this.ask("Input.dispatchMouseEvent", { type, x, y, ...more });
  }

  async click({ x, y }) {
    await this.mouse("mousePressed", x, y, { button: "left", buttons: 1, clickCount: 1 });
    await this.mouse("mouseReleased", x, y, { button: "left", clickCount: 1 });
  }

  /** Numbers that the browser keeps of the page. */
  async metrics() {
    const { metrics } = await this.ask("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  }

  /**
   * Memory in bytes that belongs to the page's process alone, WebAssembly included; nothing where the system does not tell.
   */
  async memory() {
    // Pages of the browser's own window have processes of the same kind: a mark in a trace tells which is the page's.
    const { pid } = markOf(await this.#trace(async () => {}), BEGINS);
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    const kilobytes = /^RssAnon:\s*(\d+)/m.exec(status)?.[1];
    return kilobytes && Number(kilobytes) * 1024;
  }

  async version() {
    return (await this.#ask("Browser.getVersion")).product.split("/").at(-1);
  }

  /** What is traced while `act` goes on, between two marks. */
  async #trace(act) {
    const events = [];
    const stop = this.on("Tracing.dataCollected", ({ value }) => events.push(...value));
    const complete = new Promise((done) => this.on("Tracing.tracingComplete", done));
    await this.#ask("Tracing.start", { traceConfig: { includedCategories: CATEGORIES }, transferMode: "ReportEvents" });
    await this.call((mark) => void performance.mark(mark), BEGINS);
    await act();
    await this.call((mark) => void performance.mark(mark), ENDS);
    await this.#ask("Tracing.end");
    await complete;
    stop();
    return events;
  }

  /** The processor time of the main thread, in milliseconds for each drawn frame, while `act` goes on. */
  async frames(act) {
    const events = await this.#trace(async () => {
      await act();
      // What the last step asked for is drawn as well.
      await this.call(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
    });
    return perFrame(events);
  }

  async close() {
    const ended = this.#process.exitCode === null && new Promise((done) => this.#process.once("exit", done));
    this.#process.kill();
    const patience = setTimeout(() => this.#process.kill("SIGKILL"), 3000);
    await ended;
    clearTimeout(patience);
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function markOf(events, name) {
  return events.find((event) => event.name === name && event.cat.includes("blink.user_timing"));
}

/**
 * Milliseconds of processor time that each drawn frame cost the main thread of the page, between the two marks: all its
 * tasks since the frame before, and the one that hands the frame over.
 */
function perFrame(events) {
  const [begin, end] = [markOf(events, BEGINS), markOf(events, ENDS)];
  const times = (name) => {
    const isOwn = (event) => event.name === name && event.pid === begin.pid && event.tid === begin.tid;
    const own = events.filter((event) => isOwn(event) && event.ts >= begin.ts && event.ts <= end.ts);
    return own.sort((one, other) => one.ts - other.ts);
  };
  const frames = [];
  let cost = 0;
  const handovers = times("Commit");
  for (const { ts, dur, tdur } of times("RunTask")) {
    cost += (tdur ?? dur) / 1000;
    if (handovers.length === 0 || handovers[0].ts > ts + dur) continue;
    handovers.shift();
    frames.push(cost);
    cost = 0;
  }
  return frames;
}
