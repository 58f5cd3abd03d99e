// The page in a frame of somebody else's page: says how high it would like to be, and which event is chosen, and chooses what
// it is told to. It comes along only there.
const root = document.documentElement;
const say = (message) => parent.postMessage(message, "*");
const chosen = () => document.querySelector("#annals [data-detail]");
const tag = 1;

// Back belongs to the page around it, which would have to go back through every event otherwise.
history.pushState = history.replaceState;

// All systems are told at once, each in its own form; none minds those of the others.
const MOST = 1000;
const secret = /[?&]secret=(\w{1,40})/.exec(location.hash)?.[1];
let told = 0;
const tellHeight = () => {
  // What is out of sight in the chart decides; the list of a narrow frame scrolls in any height.
  const chart = document.querySelector("#annals .stage-box");
  // Something else is coming.
  if (!chart && root.dataset.app === "ready" && !document.querySelector("#annals .phone")) return;
  const hidden = chart ? chart.scrollHeight - chart.clientHeight : 0;
  const height = Math.max(innerHeight, Math.min(MOST, Math.max(innerHeight + hidden, chart ? 420 : 560)));
  if (height === told) return;
  told = height;
  say({ annals: tag, type: "size", height });
  say({ subject: "lti.frameResize", height });
  // Older course systems read texts alone.
  say(JSON.stringify({ subject: "lti.frameResize", height }));
  say({ context: "h5p", action: "prepareResize", scrollHeight: height, clientHeight: innerHeight });
  say({ context: "h5p", action: "resize", scrollHeight: height });
  if (secret) say({ message: "height", value: height, secret });
};
let rest;
const settle = () => {
  clearTimeout(rest);
  rest = setTimeout(tellHeight, 200);
};

// This address with another event, and without some parts of its query.
const address = (event, ...without) => {
  const kept = location.search.slice(1).split("&").filter((part) => part && !without.includes(part.split("=")[0])).join("&");
  return `${location.pathname}${kept && `?${kept}`}${event ? `#event-${encodeURIComponent(event)}` : ""}`;
};

// The way out leads to what the frame shows.
const alone = document.getElementById("alone");
const lead = () => {
  if (!/^https?:$/.test(location.protocol)) return;
  alone.href = address(chosen()?.dataset.eventId, "embed", "event");
  alone.hidden = false;
};
for (const kind of ["focus", "pointerenter"]) alone.addEventListener(kind, lead);

let known = null;
const tellEvent = () => {
  const detail = chosen();
  const event = detail?.dataset.eventId ?? null;
  if (event === known) return;
  known = event;
  say({ annals: tag, type: "select", event, title: detail?.querySelector("h2").textContent ?? null });
};

const choose = (event) => {
  try {
    history.replaceState(null, "", address(event, "event"));
    dispatchEvent(new PopStateEvent("popstate"));
  } catch {
    // A frame that has its page as a text has no address of its own but for this part.
    location.hash = event === null ? "" : `#event-${encodeURIComponent(event)}`;
  }
};

const begin = () => {
  say({ annals: tag, type: "ready" });
  tellHeight();
  tellEvent();
  lead();
};

// Only the page around it is heard, and only what has a known form.
addEventListener("message", ({ source, data }) => {
  if (source !== parent) return;
  const { annals, type, event, context, action } = data ?? {};
  const isEvent = event === null || (typeof event === "string" && event.length <= 200);
  if (annals === tag && type === "select" && isEvent) choose(event);
  if (context !== "h5p") return;
  if (action === "ready") say({ context: "h5p", action: "hello" });
  if (action === "hello" || action === "resize") {
    told = 0;
    settle();
  }
});
addEventListener("resize", settle);
// The title of the page changes with the event, when the detail is there already, and with the timeline.
new MutationObserver(() => {
  tellEvent();
  settle();
}).observe(document.querySelector("title"), { childList: true });

say({ context: "h5p", action: "hello" });
if (root.dataset.app) begin();
else {
  const watch = new MutationObserver(() => {
    if (root.dataset.app) {
      watch.disconnect();
      begin();
    }
  });
  watch.observe(root, { attributeFilter: ["data-app"] });
}

export {};
