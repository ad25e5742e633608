// The board of a network, in a real browser: a tip with a comment on top, a file that is refused, a
// digest that arrives, and every page of it in three languages at both widths.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());

const account = (email) => site.accounts.find((a) => a.email === `${email}@example.org`);
const writer = account("anniina.lautamaja"); // contact person in Etelä-Karjala
const coordinator = account("aino.kivilehto"); // also national administrator
const outsider = account("milja.honkavuo");
const phone = { width: 390, height: 844 };

async function boardOf(page, name) {
  const { items } = await (await page.request.get("/api/v1/contacts/networks?limit=200")).json();
  return `/contacts/networks/${items.find((n) => n.name.fi === name).id}/board`;
}

async function signedIn(person, options) {
  const page = await site.newPage(options);
  await site.signIn(page, person);
  return page;
}

const regional = "Alueyhteyshenkilöiden verkosto";

test("a contact person posts a tip, the coordinator pins it and comments, the digest arrives", async () => {
  const page = await signedIn(writer);
  const board = await boardOf(page, regional);
  const reader = await signedIn(coordinator);
  await reader.goto(`/fi${board}`);
  await reader.selectOption("#pace", "at_once");
  await follow(reader, "form[action$='/follow'] button");
  assert.equal(await reader.locator("#pace").inputValue(), "at_once");

  await page.goto(`/fi${board.replace("/board", "")}`);
  await page.locator(`a[href$='${board}']`).click();
  await page.waitForURL(`**${board}`);
  await screenshot(page, "board");
  await follow(page, `a[href*='${board}/new?kind=tip']`);
  await axe(page);
  assert.equal(await page.locator("[name=kind]").inputValue(), "tip");

  // Something is missing: it is said at its field, and what was typed stays.
  await page.fill("[name=body]", "Kirjoita jokaisesta tehtävästä **kortti**.");
  await follow(page, "main form button[type=submit]");
  await axe(page);
  assert.equal(await page.locator("[name=title]").getAttribute("aria-invalid"), "true");
  assert.match(await page.locator("[name=body]").inputValue(), /kortti/);

  // A program is no attachment, whatever its name says.
  await page.fill("[name=title]", "Tehtävästä kortti, kortista tekijä");
  await page.setInputFiles("input[type=file]", {
    name: "kortti.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + "\0".repeat(200), "latin1"),
  });
  await follow(page, "main form button[type=submit]");
  await axe(page);
  await screenshot(page, "board-attachment-refused");
  assert.match(await page.locator("[role=alert]").innerText(), /kortti\.pdf/);
  assert.equal(await page.locator("[name=title]").inputValue(), "Tehtävästä kortti, kortista tekijä");

  await page.setInputFiles("input[type=file]", {
    name: "kortti.txt", mimeType: "text/plain", buffer: Buffer.from("Tehtävä: kahvien keitto\n"),
  });
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(/\/board\/\d+$/);
  await axe(page);
  const post = new URL(page.url()).pathname;
  assert.match(await page.locator(".prose strong").first().innerText(), /kortti/);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "kortti.txt" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "kortti.txt");

  await reader.goto(post);
  await reader.fill("[name=body]", "Tämä kannattaa kokeilla **joka maakunnassa**.");
  await follow(reader, "form[action$='/comments'] button");
  await follow(reader, "form[action$='/pin'] button");
  await axe(reader);
  await screenshot(reader, "board-post");
  await reader.goto(`/fi${board}`);
  assert.match(await reader.locator("#pinned-title + ul").innerText(), /Tehtävästä kortti/);

  // The digest is sent out of turn, or is being sent in turn right now, which the command tells.
  const digest = reader.getByRole("link", { name: /Tehtävästä kortti|uutta asiaa/ }).first();
  let said = "";
  let tries = 20;
  do {
    said = await site.command("jobs run core.notices").catch(String);
    await reader.goto("/fi/admin/mail");
  } while (!(await digest.count()) && --tries > 0);
  assert.ok(await digest.count(), `no digest came: ${said}`);
  await follow(reader, digest);
  const mail = await reader.locator("pre").innerText();
  assert.match(mail, /Vinkki: Tehtävästä kortti/);

  // Its last address ends it, without signing in.
  const address = mail.match(/https?:\S+\/notices\/unsubscribe\/\S+/)[0];
  const anonymous = await site.newPage();
  await anonymous.goto(address);
  await axe(anonymous);
  await screenshot(anonymous, "unsubscribe");
  await follow(anonymous, "main form button");
  await axe(anonymous);
  await reader.goto(`/fi${board}`);
  assert.equal(await reader.locator("#pace").inputValue(), "never");
});

test("who is not of the network is told so", async () => {
  const page = await signedIn(outsider);
  const board = await boardOf(page, regional);
  const answer = await page.goto(`/fi${board}`);
  assert.equal(answer.status(), 403);
  assert.match(await page.locator("main").innerText(), /verkoston jäsenille/);
  await axe(page);
});

test("the coordinator announces to chosen regions, without a script", async () => {
  const page = await signedIn(coordinator, { javaScriptEnabled: false });
  const board = await boardOf(page, regional);
  await page.goto(`/fi${board}/announce`);
  await page.fill("[name=title]", "Kokous siirtyy viikolla");
  await page.fill("[name=body]", "Uusi aika on **torstai**.");
  await page.getByLabel("Etelä-Karjala").check();
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(/\/board\/\d+$/);
  assert.match(await page.locator(".page-head").innerText(), /Etelä-Karjala/);
});

test("every page of the board is accessible in three languages at both widths", async () => {
  for (const viewport of [phone, { width: 1280, height: 900 }]) {
    const page = await signedIn(coordinator, { viewport });
    const board = await boardOf(page, regional);
    const { items } = await (await page.request.get(`/api/v1${board.replace("/board", "/posts")}`)).json();
    const own = items.find((post) => post.author.name === "Aino Kivilehto");
    for (const language of ["fi", "sv", "en"]) {
      for (const path of [board, `${board}/new`, `${board}/announce`, `${board}/${own.id}`,
                          `${board}/${own.id}/edit`, `${board}/${own.id}/remove`,
                          "/account/notices", "/dashboard"]) {
        const answer = await page.goto(`/${language}${path}`);
        assert.equal(answer.status(), 200, `/${language}${path}`);
        await axe(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        assert.ok(!wide, `${language}${path} scrolls sideways at ${viewport.width}`);
        if (language === "fi" || (language === "sv" && viewport === phone))
          await screenshot(page, `board-${viewport.width}-${language}-${path.split("/").slice(-2).join("-").replaceAll(/\d+/g, "x")}`);
      }
    }
    await page.context().close();
  }
});
