// Decks of cards: read, turned, drawn and collected; made with a preview, published, taken out and in.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };
const account = (role) => site.accounts.find((each) => each.role === role);

/** The first deck of the demonstration content. */
async function openDeck(page) {
  await page.goto("/fi/trendcards");
  await follow(page, "main .deck-item a");
}

test("a card is read, turned and left by keyboard, and its address says which side lies up", async () => {
  const page = await site.newPage({ viewport: desk });
  await page.goto("/fi/trendcards");
  await axe(page);
  await openDeck(page);
  await axe(page);
  await follow(page, ".trend-grid li:nth-child(2) a");
  await page.waitForURL("**/cards/2");
  await axe(page);
  const heading = page.locator("h1");
  assert.match(await heading.innerText(), /Kortti 2\/\d+.*Etupuoli/s);
  await page.click("[data-flip]");
  await page.waitForURL("**/cards/2?side=back");
  assert.ok(await page.locator(".trend-card--back").isVisible());
  assert.match(await heading.innerText(), /Kääntöpuoli/);
  assert.equal(await page.locator("[data-side-said]").innerText(), "Kääntöpuoli");
  await axe(page);
  await page.keyboard.press("ArrowRight");
  await page.waitForURL("**/cards/3");
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL("**/cards/2");
  await follow(page, "[data-full]");
  await page.waitForURL("**/cards/2?view=full");
  assert.ok(!(await page.locator(".site-header").isVisible()));
  await axe(page);
  await page.keyboard.press("Escape");
  await page.waitForURL("**/cards/2");
  await screenshot(page, "trendcards-card");
  await page.context().close();
});

for (const javaScriptEnabled of [true, false]) {
  test(`cards are drawn, and the address keeps the draw, ${javaScriptEnabled ? "with" : "without"} a script`, async () => {
    const page = await site.newPage({ viewport: phone, javaScriptEnabled });
    await openDeck(page);
    await page.fill("[name=n]", "4");
    await follow(page, "main form[action$='/draw'] [type=submit]");
    await page.waitForURL(/draw\?cards=\d+,\d+,\d+,\d+$/);
    const drawn = await page.locator(".trend-card__title").allInnerTexts();
    assert.equal(drawn.length, 4);
    await page.reload();
    assert.deepEqual(await page.locator(".trend-card__title").allInnerTexts(), drawn);
    if (javaScriptEnabled) await axe(page);
    await page.context().close();
  });
}

test("a card goes into a collection, and the collection is shared by its link", async () => {
  const page = await site.newPage({ viewport: phone });
  await site.signIn(page, account("member"));
  await openDeck(page);
  await follow(page, ".trend-grid li:nth-child(1) a");
  await page.fill("[name=name]", "Aamun kortit");
  await axe(page);
  await follow(page, "main form[action$='/collect'] [type=submit]");
  await page.waitForURL("**/trendcards/collections/*");
  await axe(page);
  assert.equal(await page.locator(".page-head code").count(), 0, "nobody else sees it yet");
  await follow(page, "main form[action$='/share'] button[value='1']");
  await page.waitForSelector(".page-head code");
  await axe(page);
  const link = await page.locator(".page-head code").innerText();
  const visitor = await site.newPage({ viewport: phone });
  await visitor.goto(new URL(link).pathname);
  assert.equal(await visitor.locator("h1").innerText(), "Aamun kortit");
  assert.equal(await visitor.locator(".trend-grid li").count(), 1);
  await axe(visitor);
  await follow(page, "main a[href$='/print']");
  await page.waitForURL("**/collections/*/print");
  await axe(page);
  await screenshot(page, "trendcards-collection-print");
  const file = await page.request.get(new URL(page.url()).pathname + ".pdf?size=a6&sheet=a4&sides=both&turned=long&bleed=1&marks=1");
  assert.equal(file.headers()["content-type"], "application/pdf");
  await page.goBack();
  page.once("dialog", (dialog) => dialog.accept());
  await follow(page, "main form[action$='/share'] button[value='0']");
  assert.equal((await visitor.goto(new URL(link).pathname)).status(), 404);
  await visitor.context().close();
  await page.context().close();
});

test("a deck is made, seen while it is written, published, taken out and brought in again", async () => {
  const page = await site.newPage({ viewport: desk });
  await site.signIn(page, account("national_admin"));
  await page.goto("/fi/trendcards/new");
  await axe(page);
  await page.fill("[name=title]", "Selaimen kortit");
  await page.fill("[name=theme]", "Työ");
  await page.selectOption("[name=colour]", "green");
  await follow(page, "main form.form [type=submit]");
  await page.waitForURL("**/work");
  await axe(page);
  await follow(page, "main table a");
  await axe(page);
  await follow(page, "main form[action$='/publish'] [type=submit]");
  assert.match(await page.locator(".notice--error").innerText(), /ei ole kortteja/);
  await axe(page);
  await follow(page, "main a[href$='/cards/new']");
  await page.fill("[name=title]", "Ensimmäinen");
  await page.fill("[name=front]", "Tämä on **tärkeää**.");
  await page.waitForSelector("[data-card-preview] .trend-card__text strong");
  assert.equal(await page.locator("[data-card-preview] h2").first().innerText(), "Ensimmäinen");
  await axe(page);
  await screenshot(page, "trendcards-editor");
  await follow(page, "main form.form [type=submit]:not([data-preview-button])");
  await page.waitForURL(/editions\/\d+$/);
  await follow(page, "main form[action$='/publish'] [type=submit]");
  await page.waitForURL(/trendcards\/\d+$/);
  const answer = await page.request.get(await page.locator("main a[href$='/export']").getAttribute("href"));
  assert.equal(answer.status(), 200);
  const deck = { name: "pakka.zip", mimeType: "application/zip", buffer: await answer.body() };
  await page.goto("/fi/trendcards/import");
  await axe(page);
  await page.setInputFiles("[name=file]", { ...deck, buffer: deck.buffer.subarray(0, 60) });
  await follow(page, "main form.form [type=submit]");
  await page.waitForSelector(".form-errors, .notice--error, #form-errors");
  await axe(page);
  await page.setInputFiles("[name=file]", deck);
  await follow(page, "main form.form [type=submit]");
  await page.waitForSelector("[name=stored]", { state: "attached" });
  await axe(page);
  await page.check("[name=publish]");
  await follow(page, "main form.form [type=submit]");
  await page.waitForURL("**/work");
  await page.goto("/fi/trendcards");
  assert.equal(await page.locator("main .deck-item a", { hasText: "Selaimen kortit" }).count(), 2);
  await page.context().close();
});
