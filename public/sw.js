// Lets the app start without the network once it was visited, and never mixes
// two versions. `cargo xtask finish` puts in what the version consists of.
//
// - A version is a cache of its own, named by a hash over all of its files. It
//   is filled before the version may be used, and each file is checked to be
//   the one of the build.
// - A page comes from the cache of the version that is in use, all of it or
//   nothing: where a file is missing the network is asked for the page.
// - A name with a hash in it means the same content for ever. So whichever of
//   our caches has it answers, and a page that was started with the version
//   before finds its later parts in the cache of that.
// - A new version waits until a person asks for it, or no page is left.
// - Whatever goes wrong here, the network is asked.
"use strict";

const VERSION = "{{version}}";
/** Each file of the build, and the hash of its content; the page first. */
const FILES = new Map({{files}});
const PAGE = "index.html";
/** Names that have their content's hash in them. */
const FIXED = /-[0-9a-f]{12,}[._]/;

/** The address of the folder. Other paths of this host are none of our business. */
const FOLDER = self.registration.scope;
/** How the names of our caches begin; no other folder's begin so. */
const OURS = `pipewright ${FOLDER} `;
const CACHE = OURS + VERSION;

const addressOf = (name) => FOLDER + (name === PAGE ? "" : name);
const isFromNetwork = (url) => /[?&]no-worker([&#]|$)/.test(url);

/** Whether the page that asks came past us. Some hosts have it send no referrer. */
async function isAskedPast({ request, clientId }) {
  return isFromNetwork(request.referrer) ||
    isFromNetwork((await self.clients.get(clientId))?.url ?? "");
}

/** Which file a request asks for; nothing where it is not for us to answer. */
function fileOf({ method, headers, url }) {
  const bare = url.split(/[?#]/, 1)[0];
  if (method !== "GET" || headers.has("range") || !bare.startsWith(FOLDER) || isFromNetwork(url)) {
    return undefined;
  }
  const name = bare.slice(FOLDER.length) || PAGE;
  return FILES.has(name) || FIXED.test(name) ? name : undefined;
}

const ourCaches = async () => (await caches.keys()).filter((name) => name.startsWith(OURS));

async function find(name) {
  const within = (cacheName) => caches.match(addressOf(name), { cacheName, ignoreVary: true });
  let found = await within(CACHE);
  if (!found && FIXED.test(name)) {
    for (const cache of await ourCaches()) {
      found ??= await within(cache);
    }
  }
  return found;
}

/** The files that the cache lacks. */
async function missing() {
  const requests = await (await caches.open(CACHE)).keys();
  const there = new Set(requests.map(({ url }) => url));
  return [...FILES.keys()].filter((name) => !there.has(addressOf(name)));
}

/** Whether what a cache has is the content of this version. */
async function isWhole(name, kept) {
  const hash = await crypto.subtle.digest("SHA-256", await kept.clone().arrayBuffer());
  return FILES.get(name) === "sha256-" + btoa(String.fromCharCode(...new Uint8Array(hash)));
}

/** A file of this version, or none. */
async function obtain(name) {
  const isFixed = FIXED.test(name);
  const kept = isFixed && await find(name);
  if (kept && await isWhole(name, kept)) {
    return kept;
  }
  return download(name, isFixed ? "default" : "no-cache");
}

/** The same from the network: the browser refuses any other content. */
async function download(name, cache) {
  // Some hosts know a page only by its file, others by its folder.
  const addresses = name === PAGE ? [FOLDER, FOLDER + PAGE] : [addressOf(name)];
  let problem;
  for (const address of addresses) {
    try {
      const answer = await fetch(address, { integrity: FILES.get(name), cache });
      if (answer.ok) {
        // A page that was reached by a redirection would be refused later.
        return answer.redirected ? new Response(answer.body, { headers: answer.headers }) : answer;
      }
      problem = new Error(`${address}: ${answer.status}`);
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

/** Completes the cache, one file after the other, to leave room for the page's own. */
async function fill() {
  const cache = await caches.open(CACHE);
  for (const name of await missing()) {
    await cache.put(addressOf(name), await obtain(name));
  }
}

/** A file that the page could not use as it was kept, and asks for once more. */
async function renew(name) {
  const answer = await download(name, "reload");
  const copy = answer.clone();
  const cache = await caches.open(CACHE);
  await cache.put(addressOf(name), copy).catch(() => {});
  return answer;
}

async function answer(event, name) {
  const { request } = event;
  try {
    if (request.mode === "navigate" && (await missing()).length > 0) {
      // A file was evicted, or thrown away. What the network has fits together.
      event.waitUntil(fill().catch(() => {}));
      const page = await fetch(request).catch(() => undefined);
      return page?.ok ? page : await find(name) ?? page ?? Response.error();
    }
    if (request.cache === "reload" && FIXED.test(name) && FILES.has(name)) {
      const renewed = await renew(name).catch(() => undefined);
      if (renewed) {
        return renewed;
      }
    }
    const found = await isAskedPast(event) ? undefined : await find(name);
    if (found) {
      return found;
    }
  } catch {
    // The browser's caches are broken: as if there were none.
  }
  return fetch(request);
}

/** Throws the caches of other versions away, when nobody but `page` is there to use them. */
async function tidy(page) {
  const all = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const others = all.filter(({ id, url }) => id !== page?.id && url.startsWith(FOLDER));
  const { installing, waiting } = self.registration;
  if (others.length > 0 || installing || waiting) {
    return;
  }
  const old = (await ourCaches()).filter((name) => name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener("install", (event) => event.waitUntil(fill()));

self.addEventListener("activate", (event) => {
  // The page of the first visit may lose the network, too.
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const name = fileOf(event.request);
  if (name !== undefined) {
    event.respondWith(answer(event, name));
  }
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") {
    self.skipWaiting();
  } else if (event.data === "tidy") {
    event.waitUntil(tidy(event.source));
  }
});
