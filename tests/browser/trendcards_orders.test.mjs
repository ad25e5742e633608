// A printed deck from the shelf to the door: printed at home, ordered without an account, refused with what is left,
// accepted and sent by its holder; with a script and without.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());

const phone = { width: 390, height: 844 };
const account = (role) => site.accounts.find((each) => each.role === role);

async function openDeck(page) {
  await page.goto("/fi/trendcards");
  await follow(page, "main a[href^='/fi/trendcards/']:has-text('Työllisyydenhoidon')");
  return page.url();
}

for (const javaScriptEnabled of [true, false]) {
  const kind = javaScriptEnabled ? "with a script" : "without a script";
  // axe is a script itself.
  const check = (page) => (javaScriptEnabled ? axe(page) : undefined);

  test(`a deck is printed as a file, and wrong numbers are told, ${kind}`, async () => {
    const page = await site.newPage({ viewport: phone, javaScriptEnabled });
    await openDeck(page);
    await follow(page, "main a[href*='/print']");
    await check(page);
    await screenshot(page, `trendcards-print-${javaScriptEnabled}`);
    await page.fill("[name=numbers]", "yksi");
    await follow(page, "main form.form [type=submit]");
    assert.match(await page.locator("main").innerText(), /Kirjoita korttien numerot näin/);
    await check(page);
    await page.fill("[name=numbers]", "1–3");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("main form.form [type=submit]")]);
    assert.match(download.suggestedFilename(), /a6\.pdf$/);
  });

  test(`a deck is ordered without an account, accepted and sent, ${kind}`, async () => {
    const visitor = await site.newPage({ viewport: phone, javaScriptEnabled });
    await openDeck(visitor);
    await follow(visitor, "main a[href$='/order']");
    await check(visitor);
    const organisation = `Kylätalo ${javaScriptEnabled ? "yksi" : "kaksi"} ry`;
    await visitor.locator("[name=stock]").selectOption({ index: 1 });
    await visitor.fill("[name=count]", "900");
    await visitor.fill("[name=organisation_name]", organisation);
    await visitor.locator("[name=sector]").selectOption("association");
    await visitor.locator("[name=region]").selectOption("06");
    await visitor.fill("[name=name]", "Veera Vieras");
    await visitor.fill("[name=email]", "veera@example.org");
    await visitor.fill("[name=address]", "Kylätie 1");
    await follow(visitor, "main form.form [type=submit]");
    assert.match(await visitor.locator("main").innerText(), /enintään 5 pakkaa|Jäljellä on/);
    assert.equal(await visitor.inputValue("[name=address]"), "Kylätie 1");
    await check(visitor);
    await screenshot(visitor, `trendcards-order-refused-${javaScriptEnabled}`);
    await visitor.fill("[name=count]", "2");
    await follow(visitor, "main form.form [type=submit]");
    await visitor.waitForURL("**/ordered");
    await check(visitor);

    const holder = await site.newPage({ javaScriptEnabled });
    await site.signIn(holder, account("national_admin"));
    await holder.goto("/fi/trendcards/orders");
    await check(holder);
    await screenshot(holder, `trendcards-orders-${javaScriptEnabled}`);
    assert.match(await holder.locator("main").innerText(), new RegExp(organisation));
    // The demonstration has one order to be accepted: it is by the plainer of the two browsers.
    if (javaScriptEnabled) return;
    // What waits for its confirmation can not be sent; a confirmed one can.
    await holder.goto("/fi/trendcards/orders?state=received");
    await follow(holder, "main table a[href*='/trendcards/orders/']");
    await check(holder);
    const accept = holder.locator("button:text-is('Hyväksy')");
    if (await accept.count()) {
      await follow(holder, accept);
      await holder.waitForSelector("text=Tilaus on päivitetty");
    }
    await holder.goto("/fi/trendcards/orders?state=accepted");
    await follow(holder, "main table a[href*='/trendcards/orders/']");
    await follow(holder, "button:text-is('Merkitse lähetetyksi')");
    await holder.waitForSelector("text=Tilaus on päivitetty");
    assert.match(await holder.locator("main").innerText(), /lähetetty/);
    await holder.goto("/fi/trendcards/orders/figures");
    assert.match(await holder.locator("main").innerText(), /Maakunnittain/);
    await check(holder);
    await screenshot(holder, `trendcards-order-figures-${javaScriptEnabled}`);
  });
}
