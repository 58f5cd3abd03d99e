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
