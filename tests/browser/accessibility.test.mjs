// Every kind of page there is, found by following links from the route table, so that a page is
// checked without anybody thinking of it: axe in three languages, at both widths, in light and dark
// colours, as everybody who may see it; and what axe does not see.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, startSite } from "./harness.mjs";

// Pages that no link of the demonstration content leads to, and why.
const unreached = new Map(Object.entries({
  "/admin/mail/{message}": "the demonstration content sends no mail",
  "/admin/plugins/{plugin}/purge": "offered only for a plugin that is switched off",
  "/admin/claims/{claim}": "nobody's request waits there",
  "/contacts/networks/{network}/board/{post}/files/{file}": "a file, not a page",
  "/contacts/people/expertise": "suggestions for a field, not a page",
  "/events/{event}/registered": "comes after registering without an account",
  "/events/registrations/{registration}/{token}": "its address stands in mails, and in one's own list",
  "/events/registrations/{registration}/{token}/cancel": "led to by the registration's page",
  "/events/registrations/{registration}/{token}/participants/{participant}": "led to by the registration's page",
  "/events/registrations/{registration}/{token}/answers": "led to by the registration's page",
  "/events/registrations/{registration}/{token}/followup": "led to by the registration's page",
  "/events/registrations/{registration}/{token}/files/{file}": "a file, led to by the registration's page",
  "/events/{event}/participants/{participant}/files/{file}": "a file; nobody in the demonstration content sends one",
  "/events/{event}/checkin/{code}": "opened by a QR code at the door",
  "/events/{event}/papers/certificates": "a file, for events at which somebody was noted as come: further down the list",
  "/events/{event}/calendar.ics": "a file, which feeds and letters name",
  "/events/embed": "for frames of other sites",
  "/events/feed/{person}/{token}": "a file for calendar programs, its address is shown to its owner only",
  "/events/feedback/{participant}/{token}": "its address stands in mails only",
  "/trendcards/results/{key}": "its address is given to participants by their facilitator",
  "/p/{code}": "an address to be printed; it leads on to the publication",
  "/trendcards/shared/{key}": "its address is shown to the owner of a collection",
  "/trendcards/{deck}/remove": "only what was never published is removed",
  "/trendcards/collections/{collection}/print.pdf": "a file, made from the form of the page before",
  "/trendcards/cards/{card}/picture": "a picture, shown in pages",
  "/publications/sitemap.xml": "a file for search engines",
  "/publications/export": "a file",
  "/publications/{publication}/files/{part}/thumbnail": "a picture, shown in pages",
  "/publications/{publication}/files/{part}/versions/{number}": "the demonstration content has one version of each file",
  "/publications/articles/{article}/image": "a picture; the demonstration content has none",
  "/events/materials/{participant}/{token}": "its address stands in mails only",
  "/events/materials/{participant}/{token}/{file}": "a file, led to by a page whose address stands in mails",
  "/events/{event}/files/{file}": "a file, and the demonstration content has links only",
  "/events/{event}/picture/{file}": "a picture, shown in pages",
  "/trendcards/{deck}/draw": "leads on to cards that are drawn at random",
  "/trendcards/sessions/{session}/events": "a stream of events, opened by a script",
  "/t/{code}": "opened by a code that a facilitator shows",
  "/trendcards/join/{code}/events": "a stream of events, opened by a script",
  "/trendcards/join/{code}/state": "data for a script",
  "/trendcards/{deck}/ordered": "comes after ordering without an account",
  "/trendcards/{deck}/print.pdf": "a file, made from the form of the page before",
  "/trendcards/orders/{order}/{token}": "its address stands in mails, and in one's own list",
  "/notices/unsubscribe/{token}": "its address stands in mails only",
  "/account/email/{token}": "its address stands in mails only",
  "/invitations/{token}": "its address stands in mails only",
  "/password/reset/{token}": "its address stands in mails only",
  "/sign-in/link/{token}": "its address stands in mails only",
}));

const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const languages = ["fi", "sv", "en"];

const site = await startSite();
after(() => site.stop());

const visitors = new Map();  // role → page
const kinds = new Map();     // route pattern → { path, role }: an example, as who reaches it first
const reachedBy = new Map(); // role → Map(pattern → path)
const missing = [];          // patterns that nobody reached

const patternOf = (routes, path) => {
  const found = routes.filter(({ regex }) => regex.test(path));
  return found.sort((a, b) => b.literals - a.literals)[0];
};
const asRegex = (pattern) =>
  new RegExp("^" + pattern.replace(/[.?+^$()|[\]]/g, "\\$&").replace(/\{\w+\*\}/g, ".+").replace(/\{\w+\}/g, "[^/]+") + "$");

/** Follows the links of a language from the front page, at most two pages of each kind. */
async function crawl(page, routes) {
  const found = new Map();
  const seen = new Set();
  const count = new Map();
  const queue = ["/fi", "/fi/dashboard", "/fi/admin", "/fi/account"];
  while (queue.length > 0) {
    const path = queue.shift();
    const route = patternOf(routes, path.replace(/[?#].*/, "").replace(/^\/fi(?=\/|$)/, "") || "/");
    if (!route || seen.has(path) || (count.get(route.pattern) ?? 0) >= 12) continue;
    seen.add(path);
    count.set(route.pattern, (count.get(route.pattern) ?? 0) + 1);
    const answer = await page.request.get(path, { maxRedirects: 0 });
    if (answer.status() !== 200 || !answer.headers()["content-type"].startsWith("text/html")) {
      if (answer.status() === 200) found.set(route.pattern, undefined);  // a file to take along
      continue;
    }
    if (!found.has(route.pattern)) found.set(route.pattern, path);
    const html = await answer.text();
    for (const [, href] of html.matchAll(/ (?:href|action|data-lookup)="(\/fi(?:[/?][^"#]*)?)(?:#[^"]*)?"/g)) {
      queue.push(href.replaceAll("&amp;", "&").replaceAll("&#x2F;", "/"));
    }
  }
  return found;
}

before(async () => {
  const routes = JSON.parse(await site.command("routes --json"))
    .filter(({ method, localised }) => method === "GET" && localised)
    .map(({ pattern }) => ({
      pattern, regex: asRegex(pattern), literals: pattern.split("/").filter((part) => !part.startsWith("{")).length,
    }));
  assert.ok(routes.length > 20, "the route table is read");
  const roles = [...new Set(site.accounts.map(({ role }) => role))].sort((a) => (a === "national_admin" ? -1 : 0));
  for (const role of [...roles, "visitor"]) {
    const page = await site.newPage({ viewport: desk });
    if (role !== "visitor") await site.signIn(page, site.accounts.find((account) => account.role === role));
    visitors.set(role, page);
    const found = await crawl(page, routes);
    reachedBy.set(role, found);
    for (const [pattern, path] of found) if (!kinds.has(pattern)) kinds.set(pattern, path && { path, role });
  }
  for (const { pattern } of routes) if (!kinds.has(pattern)) missing.push(pattern);
});

test("every kind of page is reached by links from the front page, or is listed with its reason", () => {
  assert.deepEqual(missing.filter((pattern) => !unreached.has(pattern)), []);
});

const examples = () => [...kinds.values()].filter(Boolean);

/** Runs `check(page, path, role)` for every example; all failures are told at once. */
async function onEvery(pages, prepare, check) {
  const failures = [];
  const byRole = pages.reduce(
    (map, one) => map.set(one.role, [...(map.get(one.role) ?? []), one]), new Map());
  // Two at a time: a page of its own each, and the machine has two cores.
  const queues = [...byRole].flatMap(([role, list]) => {
    const half = Math.ceil(list.length / 2);
    return [[role, list.slice(0, half)], [role, list.slice(half)]];
  });
  const work = async (queue) => {
    for (let next; (next = queue.shift()); ) {
      const [role, list] = next;
      if (list.length === 0) continue;
      const page = await visitors.get(role).context().newPage();
      await prepare(page);
      for (const { path } of list) {
        try {
          await check(page, path, role);
        } catch (error) {
          failures.push(`${role} ${path}: ${error.message}`);
        }
      }
      await page.close();
    }
  };
  await Promise.all([work(queues), work(queues)]);
  assert.equal(failures.length, 0, failures.join("\n\n"));
}

/** Of a long list the first rows are checked: the others are like them, and axe looks at each. */
const shorten = (page) => page.evaluate(() => {
  for (const list of document.querySelectorAll("main tbody, main ul, main ol, main select")) {
    if (!list.matches(".region-map")) [...list.children].slice(12).forEach((row) => row.remove());
  }
});

const beyondAxe = async (page, path) => {
  const wrong = await page.evaluate(() => {
    const found = [];
    const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
    const ones = headings.filter((heading) => heading.tagName === "H1");
    if (ones.length !== 1) found.push(`${ones.length} headings of level 1`);
    const inMain = headings.filter((heading) => heading.closest("main"));
    inMain.forEach((heading, at) => {
      const level = Number(heading.tagName[1]);
      const before = at === 0 ? 0 : Number(inMain[at - 1].tagName[1]);
      if (level > before + 1) found.push(`"${heading.textContent.trim()}" (h${level}) follows h${before}`);
    });
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) found.push(`two elements have the id ${id}`);
    return found;
  });
  assert.deepEqual(wrong, [], path);
};

for (const [name, viewport] of [["a desk", desk], ["a phone", phone]]) {
  for (const language of languages) {
    test(`every kind of page is accessible on ${name} in ${language}`, async () => {
      await onEvery(examples(), (page) => page.setViewportSize(viewport), async (page, path) => {
        await page.goto(path.replace(/^\/fi/, `/${language}`));
        assert.equal(await page.locator("html").getAttribute("lang"), language);
        await beyondAxe(page, path);
        await shorten(page);
        await axe(page);
        if (language !== "fi") return;  // colours know no language
        await page.emulateMedia({ colorScheme: "dark" });
        await axe(page, { rules: ["color-contrast"] });
        await page.emulateMedia({ colorScheme: "light" });
      });
    });
  }
}

test("everybody who may see a page meets it accessible: each role, and a visitor", async () => {
  const others = [...reachedBy].flatMap(([role, found]) => [...found]
    .filter(([pattern, path]) => path && kinds.get(pattern)?.role !== role)
    .map(([, path]) => ({ path, role })));
  const met = new Set();  // a page that is built as one that was checked is not checked again
  await onEvery(others, (page) => page.setViewportSize(desk), async (page, path) => {
    await page.goto(path);
    await beyondAxe(page, path);
    await shorten(page);
    const built = await page.evaluate(() => [...document.querySelectorAll("main *")].map(({ tagName, className }) => `${tagName}.${className}`).join());
    if (met.has(built)) return;
    met.add(built);
    await axe(page);
  });
});

test("nothing scrolls sideways on the smallest screen or at 200 %, in the longest language", async () => {
  await onEvery(examples(), async () => {}, async (page, path) => {
    await page.goto(path.replace(/^\/fi/, "/sv"));
    for (const width of [320, 640]) {
      await page.setViewportSize({ width, height: 700 });
      const far = await page.evaluate(() => {
        if (document.documentElement.scrollWidth <= innerWidth) return "";
        const culprit = [...document.querySelectorAll("main *")].find((one) => one.getBoundingClientRect().right > innerWidth + 1);
        return `${document.documentElement.scrollWidth} px wide: ${culprit?.outerHTML.slice(0, 200)}`;
      });
      assert.equal(far, "", `at ${width}`);
    }
  });
});

test("whatever has the focus can be seen to have it", async () => {
  await onEvery(examples(), (page) => page.setViewportSize(desk), async (page, path) => {
    await page.goto(path);
    await page.keyboard.press("Tab");  // from here on focus() counts as the keyboard's
    const hidden = await page.evaluate(() => {
      const found = [];
      for (const element of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")) {
        if (!element.checkVisibility()) continue;
        element.focus();
        if (document.activeElement !== element) continue;
        const style = getComputedStyle(element);
        const isMarked = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
        if (!element.matches(":focus-visible") || !isMarked) found.push(element.outerHTML.slice(0, 120));
      }
      return found;
    });
    assert.deepEqual(hidden, [], path);
  });
});

test("in forced colours and on paper nothing is lost", async () => {
  const page = visitors.get("visitor");
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto("/fi");
  await axe(page);
  await page.emulateMedia({ forcedColors: "none", media: "print" });
  assert.equal(await page.locator(".site-nav").isVisible(), false);
  assert.equal(await page.locator("main h1").isVisible(), true);
  await page.emulateMedia({ media: "screen" });
});
