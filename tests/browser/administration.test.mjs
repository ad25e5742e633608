// What a national administrator does now and then: a region is opened like another one, and somebody is
// erased who asked for it; with a script and without.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };
const account = (role) => site.accounts.find((each) => each.role === role);
const main = (page) => page.locator("main").innerText();

for (const javaScriptEnabled of [true, false]) {
  const kind = javaScriptEnabled ? "with a script" : "without a script";
  const viewport = javaScriptEnabled ? phone : desk;
  // axe is a script itself.
  const check = (page) => (javaScriptEnabled ? axe(page) : undefined);
  const shown = async (page, name) => {
    await check(page);
    await screenshot(page, `administration-${name}-${viewport.width}`);
  };

  test(`a region is opened like another one, ${kind}`, async () => {
    const slug = javaScriptEnabled ? "kainuu" : "lappi";
    await site.command(`plugin disable publications --region ${slug}`);
    const page = await site.newPage({ viewport, javaScriptEnabled });
    await site.signIn(page, account("national_admin"));
    await page.goto("/fi/admin");
    await shown(page, "regions");
    await follow(page, `main a[href$='/admin/regions/${slug}/open']`);
    await shown(page, "opening");
    await page.locator("[name=from]").selectOption({ label: "Pirkanmaa" });
    await follow(page, "main form[method=get] [type=submit]");
    assert.match(await main(page), /Mitä muuttuu, kun malli on Pirkanmaa/);
    await shown(page, "opening-preview");
    await page.fill("[name=welcome_fi]", "Tervetuloa **tänne**. [Ota yhteyttä](https://example.org/)");
    await follow(page, "main form[method=post] [type=submit]");
    await page.waitForURL("**/opened");
    assert.match(await main(page), /Kutsu yhteyshenkilöt/);
    await shown(page, "opened");
    await follow(page, "main a:has-text('Katso maakunnan sivua')");
    assert.match(await main(page), /Tervetuloa tänne/);
    await shown(page, "region");
    await page.goBack();
    await follow(page, "main a:has-text('Kutsu yhteyshenkilöt')");
    assert.equal(await page.inputValue("[name=role]"), "contact_person");
    assert.match(await page.inputValue("[name=place]"), /^region:/);
  });

  test(`somebody who has asked for it is erased at once, ${kind}`, async () => {
    const asking = await site.newPage({ viewport, javaScriptEnabled });
    const who = account(javaScriptEnabled ? "member" : "organisation_rep");
    await site.signIn(asking, who);
    await asking.goto("/fi/account/data");
    await asking.check("[name=understood]");
    await follow(asking, "main form[action$='/account/data/erase'] [type=submit]");

    const page = await site.newPage({ viewport, javaScriptEnabled });
    await site.signIn(page, account("national_admin"));
    await page.goto("/fi/dashboard");
    await follow(page, "main a:has-text('1 poistopyyntö odottaa')");
    await shown(page, "erasures");
    await follow(page, "main tbody th a");
    assert.match(await main(page), /Henkilö on pyytänyt poistoa/);
    await shown(page, "erasure");
    await follow(page, "main form[method=post] [type=submit]");
    assert.match(await main(page), /Olen varmistanut/);
    await check(page);
    await page.check("[name=understood]");
    await follow(page, "main form[method=post] [type=submit]");
    await page.waitForURL("**/admin/erasures");
    assert.match(await page.locator("body").innerText(), /Henkilön tiedot on poistettu/);
    await asking.goto("/fi/account/data");
    assert.match(asking.url(), /sign-in/);
  });
}
