// The directory of people: somebody writes what they know, others find them, each sees what is for them.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());

const account = (role) => site.accounts.find((a) => a.role === role);
const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };

test("a contact person writes a profile, and a visitor finds them by it", async () => {
  const page = await site.newPage();
  await site.signIn(page, account("contact_person"));
  await page.goto("/fi/account/contacts/profile");
  await axe(page);
  await page.locator("textarea[name=expertise]").fill("x".repeat(80));
  await follow(page, page.getByRole("button", { name: "Tallenna profiili" }));
  assert.match(await page.locator("main").innerText(), /enintään 60 merkkiä/);
  await axe(page);
  await page.locator("textarea[name=expertise]").fill("kaivosalan työllisyys\nporonhoito");
  await page.locator("textarea[name=help_fi]").fill("Autan, kun kaivos etsii väkeä.");
  await page.locator("select[name=email_level], input[name=email_level][value=public]").first()
    .evaluate((e) => { if (e.tagName === "SELECT") e.value = "public"; else e.click(); });
  await follow(page, page.getByRole("button", { name: "Tallenna profiili" }));
  assert.match(await page.locator("body").innerText(), /Profiili on tallennettu/);
  await screenshot(page, "profile");

  const visitor = await site.newPage({ viewport: phone });
  await visitor.goto("/fi/contacts/people");
  await axe(visitor);
  await visitor.locator("#people-q").fill("poronh");
  await visitor.keyboard.press("Enter");
  await visitor.waitForURL("**q=poronh**");
  assert.match(await visitor.locator("main").innerText(), /1 ihminen/);
  await screenshot(visitor, "people-phone");
  await visitor.locator("main .row-list a[href*='/contacts/people/']").first().click();
  await visitor.waitForURL(/contacts\/people\/\d+$/);
  await axe(visitor);
  await screenshot(visitor, "contact-phone");
  const main = await visitor.locator("main").innerText();
  assert.match(main, /Autan, kun kaivos etsii väkeä/);
  assert.match(main, /@example\.org/);
  const card = await visitor.request.get(visitor.url() + "/vcard");
  assert.equal(card.status(), 200);
  assert.match(await card.text(), /^BEGIN:VCARD\r\nVERSION:4\.0\r\n/);
});

test("the pages of the directory are accessible in three languages at both widths", async () => {
  for (const viewport of [phone, desk]) {
    const page = await site.newPage({ viewport });
    for (const language of ["fi", "sv", "en"]) {
      for (const path of ["/contacts/people", "/contacts/people?region=lappi", "/contacts/people?q=zzzz",
                          "/organisations", "/organisations?q=ry", "/search?q=tuettu"]) {
        assert.equal((await page.goto(`/${language}${path}`)).status(), 200, path);
        await axe(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        assert.ok(!wide, `${language}${path} scrolls sideways at ${viewport.width}`);
      }
    }
    await page.goto("/fi/contacts/people");
    await screenshot(page, `people-${viewport.width}`);
    await page.goto("/sv/organisations");
    await screenshot(page, `organisations-${viewport.width}`);
  }
});

test("page leads to page through all organisations, and back to the beginning", async () => {
  const page = await site.newPage();
  await page.goto("/fi/organisations");
  const seen = new Set();
  for (let number = 0; number < 50; ++number) {
    const links = await page.locator("main tbody a").evaluateAll((all) => all.map((a) => a.href));
    for (const link of links) {
      assert.ok(!seen.has(link), `${link} comes twice`);
      seen.add(link);
    }
    const next = page.locator("nav.pager a[rel=next]");
    if (!(await next.count())) break;
    // The page that is left is loaded as well: only another address tells that the next one is there.
    const here = page.url();
    await Promise.all([page.waitForURL((url) => url.href !== here), next.click()]);
  }
  const { items } = await (await page.request.get("/api/v1/organisations?limit=200")).json();
  assert.equal(seen.size, items.length);
  await page.getByRole("link", { name: "Alkuun" }).click();
  await page.waitForURL(/organisations$/);
});
