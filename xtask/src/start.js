// Where the wasm of a chunk comes from: out of the page itself, where it was
// put there (one HTML file), else from a file beside the page, which may hold
// several. What is asked for again could not be used as it came, and so is to
// come out of no cache.
const LOADS = new Map();
function wasmOf(name) {
  if (window.pipewrightPart) {
    return pipewrightPart(name);
  }
  const [file, start, end] = FILES[name];
  let load = LOADS.get(file);
  if (!load || load.isBroken || load.given.has(name)) {
    const cache = load ? "reload" : "default";
    const from = fetch(new URL(file, document.baseURI), { cache });
    const whole = end ? from.then((from) => arrived(from).arrayBuffer()) : from;
    const begun = { given: new Set(), whole };
    whole.catch(() => { begun.isBroken = true; });
    LOADS.set(file, begun);
    load = begun;
  }
  load.given.add(name);
  return end ? load.whole.then((whole) => partOf(load, whole, start, end)) : load.whole;
}

const WASM = 0x0061736d;
// What does not begin as wasm is something else that was sent in its place: it
// is not taken for other parts either.
function partOf(load, whole, start, end) {
  if (whole.byteLength < end || new DataView(whole).getUint32(start) !== WASM) {
    load.isBroken = true;
  }
  return whole.slice(start, end);
}

function arrived(from) {
  if (!from.ok) {
    throw new Error(from.url + " is not there (" + from.status + ")");
  }
  return from;
}

// As quickly as the host allows: many send wasm as something else.
async function instantiateChunk(source, imports) {
  const from = await source;
  if (!(from instanceof Response)) {
    return WebAssembly.instantiate(from, imports);
  }
  arrived(from);
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
