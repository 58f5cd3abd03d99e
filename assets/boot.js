// Starts the app. Whatever goes wrong, the list that came with the page stays in view, with one line that says why.
// The same script reads files of others in a worker, where there is no page, and serves a timeline in a page of somebody else.
const { document } = globalThis;
const root = document?.documentElement;
const query = new URLSearchParams(location.search);
let data = document?.getElementById("timeline-data");
const address = (selector) => document.querySelector(selector).href;

// A server that names the file wrongly gets it compiled from bytes instead of on the way.
export const compile = async (response) => {
  if (!response.ok) throw response;
  return /^application\/wasm/.test(response.headers.get("content-type"))
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
};

// Whatever else is to be done, a tap above all, comes in between.
const pause = () => new Promise((on) => setTimeout(on));

// The data are a list of texts, with a number where the story has the words already: so many texts or addresses on from
// the last one taken. The app gets them as one text.
const completeData = async () => {
  const walker = document.createTreeWalker(document.querySelector("#story main"), NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const text = node.data ?? node.getAttribute("href")?.replace(/^#event-/, "");
    if (text !== undefined && texts.push(text) % 1000 === 0) await pause();
  }
  // Somebody has changed the page: better the list than wrong words in the chart.
  if (texts.length !== Number(data.dataset.texts)) throw new Error("changed");
  let at = 0;
  const parts = JSON.parse(data.textContent).map((part) => (typeof part === "number" ? texts[(at += part)] : part));
  // A page that trusts no text in a script has no objection to this way.
  data.firstChild.data = parts.join("\u001f");
};

// A module that comes when it is first needed, and stays. If it fails without words, it has not come or has broken down;
// engines remember both, so the next attempt asks for another address.
const modules = {};
const failures = {};
const start = async (name, failed) => {
  const [script, wasm] = name.split(" ");
  const module = await import(`${script}${failed ? `?${failed}` : ""}`);
  await module.default({ module_or_path: fetch(wasm).then(compile) });
  return module;
};
const bring = (name, use) => {
  const failed = failures[name] ?? 0;
  const patience = new Promise((_, giveUp) => setTimeout(giveUp, 30000));
  modules[name] ??= start(name, failed);
  return Promise.race([modules[name], patience]).then(use).catch((why) => {
    if (typeof why !== "string") {
      modules[name] = undefined;
      failures[name] = failed + 1;
    }
    throw why;
  });
};

// Reads a file, into parts: by which module, from where, and what it is called; the module may keep a large one.
const read = ([name, ...file], tell, control, keeps) => bring(name, (loader) => loader.load(...file, tell, control, keeps));
const worded = (why) => (typeof why === "string" ? why : undefined);

// Files are read in a worker, so that the page is free meanwhile; where there is none to be had, in the page. A large timeline
// stays in the worker, and an app that knows how to ask for it comes in the place of the one that is there.
let cancel;
let keeper;
let trusted;
const load = (url, tell) =>
  new Promise((done, fail) => {
    if (keeper) return done("");
    const file = [data.dataset.loader, new URL(url, document.baseURI).href, url, data.lang || query.get("lang")];
    const control = new AbortController();
    let isWanted = true;
    const here = () => read(file, tell, control).then((parts) => done(parts.join("")), (why) => isWanted && fail(why));
    cancel = () => {
      isWanted = false;
      control.abort();
    };
    try {
      // A worker comes from the host of the page alone.
      if (!import.meta.url.startsWith(origin)) return here();
      // Where only what a policy of the page made is a script, it makes this one, and no other.
      trusted ??= globalThis.trustedTypes?.createPolicy("annals", { createScriptURL: () => import.meta.url });
      const worker = new Worker(trusted?.createScriptURL("") ?? import.meta.url, { type: "module" });
      control.signal.onabort = () => worker.terminate();
      let begun;
      const parts = [];
      worker.onmessage = ({ data: news }) => {
        begun = true;
        if (news.length === 3) return tell(...news);
        if (news.length === 1) return parts.push(...news);
        if (!news.length && typeof parts[2] === "object") {
          keeper = worker;
          const isThere = data.parts;
          data.parts = parts;
          return isThere ? done("") : bring(data.dataset.large, () => {}).catch(fail);
        }
        worker.terminate();
        news.length ? fail(news[1]) : done(parts.join(""));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        worker.terminate();
        begun ? fail() : here();
      };
      worker.postMessage(file);
    } catch {
      here();
    }
  });

// Asks the worker about the large timeline that it has, one thing at a time. Each part of the answer is told as it comes.
const inquire = (question, tell) =>
  new Promise((done, fail) => {
    keeper.onmessage = ({ data: news }) => {
      if (news.length !== 1) return news.length ? fail() : done("");
      [data.piece] = news;
      tell("", undefined, 0);
    };
    keeper.onerror = () => fail((keeper = undefined));
    keeper.postMessage(question);
  });

// What the app asks for; each gives a text, or fails with a sentence or with anything else.
const services = {
  load,
  cancel: () => cancel(),
  inquire,
  locate: (places) => bring(data.dataset.map, (map) => map.locate(places)),
  // There is nothing to wait for, and so no answer, where they came before the app.
  fonts: () => {
    const fonts = ['500 14px "Annal Serif"', '650 14px "Annal Serif"'];
    return fonts.every((font) => document.fonts.check(font)) ? new Promise(() => {}) : Promise.all(fonts.map((font) => document.fonts.load(font)));
  },
};
const ask = (what, of, done) =>
  Promise.resolve()
    .then(() => services[what](of, done))
    .then(
      (text) => done(`${text}`),
      (why) => done(undefined, worded(why)),
    );

// What gives the timeline to others comes when somebody first wants it.
let sharing;
let misses = 0;
const share = ({ target }) => {
  const button = target.closest("[data-share]");
  if (!button) return;
  sharing ??= import(`${data.dataset.share}${misses ? `?${misses}` : ""}`);
  sharing.then(
    (module) => module.share(button.dataset, read),
    () => {
      sharing = undefined;
      misses += 1;
      const told = document.getElementById("told");
      told.textContent = told.dataset.notCome;
    },
  );
};

// The smallest module there is: whatever forbids WebAssembly forbids this one too, in WebKit only that it begins.
const forbidden = () => {
  try {
    return !new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
  } catch {
    return true;
  }
};

const begin = async () => {
  // The page has its story in one language; the file of it has more.
  const lang = query.get("lang");
  if (lang && !lang.startsWith(root.lang) && !query.get("src")) {
    query.set("src", data.dataset.source);
    return location.replace(`?${query}${location.hash}`);
  }

  if (query.has("embed")) root.dataset.embed = "";
  // In a frame it speaks with the page around it, and works as well where this does not come.
  if (parent !== window) import(data.dataset.embed).catch(() => {});

  // A policy of the host has refused the styles in the page; the same ones are in a file of that host.
  const style = document.querySelector("style");
  if (!style.sheet) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = style.dataset.file;
    style.replaceWith(link);
  }

  try {
    const arrival = Promise.all([
      import(address('link[rel="modulepreload"]')),
      fetch(address('link[rel="preload"][as="fetch"]')).then(compile),
    ]);
    // It may fail before anybody waits for it.
    arrival.catch(() => {});
    // One picture first: it shows the text to whoever has followed an address before the page was there to its end.
    await new Promise((drawn) => {
      requestAnimationFrame(() => setTimeout(drawn));
      setTimeout(drawn, 200);
    });
    await completeData();
    const [app, wasm] = await arrival;
    await pause();
    data.ask = ask;
    document.getElementById("annals").addEventListener("click", share);
    await app.default({ module_or_path: wasm });
  } catch {
    // An app that has begun has said what happened itself.
    if (!root.dataset.app) {
      const notice = document.getElementById("notice");
      notice.dataset.why = forbidden() ? "no-wasm" : "not-arrived";
      notice.hidden = false;
      root.dataset.app = "failed";
      // What lies above the event of an address is there again, in WebKit only once the whole is shown anew.
      const target = document.querySelector(":target");
      if (target) {
        const story = document.getElementById("story");
        story.hidden = true;
        story.getClientRects();
        story.hidden = false;
        target.scrollIntoView();
      }
    }
  }
};

/** Serves another app: what it asks, and where its modules are, stands at this element. Gives what stops all that was asked for. */
export const serve = (element) => {
  data = element;
  data.ask = ask;
  return () => {
    cancel?.();
    keeper = keeper?.terminate();
  };
};

// For an element this script comes under an address of its own for each, and begins nothing.
if (document) {
  if (!import.meta.url.includes("?")) await begin();
} else {
  let name;
  onmessage = ({ data: job }) => {
    name ??= job[0];
    const work = typeof job === "string"
      ? bring(name, (loader) => loader.answer(job))
      : read(job, (...news) => postMessage(news), new AbortController(), true);
    work.then(
      (parts) => {
        for (const part of parts) postMessage([part], part.buffer ? [part.buffer] : []);
        postMessage([]);
      },
      (why) => postMessage([undefined, worded(why)]),
    );
  };
}
