// A card session in a room: a facilitator and three people with phones go through "draw and rank" to
// the result; one loses the network on the way, one has no script.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { begin, choosing, end, join as joinAs, look, moveTo, openScreen } from "./card_session.mjs";
import { screenshot, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());

const phone = { width: 360, height: 740 };
const join = (code, name, options = {}) => joinAs(site, code, { name, viewport: phone, ...options });

const order = (page) => page.locator(".session-order label").evaluateAll((labels) => labels.map((label) => label.firstChild.textContent.trim()));

test("three people draw, rank and see the result with their facilitator", { timeout: 600_000 }, async () => {
  const { lead, code } = await begin(site, {
    choose: async (page) => {
      await page.getByLabel("Kuinka osallistujat näkyvät").selectOption("optional");
      await look(page, "new");
    },
  });
  await look(lead, "lead-lobby");
  const aino = await join(code, "Aino");
  await look(aino, "lobby");
  const eero = await join(code, "Eero");
  const sara = await join(code, "Sara", { javaScriptEnabled: false });
  await lead.getByText("3 osallistujaa").first().waitFor();

  const screen = await openScreen(lead);
  await look(screen, "screen-lobby");

  await moveTo(lead, "Keskustelu");
  await aino.locator(".session-card").first().waitFor();
  await look(aino, "discussing");
  await lead.getByRole("button", { name: /Käynnistä/ }).click();
  await aino.locator("[data-timer]:not([hidden])").waitFor();
  assert.match(await aino.locator("[data-clock]").textContent(), /^\d+:\d\d$/);

  await moveTo(lead, "Vastaaminen");
  await aino.getByRole("heading", { name: "Laita kortit tärkeysjärjestykseen" }).waitFor();
  await look(aino, "voting");
  // Moved with the keyboard alone, and what was arranged survives a reload.
  const before = await order(aino);
  await aino.locator("[data-move='1']").first().focus();
  await aino.keyboard.press("Enter");
  const moved = await order(aino);
  assert.deepEqual(moved.slice(0, 2), [before[1], before[0]]);
  await aino.reload();
  await aino.locator(".session-order--live").waitFor();
  assert.deepEqual(await order(aino), moved);
  await aino.getByRole("button", { name: "Lähetä järjestys" }).click();
  await aino.getByText("Järjestyksesi on tallessa").first().waitFor();

  // The network goes while Eero answers; his answer waits and leaves when it is back.
  await eero.getByRole("heading", { name: "Laita kortit tärkeysjärjestykseen" }).waitFor();
  await eero.context().setOffline(true);
  await eero.getByRole("button", { name: "Lähetä järjestys" }).click();
  await eero.getByText("Verkkoa ei ole").waitFor();
  await eero.context().setOffline(false);
  await eero.getByText("Järjestyksesi on tallessa").first().waitFor();

  // Without a script the page is loaded again and the places are chosen.
  await sara.reload();
  // axe itself needs a script.
  await screenshot(sara, "trendcards-session-voting-no-script");
  await sara.getByRole("button", { name: "Lähetä järjestys" }).click();
  await sara.getByText("Järjestyksesi on tallessa").first().waitFor();

  await lead.getByText("3 on vastannut").first().waitFor();
  await look(lead, "lead-voting");
  await moveTo(lead, "Tulos");
  await screen.getByRole("heading", { name: "Tärkeysjärjestys" }).waitFor();
  await look(screen, "screen-result");
  await aino.getByRole("heading", { name: "Tärkeysjärjestys" }).waitFor();
  await look(aino, "result");

  await end(lead);
  await look(lead, "lead-over");
  await eero.getByText("Kiitos, että olit mukana").waitFor();
  const late = await site.newPage({ viewport: phone });
  const answer = await late.goto(`/fi/t/${code.replace("-", "")}`);
  assert.equal(answer.status(), 410);
  await look(late, "over");
});

test("the page follows the dark scheme", { timeout: 600_000 }, async () => {
  const { code } = await begin(site, {
    choose: (page) => page.getByLabel("Kuinka osallistujat näkyvät").selectOption("optional"),
  });
  const page = await join(code, "Yö", { colorScheme: "dark" });
  await look(page, "dark");
});

/** The next page with a text that `page` asks for by itself waits until show() is called, and is then as it was. */
function heldBack(page, text) {
  let isHeld = false;
  return new Promise((held) => page.route(page.url(), async (route) => {
    const answer = await route.fetch();
    if (isHeld || !(await answer.text()).includes(text)) return route.fulfill({ response: answer });
    isHeld = true;
    held({
      async show() {
        const shown = page.waitForEvent("requestfinished", (request) => request === route.request());
        await route.fulfill({ response: answer });
        await shown;
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))));
      },
    });
  }));
}

test("what others write takes neither a press nor what was just sent from under one's hands", { timeout: 600_000 }, async () => {
  const { lead, code } = await begin(site, { choose: choosing("Tarina") });
  // Requests of a service worker can not be held back.
  const aino = await joinAs(site, code, { viewport: phone, serviceWorkers: "block" });
  const eero = await joinAs(site, code, { viewport: phone });
  await moveTo(lead, "Kirjoittaminen");
  const write = async (page, text) => {
    await page.getByLabel("Seuraava kortti").selectOption({ index: 1 });
    await page.getByLabel("Lause tarinaan").fill(text);
  };
  const send = (page) => page.getByRole("button", { name: "Lähetä", exact: true });
  const story = (page, text) => page.locator(".session-story", { hasText: text });

  await write(aino, "Olipa kerran kunta.");
  let page = heldBack(aino, "Siellä oli hiljaista.");
  await write(eero, "Siellä oli hiljaista.");
  await send(eero).click();
  page = await page;
  await send(aino).hover();
  await aino.mouse.down();
  await page.show();
  await aino.mouse.up();
  await story(aino, "Olipa kerran kunta.").waitFor();

  page = heldBack(aino, "Sitten tuli joku.");
  await write(eero, "Sitten tuli joku.");
  await send(eero).click();
  page = await page;
  await write(aino, "Hän tervehti kaikkia.");
  await send(aino).click();
  await story(aino, "Hän tervehti kaikkia.").waitFor();
  await aino.evaluate(() => {
    const part = document.querySelector("[data-live=main]");
    window.isLost = false;
    new MutationObserver(() => (window.isLost ||= !part.textContent.includes("Hän tervehti kaikkia."))).observe(part, { childList: true });
  });
  await page.show();
  assert.equal(await aino.evaluate(() => window.isLost), false, "a page from before does not come back");
  await story(aino, "Sitten tuli joku.").waitFor();
});
