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

// Nothing unwinds the program: what leaves it by an exception has cut it short,
// whoever has thrown it and whoever catches it. From then on nothing calls it.
let isDead = false;
function guard(call) {
  return (...given) => {
    if (isDead) {
      return [];
    }
    try {
      return call(...given);
    } catch (error) {
      // Without the first a closure was at work or gone, and was not begun.
      if (given[0] !== 0) {
        isDead = true;
        pipewrightCutShort(error);
      }
      throw error;
    }
  };
}
const CALLED = /^(wasm_bindgen__convert__closures|__wbindgen_destroy_closure|__wbindgen_start$)/;
function guarded(exports) {
  const all = Object.entries(exports);
  return Object.fromEntries(all.map(([name, part]) => [name, CALLED.test(name) ? guard(part) : part]));
}
