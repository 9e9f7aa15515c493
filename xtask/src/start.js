// Where the wasm of a chunk comes from: out of the page itself, where it was
// put there (one HTML file), else from beside the page.
function wasmOf(name) {
  return window.pipewrightPart ? pipewrightPart(name) : fetch(new URL(FILES[name], document.baseURI));
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
