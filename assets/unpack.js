// What a page of one file brings along: names and lengths in one line, then all parts, packed and written in letters.
const unpack = async () => {
  const letters = atob(document.getElementById("parts").textContent);
  const packed = new Blob([Uint8Array.from(letters, (letter) => letter.charCodeAt(0))]);
  const stream = packed.stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let at = bytes.indexOf(10) + 1;
  const read = ([name, length]) => [name, bytes.subarray(at, (at += length))];
  return Object.fromEntries(JSON.parse(new TextDecoder().decode(bytes.subarray(0, at))).map(read));
};
const parts = unpack();
// It may fail before anybody waits for it.
parts.catch(() => {});

// The whole story in the place of the short one. It is in the few forms of markup that the build writes, and nothing else that
// reads markup is asked, so a page that allows no such thing may hold it.
const SVG = "http://www.w3.org/2000/svg";
const SIGNS = { lt: "<", gt: ">", quot: '"', amp: "&", "#x27": "'", "#x2F": "/" };
const plain = (text) => text.replace(/&(lt|gt|quot|amp|#x27|#x2F);/g, (_, name) => SIGNS[name]);
const tell = async (markup) => {
  const whole = document.createDocumentFragment();
  const open = [whole];
  let told = 0;
  for (const piece of markup.split("<").slice(1)) {
    const [, closes, name, attributes, text] = /^(\/?)([\w-]+)([^>]*)>([^]*)$/.exec(piece);
    if (closes) {
      open.shift();
    } else {
      const isDrawn = name === "svg" || open[0].namespaceURI === SVG;
      const element = isDrawn ? document.createElementNS(SVG, name) : document.createElement(name);
      for (const [, key, value] of attributes.matchAll(/([\w-]+)="([^"]*)"/g)) element.setAttribute(key, plain(value));
      open[0].append(element);
      open.unshift(element);
    }
    if (text) open[0].append(plain(text));
    if ((told += 1) % 2000 === 0) await pause();
  }
  document.getElementById("story").replaceChildren(whole);
};
