// Every kind of page there is, found by following links from the front page, so that nobody has to
// think of a page for it to be looked at.

const asRegex = (pattern) =>
  new RegExp("^" + pattern.replace(/[.?+^$()|[\]]/g, "\\$&").replace(/\{\w+\*\}/g, ".+").replace(/\{\w+\}/g, "[^/]+") + "$");

const patternOf = (routes, path) => {
  const found = routes.filter(({ regex }) => regex.test(path));
  return found.sort((a, b) => b.literals - a.literals)[0];
};

/** Follows the links of a language, at most `most` pages of each kind; pattern → first path. */
async function crawl(page, routes, most, onPage) {
  const found = new Map();
  const seen = new Set();
  const count = new Map();
  const queue = ["/fi", "/fi/dashboard", "/fi/admin", "/fi/account"];
  while (queue.length > 0) {
    const path = queue.shift();
    const route = patternOf(routes, path.replace(/[?#].*/, "").replace(/^\/fi(?=\/|$)/, "") || "/");
    if (!route || seen.has(path) || (count.get(route.pattern) ?? 0) >= most) continue;
    seen.add(path);
    count.set(route.pattern, (count.get(route.pattern) ?? 0) + 1);
    const answer = await page.request.get(path, { maxRedirects: 0 });
    if (answer.status() !== 200 || !answer.headers()["content-type"].startsWith("text/html")) {
      if (answer.status() === 200) found.set(route.pattern, undefined);  // a file to take along
      continue;
    }
    if (!found.has(route.pattern)) found.set(route.pattern, path);
    const html = await answer.text();
    onPage({ path, pattern: route.pattern, html });
    for (const [, href] of html.matchAll(/ (?:href|action|data-lookup)="(\/fi(?:[/?][^"#]*)?)(?:#[^"]*)?"/g)) {
      queue.push(href.replaceAll("&amp;", "&").replaceAll("&#x2F;", "/"));
    }
  }
  return found;
}

/**
 * Walks a site (startSite) as each role of the demonstration content and as a visitor. Gives
 * `visitors` (role → a page, signed in), `kinds` (route pattern → { path, role }: an example, as who
 * reaches it first; undefined for a file), `reachedBy` (role → Map of pattern → path) and `missing`
 * (patterns that nobody reached). Of each kind `most` pages are read for links; `onPage` gets { role, path, pattern, html } of each page met.
 */
export async function walk(site, { viewport, most = 12, onPage = () => {} } = {}) {
  const routes = JSON.parse(await site.command("routes --json"))
    .filter(({ method, localised }) => method === "GET" && localised)
    .map(({ pattern }) => ({
      pattern, regex: asRegex(pattern), literals: pattern.split("/").filter((part) => !part.startsWith("{")).length,
    }));
  if (routes.length <= 20) throw new Error("the route table was not read");
  const visitors = new Map();
  const kinds = new Map();
  const reachedBy = new Map();
  const roles = [...new Set(site.accounts.map(({ role }) => role))].sort((a) => (a === "national_admin" ? -1 : 0));
  for (const role of [...roles, "visitor"]) {
    const page = await site.newPage({ viewport });
    if (role !== "visitor") await site.signIn(page, site.accounts.find((account) => account.role === role));
    visitors.set(role, page);
    const found = await crawl(page, routes, most, (met) => onPage({ role, ...met }));
    reachedBy.set(role, found);
    for (const [pattern, path] of found) if (!kinds.has(pattern)) kinds.set(pattern, path && { path, role });
  }
  const missing = routes.map(({ pattern }) => pattern).filter((pattern) => !kinds.has(pattern));
  return { visitors, kinds, reachedBy, missing };
}
