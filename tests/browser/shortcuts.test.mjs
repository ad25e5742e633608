// Keyboard shortcuts: listed, never in the way of typing, and to be switched off (WCAG 2.2, 2.1.4).
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());
const admin = site.accounts.find(({ role }) => role === "national_admin");
const [width, height] = [390, 800];

test("a question mark opens the list of the keys, and Escape closes it where one was", async () => {
  const page = await site.newPage();
  await page.goto("/fi/organisations");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Pikanäppäimet" });
  await sheet.waitFor();
  const rows = await sheet.locator("tbody tr").allInnerTexts();
  assert.ok(rows.some((row) => /g.*h.*Etusivu/s.test(row)), rows.join("; "));
  assert.ok(rows.some((row) => /g.*e.*Tapahtumat/s.test(row)), rows.join("; "));
  await axe(page);
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  assert.match(page.url(), /organisations$/, "in the list the keys do nothing");
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
  await page.keyboard.press("?");
  await sheet.getByRole("button", { name: "Sulje" }).click();
  await sheet.waitFor({ state: "hidden" });
});

test("g and a letter lead where the list says, and nowhere while one types", async () => {
  const page = await site.newPage();
  await site.signIn(page, admin);
  await page.goto("/fi");
  for (const [key, place] of [["o", /\/fi\/organisations$/], ["e", /\/fi\/events$/], ["d", /\/fi\/dashboard$/], ["h", /\/fi\/?$/]]) {
    // The second key is not waited for: it must come within a moment, however busy this machine is.
    await Promise.all([page.keyboard.press("g"), page.keyboard.press(key)]);
    await page.waitForURL(place);
  }
  await page.keyboard.press("/");
  await page.keyboard.type("go?");
  assert.equal(await page.inputValue("#head-q"), "go?");
  assert.match(page.url(), /\/fi\/?$/);
  assert.equal(await page.getByRole("dialog").count(), 0);
});

test("on a phone too the list is a page, and it switches the keys off", async () => {
  const page = await site.newPage({ viewport: { width, height } });
  await page.goto("/fi/organisations");
  await page.getByRole("contentinfo").getByRole("link", { name: "Pikanäppäimet" }).click();
  await page.waitForURL("**/fi/shortcuts");
  await axe(page);
  await page.getByRole("checkbox", { name: "Pikanäppäimet käytössä" }).uncheck();
  await page.goto("/fi/organisations");
  // What the keys asked for would be asked for before the page that is asked for after them.
  const asked = [];
  page.on("request", (request) => ["document", "fetch"].includes(request.resourceType()) && asked.push(new URL(request.url()).pathname));
  await page.keyboard.press("?");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await page.reload();
  assert.deepEqual(asked, ["/fi/organisations"]);
  assert.match(page.url(), /organisations$/);
  assert.equal(await page.getByRole("dialog").count(), 0);
});

test("without a script the page still says what there is, and offers no switch that does nothing", async () => {
  const page = await site.newPage({ javaScriptEnabled: false });
  await page.goto("/sv/shortcuts");
  assert.match(await page.locator("main").innerText(), /Kortkommandon/);
  assert.equal(await page.locator("#shortcuts").isVisible(), false);
});
