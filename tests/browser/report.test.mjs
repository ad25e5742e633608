// The yearly report and what waits on the dashboard, on a phone and on a desk; with a script and without.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";
import { inDays } from "./visitor.mjs";

const site = await startSite();
after(() => site.stop());

const phone = { width: 390, height: 844 };
const regional = site.accounts.find(({ role, scope }) => role === "regional_admin" && scope === "region 06");
const national = site.accounts.find(({ role }) => role === "national_admin");

test("a visitor reads the report of a region, of the nation and of another year, and takes it along", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await site.newPage({ viewport: phone, javaScriptEnabled });
    await page.goto("/fi/regions/pirkanmaa/report");
    await page.getByRole("heading", { level: 1, name: /Pirkanmaa/ }).waitFor();
    if (javaScriptEnabled) {
      await axe(page);
      await screenshot(page, "report-region-phone");
    }
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= phone.width);
    for (const part of ["Tapahtumat", "Verkostot", "Julkaisut", "Trendikortit"])
      await page.getByRole("heading", { level: 2, name: part }).waitFor();
    assert.equal(await page.locator("a[href='/fi/events/report']").count(), 0);

    const year = Number(inDays(0).slice(0, 4)) - 3;
    await page.getByLabel("Vuosi").selectOption(String(year));
    await page.getByLabel("Maakunta", { exact: true }).selectOption("");
    await page.locator("form.filter button").click();
    await page.getByRole("heading", { level: 1, name: new RegExp(`${year}: koko maa`) }).waitFor();
    const [xlsx, csv] = await Promise.all(["xlsx", "csv"].map((format) =>
      page.request.get(`/fi/report?year=${year}&format=${format}`)));
    assert.match(xlsx.headers()["content-type"], /spreadsheetml/);
    assert.match(await csv.text(), /Pidettyjä tapahtumia;/);
    await page.getByLabel("Maakunta", { exact: true }).selectOption({ label: "Lappi" });
    await page.locator("form.filter button").click();
    await page.waitForURL(new RegExp(`/fi/regions/lappi/report\\?year=${year}`));
  }
});

test("the report on a desk, as Swedish and as a printed paper", async () => {
  const page = await site.newPage();
  await page.goto("/sv/report");
  await axe(page);
  await screenshot(page, "report-nation");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("form.filter").isVisible(), false);
  assert.equal(await page.getByRole("link", { name: "XLSX" }).isVisible(), false);
  await screenshot(page, "report-print");
});

test("the dashboard names what waits, and a card session of an event leads there and back", async () => {
  const coordinator = await site.newPage({ viewport: phone });
  await site.signIn(coordinator, national);
  await coordinator.goto("/fi/dashboard");
  await coordinator.getByRole("heading", { name: "Odottaa sinua verkostoissasi" }).waitFor();
  await axe(coordinator);
  await screenshot(coordinator, "dashboard-waiting-phone");
  await coordinator.locator("a[href$='/handover']").first().click();
  await coordinator.waitForURL(/\/members\/\d+\/handover$/);

  const page = await site.newPage();
  await site.signIn(page, regional);
  await page.goto("/fi/dashboard");
  await page.getByRole("heading", { name: "Korttityöpajat ja tilaukset" }).waitFor();
  await screenshot(page, "dashboard-waiting");
  await follow(page, page.getByRole("link", { name: "Kevään suunnittelupäivä" }));
  await axe(page);
  await screenshot(page, "session-of-event");
  const event = page.locator("main a[href^='/fi/events/']").first();
  const address = await event.getAttribute("href");
  await page.goto(`${address}/manage`);
  await page.getByRole("heading", { name: "Korttityöpajat" }).waitFor();
  await axe(page);
  await screenshot(page, "event-workshops");
  await page.getByRole("link", { name: "Kevään suunnittelupäivä" }).waitFor();
  await follow(page, page.getByRole("link", { name: "Pidä korttityöpaja" }));
  await follow(page, "main .row-list a");
  assert.equal(`/fi/events/${await page.getByLabel("Tapahtuma", { exact: false }).inputValue()}`, address);
  await screenshot(page, "session-new-of-event");
});
