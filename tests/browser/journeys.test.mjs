// What people do, in a real browser: an administrator switches the plugin, a contact person keeps a
// network up to date, an organisation edits its card, a visitor looks around on a phone.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());

const account = (role, scope) =>
  site.accounts.find((a) => a.role === role && (!scope || a.scope === scope));
const phone = { width: 390, height: 844 };
const languages = ["fi", "sv", "en"];

test("a visitor finds a region on a phone and reads on in Swedish", async () => {
  const page = await site.newPage({ viewport: phone });
  await page.goto("/fi");
  await axe(page);
  await screenshot(page, "home-phone");
  await page.locator("main").getByRole("link", { name: /^Pirkanmaa/ }).first().click();
  await page.waitForURL("**/fi/regions/pirkanmaa");
  await axe(page);
  await page.goto("/sv/regions/pirkanmaa");
  assert.equal(await page.locator("html").getAttribute("lang"), "sv");
  assert.match(await page.locator("h1").innerText(), /Birkaland/);
});

for (const language of languages) {
  test(`an administrator switches the plugin off in a region and on again (${language})`, async () => {
    const page = await site.newPage();
    await site.signIn(page, account("regional_admin", "region 06") ?? account("national_admin"));
    const visitor = await site.newPage();
    assert.equal((await visitor.goto(`/${language}/regions/pirkanmaa/contacts`)).status(), 200);

    await page.goto(`/${language}/admin/regions/pirkanmaa/plugins`);
    await axe(page);
    await screenshot(page, `region-plugins-${language}`);
    const row = page.locator("form[action$='/plugins/contacts']");
    await follow(page, row.getByRole("button"));
    assert.equal((await visitor.goto(`/${language}/regions/pirkanmaa/contacts`)).status(), 404);
    assert.equal((await visitor.goto(`/${language}/regions/lappi/contacts`)).status(), 200);

    await follow(page, page.locator("form[action$='/plugins/contacts']").getByRole("button"));
    assert.equal((await visitor.goto(`/${language}/regions/pirkanmaa/contacts`)).status(), 200);
  });
}

for (const language of languages) {
  test(`an administrator adds a member, is told what is wrong first, and ends the membership (${language})`, async () => {
    const person = account("regional_admin", "region 06") ?? account("regional_admin");
    const page = await site.newPage();
    await site.signIn(page, person);
    const { items } = await (await page.request.get("/api/v1/contacts/networks")).json();
    const network = items.find((n) => n.region === person.scope.slice(-2));
    await page.goto(`/${language}/contacts/networks/${network.id}`);
    await follow(page, "a[href$='/members/new']");
    await axe(page);

    await page.fill("[name=email]", "not an address");
    await page.fill("[name=given_name]", "Tuulikki");
    await follow(page, "main form button[type=submit]");
    await axe(page);
    await screenshot(page, `member-form-with-errors-${language}`);
    assert.ok(await page.locator("[role=alert]").isVisible());
    assert.equal(await page.inputValue("[name=email]"), "not an address");

    await page.fill("[name=email]", `tuulikki.${language}@example.org`);
    await page.fill("[name=family_name]", `Testaaja-${language}`);
    await page.fill("[name=organisation]", "Tampereen kaupunki");
    await page.keyboard.press("Escape");
    for (const select of await page.locator("main form select").all()) {
      if (!(await select.inputValue())) await select.selectOption({ index: 1 });
    }
    const from = page.locator("main form input[name=from]");
    if ((await from.count()) && !(await from.inputValue())) await from.fill("2026-01-01");
    await follow(page, "main form button[type=submit]");
    const row = page.locator("tr", { hasText: `Tuulikki Testaaja-${language}` });
    assert.equal(await row.count(), 1, await page.locator("main").innerText());

    await follow(page, row.locator("a[href$='/end']"));
    await axe(page);
    await follow(page, "main form button[type=submit]");
    assert.match(await page.locator("[role=status]").first().innerText(), /\S/);
  });
}

for (const language of languages) {
  test(`an organisation's representative corrects its card by keyboard alone (${language})`, async () => {
    const representative = account("organisation_rep");
    const id = representative.scope.match(/\d+/)?.[0];
    const page = await site.newPage();
    await site.signIn(page, representative);
    await page.goto(`/${language}/dashboard`);
    await axe(page);
    await page.goto(id ? `/${language}/organisations/${id}/edit` : `/${language}/organisations`);
    if (!id) return;
    await axe(page);
    const website = page.locator("input[name=website]");
    await website.focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type(`https://www.example.org/${language}`);
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/${language}/organisations/${id}`);
    assert.ok((await page.locator("main").innerText()).includes(`www.example.org/${language}`));
  });
}
