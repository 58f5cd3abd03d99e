// Starts the app. Whatever goes wrong, the list that came with the page stays in view, with one line that says why.
const root = document.documentElement;
const data = document.getElementById("timeline-data");
const address = (selector) => document.querySelector(selector)?.href;

// A server that names the file wrongly gets it compiled from bytes instead of on the way.
const compile = async (response) => {
  if (!response.ok) throw new Error(`${response.status}`);
  const type = response.headers.get("content-type") ?? "";
  return type.startsWith("application/wasm") && WebAssembly.compileStreaming
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
};

// The data are a list of texts, with a number where the story has the words already: so many texts or addresses on from
// the last one taken. The app gets them as one text.
const completeData = () => {
  const walker = document.createTreeWalker(document.querySelector("#story main"), NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const text = node.nodeType === Node.TEXT_NODE ? node.data : node.getAttribute("href");
    if (text !== null) texts.push(text);
  }
  // Somebody has changed the page: better the list than wrong words in the chart.
  if (texts.length !== Number(data.dataset.texts)) throw new Error("changed");
  let at = 0;
  const parts = JSON.parse(data.textContent).map((part) => (typeof part === "number" ? texts[(at += part)] : part));
  data.textContent = parts.join("\u001f");
};

// Files that the address names are fetched and read by a module that comes when the first one does. It gives up a file
// itself, with words. If it fails without any, it has not come or has broken down; engines remember both, so the next
// attempt asks for another address.
let failures = 0;
const load = async (url) => {
  const { loader: name } = data.dataset;
  const patience = new Promise((_, giveUp) => setTimeout(giveUp, 30000));
  const answer = import(`${name}.js${failures ? `?${failures}` : ""}`).then(async (loader) => {
    await loader.default({ module_or_path: fetch(`${name}_bg.wasm`).then(compile) });
    return loader.load(url);
  });
  return Promise.race([answer, patience]).catch((why) => {
    if (typeof why !== "string") failures += 1;
    throw why;
  });
};

// The smallest module there is: whatever forbids WebAssembly forbids this one too.
const forbidden = () => {
  try {
    return !new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch {
    return true;
  }
};

try {
  const [app, wasm] = await Promise.all([
    import(address('link[rel="modulepreload"]')),
    fetch(address('link[rel="preload"][as="fetch"]')).then(compile),
  ]);
  completeData();
  data.load = load;
  await app.default({ module_or_path: wasm });
} catch {
  // An app that has begun has said what happened itself.
  if (!root.dataset.app) {
    const notice = document.getElementById("notice");
    notice.dataset.why = forbidden() ? "no-wasm" : "not-arrived";
    notice.hidden = false;
    root.dataset.app = "failed";
  }
}
