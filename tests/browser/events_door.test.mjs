// At the door of an event while the network comes and goes: who came is noted, found and let in, and the
// service hears of it once, when it is back.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";
import { submit } from "./visitor.mjs";

const site = await startSite();
after(() => site.stop());

const phone = { width: 390, height: 844 };
const organiser = site.accounts.find(({ role, scope }) => role === "regional_admin" && scope === "region 06");

/** A published event with three who have a place; its address. */
async function prepare(page) {
  await page.goto("/fi/events/manage");
  await follow(page, "a[href$='/events/new']");
  await page.fill("[name=title_fi]", "Verkoton aamu");
  await page.fill("[name=starts]", "2030-05-20T09:00");
  await page.fill("[name=ends]", "2030-05-20T15:00");
  await page.fill("[name=place_fi]", "Kirjasto");
  await page.fill("[name=capacity]", "4");
  await submit(page, "main form.form");
  await page.waitForURL(/\/events\/\d+\/manage$/);
  await submit(page, "form[action$='/publish']");
  const path = new URL(page.url()).pathname.replace(/\/manage$/, "");
  for (const name of ["Aino Aalto", "Eero Elo", "Sara Salo"]) {
    await page.goto(`${path}/participants/new`);
    await page.fill("[name=name]", name);
    await page.fill("[name=organisation]", "Tampereen Tuki ry");
    await page.fill("[name=reason]", "Soitti");
    await submit(page, "main form.form");
  }
  return path;
}

test("the door goes on without network, and what was noted is sent once when it is back", { timeout: 600_000 }, async () => {
  const page = await site.newPage({ viewport: phone });
  await site.signIn(page, organiser);
  const path = await prepare(page);
  const walkIn = await page.context().newPage();
  await walkIn.goto(`${path}/walk-in`);
  await page.goto(`${path}/checkin`);
  const come = page.locator("[data-live=come]");
  const note = (name) => page.getByRole("button", { name: new RegExp(`Merkitse saapuneeksi.*${name}`) });
  const eero = await page.locator(".checkin-list li", { hasText: "Eero Elo" }).locator("[name=code]").inputValue();

  await note("Aino Aalto").click();
  await page.getByText("Aino Aalto: Merkitty saapuneeksi.").waitFor();
  await page.waitForFunction(() => document.querySelector("[data-live=come]").textContent.includes("1 / 3"));

  await page.context().setOffline(true);
  await page.getByText("Verkkoa ei ole.").waitFor();
  await page.getByRole("searchbox", { name: "Hae nimellä" }).fill("sara");
  await page.getByRole("button", { name: "Hae", exact: true }).click();
  await page.getByText(/niistä, jotka näkyivät viimeksi: 1/).waitFor();
  assert.equal(await note("Eero Elo").isVisible(), false);
  await note("Sara Salo").click();
  await page.getByText("Lähetystä odottaa: 1.").waitFor();
  assert.equal(await note("Sara Salo").isVisible(), false);
  await page.getByText("odottaa lähettämistä").first().waitFor();
  // A code that is read, or typed, is noted as well; read twice it is one note.
  for (let read = 0; read < 2; ++read) {
    await page.getByRole("textbox", { name: "Osallistujan koodi" }).fill(`${site.url}${path}/checkin/${eero}`);
    await page.getByRole("button", { name: "Avaa" }).click();
    await page.getByText("Lähetystä odottaa: 2.").waitFor();
  }
  await axe(page);
  await screenshot(page, "events-door-offline");

  // Who came without registering, at the same door.
  await walkIn.locator("[name=name]").fill("Veikko Vieras");
  await walkIn.getByRole("button", { name: "Kirjaa saapuneeksi" }).click();
  await walkIn.getByText("Lähetystä odottaa: 3.").waitFor();
  assert.equal(await walkIn.locator("[name=name]").inputValue(), "");
  await walkIn.locator("[name=name]").fill("Yksi Liikaa");
  await walkIn.getByRole("button", { name: "Kirjaa saapuneeksi" }).click();
  await walkIn.getByText("Lähetystä odottaa: 4.").waitFor();
  await axe(walkIn);
  await screenshot(walkIn, "events-door-walk-in-offline");

  await page.context().setOffline(false);
  await page.waitForFunction(() => document.querySelector("[data-live=come]").textContent.includes("4 / 4"), null, { timeout: 30_000 });
  await page.getByText(/Tätä ei tallennettu: Yksi Liikaa/).first().waitFor();
  assert.equal(await page.getByText("Lähetystä odottaa").count(), 0);
  await axe(page);
  await screenshot(page, "events-door-back");
  assert.match(await come.innerText(), /4 \/ 4/);
  await page.getByRole("button", { name: "Selvä, poista luettelosta" }).click();
  await page.reload();
  assert.equal(await page.getByText("Yksi Liikaa").count(), 0);
  assert.match(await page.locator("[data-live=people]").innerText(), /Veikko Vieras/);

  // Who signs out leaves no names on the device.
  await page.evaluate(() => localStorage.setItem("toimela-door-0-refused", "[]"));
  await page.goto("/fi/dashboard");
  const signOut = () => page.locator(".site-header form[action$='/sign-out'] button, form[action$='/sign-out'] button").first().evaluate((button) => button.click());
  // What nobody has been sent yet goes only when that is meant.
  await page.evaluate(() => localStorage.setItem("toimela-door-0-waiting", JSON.stringify([{ action: "/fi/x", body: "name=Sara" }])));
  let question = "";
  page.once("dialog", (dialog) => {
    question = dialog.message();
    return dialog.dismiss();
  });
  await signOut();
  assert.match(question, /ei ole vielä lähetetty/);
  assert.equal(await page.evaluate(() => localStorage.getItem("toimela-door-0-waiting") !== null), true);
  assert.equal(new URL((await page.request.get("/fi/account")).url()).pathname, "/fi/account");
  page.once("dialog", (dialog) => dialog.accept());
  await signOut();
  await page.waitForURL((url) => !url.pathname.endsWith("/dashboard"));
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("toimela-door-"))), []);
});

test("without a hole in the network the door leads from one guest to the next", { timeout: 600_000 }, async () => {
  const page = await site.newPage({ viewport: phone });
  await site.signIn(page, organiser);
  const path = await prepare(page);
  await page.goto(`${path}/checkin?q=eero`);
  await page.getByRole("button", { name: /Merkitse saapuneeksi.*Eero Elo/ }).click();
  await page.getByText("Eero Elo: Merkitty saapuneeksi.").waitFor();
  const code = await page.locator(".checkin-list li", { hasText: "Eero Elo" }).locator("[name=code]").inputValue();
  await page.goto(`${path}/checkin/${code}`);
  await page.getByRole("button", { name: "Peru merkintä" }).click();
  await page.waitForURL(/\/checkin$/);
  await page.getByText("Merkintä on peruttu.").waitFor();
  assert.match(await page.locator("[data-live=come]").innerText(), /0 \/ 3/);
  // The walk-in is asked for what is missing where it is missing.
  await page.goto(`${path}/walk-in`);
  await page.getByRole("button", { name: "Kirjaa saapuneeksi" }).click();
  await page.locator("[aria-invalid=true]").first().waitFor();
  await axe(page);
  await page.locator("[name=name]").fill("Veikko Vieras");
  await page.getByRole("button", { name: "Kirjaa saapuneeksi" }).click();
  await page.waitForURL(/\/checkin$/);
  await page.getByText("Merkitty saapuneeksi.").waitFor();
  assert.match(await page.locator("[data-live=come]").innerText(), /1 \/ 4/);
});
