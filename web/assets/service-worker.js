// Keeps what is open usable while the network is away: a card session and the door of an event can be
// loaded again, with all that was typed and all that waits to be sent (outbox.js). Everything is asked
// from the network first; nothing is kept of any other page. See docs/offline.md.
"use strict";

const pages = "toimela-pages-1";
const assets = "toimela-assets-1";
const offline = "toimela-offline-1";
const languages = ["fi", "sv", "en"];
const longestKept = 12 * 60 * 60 * 1000;  // milliseconds: one day of work, for the pages hold names
const mostAssets = 150;

/** Pages that are made to go on without network; the rest of a path is what they have in common. */
const isKept = ({ pathname }) =>
  /^\/(?:fi|sv|en)\/(?:t\/[^/]+|trendcards\/sessions\/\d+(?:\/screen)?|events\/\d+\/(?:checkin|walk-in))$/.test(pathname);

/** The door of a workshop is another page; what was searched for is not. */
const addressOf = (url) => {
  const door = url.searchParams.get("session");
  return url.pathname + (door ? `?session=${encodeURIComponent(door)}` : "");
};

self.addEventListener("install", (event) => {
  const take = async (language) => {
    const answer = await fetch(`/${language}/offline`, { redirect: "manual" }).catch(() => null);
    if (answer?.ok) await (await caches.open(offline)).put(`/${language}/offline`, answer);
  };
  event.waitUntil(Promise.all(languages.map(take)));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const clean = async () => {
    for (const name of await caches.keys())
      if (name.startsWith("toimela-") && ![pages, assets, offline].includes(name)) await caches.delete(name);
    await forgetOld();
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

/** Pages of another day, and styles and scripts that nobody needs any more. */
async function forgetOld() {
  const cache = await caches.open(pages);
  for (const request of await cache.keys())
    if (isTooOld(await cache.match(request))) await cache.delete(request);
  const files = await caches.open(assets);
  const keys = await files.keys();
  for (const request of keys.slice(0, Math.max(0, keys.length - mostAssets))) await files.delete(request);
}

const keptAt = "Toimela-Kept-At";
const isTooOld = (answer) => !(Date.now() - Number(answer.headers.get(keptAt)) < longestKept);

/** The address of an asset has its fingerprint in it: what is kept is never out of date. */
async function asset(request) {
  const cache = await caches.open(assets);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.status === 200) await cache.put(request, answer.clone());
  return answer;
}

/** How often somebody has signed out; what was asked for before that is not kept any more. */
let signOuts = 0;

async function page(request, url) {
  const signOutsBefore = signOuts;
  let answer;
  try {
    answer = await fetch(request);
  } catch (error) {
    const cache = await caches.open(pages);
    const kept = await cache.match(addressOf(url), { ignoreVary: true });
    if (kept && !isTooOld(kept)) return kept;
    if (request.mode !== "navigate") throw error;
    return (await notThere(url)) ?? Response.error();
  }
  const isPage = answer.headers.get("Content-Type")?.startsWith("text/html");
  if (answer.status === 200 && !answer.redirected && isPage) {
    if (signOuts === signOutsBefore) await keep(url, answer.clone());
  } else if (answer.redirected || answer.type === "opaqueredirect" || (answer.status >= 400 && answer.status < 429)) {
    // Over, gone, or signed out: what was kept of it must not be seen any more.
    if (await caches.has(pages)) await (await caches.open(pages)).delete(addressOf(url));
  }
  return answer;
}

async function keep(url, answer) {
  if (url.searchParams.has("q") || url.searchParams.has("code")) return;  // a part of the page
  const headers = new Headers(answer.headers);
  headers.set(keptAt, String(Date.now()));
  await (await caches.open(pages)).put(addressOf(url), new Response(answer.body, { headers }));
}

async function notThere(url) {
  const language = languages.find((each) => url.pathname.startsWith(`/${each}/`)) ?? languages[0];
  return (await caches.open(offline)).match(`/${language}/offline`, { ignoreVary: true });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  // Who signs out leaves no page on the device.
  if (request.method === "POST" && url.pathname.endsWith("/sign-out")) {
    ++signOuts;
    event.waitUntil(caches.delete(pages));
  }
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/assets/")) return event.respondWith(asset(request));
  // A page that is fetched by its own script is the same page.
  const wantsPage = request.mode === "navigate" || (request.headers.get("Accept") ?? "").startsWith("text/html");
  if (wantsPage && isKept(url)) return event.respondWith(page(request, url));
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(async () => (await notThere(url)) ?? Response.error()));
});
