// Starts the app. Whatever goes wrong, the list that came with the page stays in view, with one line that says why.
const root = document.documentElement;
const address = (selector) => document.querySelector(selector)?.href;

// A server that names the file wrongly gets it compiled from bytes instead of on the way.
const compile = async (response) => {
  if (!response.ok) throw new Error(`${response.status}`);
  const type = response.headers.get("content-type") ?? "";
  return type.startsWith("application/wasm") && WebAssembly.compileStreaming
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
};

// The data says "@n" where the story has the words already: n texts or addresses on from the last ones it took.
const completeData = () => {
  const data = document.getElementById("timeline-data");
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
  data.textContent = data.textContent.replace(/"@(-?\d+)"/g, (_, by) => JSON.stringify(texts[(at += Number(by))]));
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
