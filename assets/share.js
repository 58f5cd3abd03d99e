// What gives the timeline to others: a link, a frame, one file, a citation. It comes when somebody first asks for it.
const find = (id) => document.getElementById(id);
document.body.append(find("share-source").content);
const dialog = find("share");
const say = dialog.dataset;
const told = find("told");
const said = find("sh-said");
const first = document.querySelector('#share [name="sh-first"]');
const [view, place, look, size] = ["sh-view", "sh-place", "sh-look", "sh-size"].map(find);
const fill = (words, parts) => words.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
const title = () => document.querySelector("#annals h1").textContent;
const text = (selector) => document.querySelector(`#annals ${selector}`)?.textContent;
const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const quoted = (text) => text.replace(/[&<>"]/g, (sign) => SIGNS[sign]);
// A file on a disk, or a text in a frame, is where nobody else can go.
const isAlone = !/^https?:$/.test(location.protocol);

// The address of the view, or of the whole story, in the form that others read it: in a frame, or in the page. A frame names its
// event in the query, as one that opens at a part of its page may scroll the page around it.
const address = (isWhole, theme, inFrame) => {
  const url = new URL(location.href);
  const event = isWhole ? undefined : document.querySelector("#annals [data-detail]")?.dataset.eventId;
  const own = ["embed", "event", "theme"];
  const kept = [...url.searchParams].filter(([name]) => !own.includes(name) && (!isWhole || name === "src" || name === "lang"));
  if (theme) kept.push(["theme", theme]);
  if (event && inFrame) kept.push(["event", event]);
  const query = `${new URLSearchParams(kept)}`.replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3A", ":");
  url.search = [inFrame ? "embed" : "", query].filter(Boolean).join("&");
  url.hash = event && !inFrame ? `event-${encodeURIComponent(event)}` : "";
  return url.href;
};

// A text reaches the clipboard through a field in older browsers, and in frames that may not use it otherwise.
const copyText = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    const before = document.activeElement;
    field.value = text;
    field.className = "sr";
    field.readOnly = true;
    (dialog.open ? dialog : document.body).append(field);
    field.select();
    let isCopied = false;
    try {
      isCopied = document.execCommand("copy");
    } catch {
      // It is copied by hand then.
    }
    field.remove();
    before?.focus({ preventScroll: true });
    return isCopied;
  }
};

let quiet;
const tell = (text) => {
  clearTimeout(quiet);
  told.textContent = text;
  quiet = setTimeout(() => (told.textContent = ""), 4000);
};

// What was copied before is not what would be copied now.
const reset = () => {
  for (const button of dialog.querySelectorAll("[data-copies]")) {
    delete button.dataset.done;
    button.firstChild.textContent = say.copy;
  }
};

const copyField = async (button) => {
  const field = find(button.dataset.copies);
  said.textContent = "";
  reset();
  if (await copyText(field.value)) {
    button.dataset.done = "";
    button.firstChild.textContent = said.textContent = told.dataset.copied;
  } else {
    field.focus();
    field.select();
    said.textContent = say.byHand;
  }
};

const cite = (isWhole, date) => {
  const parts = { title: text("#p-h"), date, timeline: title(), address: isAlone ? "" : address(isWhole) };
  return fill(isWhole ? say.wholeCitation : say.citation, parts).trim();
};

// Each place takes another form: the address alone, or a frame, with a link below it for where frames are removed, and with a
// script where scripts are allowed.
const code = (isWhole) => {
  const framed = address(isWhole, look.value, true);
  if (place.value === "sites") return framed;
  if (place.value === "element") return elementCode(isWhole);
  const [width, height] = size.value.split(" ");
  const parts = { timeline: title() };
  const frame = `<iframe src="${quoted(framed)}" title="${quoted(fill(say.frame, parts))}" width="${width}" height="${height}" style="border:0" loading="lazy" allow="clipboard-write"></iframe>`;
  const link = `<p><a href="${quoted(address(isWhole, look.value))}">${quoted(fill(say.below, parts))}</a></p>`;
  const script = `<script src="${quoted(new URL("annals-resize.js", document.baseURI).href)}" async></script>`;
  return [frame, link, ...(place.value === "own" ? [script] : [])].join("\n");
};

// What a link is called, without what is only for the eye.
const spoken = (link) => {
  if (link.ariaLabel) return link.ariaLabel;
  const copy = link.cloneNode(true);
  for (const hidden of copy.querySelectorAll("[aria-hidden=true]")) hidden.remove();
  return copy.textContent.trim();
};

const element = (name, of, ...children) => {
  const made = Object.assign(document.createElement(name), of);
  // An empty text is none once it is written.
  made.append(...children.filter((child) => child !== ""));
  return made;
};

// The attributes of the element.
const wished = (isWhole) => {
  const query = new URL(address(isWhole, look.value, true)).searchParams;
  const [from, to] = [query.get("from"), query.get("to")];
  const wanted = { ...Object.fromEntries(query), view: from && to && `${from}/${to}` };
  if (wanted.src) wanted.src = new URL(wanted.src, document.baseURI).href;
  return ["src", "lang", "event", "theme", "view"].filter((name) => wanted[name]).map((name) => [name, wanted[name]]);
};

// The events by their ids, as they followed one another where the page has them so, else by thread.
const events = () => {
  const articles = [...document.querySelectorAll("#story article[id]")];
  if (!articles.length) return [...document.querySelectorAll("#annals li a[data-event-id]")].map((own) => [own.dataset.eventId, spoken(own)]);
  const words = (own, selector) => own.querySelector(selector).textContent;
  return articles.map((own) => [own.id.replace("event-", ""), `${words(own, ".s-date > :nth-child(2)")}: ${words(own, "h3")}`]);
};

// What the element has in it is read where the timeline does not run.
const elementCode = (isWhole) => {
  const page = address(true, look.value);
  const rows = [...new Map(events())].map(([id, name]) => `    <li><a href="${quoted(`${page}#event-${encodeURIComponent(id)}`)}">${quoted(name)}</a></li>`);
  return [
    `<script type="module" src="${quoted(new URL("annals.js", document.baseURI).href)}"></script>`,
    `<annals-timeline${wished(isWhole).map(([name, value]) => ` ${name}="${quoted(value)}"`).join("")}>`,
    `  <p><a href="${quoted(page)}">${quoted(title())}</a></p>`,
    "  <ul>",
    ...rows,
    "  </ul>",
    "</annals-timeline>",
  ].join("\n");
};

// What comes of the code, as large as it will be or smaller.
const sight = find("sh-sight");
const preview = (isWhole) => {
  const [width, height] = size.value.split(" ").map((length) => (length === "100%" ? 720 : Number(length)));
  let frame;
  if (place.value === "element") {
    import("./annals.js").catch(() => {});
    frame = element("annals-timeline");
    for (const [name, value] of wished(isWhole)) frame.setAttribute(name, value);
    frame.style.inlineSize = `${width}px`;
    frame.style.setProperty("--annals-height", `${height}px`);
  } else {
    frame = element("iframe", { title: find("sh-preview").textContent, src: address(isWhole, look.value, true), width, height });
  }
  // It is to be looked at; whoever wants to use it has the page behind.
  frame.inert = true;
  sight.replaceChildren(frame);
  // The dialog may get a scroll bar by the first, which takes some of the width.
  for (let pass = 0; pass < 2; pass += 1) {
    const scale = Math.min(1, sight.clientWidth / width);
    frame.style.scale = scale;
    sight.style.height = `${Math.ceil(height * scale)}px`;
  }
};

const show = (part) => {
  const isWhole = !view.checked;
  const event = find("p-h");
  dialog.dataset.part = part;
  said.textContent = "";
  for (const tab of dialog.querySelectorAll("[role=tab]")) {
    const isOpen = tab.dataset.part === part;
    tab.ariaSelected = isOpen;
    tab.tabIndex = isOpen ? 0 : -1;
    if (isOpen) find("sh-part").setAttribute("aria-labelledby", tab.id);
  }
  for (const own of dialog.querySelectorAll("[data-of]")) own.hidden = !own.dataset.of.split(" ").includes(part);
  for (const hint of dialog.querySelectorAll("[data-place]")) hint.hidden = hint.dataset.place !== place.value;
  find("sh-event").closest("[data-of]").hidden ||= !event;
  find("sh-alone").hidden ||= !isAlone;
  if (isAlone && (part === "link" || part === "embed")) {
    for (const own of dialog.querySelectorAll("[data-of]")) own.hidden = own.id !== "sh-alone";
  }
  // There is nothing to choose where the whole story is in view.
  first.closest("fieldset").hidden ||= address(true) === address(false);
  size.parentNode.hidden ||= place.value === "sites" || place.value === "element";
  reset();
  find("sh-link").value = find("sh-open").href = address(isWhole, look.value);
  find("sh-code").value = code(isWhole);
  find("sh-event").value = event ? cite(false, document.querySelector("#annals [data-share=cite]").dataset.date) : "";
  find("sh-whole").value = cite(true);
  for (const field of dialog.querySelectorAll("textarea")) field.rows = field.id === "sh-code" ? 7 : 3;
  if (part === "embed" && !isAlone) preview(isWhole);
  else sight.replaceChildren();
};

const open = (part) => {
  const event = text("#p-h");
  find("sh-what").textContent = event ?? document.querySelector("#annals [aria-valuetext]")?.ariaValueText ?? title();
  view.checked = Boolean(event || location.search.includes("from="));
  first.checked = !view.checked;
  if (!dialog.open) dialog.showModal();
  show(part);
};

// The file of a timeline that came from elsewhere is that of the page with other contents, which its policy does not look at.
const MOST = 4_000_000;
const pause = () => new Promise((on) => setTimeout(on));
const written = (node) => node.outerHTML.replaceAll("&nbsp;", "\u00a0");
// The list that is printed has what a reader without the app needs.
const listed = async () => {
  dispatchEvent(new Event("beforeprint"));
  await pause();
  const list = [...document.querySelectorAll("#annals .pr-story > ol > li")].map((row) => row.cloneNode(true));
  dispatchEvent(new Event("afterprint"));
  return list;
};
const stories = (events, isBrief) =>
  events.map((event) => {
    const words = (own, name, of) => [...own.children].map((child) => element(name, of, child.textContent));
    const [heading, when, lead, body, sources] = event.children;
    const more = isBrief ? [] : [...words(body, "p", { className: "body" }), element("ol", {}, ...words(sources, "li"))];
    return element("article", {}, element("h3", {}, heading.textContent), element("p", {}, when.textContent), element("p", { className: "lead" }, lead.textContent), ...more);
  });
const story = (events, isBrief) => element("main", { className: "years" }, element("section", {}, ...stories(events, isBrief)));
const through = async (bytes, change) => {
  const stream = new Blob([bytes]).stream().pipeThrough(change);
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
const inLetters = async (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 30000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 30000));
    if (at % 900000 === 0) await pause();
  }
  return btoa(text);
};

// What the page brings along, packed, with another story: names and lengths in one line, then all parts.
const packedWith = async (story, packed) => {
  const bytes = await through(Uint8Array.from(atob(packed), (letter) => letter.charCodeAt()), new DecompressionStream("gzip"));
  let at = bytes.indexOf(10) + 1;
  const part = ([name, length]) => [name, bytes.subarray(at, (at += length))];
  const parts = JSON.parse(new TextDecoder().decode(bytes.subarray(0, at))).map(part);
  const changed = parts.map(([name, own]) => [name, name === "story" ? new TextEncoder().encode(story) : own]);
  const line = `${JSON.stringify(changed.map(([name, own]) => [name, own.length]))}\n`;
  return inLetters(await through(new Blob([line, ...changed.map(([, own]) => own)]), new CompressionStream("gzip")));
};

// The text before, between and after two words of the page.
const cut = (page, from, to) => {
  const begins = page.indexOf(from) + from.length;
  const ends = page.indexOf(to, begins);
  return [page.slice(0, begins), page.slice(begins, ends), page.slice(ends)];
};
const withTimeline = async (page, data) => {
  const events = await listed();
  if (data.length > MOST) throw say.tooLarge;
  const [brief, full] = [true, false].map((isBrief) => story(events, isBrief));
  const walker = document.createTreeWalker(full, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) texts += 1;
  // What is said where there is no app is the same for all timelines.
  const head = written(element("header", { className: "mast" }, element("div", { className: "tt" }, element("h1", {}, title()))));
  const notice = cut(page, '<p id="notice"', '<div class="story-cols')[1];
  const all = (main) => `${head}<p id="notice"${notice}<div class="story-cols brief">${written(main)}</div>`;
  const name = quoted(title());

  let [before, own, after] = cut(page, '<script type="text/plain" id="parts">', "</script>");
  page = before + (await packedWith(all(full), own)) + after;
  [before, , after] = cut(page, '<div id="story">', '<script type="application/json" id="timeline-data"');
  page = `${before}${all(brief)}</div>\n    ${after}`;
  [before, own, after] = cut(page, 'id="timeline-data"', "</script>");
  const tag = own.split(">", 1)[0].replace(/data-texts="\d+"/, `data-texts="${texts}"`);
  page = `${before}${tag}>${JSON.stringify(data.split("\u001f")).replaceAll("<", "\\u003c")}${after}`;
  [before, , after] = cut(page, '<script type="application/ld+json">', "</script>");
  page = `${before}{}${after}`;
  page = page.replace(/<title>[^]*?<\/title>/, () => `<title>${name}</title>`);
  return page.replace(/(<meta [^>]*(?:title|description)" content=")[^"]*/g, (_, tag) => tag + name);
};

// The page as one file, with the timeline that came with it.
const whole = async () => {
  const response = await fetch("annals.html");
  const page = await response.text();
  // While one works on the page there is none, and some hosts give another page then.
  if (!response.ok || !page.includes('id="parts"')) throw new Error("annals.html is not there");
  return page;
};

// The timeline of the address, in the form in which a page has it.
let read;
const packed = async () => {
  const query = new URLSearchParams(location.search);
  const source = query.get("src");
  const file = [find("timeline-data").dataset.loader, new URL(source, document.baseURI).href, source, query.get("lang")];
  return (await read(file, () => {}, new AbortController())).join("");
};

const save = async (button) => {
  if (button.ariaDisabled) return;
  button.ariaDisabled = "true";
  said.textContent = say.making;
  try {
    let page = await whole();
    if (document.documentElement.dataset.source === "other") page = await withTimeline(page, await packed());
    const blob = new Blob([page], { type: "text/html" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${title().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "annals"}.html`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    const made = fill(say.made, { kilobytes: Math.round(blob.size / 1000) });
    // Nobody is told when a sandbox refuses.
    said.textContent = parent === window ? made : `${made} ${say.mayNot}`;
  } catch (why) {
    said.textContent = fill(say.unmade, { why: why.message ?? why });
  }
  button.ariaDisabled = null;
};

dialog.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.part) show(button.dataset.part);
  if (button?.dataset.copies) copyField(button);
  if (button?.id === "sh-file") save(button);
});
dialog.addEventListener("change", () => show(dialog.dataset.part));
// The frame of the preview works on while nobody sees it.
dialog.addEventListener("close", () => sight.replaceChildren());
dialog.querySelector("[role=tablist]").addEventListener("keydown", (key) => {
  const tabs = [...dialog.querySelectorAll("[role=tab]")];
  const now = tabs.indexOf(document.activeElement);
  const next = { ArrowDown: now + 1, ArrowRight: now + 1, ArrowUp: now - 1, ArrowLeft: now - 1, Home: 0, End: -1 }[key.key];
  if (next === undefined || now < 0) return;
  key.preventDefault();
  const tab = tabs.at(next % tabs.length);
  tab.focus();
  show(tab.dataset.part);
});

// Opens the dialog, or copies at once: the link to the view, or the citation of the event that is open.
const share = async ({ share: what, date }, reader) => {
  read = reader;
  if (what === "print") {
    // What another timeline prints is made while nothing else is done, which the browser does not wait for.
    dispatchEvent(new Event("beforeprint"));
    await pause();
    return print();
  }
  if (what === "all" || (what === "copy" && isAlone)) return open(isAlone ? "file" : "link");
  const isCopied = await copyText(what === "cite" ? cite(false, date) : address(false));
  if (isCopied) return tell(told.dataset.copied);
  open(what === "cite" ? "cite" : "link");
  const field = find(what === "cite" ? "sh-event" : "sh-link");
  field.focus();
  field.select();
  said.textContent = say.byHand;
};

export { share };
