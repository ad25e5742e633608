// What the script adds to pages that work without it.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());
const admin = site.accounts.find(({ role }) => role === "national_admin");

/** A page of the service with `html` as its main part, as if a plugin had made it. */
async function pageWith(html, answers = {}) {
  const page = await site.newPage({ locale: "fi-FI" });
  await page.route("**/fi/example*", async (route) => {
    const shell = await (await page.request.get("/fi/appearance")).text();
    await route.fulfill({
      contentType: "text/html",
      body: shell.replace(/(<main[^>]*>)[^]*<\/main>/, (_, main) => `${main}<div class="wrap"><h1>Esimerkki</h1>${html}</div></main>`),
    });
  });
  for (const [path, answer] of Object.entries(answers)) {
    await page.route(`**${path}*`, (route) => route.fulfill({ json: answer(new URL(route.request().url())) }));
  }
  await page.goto("/fi/example");
  return page;
}

const towns = ["Kaarina", "Kajaani", "Kangasala", "Kankaanpää"];
const lookup = `<form class="form" method="get" action="/fi/nowhere"><div class="field">
  <label class="field__label" for="town">Kunta</label>
  <input type="text" id="town" name="town" data-lookup="/fi/towns" autocomplete="off"></div>
  <button class="button">Jatka</button></form>`;
const answers = { "/fi/towns": (url) => towns.filter((town) => town.toLowerCase().startsWith(url.searchParams.get("q"))) };

test("a field with suggestions is used by keyboard alone, and says what it does", async () => {
  const page = await pageWith(lookup, answers);
  const field = page.getByRole("combobox", { name: "Kunta" });
  await field.focus();
  await page.keyboard.type("kan");
  const list = page.getByRole("listbox", { name: "Ehdotuksia" });
  // Between slow keys the first two letters have suggestions of their own.
  await page.getByRole("status").filter({ hasText: "Ehdotuksia: 2" }).waitFor();
  assert.deepEqual(await list.getByRole("option").allTextContents(), ["Kangasala", "Kankaanpää"]);
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  await axe(page);

  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const active = await field.getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`#${active}`).innerText(), "Kankaanpää");
  assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
  await page.keyboard.press("Enter");
  assert.equal(await field.inputValue(), "Kankaanpää");
  assert.equal(await list.isVisible(), false);
  assert.match(page.url(), /example/, "choosing does not send the form");
});

test("suggestions are closed with Escape, chosen with the mouse, and missed by nobody when they fail", async () => {
  const page = await pageWith(lookup, answers);
  const field = page.getByRole("combobox", { name: "Kunta" });
  await field.pressSequentially("kaa");
  await page.getByRole("option", { name: "Kaarina" }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("listbox").isVisible(), false);
  assert.equal(await field.inputValue(), "kaa");
  await field.press("ArrowDown");
  await page.getByRole("option", { name: "Kaarina" }).click();
  assert.equal(await field.inputValue(), "Kaarina");

  await page.unroute("**/fi/towns*");
  await page.route("**/fi/towns*", (route) => route.abort());
  await field.fill("");
  await Promise.all([page.waitForEvent("requestfailed", (request) => request.url().endsWith("kaj")), field.pressSequentially("kaj")]);
  assert.equal(await page.getByRole("listbox").isVisible(), false);
  assert.equal(await field.inputValue(), "kaj");
});

test("Escape keeps away suggestions that are still on their way", async () => {
  const page = await pageWith(lookup);
  const asked = new Promise((resolve) => page.route("**/fi/towns*", resolve));  // and never answered
  await page.getByRole("combobox", { name: "Kunta" }).pressSequentially("ka");
  await asked;
  await Promise.all([page.waitForEvent("requestfailed"), page.keyboard.press("Escape")]);
  assert.equal(await page.getByRole("listbox").isVisible(), false);
});

test("a changed form asks before it is left; a sent one and a search do not", async () => {
  const page = await site.newPage();
  await site.signIn(page, admin);
  await page.goto("/fi/account");
  const field = page.locator("main form input[type=text]").first();
  await field.fill("Toinen nimi");
  const asked = new Promise((resolve) => page.once("dialog", async (dialog) => {
    resolve(dialog.type());
    await dialog.dismiss();
  }));
  await page.locator(".site-nav a").first().click({ noWaitAfter: true });
  assert.equal(await asked, "beforeunload");
  assert.match(page.url(), /\/fi\/account$/);
  assert.equal(await field.inputValue(), "Toinen nimi");

  let dialogs = 0;
  page.on("dialog", (dialog) => { dialogs++; dialog.accept(); });
  await follow(page, page.locator("main form").first().locator("button[type=submit]"));
  assert.match(page.url(), /\/account$/);
  await page.goto("/fi/organisations");
  await page.locator(".filter input").first().fill("säätiö");
  await follow(page, ".site-nav a");
  assert.equal(dialogs, 0);
});

test("lists are paged and filtered without loading the page, and the way back works", async () => {
  const page = await site.newPage();
  await page.goto("/fi/organisations");
  await page.evaluate(() => (window.stayed = true));
  const first = await page.locator("main tbody th").first().innerText();
  await page.locator(".pager a").last().click();
  await page.waitForFunction((name) => document.querySelector("main tbody th")?.innerText !== name, first);
  assert.match(page.url(), /\?/);
  assert.equal(await page.evaluate(() => window.stayed), true);

  await page.goBack();
  await page.waitForFunction((name) => document.querySelector("main tbody th")?.innerText === name, first);
  await page.locator(".filter input").first().fill("kaupunki");
  await page.locator(".filter button").click();
  await page.waitForURL(/kaupunki/);
  await page.waitForFunction(() => [...document.querySelectorAll("main tbody th")].every((cell) => /kaupunki/i.test(cell.innerText)));
  assert.equal(await page.evaluate(() => window.stayed), true);
  assert.match(await page.locator(".languages a[hreflang=sv]").first().getAttribute("href"), /^\/sv\/organisations\?.*kaupunki/);
  await axe(page);
});

test("a wide table is a list of records on a phone, still a table for a screen reader", async () => {
  const page = await site.newPage({ viewport: { width: 390, height: 844 } });
  await page.goto("/fi/organisations");
  const cell = page.locator("main tbody tr").first().locator("td").first();
  const head = (await page.locator("main thead th").nth(1).textContent()).trim();
  assert.equal(await cell.getAttribute("data-label"), head);
  assert.equal(await cell.evaluate((element) => getComputedStyle(element, "::before").content.includes(element.dataset.label)), true);
  assert.ok((await page.getByRole("table").getByRole("row").count()) > 10);
  assert.ok((await page.getByRole("rowheader").count()) > 10);
  await axe(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.waitForFunction(() => !document.querySelector(".table--records"));
});

test("a chosen file is named with its size; what is to be taken along is copied; a question is asked first", async () => {
  const page = await pageWith(`<form class="form" method="post" action="/fi/nowhere" enctype="multipart/form-data">
    <div class="field"><label class="field__label" for="file">Tiedosto</label><input type="file" id="file" name="file"></div>
    <input type="hidden" name="ask_first" value="Lähetetäänkö?"><button class="button">Lähetä</button></form>
    <p><code data-copy>abc-123</code></p>`);
  await page.setInputFiles("#file", { name: "jäsenet.csv", mimeType: "text/csv", buffer: Buffer.alloc(2_400_000, "x") });
  assert.match(await page.locator(".file-list").innerText(), /jäsenet\.csv \(2,4\sMt\)/);

  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Kopioi" }).click();
  await page.getByRole("button", { name: "Kopioitu" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "abc-123");

  const question = new Promise((resolve) => page.once("dialog", async (dialog) => {
    resolve(dialog.message());
    await dialog.dismiss();
  }));
  await page.getByRole("button", { name: "Lähetä" }).click({ noWaitAfter: true });
  assert.equal(await question, "Lähetetäänkö?");
  assert.match(page.url(), /example/);
});

test("what can not be taken back is asked on a page of its own where no script asks", async () => {
  const account = site.accounts.find((each) => each.role === "member");
  const page = await site.newPage({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  await site.signIn(page, account);
  await page.goto("/sv/events/feed");
  await follow(page, "form[action$='/feed/renew'] button");
  const address = await page.locator("main code").innerText();
  await follow(page, "form[action$='/feed/remove'] button");
  assert.equal(await page.locator("main h1").innerText(), "Ska detta göras?");
  await follow(page, page.getByRole("link", { name: "Nej, gå tillbaka" }));
  assert.equal(await page.locator("main code").innerText(), address);
  await follow(page, "form[action$='/feed/remove'] button");
  await follow(page, page.getByRole("button", { name: "Ja" }));
  assert.equal(await page.locator("main code").count(), 0);

  // As it is with a script that did not come; axe is a script itself.
  const seen = await site.newPage({ viewport: { width: 390, height: 844 } });
  await site.signIn(seen, account);
  await seen.goto("/fi/events/feed");
  await follow(seen, "form[action$='/feed/renew'] button");
  await seen.evaluate(() => document.querySelector("form[action$='/feed/remove']").submit());
  await seen.getByRole("button", { name: "Kyllä" }).waitFor();
  await axe(seen);
  await screenshot(seen, "question");
});

test("long work shows how far it is, and that it is done", async () => {
  let asked = 0;
  const page = await site.newPage();
  await page.route("**/fi/example", async (route) => {
    const shell = await (await page.request.get("/fi/appearance")).text();
    asked++;
    const part = asked < 3
      ? `<div id="work" data-refresh="1"><label>Tuonti <progress max="3" value="${asked}"></progress></label></div>`
      : `<div id="work"><p>Valmis</p></div>`;
    await route.fulfill({ contentType: "text/html", body: shell.replace(/(<main[^>]*>)[^]*<\/main>/, (_, main) => `${main}${part}</main>`) });
  });
  await page.goto("/fi/example");
  await page.locator("#work p").waitFor();
  assert.equal(asked, 3);
  await page.getByRole("status").filter({ hasText: "Valmis" }).waitFor();
});

test("dark or light is chosen without a script, and kept", async () => {
  const page = await site.newPage({ javaScriptEnabled: false, colorScheme: "light" });
  await page.goto("/fi/organisations");
  await page.getByRole("contentinfo").getByRole("link", { name: "Ulkoasu" }).click();
  await page.getByLabel("Tumma", { exact: true }).check();
  await page.getByRole("button", { name: "Tallenna valinta" }).click();
  await page.waitForURL("**/fi/organisations");
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  assert.equal(await ground(), "rgb(18, 19, 42)");
  await page.goto("/fi/appearance");
  assert.equal(await page.getByLabel("Tumma", { exact: true }).isChecked(), true);
  await page.getByLabel("Laitteen mukaan").check();
  await follow(page, page.getByRole("button", { name: "Tallenna valinta" }));
  assert.equal(await ground(), "rgb(246, 247, 243)");
});
