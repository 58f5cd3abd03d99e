// <annals-timeline>: a timeline as an element of any page. What stands in it is the fallback until the timeline runs.
//
// The timeline has a document of its own, in a frame in the shadow root: no style of the page reaches it, any number of them stand side
// by side, and what is removed leaves nothing behind.

/** How near an element comes to the window before it fetches anything. */
const NEAR = "600px";

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { display: block; }
  :host([hidden]) { display: none; }
  div { position: relative; }
  iframe {
    display: block; box-sizing: border-box; inline-size: 100%; block-size: var(--annals-height, 420px);
    border: var(--annals-border, 0); border-radius: var(--annals-radius, 0); background: var(--annals-background, none);
  }
  iframe:not(.runs) { position: absolute; inset: 0; opacity: 0; }
  .runs ~ slot { display: none; }
`);

/** First and last day of a view; anything else is as if it were not there. */
const span = (view) => /^([-+]?\d{4,}-\d\d-\d\d)\/([-+]?\d{4,}-\d\d-\d\d)$/.exec(view ?? "");

export class AnnalsTimeline extends HTMLElement {
  static observedAttributes = ["src", "event", "theme", "view"];
  #root = this.attachShadow({ mode: "open" });
  // The page may have unset how the element itself is displayed.
  #box = document.createElement("div");
  #near;
  #frame;
  #port;
  #knock;
  #heard = null;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#box.append(document.createElement("slot"));
    this.#root.append(this.#box);
  }

  connectedCallback() {
    this.#near = new IntersectionObserver((all) => all.some((one) => one.isIntersecting) && this.#begin(), { rootMargin: NEAR });
    this.#near.observe(this);
  }

  disconnectedCallback() {
    this.#near.disconnect();
    this.#end();
  }

  attributeChangedCallback(name, before, after) {
    if (!this.#frame || before === after) return;
    if (name === "event") {
      if (after !== this.#heard) this.#choose();
    } else {
      // The rest of the view begins anew with it.
      this.#end();
      this.#begin();
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
    if (value === null || value === undefined || value === "") this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  #address() {
    const address = new URL("./", import.meta.url);
    const [, from, to] = span(this.view) ?? [];
    const src = this.src && new URL(this.src, this.baseURI).href;
    const wanted = Object.entries({ src, event: this.event, theme: this.theme, from, to }).filter(([, value]) => value);
    address.search = ["embed", `${new URLSearchParams(wanted)}`].filter(Boolean).join("&");
    return address.href;
  }

  #begin() {
    if (this.#frame) return;
    this.#near.disconnect();
    const frame = document.createElement("iframe");
    frame.title = this.getAttribute("aria-label") ?? this.title ?? "";
    frame.allow = "clipboard-write";
    frame.setAttribute("part", "frame");
    // Browsers draw nothing in a frame of another site that is hidden by other means.
    frame.inert = true;
    frame.src = this.#address();
    this.#heard = this.event;
    this.#frame = frame;
    // It is there before it listens, so it is asked until it answers.
    frame.addEventListener("load", () => {
      let times = 0;
      const knock = () => {
        if (times++ === 100 || frame !== this.#frame) return;
        this.#port?.close();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => this.#hear(data);
        this.#port = port1;
        frame.contentWindow?.postMessage({ annals: 1, type: "connect" }, "*", [port2]);
        this.#knock = setTimeout(knock, 300);
      };
      knock();
    });
    this.#box.prepend(frame);
  }

  #choose() {
    this.#port?.postMessage({ annals: 1, type: "select", event: this.event });
  }

  #end() {
    clearTimeout(this.#knock);
    this.#port?.close();
    this.#frame?.remove();
    this.#port = this.#frame = undefined;
  }

  #hear(said) {
    clearTimeout(this.#knock);
    if (said.type === "ready") {
      this.#frame.classList.toggle("runs", said.runs);
      this.#frame.inert = !said.runs;
      // It was changed while the frame was on its way.
      if (this.event !== this.#heard) this.#choose();
    }
    if (said.type === "size" && !getComputedStyle(this).getPropertyValue("--annals-height")) this.#frame.style.blockSize = `${said.height}px`;
    if (said.type !== "select" || said.event === this.#heard) return;
    this.#heard = said.event;
    this.#set("event", said.event);
    this.dispatchEvent(new CustomEvent("select", { detail: { event: said.event, title: said.title }, bubbles: true, composed: true }));
  }
}

// A page may have the script twice.
if (!customElements.get("annals-timeline")) customElements.define("annals-timeline", AnnalsTimeline);
