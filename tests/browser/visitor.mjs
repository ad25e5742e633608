// What a visitor does in many journeys.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";
import { axe, follow, screenshot } from "./harness.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

export const widths = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };

/** A code as an app makes it, from the specification alone (RFC 4226, RFC 6238). */
export function totp(base32, time = Date.now()) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...base32.replaceAll(" ", "")]
    .map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, "0"))
    .join("");
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(time / 30_000)));
  const digest = createHmac("sha1", secret).update(counter).digest();
  const offset = digest.at(-1) & 15;
  const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, "0");
}

/** Sends the page's form by its first button; the answer, once the page that follows has loaded where the browser sends it. */
export async function submit(page, form = "main form") {
  await page.waitForLoadState();
  const loaded = page.waitForEvent("load");
  loaded.catch(() => {});  // a script that sends the form may stay on its page
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    page.locator(`${form} button[type=submit]`).first().click(),
  ]);
  if (answer.request().isNavigationRequest()) await loaded;
  return answer;
}

/** So many days from now in Finland, where the service counts them: 2026-11-23. */
export const inDays = (days) =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString("sv-SE", { timeZone: "Europe/Helsinki" });

// -- What the pages say ------------------------------------------------------------------------------

const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What a message may look like: "{count, plural, one {# place} other {# places}}"; what is not among the values is anything. */
function pattern(message, values) {
  let at = 0;
  const text = (isCounted) => {
    let found = "";
    for (; at < message.length && message[at] !== "}"; ) {
      if (message[at] === "{") found += argument();
      else if (message[at] === "#" && isCounted) found += (at++, values.count ?? "[\\d\\s]+");
      else found += escaped(message[at++]);
    }
    return found;
  };
  const argument = () => {
    const head = /\{\s*(\w+)\s*(,\s*(plural|select)\s*,)?/y;
    head.lastIndex = at;
    const [all, name, , kind] = head.exec(message);
    at += all.length;
    if (!kind) {
      at = message.indexOf("}", at) + 1;
      return name in values ? escaped(String(values[name])) : ".+?";
    }
    const branches = [];
    while (message[at] !== "}") {
      at = message.indexOf("{", at) + 1;
      branches.push(text(kind === "plural"));
      at += 1 + /^\s*/.exec(message.slice(at + 1))[0].length;
    }
    at += 1;
    return `(?:${branches.join("|")})`;
  };
  return text(false);
}

const catalogues = new Map();
/** All texts of the pages in a language, by key. */
function catalogue(language) {
  if (!catalogues.has(language)) {
    const plugins = readdirSync(path.join(root, "plugins")).map((name) => path.join(root, "plugins", name, "locales"));
    const texts = {};
    for (const folder of [path.join(root, "web/locales"), ...plugins]) {
      let files = [];
      try {
        files = readdirSync(folder);
      } catch {
        continue;  // not every file beside the plugins is one
      }
      for (const file of files.filter((name) => name === `${language}.json` || name.endsWith(`.${language}.json`)))
        Object.assign(texts, JSON.parse(readFileSync(path.join(folder, file), "utf8")));
    }
    catalogues.set(language, texts);
  }
  return catalogues.get(language);
}

/**
 * What is to be looked for on a page in a language: the text of a key, with the values that are
 * given and whatever other arguments it has; a text that is no key, and a RegExp, is looked for as it is.
 */
export function wording(language) {
  const texts = catalogue(language);
  return (label, values = {}) => {
    if (label instanceof RegExp) return label;
    if (!(label in texts)) {
      if (/^[a-z_]+(\.[a-z_0-9]+)+$/.test(label)) throw new Error(`no text ${label} in ${language}`);
      return label;
    }
    return texts[label].includes("{") ? new RegExp(pattern(texts[label], values)) : texts[label];
  };
}

/** A label as it stands, with what only a screen reader is told behind it, or "(required)". */
const whole = (label) => (label instanceof RegExp ? label : new RegExp(`^\\s*${escaped(label)}\\s*(:.*|\\(.*\\))?\\s*$`));

// -- Somebody who goes from page to page -------------------------------------------------------------

/**
 * Somebody with a browser of their own, who sees labels, links and buttons, in one language at one
 * width, and types no address but the first. `journey` names the pictures. Labels are keys of texts or texts (see wording()).
 */
export async function visitor(site, { journey, language = "fi", width = "phone", ...options }) {
  const page = await site.newPage({ viewport: widths[width], ...options });
  const failures = [];
  page.on("pageerror", (error) => failures.push(String(error)));
  page.on("dialog", (dialog) => (dialog.type() === "confirm" ? dialog.accept() : dialog.dismiss()));
  const t = wording(language);
  const main = page.locator("main");
  const one = (role, label, within) => within.getByRole(role, { name: whole(t(label)) }).first();
  let seen = 0;

  const me = {
    page, main, t, language,
    /** The one address that is typed. */
    begin: () => page.goto(`/${language}`),
    /** A link that came by mail. */
    open: (link) => page.goto(link),
    link: (label, within = main) => one("link", label, within),
    button: (label, within = main) => one("button", label, within),
    field: (label, within = main) => within.getByLabel(whole(t(label))).first(),
    heading: (label, within = main) => one("heading", label, within),
    follow: (label, within = main) => follow(page, one("link", label, within)),
    press: (label, within = main) => follow(page, one("button", label, within)),
    fill: (label, value, within = main) => me.field(label, within).fill(value),
    /** By the text of the option, or a part of it. */
    async choose(label, option, within = main) {
      const wanted = t(option);
      const select = me.field(label, within);
      const offered = (await select.locator("option").allTextContents()).map((text) => text.trim());
      const found = offered.find((text) => text === wanted) ?? offered.find((text) => text.match(wanted));
      assert.ok(found, `${label} offers ${offered.join(" | ")}, not ${wanted}`);
      await select.selectOption({ label: found });
    },
    check: (label, within = main) => me.field(label, within).check(),
    /** Waits until the page says it. */
    reads: (text, within = main) => within.getByText(t(text)).first().waitFor(),
    /** The bars of the page; on a phone the menu is opened first. */
    async menu(label) {
      const opener = page.getByRole("button", { name: t("site.menu"), exact: true });
      if (await opener.isVisible()) await opener.click();
      await follow(page, one("link", label, page.locator("header, #site-menu")));
    },
    async region(name) {
      const opener = page.getByRole("button", { name: t("site.menu"), exact: true });
      if (await opener.isVisible()) await opener.click();
      await page.getByRole("button", { name: t("site.regions"), exact: true }).click();
      await follow(page, one("link", name, page.locator("#region-chooser")));
    },
    /** The bar of the region, of one's own pages or of the administration. */
    place: (label) => follow(page, one("link", label, page.locator(".place-nav"))),
    async signIn(account) {
      await me.menu("site.sign_in");
      await me.fill("access.sign_in.email", account.email);
      await me.fill("access.sign_in.password", account.password);
      await me.press("access.sign_in.submit");
      await me.heading("dashboard.greeting").waitFor();
    },
    /** Back to one's own desk. */
    desk: () => me.menu("site.dashboard"),
    /** The page as it stands: accessible, in its language, not wider than the screen; with a picture. */
    async look(name) {
      assert.deepEqual(failures, [], page.url());
      assert.equal(await page.locator("html").getAttribute("lang"), language, page.url());
      await axe(page);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(sideways <= 0, `${page.url()} scrolls sideways by ${sideways} px`);
      await screenshot(page, `journey-${journey}-${language}-${width}-${String(++seen).padStart(2, "0")}-${name}`);
    },
    close: () => page.context().close(),
  };
  return me;
}

/** The files of a ZIP by name, by its central directory (APPNOTE.TXT 4.3.12). */
export function filesOf(zip) {
  const files = new Map();
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06"));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; --left) {
    const method = zip.readUInt16LE(at + 10);
    const size = zip.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const head = zip.readUInt32LE(at + 42);
    const start = head + 30 + zip.readUInt16LE(head + 26) + zip.readUInt16LE(head + 28);
    const content = zip.subarray(start, start + size);
    files.set(zip.toString("utf8", at + 46, at + 46 + name), method === 8 ? inflateRawSync(content) : content);
    at += 46 + name + extra + comment;
  }
  return files;
}
