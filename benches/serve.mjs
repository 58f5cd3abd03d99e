// A server of files on this machine alone: no compression, nothing kept, the same for each product.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * Serves folders, given as pairs of the beginning of an address and a folder; the first that has the file answers. Gives back
 * the address of the server, and how to end it.
 */
export async function serve(folders) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    for (const [beginning, folder] of folders) {
      if (!path.startsWith(beginning)) continue;
      // Nothing outside the folder: `normalize` takes the steps upward out of an absolute path.
      const file = join(folder, normalize(`/${path.slice(beginning.length)}`));
      const found = await stat(file).catch(() => undefined);
      if (!found?.isFile()) continue;
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, "content-length": found.size, "cache-control": "no-store" });
      createReadStream(file).pipe(response);
      return;
    }
    response.writeHead(404).end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, close };
}
