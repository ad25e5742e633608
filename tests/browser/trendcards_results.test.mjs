// From the answers of a card session to its shared result, and the needs map, on a phone; with a script and
// without.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());

const phone = { width: 390, height: 844 };
// The demonstration's sessions were held in Pirkanmaa.
const leader = site.accounts.find(({ role, scope }) => role === "regional_admin" && scope === "region 06");

/** Opens the first session of the list that has an exercise with this name. */
async function openResult(page, exercise) {
  await page.goto("/fi/regions/pirkanmaa/trendcards/results");
  await follow(page, page.locator("tbody tr", { hasText: exercise }).locator("th a"));
}

test("a facilitator shares the result of an ended session, and a participant reads it on a phone", async () => {
  const page = await site.newPage();
  await site.signIn(page, leader);
  await page.goto("/fi/regions/pirkanmaa/trendcards/results");
  await axe(page);
  await openResult(page, "Nosta ja järjestä");
  await page.getByRole("heading", { name: "Tärkeysjärjestys" }).waitFor();
  await axe(page);
  await screenshot(page, "trendcards-result");
  await follow(page, page.getByRole("button", { name: "Tee linkki" }));
  const address = await page.getByLabel("Tulosten linkki").inputValue();
  assert.match(address, /\/fi\/trendcards\/results\/[\w-]{20,}$/);

  const participant = await site.newPage({ viewport: phone, javaScriptEnabled: false });
  await participant.goto(new URL(address).pathname);
  assert.match(await participant.textContent("main"), /Yksimielisyys/);
  assert.equal(await participant.locator("form[action$='/withdraw']").count(), 0);
  assert.ok(await participant.evaluate(() => document.documentElement.scrollWidth) <= phone.width);
  const file = await participant.request.get(new URL(address).pathname + "?format=pdf");
  assert.equal(file.headers()["content-type"], "application/pdf");

  page.once("dialog", (dialog) => dialog.accept());
  await follow(page, page.getByRole("button", { name: "Lopeta jakaminen" }));
  assert.equal((await participant.goto(new URL(address).pathname)).status(), 404);
});

test("the needs map is read by everybody, narrowed and taken along", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await site.newPage({ viewport: phone, javaScriptEnabled });
    await page.goto("/fi/trendcards/needs");
    await page.getByRole("heading", { name: "Tarvekartta", level: 1 }).waitFor();
    if (javaScriptEnabled) {
      await axe(page);
      await screenshot(page, "trendcards-needs");
    }
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= phone.width);
    const people = await page.locator("#all-title + * ~ * tbody td:last-child, section:has(#all-title) tbody td:last-child").allTextContents();
    assert.ok(people.length > 0);
    for (const text of people) assert.ok(Number(text) >= 5, text);
    await page.locator("select[name=region]").selectOption({ label: "Pirkanmaa" });
    await page.locator("form.filter [type=submit]").click();
    await page.waitForURL(/region=06/);
  }
});
