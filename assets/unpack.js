// The page as it came, before anything in it changes, to be kept as a file.
const page = `<!DOCTYPE html>\n${document.documentElement.outerHTML}\n`;

// What was packed with gzip, for browsers that cannot unpack it themselves: Safari before 16.4, Firefox before 113. The formats are
// those of RFC 1952, whose head takes ten bytes as nothing is named in it, and of RFC 1951.
const inflate = (packed) => {
  const out = new Uint8Array(new DataView(packed.buffer).getUint32(packed.length - 4, true));
  let [end, at, held, bits] = [0, 10, 0, 0];
  const take = (count) => {
    for (; bits < count; bits += 8) {
      if (at === packed.length) throw new Error("damaged");
      held |= packed[at++] << bits;
    }
    const taken = held & ((1 << count) - 1);
    held >>>= count;
    bits -= count;
    return taken;
  };
  // The words of a code have so many bits; those of one length follow one another, in the order of what they stand for.
  const code = (lengths) => {
    const each = (length) => lengths.map((own, symbol) => (own === length ? symbol : -1)).filter((symbol) => symbol >= 0);
    return Array.from({ length: 15 }, (_, place) => each(place + 1));
  };
  const read = (code) => {
    let [word, first] = [0, 0];
    for (const symbols of code) {
      word = (word << 1) | take(1);
      if (word - first < symbols.length) return symbols[word - first];
      first = (first + symbols.length) << 1;
    }
    throw new Error("damaged");
  };
  const fill = (...runs) => runs.flatMap(([times, value]) => new Array(times).fill(value));
  const codes = () => {
    const [near, far, own] = [take(5) + 257, take(5) + 1, fill([19, 0])];
    for (const place of [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15].slice(0, take(4) + 4)) own[place] = take(3);
    const [short, lengths] = [code(own), []];
    while (lengths.length < near + far) {
      const symbol = read(short);
      if (symbol < 16) lengths.push(symbol);
      else if (symbol === 16) lengths.push(...fill([3 + take(2), lengths[lengths.length - 1]]));
      else lengths.push(...fill([symbol === 17 ? 3 + take(3) : 11 + take(7), 0]));
    }
    return [code(lengths.slice(0, near)), code(lengths.slice(near))];
  };
  for (let isLast = 0; !isLast; ) {
    isLast = take(1);
    const kind = take(2);
    if (!kind) {
      // It begins with a whole byte, and its length is there twice.
      held = bits = 0;
      const length = packed[at] | (packed[at + 1] << 8);
      out.set(packed.subarray(at + 4, at + 4 + length), end);
      at += 4 + length;
      end += length;
      continue;
    }
    const known = () => [code(fill([144, 8], [112, 9], [24, 7], [8, 8])), code(fill([30, 5]))];
    const [near, far] = kind === 1 ? known() : codes();
    for (let symbol; (symbol = read(near)) !== 256; ) {
      if (symbol < 256) {
        out[end++] = symbol;
        continue;
      }
      const step = symbol - 257;
      const more = step < 8 || step === 28 ? 0 : (step >> 2) - 1;
      const length = step < 8 ? step + 3 : step === 28 ? 258 : 3 + ((4 + (step & 3)) << more) + take(more);
      const way = read(far);
      const extra = way < 4 ? 0 : (way >> 1) - 1;
      const back = way < 4 ? way + 1 : 1 + ((2 + (way & 1)) << extra) + take(extra);
      for (const stop = end + length; end < stop; end += 1) out[end] = out[end - back];
    }
  }
  return out;
};

// What a page of one file brings along: names and lengths in one line, then all parts, packed and written in letters.
const unpack = async () => {
  const packed = Uint8Array.from(atob(document.getElementById("parts").textContent), (letter) => letter.charCodeAt(0));
  const stream = () => new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = globalThis.DecompressionStream
    ? new Uint8Array(await new Response(stream()).arrayBuffer())
    : inflate(packed);
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
