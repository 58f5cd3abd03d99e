// <annals-timeline>: a timeline as an element of any page. What stands in it is the fallback until the timeline runs, and is printed.
//
// The app stands in the shadow tree of the element, which no style of the page reaches. Each element that is in a page has an instance
// of the app's module to itself, with what that has drawn; when it leaves the page, the next one gets both.

/** Each file by itself, so that what packs a page finds it. */
const files = {
  boot: new URL("./{{ boot }}", import.meta.url).href,
  app: new URL("./{{ app }}", import.meta.url).href,
  appWasm: new URL("./{{ app-wasm }}", import.meta.url).href,
  loader: new URL("./{{ loader }}", import.meta.url).href,
  loaderWasm: new URL("./{{ loader-wasm }}", import.meta.url).href,
  map: new URL("./{{ map }}", import.meta.url).href,
  mapWasm: new URL("./{{ map-wasm }}", import.meta.url).href,
  tree: new URL("./{{ tree }}", import.meta.url).href,
  styles: new URL("./{{ styles }}", import.meta.url).href,
  story: new URL("./{{ story }}", import.meta.url).href,
  source: new URL("./{{ source }}", import.meta.url).href,
};
/** The typefaces, by their places in the style sheet. */
const fonts = {
  "annal-serif-latin.woff2": new URL("./fonts/annal-serif-latin.woff2", import.meta.url).href,
  "annal-serif-latin-ext.woff2": new URL("./fonts/annal-serif-latin-ext.woff2", import.meta.url).href,
  "annal-serif-cyrillic.woff2": new URL("./fonts/annal-serif-cyrillic.woff2", import.meta.url).href,
  "annal-serif-cyrillic-ext.woff2": new URL("./fonts/annal-serif-cyrillic-ext.woff2", import.meta.url).href,
};

/** How near an element comes to the window before it fetches anything. */
const NEAR = "600px";

/** How high it is where the page does not say: by its width, in pixels, and no higher than can be seen at once. */
const room = (width) => Math.min(width >= 640 && width < 900 ? 420 : 580, most());
const most = () => Math.max(256, Math.min(1000, Math.round(innerHeight * 0.92)));

/** The languages that the story of the folder has. */
const LANGUAGES = "{{ languages }}".split(" ");
const primary = (lang) => lang.split("-")[0].toLowerCase();

/** What was fetched once serves all elements; what failed is asked for again by the next one. */
const once = {};
const share = (name, make) => {
  once[name] ??= make().catch((why) => {
    once[name] = undefined;
    throw why;
  });
  return once[name];
};

const text = async (address) => {
  const response = await fetch(address);
  if (!response.ok) throw response;
  return response.text();
};

// A document that is fetched as one is no text that becomes markup, which a page with trusted types would refuse.
const tree = () =>
  share("tree", () =>
    new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.responseType = "document";
      request.onload = () => (request.status === 200 && request.response ? done(request.response.getElementById("root")) : fail(request.status));
      request.onerror = fail;
      request.open("GET", files.tree);
      request.send();
    }),
  );

const styles = () =>
  share("styles", async () => {
    const [faces, ...rules] = (await text(files.styles)).split("\n");
    // Typefaces are those of a document; these have names of their own.
    const typefaces = new CSSStyleSheet();
    typefaces.replaceSync(faces.replace(/fonts\/([-\w]+\.woff2)/g, (_, name) => fonts[name]));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, typefaces];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules.join("\n"));
    return sheet;
  });

/** Instances of the app that no element has. */
const free = [];
let count = 0;
const instance = async () => {
  if (free.length) return free.pop();
  const own = `?element=${count++}`;
  const [page, boot, app] = await Promise.all([
    tree(),
    import(/* @vite-ignore */ files.boot + own),
    import(/* @vite-ignore */ files.app + own),
  ]);
  const wasm = await share("wasm", async () => boot.compile(await fetch(files.appWasm)));
  await app.default({ module_or_path: wasm });
  const root = document.importNode(page, true);
  const data = root.querySelector("#timeline-data");
  for (const name of ["loader", "map"]) data.dataset[name] = `${files[name]} ${files[`${name}Wasm`]}`;
  return { app, root, data, stop: boot.serve(data) };
};

/** First and last day of a view; anything else is as if it were not there. */
const span = (view) => /^([-+]?\d{4,}-\d\d-\d\d)\/([-+]?\d{4,}-\d\d-\d\d)$/.exec(view ?? "") ?? [];

/** The id in the hash of an address. */
const named = (hash) => (hash ? new URLSearchParams(`id=${hash.replace(/^#event-/, "")}`).get("id") : null);

/** How many times larger the page shows an element. */
const zoomOf = (own) => (own ? (Number(getComputedStyle(own).zoom) || 1) * zoomOf(own.parentElement ?? own.getRootNode().host) : 1);

export class AnnalsTimeline extends HTMLElement {
  static observedAttributes = ["src", "event", "theme", "view", "lang"];
  #shadow = this.attachShadow({ mode: "open" });
  #shell = document.createElement("div");
  #near;
  /** What runs, or is on its way: another one is another object. */
  #run;
  #heard = null;

  constructor() {
    super();
    this.#shell.className = "shell";
    this.#shell.append(document.createElement("slot"));
    this.#shadow.append(this.#shell);
  }

  connectedCallback() {
    this.#reserve();
    this.#near = new IntersectionObserver((all) => all.some((one) => one.isIntersecting) && this.#begin(), { rootMargin: NEAR });
    this.#near.observe(this);
  }

  disconnectedCallback() {
    this.#near.disconnect();
    this.#end();
  }

  attributeChangedCallback(name, before, after) {
    if (!this.#run || before === after) return;
    if (name === "src" || name === "lang") {
      this.#end();
      this.#begin();
    } else if (name !== "event" || after !== this.#heard) {
      this.#open(name);
    }
  }

  /** Chooses an event by its id; none with null. */
  select(event) {
    this.event = event;
  }

  get src() { return this.getAttribute("src") ?? ""; }
  set src(value) { this.#set("src", value); }
  get event() { return this.getAttribute("event"); }
  set event(value) { this.#set("event", value); }
  get theme() { return this.getAttribute("theme") ?? ""; }
  set theme(value) { this.#set("theme", value); }
  get view() { return this.getAttribute("view") ?? ""; }
  set view(value) { this.#set("view", value); }

  #set(name, value) {
    const before = this.getAttribute(name);
    if (value === null || value === undefined || value === "") this.removeAttribute(name);
    else this.setAttribute(name, value);
    // The reader may have gone elsewhere since.
    if (this.#run && before === this.getAttribute(name) && name !== "src") this.#open(name);
  }

  #state(name) {
    this.#shell.className = `shell ${name}`;
  }

  /** Keeps the room free that it will take, so that nothing below it moves. */
  #reserve() {
    this.#shell.style.setProperty("--wanted", `${room(this.#shell.clientWidth)}px`);
  }

  /** Puts what attributes say into an address of the app. */
  #address(query, names) {
    const set = (name, value) => (value ? query.set(name, value) : query.delete(name));
    const [, from, to] = span(this.view);
    const all = { src: { src: this.#source() }, theme: { theme: this.theme }, view: { from, to } };
    for (const name of names) {
      for (const [own, value] of Object.entries(all[name] ?? {})) set(own, value);
    }
    return `?${query}`;
  }

  /** The language around it, or its own. */
  #lang() {
    return this.closest("[lang]")?.lang ?? "";
  }

  /** The file to read; none for the story of the folder in the language that is there already. */
  #source() {
    if (this.src) return new URL(this.src, this.baseURI).href;
    const wanted = primary(this.#lang());
    return wanted !== "{{ lang }}" && LANGUAGES.some((lang) => primary(lang) === wanted) ? files.source : "";
  }

  async #begin() {
    if (this.#run) return;
    this.#near.disconnect();
    const run = (this.#run = {});
    let own;
    try {
      const rest = Promise.all([styles(), this.#source() ? "" : share("story", () => text(files.story))]);
      // It may fail before anybody waits for it.
      rest.catch(() => {});
      own = await instance();
      const [sheet, story] = await rest;
      if (run === this.#run) this.#mount(run, own, sheet, story);
    } catch {
      // What stands in the element stays in view.
      if (run === this.#run) {
        this.#run = undefined;
        this.#state("off");
      }
    }
    // It was removed meanwhile.
    if (own && run.own !== own) free.push(own);
  }

  #mount(run, own, sheet, story) {
    const { app, root, data } = (run.own = own);
    data.textContent = story;
    // With none of its own it would be the one that the address of the page names.
    data.lang = this.#lang() || "{{ lang }}";
    // The app of an element shows large timelines itself, and has none yet.
    data.parts = [];
    data.dataset.query = this.#address(new URLSearchParams(), ["src", "theme", "view"]);
    data.dataset.hash = this.#hash();
    this.#heard = this.event;
    run.told = new AbortController();
    data.addEventListener("move", () => this.#tell(), { signal: run.told.signal });
    data.addEventListener("title", () => this.#show(run), { signal: run.told.signal });
    data.addEventListener("failure", () => this.#fail(run), { signal: run.told.signal });
    this.#shadow.adoptedStyleSheets = [sheet];
    this.#shell.prepend(root);
    // Where zoom is not yet that of the standard, what asks for sizes gets others than what asks for conditions.
    if (!("currentCSSZoom" in root)) root.style.zoom = 1 / zoomOf(this);
    // What the reader has chosen as the usual size of text, whatever the page makes of it.
    root.style.setProperty("--rem", getComputedStyle(root).fontSize);
    run.sizes = new ResizeObserver(() => this.#settle(run));
    run.sizes.observe(root);
    run.state = new MutationObserver(() => root.dataset.app === "failed" && this.#end("off"));
    run.state.observe(root, { attributeFilter: ["data-app"] });
    app.mount(this.#shadow);
  }

  /** Puts the timeline in the place of what stands in the element, unless the reader is there. */
  #show(run) {
    if (run !== this.#run) return;
    if (this.matches(":focus-within") && !this.#shadow.activeElement) {
      this.addEventListener("focusout", () => setTimeout(() => this.#show(run)), { once: true });
      return;
    }
    this.#settle(run);
    if (this.#shell.classList.contains("runs")) return;
    const { top, bottom } = this.#shell.getBoundingClientRect();
    this.#state("runs");
    run.why = undefined;
    // Whoever is further down sees what was there before.
    const stay = () => scrollBy({ top: this.#shell.getBoundingClientRect().bottom - bottom, behavior: "instant" });
    if (top < 0) requestAnimationFrame(stay);
  }

  /** Says why nothing can be shown, above what stands in the element. */
  #fail(run) {
    const { root, data } = run.own;
    const { why } = data.dataset;
    if (why === run.why) return;
    run.why = why;
    this.#state("fails");
    root.setAttribute("aria-label", root.querySelector("h1").textContent);
    this.dispatchEvent(new ErrorEvent("error", { message: why }));
  }

  /** What is drawn may not be there yet, and browsers complain of what changes sizes while they are told. */
  #settle(run) {
    clearTimeout(run.rest);
    run.rest = setTimeout(() => this.#fit(run), 100);
  }

  /** Names it, and makes it as high as what is in it, within limits. */
  #fit(run) {
    const { root } = run.own;
    const sight = root.querySelector(".stage-box");
    if (!sight && !root.querySelector(".phone")) return;
    root.setAttribute("aria-label", root.querySelector("h1").textContent);
    if (sight && sight !== run.sight) run.sizes.observe((run.sight = sight));
    const least = room(this.#shell.clientWidth);
    const hidden = sight ? sight.scrollHeight - sight.clientHeight : 0;
    run.wanted = Math.min(most(), run.least === least ? run.wanted + hidden : least);
    run.least = least;
    this.#shell.style.setProperty("--wanted", `${run.wanted}px`);
  }

  #hash() {
    return this.event ? `#event-${encodeURIComponent(this.event)}` : "";
  }

  /** Brings what an attribute says into what is shown. */
  #open(name) {
    const { data } = this.#run.own ?? {};
    if (!data) return;
    data.dataset.query = this.#address(new URLSearchParams(data.dataset.query), [name]);
    if (name === "event") {
      data.dataset.hash = this.#hash();
      this.#heard = this.event;
    }
    data.dispatchEvent(new Event("open"));
  }

  /** Says which event the reader has chosen. */
  #tell() {
    const { root, data } = this.#run.own;
    const event = named(data.dataset.hash);
    if (event === this.#heard) return;
    this.#heard = event;
    this.#set("event", event);
    const title = event && (root.querySelector("[data-detail] h2")?.textContent ?? null);
    this.dispatchEvent(new CustomEvent("select", { detail: { event, title }, bubbles: true, composed: true }));
  }

  #end(name = "") {
    this.#state(name);
    const { own, told, sizes, state, rest } = this.#run ?? {};
    this.#run = undefined;
    if (!own) return;
    clearTimeout(rest);
    told.abort();
    sizes.disconnect();
    state.disconnect();
    own.stop();
    own.root.remove();
    // An instance that has failed is of no use to another.
    if (own.root.dataset.app === "failed") return;
    own.app.unmount();
    for (const name of ["app", "source", "theme"]) delete own.root.dataset[name];
    free.push(own);
  }
}

// A page may have the script twice.
if (!customElements.get("annals-timeline")) customElements.define("annals-timeline", AnnalsTimeline);
