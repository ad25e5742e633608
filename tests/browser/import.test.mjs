// Tables in a browser: a contact person imports members after having seen what will happen, sorts
// and narrows the table of members, and takes it along; the same without JavaScript and on a phone.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());

const account = (role) => site.accounts.find((a) => a.role === role);
const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };
const network = "/contacts/networks/1";

const table = (rows) => ({
  name: "jäsenet.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(["Sähköposti;Etunimi;Sukunimi;Organisaatio;Rooli;Alkaen;Asti", ...rows].join("\r\n")),
});

/** An organisation of the demonstration content by its page's heading. */
async function organisation(page) {
  await page.goto("/fi/organisations/1");
  return (await page.locator("h1").innerText()).trim();
}

async function noSidewaysScroll(page, what) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.ok(!wide, `${what} scrolls sideways`);
}

test("members are imported after a preview, and the wrong rows come back corrected", async () => {
  const page = await site.newPage({ viewport: desktop });
  await site.signIn(page, account("national_admin"));
  const name = await organisation(page);
  await page.goto(`/fi${network}/members`);
  await follow(page, page.getByRole("link", { name: "Tuo taulukosta" }));
  await axe(page);
  await screenshot(page, "import-form");

  await page.locator("input[type=file]").setInputFiles(table([
    `uuno.uusi@example.org;Uuno;Uusi;${name};jäsen;1.1.2026;31.12.2030`,
    `tiina.tuontinen@example.org;Tiina;Tuontinen;${name};varahenkilö;;`,
    `vaara(at)example.org;Väinö;Väärä;Ei tämännimistä ry;kuningas;2.2.2026;1.1.2026`,
  ]));
  await follow(page, page.getByRole("button", { name: "Näytä, mitä tapahtuu" }));
  await axe(page);
  await screenshot(page, "import-preview");
  const wrong = page.getByRole("row", { name: /vaara\(at\)/ });
  for (const fault of ["Sähköpostiosoite ei ole kelvollinen", "Rooli on tuntematon", "päättyy ennen kuin se alkaa", "Tämännimistä organisaatiota ei ole"])
    assert.match(await wrong.innerText(), new RegExp(fault));

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Lataa virheelliset rivit (CSV)" }).click(),
  ]);
  const text = await readFile(await download.path(), "utf8");
  assert.ok(text.startsWith("\uFEFFSähköposti;"));
  assert.equal(text.trim().split("\r\n").length, 2);

  await page.getByRole("button", { name: "Tuo 2 riviä" }).click();
  await page.waitForURL(`**/fi${network}`);
  await page.goto(`/fi${network}/members?q=tuontinen`);
  assert.equal(await page.getByRole("rowheader", { name: "Tuontinen, Tiina" }).count(), 1);
  assert.equal(await page.getByRole("rowheader").count(), 1);
});

test("the members are sorted, narrowed and taken along", async () => {
  const page = await site.newPage({ viewport: desktop });
  await site.signIn(page, account("national_admin"));
  await page.goto(`/fi${network}/members`);
  await axe(page);
  await screenshot(page, "members");
  const names = () => page.locator("tbody th[scope=row]").allInnerTexts();
  const up = await names();
  await page.getByRole("columnheader", { name: /^Nimi/ }).getByRole("link").click();
  await page.waitForURL(/dir=desc/);
  assert.equal(await page.getByRole("columnheader", { name: /^Nimi/ }).getAttribute("aria-sort"), "descending");
  assert.deepEqual(await names(), up.toReversed ? up.toReversed() : [...up].reverse());
  await page.getByLabel("Rooli").selectOption("contact_person");
  await page.getByRole("button", { name: "Hae" }).last().click();
  await page.waitForURL(/role=contact_person/);
  assert.match(page.url(), /dir=desc/);
  const shown = (await names()).length;
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV" }).click()]);
  const text = await readFile(await download.path(), "utf8");
  assert.equal(text.trim().split("\r\n").length, shown + 1);
});

test("a preview works on a phone, without JavaScript, in every language", async () => {
  const page = await site.newPage({ viewport: phone, javaScriptEnabled: false });
  await site.signIn(page, account("national_admin"));
  for (const language of ["fi", "sv", "en"]) {
    await page.goto(`/${language}${network}/import`);
    await page.locator("input[type=file]").setInputFiles(table(["maija@example.org;Maija;Meikäläinen;;jäsen;;", "x;;;;;;"]));
    await follow(page, "form[enctype] [type=submit]");
    assert.equal(await page.locator("tbody tr").count(), 2);
    await screenshot(page, `import-preview-phone-${language}`);
  }
});

test("the pages of tables are accessible in three languages at both widths", async () => {
  for (const viewport of [phone, desktop]) {
    const page = await site.newPage({ viewport });
    await site.signIn(page, account("national_admin"));
    for (const language of ["fi", "sv", "en"]) {
      for (const path of [`${network}/members`, `${network}/members?q=nobody+at+all`, `${network}/import`, "/admin/people?sort=email",
                          "/admin/audit", "/admin/mail"]) {
        await page.goto(`/${language}${path}`);
        await axe(page);
        await noSidewaysScroll(page, `${language}${path}`);
      }
    }
    await screenshot(page, viewport === phone ? "mail-phone" : "mail");
    await page.goto("/fi/admin/people");
    await screenshot(page, viewport === phone ? "people-phone" : "people");
    await page.goto("/fi/admin/audit");
    await screenshot(page, viewport === phone ? "audit-phone" : "audit");
    await page.goto(`/fi${network}/members`);
    await screenshot(page, viewport === phone ? "members-phone" : "members-desktop");
  }
});

test("what is no table is refused at the field, and the page is accessible", async () => {
  const page = await site.newPage();
  await site.signIn(page, account("national_admin"));
  await page.goto(`/fi${network}/import`);
  await page.locator("input[type=file]").setInputFiles({ name: "kuva.png", mimeType: "image/png", buffer: Buffer.from("\x89PNG\r\n\x1a\n", "latin1") });
  await follow(page, page.getByRole("button", { name: "Näytä, mitä tapahtuu" }));
  assert.match(await page.locator("main").innerText(), /Tiedosto ei ole taulukko/);
  await axe(page);
});
