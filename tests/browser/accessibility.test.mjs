// Every kind of page there is, found by following links from the route table, so that a page is
// checked without anybody thinking of it: axe in three languages, at both widths, in light and dark
// colours, as everybody who may see it; what axe does not see; and whether it is valid HTML.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { walk } from "./every_page.mjs";
import { axe, startSite } from "./harness.mjs";
import { Markup } from "./markup.mjs";

// Pages that no link of the demonstration content leads to, and why.
const unreached = new Map(Object.entries({
  "/admin/mail/{message}": "the demonstration content sends no mail",
  "/admin/plugins/{plugin}/purge": "offered only for a plugin that is switched off",
  "/admin/claims/{claim}": "nobody's request waits there",
  "/admin/regions/{region}/opened": "comes after opening a region like another one",
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
  "/offline": "shown by the service worker when there is no network",
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
  "/publications/sitemaps.xml": "a file for search engines",
  "/publications/sitemaps/{page}": "a file for search engines",
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

let visitors;   // role → page
let kinds;      // route pattern → { path, role }: an example, as who reaches it first
let reachedBy;  // role → Map(pattern → path)
let missing;    // patterns that nobody reached
const markup = new Markup();

before(async () => {
  ({ visitors, kinds, reachedBy, missing } = await walk(site, {
    viewport: desk, onPage: ({ role, path, html }) => markup.add(`${role} ${path}`, html),
  }));
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

test("every kind of page is valid HTML, as everybody who may see it, in three languages, and where something went wrong", async () => {
  for (const { path, role } of examples()) {
    const request = visitors.get(role).context().request;
    for (const language of ["sv", "en"]) {
      const address = path.replace(/^\/fi/, `/${language}`);
      markup.add(`${role} ${address}`, await (await request.get(address)).text());
    }
  }
  const { request } = visitors.get("visitor").context();
  for (const path of ["/fi/nothing-here", "/fi/admin", "/fi/events/999999", "/fi/events?page=x", "/fi/events/embed"]) {
    markup.add(`visitor ${path}`, await (await request.get(path)).text());
  }
  // Every form that a visitor meets, sent empty: what comes back tells what is missing.
  const page = await visitors.get("visitor").context().newPage();
  const sent = new Set();
  for (const [pattern, path] of reachedBy.get("visitor")) {
    if (!path) continue;
    await page.goto(path);
    const form = page.locator("main form[method=post]").first();
    if (await form.count() === 0 || sent.has(pattern)) continue;
    sent.add(pattern);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === "POST"),
      page.waitForEvent("load"),  // the next page is not to be asked for while this one is on its way
      form.evaluate((one) => { one.noValidate = true; one.submit(); }),
    ]);
    if (answer.status() !== 303) markup.add(`visitor ${path}, sent empty`, await answer.text());
  }
  await page.close();
  assert.ok(sent.size > 3, "forms were found and sent");
  assert.ok(markup.size > 200, "there is something to check");
  assert.deepEqual(await markup.wrong(), []);
});
