// Measures the public pages of the demonstration content with Lighthouse, as a phone and as a desk
// computer: scripts/lighthouse runs this. Prints a table; ends with 1 if a page stays under what is
// asked of it.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import * as chromeLauncher from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";
import { startProgram } from "../browser/harness.mjs";

const { values: options } = parseArgs({
  options: {
    form: { type: "string", multiple: true, default: ["mobile", "desktop"] },
    only: { type: "string", default: "" },
    runs: { type: "string", default: "1" },
    performance: { type: "string", default: "95" },
    report: { type: "string" },
    "without-performance": { type: "boolean", default: false },
  },
});

// name → where it is, or from where a link of which form leads there
const pages = {
  "front page": "/fi",
  "region": "/fi/regions/pirkanmaa",
  "organisations": "/fi/organisations",
  "organisation": ["/fi/organisations", /^\/fi\/organisations\/\d+$/],
  "networks": "/fi/contacts",
  "network": ["/fi/contacts", /^\/fi\/contacts\/networks\/\d+$/],
  "people": "/fi/contacts/people",
  "events": "/fi/events",
  "event": ["/fi/events", /^\/fi\/events\/\d+$/],
  "registration form": ["/fi/events", /^\/fi\/events\/\d+$/, /^\/fi\/events\/\d+\/register$/],
  "series of events": ["/fi/events", /^\/fi\/events\/\d+$/, /^\/fi\/events\/series\/\d+$/],
  "publications": "/fi/publications",
  "publication": ["/fi/publications", /^\/fi\/publications\/\d+$/],
  "series of publications": "/fi/publications/series",
  "one series": ["/fi/publications/series", /^\/fi\/publications\/series\/\d+$/],
  "articles": "/fi/publications/articles",
  "decks of trend cards": "/fi/trendcards",
  "deck": ["/fi/trendcards", /^\/fi\/trendcards\/\d+$/],
  "card": ["/fi/trendcards", /^\/fi\/trendcards\/\d+$/, /^\/fi\/trendcards\/\d+\/cards\/\d+$/],
  "order of a deck": ["/fi/trendcards", /^\/fi\/trendcards\/\d+$/, /^\/fi\/trendcards\/\d+\/order$/],
  "needs map": "/fi/trendcards/needs",
  "search results": "/fi/search?q=osallisuus",
  "signing in": "/fi/sign-in",
};
const categories = ["performance", "accessibility", "best-practices", "seo"]
  .filter((category) => category !== "performance" || !options["without-performance"]);
const asked = { performance: Number(options.performance), accessibility: 100, "best-practices": 100, seo: 100 };

const linksOf = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return [...(await answer.text()).matchAll(/ href="(\/[^"#]*)/g)].map(([, href]) => href.replaceAll("&amp;", "&"));
};

/** Follows the links of a page; the first way that leads to the end is taken. */
async function find(url, from, ...forms) {
  if (forms.length === 0) return from;
  for (const href of new Set((await linksOf(url + from)).filter((link) => forms[0].test(link)))) {
    const end = await find(url, href, ...forms.slice(1));
    if (end) return end;
  }
  return undefined;
}

/** What robots.txt keeps search engines from is not asked to be found by them. */
async function keptFromSearch(url) {
  const text = await (await fetch(`${url}/robots.txt`)).text();
  const rules = [...text.matchAll(/^Disallow: (.+)$/gm)].map(([, rule]) =>
    new RegExp("^" + rule.replace(/[.?+^$()|[\]]/g, "\\$&").replaceAll("*", ".*")));
  return (address) => rules.some((rule) => rule.test(address));
}

async function measure(url, address, form, isKept, port) {
  const flags = {
    port, output: "html", logLevel: "error", onlyCategories: categories,
    skipAudits: isKept(address) ? ["is-crawlable"] : [],
  };
  const config = form === "desktop" ? desktopConfig : undefined;
  const runs = [];
  while (runs.length < Number(options.runs)) {
    const { lhr, report } = await lighthouse(url + address, flags, config);
    if (new URL(lhr.finalDisplayedUrl).pathname !== new URL(url + address).pathname) {
      throw new Error(`${address} leads on to ${lhr.finalDisplayedUrl}`);
    }
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    runs.push({ lhr, report });
  }
  // The median: one run is at the mercy of what else the machine does.
  runs.sort((a, b) => (a.lhr.categories.performance?.score ?? 0) - (b.lhr.categories.performance?.score ?? 0));
  return runs[Math.floor(runs.length / 2)];
}

/** The audits that cost points, with what they point at. */
const reasons = (lhr) => Object.entries(lhr.categories).flatMap(([name, { auditRefs, score }]) => score === 1 ? [] : auditRefs
  .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < (name === "performance" ? 0.9 : 1))
  .map(({ id }) => {
    const { title, displayValue, details } = lhr.audits[id];
    const items = (details?.items ?? []).slice(0, 3).map((item) => item.node?.snippet ?? item.url ?? item.description ?? item.source?.url ?? "");
    return `  ${name}: ${title} (${id})${displayValue ? ` ${displayValue}` : ""}${items.filter(Boolean).map((item) => `\n    ${item}`).join("")}`;
  }));

const program = await startProgram();
const browser = await chromeLauncher.launch({
  chromePath: process.env.TOIMELA_BROWSER ?? "/usr/bin/chromium",
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic"],
  logLevel: "error",
});
let bad = 0;
try {
  const isKept = await keptFromSearch(program.url);
  const cell = (text, width) => String(text).padStart(width);
  console.log(`${"page".padEnd(24)}${"form".padEnd(9)}${categories.map((name) => cell(name, name.length + 2)).join("")}`);
  for (const [name, way] of Object.entries(pages)) {
    if (!name.includes(options.only)) continue;
    const address = await find(program.url, ...[way].flat());
    if (!address) throw new Error(`no link leads to: ${name}`);
    for (const form of options.form) {
      const { lhr, report } = await measure(program.url, address, form, isKept, browser.port);
      const scores = Object.fromEntries(categories.map((category) => [category, Math.round(lhr.categories[category].score * 100)]));
      console.log(`${name.padEnd(24)}${form.padEnd(9)}${categories.map((category) => cell(scores[category], category.length + 2)).join("")}`);
      const under = categories.filter((category) => scores[category] < asked[category]);
      bad += under.length > 0 ? 1 : 0;
      if (Object.values(scores).some((score) => score < 100)) for (const line of reasons(lhr)) console.log(line);
      if (options.report) {
        await mkdir(options.report, { recursive: true });
        await writeFile(path.join(options.report, `${name.replaceAll(" ", "-")}-${form}.html`), report);
      }
    }
  }
} finally {
  browser.kill();
  await program.stop();
}
console.log(bad === 0 ? "All pages reach what is asked." : `${bad} measurements are under what is asked: ${JSON.stringify(asked)}`);
process.exitCode = bad === 0 ? 0 : 1;
