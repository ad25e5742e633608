// People come to events: a visitor registers three people without an account, one of them waits, and gets
// the place that is given back; with a script and without, in three languages, on a desk and a phone.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";
import { startMailSink } from "./mail_sink.mjs";
import { submit } from "./visitor.mjs";

const mails = await startMailSink();
const site = await startSite({ env: { TOIMELA_SMTP: mails.url } });
after(async () => {
  await site.stop();
  mails.stop();
});

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };
const languages = ["fi", "sv", "en"];

/** Events that one can register for, with their places, as programs see them. */
async function events(page) {
  const { items } = await (await page.request.get("/api/v1/events?limit=100")).json();
  return items.filter(({ status, startsAt }) => status === "published" && Date.parse(startsAt) > Date.now());
}

/** The first mail to the address with a private link; it leads there. */
async function privateLink(address) {
  for (;;) {
    const mail = await mails.to(address);
    const link = mail.text.match(/https?:\/\/\S+\/events\/registrations\/\d+\/\S+/)?.[0];
    if (link) return link;
  }
}

/** Registers people until `left` places are left in the event of the form. */
async function fillUp(page, path, left) {
  for (let round = 0; ; ++round) {
    const html = await (await page.request.get(path)).text();
    const free = Number(html.match(/(\d+) paikka/)?.[1] ?? 0) - left;
    if (free <= 0) return;
    const people = Math.min(free, 20);
    const form = { csrf: html.match(/name="csrf" value="([^"]+)"/)[1], key: html.match(/name="key" value="([^"]+)"/)[1],
      name: `Joukko ${round}`, email: `joukko${round}@example.org`, attends: "1", mode: "each", held: "0",
      sector: "association", count: String(people - 1) };
    for (let i = 1; i < people; ++i) form[`p${i}_name`] = `Tulija ${round}.${i}`;
    const answer = await page.request.post(path, { form, headers: { Origin: site.url }, maxRedirects: 0 });
    assert.equal(answer.status(), 303, await answer.text());
  }
}

test("a visitor registers three people without an account; who waits gets the place that is given back", async () => {
  const page = await site.newPage({ viewport: phone });
  const event = (await events(page)).find(({ capacity, taken }) => capacity === 30 && taken < 28);
  const path = `/fi/events/${event.id}/register`;
  await page.goto("/fi/events");
  await axe(page);
  await screenshot(page, "events-list-phone");
  await page.goto(path);
  await fillUp(page, path, 2);

  await page.goto(`/fi/events/${event.id}`);
  await axe(page);
  await screenshot(page, "event-phone");
  await page.locator("main a.button").first().click();
  await page.waitForURL("**/register");
  await axe(page);
  await page.fill("[name=name]", "Tuulikki Testaaja");
  await page.fill("[name=email]", "tuulikki@example.org");
  for (const number of [1, 2]) {
    await follow(page, "button[name=add]");
    await page.fill(`[name=p${number}_name]`, `Kaveri ${number}`);
    if (number === 1) await page.fill("[name=p1_email]", "ei osoite");
  }
  await follow(page, ".actions button[type=submit]");
  await page.locator("[role=alert]").waitFor();
  await axe(page);
  await screenshot(page, "register-errors-phone");
  assert.equal(await page.inputValue("[name=p1_email]"), "ei osoite");
  assert.equal(await page.inputValue("[name=name]"), "Tuulikki Testaaja");
  await page.fill("[name=p1_email]", "kaveri1@example.org");
  await page.locator(".actions button[type=submit]").click();
  await page.waitForURL("**/registered");
  await axe(page);
  await screenshot(page, "registered-phone");

  // Whoever sends the form once more is mailed the link to what is there.
  await page.goto(path);
  await page.fill("[name=name]", "Tuulikki Testaaja");
  await page.fill("[name=email]", "tuulikki@example.org");
  await page.locator(".actions button[type=submit]").click();
  await page.waitForURL("**/registered");
  await page.goto(await privateLink("tuulikki@example.org"));
  await axe(page);
  await screenshot(page, "registration-phone");
  const row = (name) => page.locator("main li", { hasText: name });
  assert.match(await row("Kaveri 2").innerText(), /1\. jonossa/);
  await follow(page, "form[action$='/confirm'] button");
  assert.equal(await page.locator("form[action$='/confirm']").count(), 0);

  await follow(page, row("Kaveri 1").locator("a[href*='/participants/']"));
  await axe(page);
  await page.fill("[name=name]", "Sijainen Salo");
  await follow(page, ".actions button[type=submit]");
  await follow(page, row("Sijainen Salo").locator("a[href*='/cancel']"));
  await axe(page);
  await screenshot(page, "cancel-phone");
  await follow(page, ".actions button[type=submit]");
  assert.match(await row("Kaveri 2").innerText(), /vahvistettu/);
  assert.match(await row("Sijainen Salo").innerText(), /peruttu/);
});

test("without a script people are added and removed, and nothing that was typed is lost", async () => {
  const page = await site.newPage({ viewport: desktop, javaScriptEnabled: false });
  const [event] = await events(page);
  await page.goto(`/fi/events/${event.id}/register`);
  await page.fill("[name=name]", "Tuulikki Testaaja");
  await follow(page, "button[name=add]");
  await page.fill("[name=p1_name]", "Ensimmäinen");
  await follow(page, "button[name=add]");
  await page.fill("[name=p2_name]", "Toinen");
  await follow(page, "button[name=remove]");
  assert.equal(await page.inputValue("[name=p1_name]"), "Toinen");
  assert.equal(await page.inputValue("[name=name]"), "Tuulikki Testaaja");
  assert.equal(await page.locator("[name=p2_name]").count(), 0);
});

for (const language of languages) {
  test(`lists, an event and its form are accessible on a desk and a phone (${language})`, async () => {
    for (const [name, viewport] of [["desk", desktop], ["phone", phone]]) {
      const page = await site.newPage({ viewport });
      const [event] = await events(page);
      for (const [kind, path] of [["events", "/events"], ["event", `/events/${event.id}`], ["register", `/events/${event.id}/register`]]) {
        await page.goto(`/${language}${path}`);
        assert.equal(await page.locator("html").getAttribute("lang"), language);
        await axe(page);
        await screenshot(page, `${kind}-${language}-${name}`);
      }
    }
  });

  test(`who represents an organisation holds seats and finds them again (${language})`, async () => {
    const account = site.accounts.find(({ role }) => role === "organisation_rep");
    const page = await site.newPage({ viewport: desktop });
    await site.signIn(page, account);
    const coming = await events(page);
    const event = coming[coming.length - 1 - languages.indexOf(language)];
    await page.goto(`/${language}/events/${event.id}/register`);
    await axe(page);
    await screenshot(page, `register-signed-in-${language}`);
    await page.uncheck("[name=attends]");
    await page.fill("[name=held]", "2");
    await page.locator(".actions button[type=submit]").click();
    await page.waitForURL("**/events/registrations/**");
    await axe(page);
    await screenshot(page, `registration-${language}`);
    await page.goto(`/${language}/account/events`);
    await axe(page);
    await screenshot(page, `own-events-${language}`);
    assert.ok(await page.locator(`main a[href*='/events/registrations/']`).count() > 0);
    await page.goto(`/${language}/dashboard`);
    await axe(page);
    assert.ok(await page.locator(`main a[href$='/account/events']`).count() > 0);
  });
}

test("an organiser brings a list in, and asks those who have a place something more", async () => {
  const page = await site.newPage({ viewport: desktop, locale: "fi-FI" });
  await site.signIn(page, site.accounts.find(({ role }) => role === "regional_admin"));
  await page.goto("/fi/events/manage");
  await page.locator("a[href$='/events/new']").first().click();
  await page.waitForURL("**/events/new");
  await page.fill("[name=title_fi]", "Tuotu väki");
  await page.fill("[name=starts]", "2030-05-20T09:00");
  await page.fill("[name=ends]", "2030-05-20T15:00");
  await page.fill("[name=place_fi]", "Kirjasto");
  await page.fill("[name=capacity]", "2");
  await submit(page);
  await page.waitForURL(/\/events\/\d+\/manage$/);
  const path = new URL(page.url()).pathname.replace(/\/manage$/, "");
  await page.goto(`${path}/questions/new`);
  await page.fill("[name=label_fi]", "Miten tulet?");
  await page.selectOption("[name=kind]", "text");
  await page.selectOption("[name=asked_of]", "participant");
  await page.check("[name=followup]");
  await page.check("[name=required]");
  await submit(page);
  await page.goto(`${path}/manage`);
  await submit(page, "form[action$='/publish']");

  // A row that is wrong stops nothing but itself, and is told before anything is done.
  const table = "Nimi,Sähköposti,Organisaatio\nTuula Tuotu,tuula@example.org,Tampereen Tuki ry\n"
    + "Olli Outo,ei osoite,\nTauno Tuotu,tauno@example.org,\nJaana Jono,jaana@example.org,\n";
  await page.goto(`${path}/import`);
  await axe(page);
  await submit(page);
  assert.equal(await page.locator("[name=reason]").getAttribute("aria-invalid"), "true");
  await axe(page);
  await page.setInputFiles("[name=file]", { name: "lista.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await page.fill("[name=reason]", "Lista sähköpostilla");
  await submit(page);
  await axe(page);
  await screenshot(page, "events-import-preview");
  const rows = await page.locator("tbody tr").allInnerTexts();
  assert.equal(rows.length, 4);
  assert.ok(rows.some((row) => /Olli Outo/.test(row)));
  assert.ok(await page.locator("tbody tr", { hasText: "Olli Outo" }).locator("li").count(), "the row says what is wrong");
  await page.setViewportSize(phone);
  await screenshot(page, "events-import-preview-phone");
  await page.setViewportSize(desktop);
  await submit(page, "form[action$='/import/confirm']");
  await page.goto(`${path}/participants?state=confirmed`);
  const confirmed = await page.locator("tbody").innerText();
  assert.match(confirmed, /Tuula Tuotu/);
  assert.match(confirmed, /Tauno Tuotu/);
  assert.doesNotMatch(confirmed, /Olli|Jaana/);
  await page.goto(`${path}/participants?state=waiting`);
  assert.match(await page.locator("tbody").innerText(), /Jaana Jono/);
  await page.goto(`${path}/participants`);
  assert.match(await page.locator("main").innerText(), /2 paikan saanutta ei ole vastannut/);
  await screenshot(page, "events-followup-owing");
});
