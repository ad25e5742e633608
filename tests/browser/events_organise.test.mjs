// An organiser's day: makes an event with two workshops, publishes it, somebody registers by telephone
// and one at the door, and both are checked in.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";
import { submit } from "./visitor.mjs";

const site = await startSite();
after(() => site.stop());

const account = (role, scope) => site.accounts.find((a) => a.role === role && (!scope || a.scope === scope));
const organiser = account("regional_admin", "region 06") ?? account("regional_admin");
const picture = new URL("../../plugins/events/demo/network-day.png", import.meta.url).pathname;
const phone = { width: 390, height: 844 };

const looked = async (page, name) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await axe(page);
  await screenshot(page, `${name}-wide`);
  await page.setViewportSize(phone);
  // The page is laid out for the new width once a second frame begins.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await axe(page);
  await screenshot(page, `${name}-phone`);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(sideways <= 0, `${name} scrolls sideways by ${sideways} px`);
  await page.setViewportSize({ width: 1280, height: 900 });
};

test("an organiser makes an event with two workshops, and people come", async () => {
  const page = await site.newPage({ locale: "fi-FI" });
  await site.signIn(page, organiser);
  await page.goto("/fi/events/manage");
  await looked(page, "events-manage");
  await follow(page, "a[href$='/events/new']");
  await looked(page, "events-new");

  // What is wrong is said at its field, and what was typed stays.
  await page.fill("[name=title_fi]", "Selaintestin päivä");
  await page.fill("[name=starts]", "2030-05-20T09:00");
  await page.fill("[name=ends]", "2030-05-20T08:00");
  await page.fill("[name=place_fi]", "Kirjasto");
  await page.fill("[name=capacity]", "2");
  await submit(page, "main form.form");
  await looked(page, "events-new-errors");
  assert.ok(await page.locator("[role=alert]").isVisible());
  assert.equal(await page.inputValue("[name=title_fi]"), "Selaintestin päivä");
  await page.fill("[name=ends]", "2030-05-20T15:00");
  await submit(page, "main form.form");
  await page.waitForURL(/\/events\/\d+\/manage$/);
  const path = new URL(page.url()).pathname.replace(/\/manage$/, "");

  for (const workshop of ["Tarinat", "Verkostot"]) {
    await page.goto(`${path}/programme/new`);
    if (workshop === "Tarinat") await looked(page, "events-session-new");
    await page.fill("[name=title_fi]", workshop);
    await page.fill("[name=starts]", "2030-05-20T10:00");
    await page.fill("[name=ends]", "2030-05-20T11:00");
    await page.fill("[name=capacity]", "1");
    await submit(page, "main form.form");
  }
  await looked(page, "events-programme");
  await page.goto(`${path}/quotas/new`);
  await looked(page, "events-quota-new");

  await page.goto(`${path}/manage`);
  await looked(page, "events-draft");
  await submit(page, "form[action$='/publish']");
  await looked(page, "events-published");

  const enter = async (name) => {
    await page.goto(`${path}/participants/new`);
    await page.fill("[name=name]", name);
    await page.fill("[name=organisation]", "Tampereen Tuki ry");
    await page.fill("[name=reason]", "Soitti");
    await submit(page, "main form.form");
  };
  await page.goto(`${path}/participants/new`);
  await looked(page, "events-entry");
  await enter("Pauli Puhelin");
  await looked(page, "events-participants");
  await follow(page, page.locator("tbody a", { hasText: "Pauli Puhelin" }));
  await looked(page, "events-participant");
  await page.locator("form[action$='/sessions'] input[type=checkbox]").first().check();
  await page.fill("form[action$='/sessions'] [name=reason]", "Toive");
  await submit(page, "form[action$='/sessions']");
  assert.match(await page.locator("dl.facts").innerText(), /Tarinat/);

  await page.goto(`${path}/walk-in`);
  await looked(page, "events-walk-in");
  await page.fill("[name=name]", "Veikko Vieras");
  await submit(page, "main form.form");
  await page.waitForURL(/\/checkin$/);
  await looked(page, "events-checkin");
  assert.match(await page.locator("[data-live=come]").innerText(), /1 \/ 2/);

  // Somebody waits, and is put on the list with a reason to cancel a place.
  await enter("Jenni Jonottaja");
  await page.goto(`${path}/participants?state=waiting`);
  assert.match(await page.locator("tbody").innerText(), /Jenni Jonottaja/);
  await follow(page, page.locator("tbody a", { hasText: "Jenni" }));
  await looked(page, "events-waiting");

  const door = await site.newPage({ viewport: phone });
  await site.signIn(door, organiser);
  await door.goto(`${path}/checkin?q=pauli`);
  const code = await door.locator(".checkin-list [name=code]").first().inputValue();
  await door.goto(`${path}/checkin/${code}`);
  await looked(door, "events-arrival");
  await submit(door, "main form[action$='/checkin']");
  await door.waitForURL(/\/checkin$/);
  assert.match(await door.locator("[data-live=come]").innerText(), /2 \/ 2/);

  await page.goto(`${path}/participants`);
  await page.locator("tbody tr", { hasText: "Pauli Puhelin" }).locator("input[type=checkbox]").check();
  await follow(page, "button[name=deed][value=cancel]");
  await looked(page, "events-deed");
  await page.fill("[name=reason]", "Sairastui");
  await submit(page, "main form.form");
  await page.goto(`${path}/participants?state=confirmed`);
  assert.match(await page.locator("tbody").innerText(), /Jenni Jonottaja/);

  await page.goto(`${path}/message`);
  await looked(page, "events-message");
  await page.goto(`${path}/copy`);
  await looked(page, "events-copy");
  await page.goto(`${path}/cancel`);
  await looked(page, "events-cancel");
  await page.goto(`${path}/edit`);
  await looked(page, "events-edit");
});

test("an organiser gives an event a picture and materials, shares it and makes a series of it", async () => {
  const page = await site.newPage({ locale: "fi-FI" });
  await site.signIn(page, organiser);
  await page.goto("/fi/events/manage");
  await follow(page, "a[href$='/events/new']");
  await page.fill("[name=title_fi]", "Kiertue");
  await page.fill("[name=starts]", "2030-05-20T09:00");
  await page.fill("[name=ends]", "2030-05-20T15:00");
  await page.fill("[name=place_fi]", "Kirjasto");
  await submit(page, "main form.form");
  await page.waitForURL(/\/events\/\d+\/manage$/);
  const path = new URL(page.url()).pathname.replace(/\/manage$/, "");

  // Without a description in every language the picture is not taken.
  await page.goto(`${path}/picture`);
  await page.setInputFiles("[name=file]", picture);
  await page.fill("[name=alternative_fi]", "Ihmisiä pöydän ääressä");
  await submit(page, "main form.form");
  assert.equal(await page.locator("[name=alternative_sv]").getAttribute("aria-invalid"), "true");
  await looked(page, "events-picture-errors");
  await page.setInputFiles("[name=file]", picture);
  await page.fill("[name=alternative_sv]", "Människor vid ett bord");
  await page.fill("[name=alternative_en]", "People at a table");
  await submit(page, "main form.form");
  await page.waitForURL(/\/manage$/);
  await looked(page, "events-manage-picture");
  const loaded = await page.locator("img.event-picture").evaluate((image) => image.naturalWidth);
  assert.ok(loaded > 0, "the picture is loaded");

  await page.goto(`${path}/materials/new`);
  await looked(page, "events-material-new");
  await page.fill("[name=title_fi]", "Esitys");
  await page.fill("[name=link]", "https://www.example.org/esitys");
  await page.selectOption("[name=audience]", "everyone");
  await submit(page, "main form.form");
  await looked(page, "events-materials");
  assert.match(await page.locator("main").innerText(), /Esitys/);

  // Removed by mistake it comes back, by the keyboard.
  await submit(page, "main form[action$='/remove']");
  await page.locator(".flash button").waitFor();
  assert.doesNotMatch(await page.locator("main").innerText(), /Esitys/);
  await looked(page, "events-material-removed");
  await page.locator(".flash button").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/materials$/);
  await page.getByRole("link", { name: "Esitys", exact: true }).waitFor();

  await page.goto(`${path}/co-organisers`);
  await looked(page, "events-co-organisers");
  await page.locator("[name=regions]").first().check();
  await submit(page, "main form.form");

  await page.goto(`${path}/series`);
  await looked(page, "events-series-plan");
  await page.fill("[name=title_fi]", "Aluekierros");
  await page.fill("[name=day_1]", "2030-06-05");
  await page.fill("[name=day_2]", "2030-09-05");
  await submit(page, "main form[action$='/series']");
  await looked(page, "events-series-planned");
  const series = await page.locator("a[href*='/events/series/']").first().getAttribute("href");
  await page.goto(series);
  await looked(page, "events-series");
  await page.goto(path);
  await looked(page, "events-company");
});

test("at the door without a script one searches, and notes who has come", async () => {
  const page = await site.newPage({ viewport: phone, javaScriptEnabled: false });
  await site.signIn(page, organiser);
  await page.goto("/fi/events/manage?time=coming");
  const href = await page.locator("tbody a").first().getAttribute("href");
  await page.goto(href.replace(/\/manage$/, "/checkin"));
  assert.equal(await page.locator("[data-scanner]").isVisible(), false);
  const notes = page.locator(".checkin-list button[value='1']");
  if (await notes.count()) {
    await follow(page, notes);
    assert.ok(await page.locator(".checkin-list .tag--ok").count());
  }
});
