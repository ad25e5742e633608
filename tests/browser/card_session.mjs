// What every test of a card session begins with: a session, those who lead it and those who come.
import assert from "node:assert/strict";
import { away, axe, follow, screenshot } from "./harness.mjs";
import { submit } from "./visitor.mjs";

export const phone = { width: 390, height: 844 };

/** The page as it stands: accessible, not wider than its screen, all that is touched large enough; kept as a picture. */
export async function look(page, name) {
  await axe(page);
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.ok(!isWide, `${page.url()} scrolls sideways`);
  assert.deepEqual(await smallTargets(page), [], `${page.url()} has targets that are hard to touch`);
  await screenshot(page, `trendcards-session-${name}`);
}

/** Buttons, fields and choices of the main part under 44 by 44 CSS pixels, but for links within a text. */
function smallTargets(page) {
  return page.evaluate(() => {
    const least = 43.5;
    const shown = (element) => element.checkVisibility?.() !== false && element.getClientRects().length > 0;
    return [...document.querySelectorAll("main :is(button, select, summary, textarea, input:not([type=hidden]))")]
      .filter(shown)
      .map((element) => {
        // Beside a box its label is touched.
        const touched = element.matches("[type=checkbox]") ? element.closest(".field") : element;
        const { width, height } = touched.getBoundingClientRect();
        return { what: element.outerHTML.slice(0, 120), width: Math.round(width), height: Math.round(height) };
      })
      .filter(({ width, height }) => width < least || height < least);
  });
}

/** A session from the first deck; the facilitator's page and the code. `choose(page)` fills the form otherwise. */
export async function begin(site, { choose = async () => {}, viewport = { width: 1280, height: 900 } } = {}) {
  const contact = site.accounts.find((account) => account.role === "contact_person");
  const lead = await site.newPage({ viewport });
  await site.signIn(lead, contact);
  await lead.goto("/fi/trendcards/sessions/new");
  await follow(lead, "main .row-list a");
  await choose(lead);
  await submit(lead, "main form.form");
  const code = (await lead.locator(".session-code").textContent()).trim();
  return { lead, code };
}

/** The exercise by its name, with the first few cards of the deck. */
export const choosing = (exercise, { cards = 3, more = async () => {} } = {}) => async (page) => {
  await page.getByLabel("Harjoitus").selectOption({ label: exercise });
  const boxes = page.locator("main form [name=cards]");
  for (const box of (await boxes.all()).slice(cards)) await box.uncheck();
  await more(page);
};

/** Comes in by the code; `name` where the session asks for one, `byKeyboard` without a mouse. */
export async function join(site, code, { name, byKeyboard = false, ...options } = {}) {
  const page = await site.newPage({ viewport: phone, ...options });
  await page.goto("/fi/trendcards/join");
  const fill = byKeyboard ? type : (_, field, text) => field.fill(text);
  const go = byKeyboard ? press : (_, button) => button.click();
  await fill(page, page.getByLabel("Koodi"), code.toLowerCase());
  await away(page, () => go(page, page.getByRole("button", { name: "Jatka" })));
  if (name) await fill(page, page.getByLabel("Nimimerkki"), name);
  await away(page, () => go(page, page.getByRole("button", { name: "Tule mukaan" })));
  await page.getByText("Odotetaan, että kaikki ovat mukana").waitFor();
  return page;
}

/** The room's screen, in a window of the facilitator. */
export async function openScreen(lead) {
  const screen = await lead.context().newPage();
  await screen.setViewportSize({ width: 1920, height: 1080 });
  await screen.goto(new URL(await lead.getByRole("link", { name: "Näkymä huoneen näytölle" }).getAttribute("href"), lead.url()).href);
  return screen;
}

/** Takes everybody to a phase by its name. */
export async function moveTo(lead, phase) {
  await lead.getByRole("button", { name: phase, exact: true }).click();
  await lead.locator(".session-phases__now", { hasText: phase }).waitFor();
}

/** Ends the session and leads to its result: the page is loaded again, without what belonged to the code. */
export async function end(lead) {
  lead.once("dialog", (dialog) => dialog.accept());
  await follow(lead, lead.getByRole("button", { name: "Päätä työpaja" }));
  await lead.getByText("koodi enää toimi").waitFor();
}

/** As somebody without a mouse comes there: by Tab alone. */
export async function tabTo(page, target) {
  const most = 250;
  await target.waitFor({ state: "attached" });
  for (let pressed = 0; pressed < most; ++pressed) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${target} is not reached by Tab`);
}
export async function press(page, target, key = "Enter") {
  await tabTo(page, target);
  await page.keyboard.press(key);
}
export async function type(page, target, text) {
  await tabTo(page, target);
  await page.keyboard.type(text);
}
