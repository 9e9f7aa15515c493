// Where the wasm of a chunk comes from: out of the page itself, where it was
// put there (one HTML file), else from beside the page. What is asked for again
// could not be used as it came, and so is to come out of no cache.
const ASKED = new Set();
function wasmOf(name) {
  if (window.pipewrightPart) {
    return pipewrightPart(name);
  }
  const cache = ASKED.has(name) ? "reload" : "default";
  ASKED.add(name);
  return fetch(new URL(FILES[name], document.baseURI), { cache });
}

// As quickly as the host allows: many send wasm as something else.
async function instantiateChunk(source, imports) {
  const from = await source;
  if (!(from instanceof Response)) {
    return WebAssembly.instantiate(from, imports);
  }
  if (!from.ok) {
    throw new Error(from.url + " is not there (" + from.status + ")");
  }
  if (WebAssembly.instantiateStreaming && from.headers.get("Content-Type") === "application/wasm") {
    return WebAssembly.instantiateStreaming(from, imports);
  }
  return WebAssembly.instantiate(await from.arrayBuffer(), imports);
}
