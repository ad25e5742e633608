// A day in the network, on a phone: a colleague is invited and begins, a short region gets somebody,
// and an administrator switches the plugin off in one region and on again. Every page that is met is
// checked, in the languages that people here read.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow as press, screenshot, startSite } from "./harness.mjs";
import { deliver, linkIn, startMailSink } from "./mail_sink.mjs";
import { inDays, submit, totp } from "./visitor.mjs";

const mails = await startMailSink();
const site = await startSite({ env: { TOIMELA_SMTP: mails.url } });
after(async () => {
  await site.stop();
  mails.stop();
});

const phone = { width: 390, height: 844 };
const account = (name) => site.accounts.find((a) => a.email === `${name}@example.org`);
/** Notices that wait for a day to come are mailed now. */
const sendDigests = (plus = 1) => site.command(`digest send --until ${inDays(plus)}`);

/** The page as it stands: accessible, and not wider than the phone. */
async function look(page, name) {
  await axe(page);
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.ok(!isWide, `${page.url()} scrolls sideways`);
  if (name) await screenshot(page, `day-${name}`);
}

/** The same page in Swedish and English, and back: for pages that can be opened by their address. */
async function lookInOtherLanguages(page) {
  const here = new URL(page.url());
  const [, language] = here.pathname.split("/");
  for (const other of ["fi", "sv", "en"].filter((each) => each !== language)) {
    const answer = await page.goto(here.pathname.replace(`/${language}`, `/${other}`) + here.search);
    assert.equal(answer.status(), 200, page.url());
    await look(page);
  }
  await page.goto(here.href);
}

const follow = (page, name) => press(page, page.locator("main").getByRole("link", { name }));

async function signedIn(person) {
  const page = await site.newPage({ viewport: phone });
  await site.signIn(page, person);
  return page;
}

const said = (page) => page.locator("[role=status]").first().innerText();

test("a contact person invites a colleague, who accepts, sets a second factor and posts a tip", async () => {
  const person = account("anniina.lautamaja");
  const page = await signedIn(person);
  await look(page, "dashboard");
  await follow(page, "Yhdistysinfo Etelä-Karjala");
  await look(page, "network");
  const network = page.url();

  // She wants to hear of what is new once a day.
  await follow(page, "Verkoston keskustelut");
  await look(page, "board");
  await lookInOtherLanguages(page);
  await page.selectOption("#pace", "daily");
  await submit(page, "form[action$='/follow']");
  assert.equal(await page.locator("#pace").inputValue(), "daily");

  await page.goto(network);
  await follow(page, "Kutsu jäsen");
  await look(page, "invite");
  await lookInOtherLanguages(page);
  assert.equal((await submit(page)).status(), 422);
  await look(page, "invite-errors");
  await page.getByLabel("Sähköposti").fill("ronja.rantakivi@example.org");
  await page.getByLabel("Etunimi").fill("Ronja");
  await page.getByLabel("Sukunimi").fill("Rantakivi");
  await page.getByLabel("Organisaatio").fill("Lappeenrannan kaupunki");
  await page.keyboard.press("Escape");
  await page.getByLabel("Rooli").selectOption({ label: "yhteyshenkilö" });
  assert.equal((await submit(page)).status(), 303);
  assert.match(await said(page), /[Kk]utsu/);
  await look(page, "invited");
  assert.match(await page.locator("main").innerText(), /Ronja Rantakivi/);

  await deliver(site);
  const mail = await mails.to("ronja.rantakivi@example.org");
  assert.match(mail.text, /Yhdistysinfo Etelä-Karjala/);
  const colleague = await site.newPage({ viewport: phone });
  await colleague.goto(linkIn(mail, site.url));
  await look(colleague, "invitation");
  await lookInOtherLanguages(colleague);
  await colleague.fill("[name=password]", "pitkä lause joka kelpaa");
  assert.equal((await submit(colleague, "form[action$='/accept']")).status(), 303);
  assert.match(await colleague.locator("h1").innerText(), /Yhdistysinfo Etelä-Karjala/);
  await look(colleague, "accepted");

  // Her own pages lead to the second factor.
  await colleague.goto("/fi/account");
  await look(colleague, "account");
  await lookInOtherLanguages(colleague);
  await colleague.getByRole("link", { name: "Kaksivaiheinen kirjautuminen" }).first().click();
  await colleague.waitForURL("**/second-factor");
  await look(colleague, "second-factor");
  await submit(colleague);
  await look(colleague, "second-factor-setup");
  const secret = await colleague.locator("code.secret").innerText();
  await colleague.fill("[name=code]", totp(secret));
  await colleague.fill("[name=current_password]", "pitkä lause joka kelpaa");
  assert.equal((await submit(colleague)).status(), 200);
  assert.equal(await colleague.locator(".recovery-codes code").count(), 10);
  await look(colleague, "recovery-codes");

  await colleague.goto("/fi/dashboard");
  await look(colleague, "colleague-dashboard");
  await follow(colleague, "Yhdistysinfo Etelä-Karjala");
  await follow(colleague, "Verkoston keskustelut");
  await follow(colleague, /[Vv]inkki/);
  await look(colleague, "tip");
  await lookInOtherLanguages(colleague);
  await colleague.getByLabel("Otsikko").fill("Kahvit ensin, asia sitten");
  await colleague.locator("[name=body]").fill("Ensimmäinen tapaaminen **kävellen** on helpompi kuin pöydän ääressä.");
  assert.equal((await submit(colleague)).status(), 303);
  await look(colleague, "tip-posted");

  assert.ok(!mails.all().some((each) => each.recipient === person.email), "nothing before the morning");
  await sendDigests();
  await deliver(site);
  const digest = await mails.to(person.email);
  assert.match(digest.text, /Kahvit ensin, asia sitten/);
  await page.goto(linkIn(digest, site.url));
  assert.match(await page.locator("h1").innerText(), /Kahvit ensin/);
  await look(page, "digest-leads-to-tip");
});

test("a coordinator sees that a region is short, announces, and accepts who applies", async () => {
  const page = await signedIn(account("aino.kivilehto"));
  await follow(page, "Alueyhteyshenkilöiden verkosto");
  await look(page, "national-network");
  await follow(page, "Kattavuus maakunnittain");
  await look(page, "coverage");
  await lookInOtherLanguages(page);
  const coverage = page.url();
  const tile = page.locator(".coverage-map a", { hasText: "Keski-Pohjanmaa" });
  assert.match(await tile.innerText(), /puuttuu/);

  await follow(page, "Tiedota näille maakunnille");
  await look(page, "announce");
  await lookInOtherLanguages(page);
  assert.ok(await page.getByLabel("Keski-Pohjanmaa", { exact: true }).isChecked(),
            "the short regions are proposed");
  for (const box of await page.locator("main form [name=regions]").all()) await box.uncheck();
  await page.getByLabel("Keski-Pohjanmaa", { exact: true }).check();
  await page.getByLabel("Otsikko").fill("Keski-Pohjanmaa tarvitsee toisen yhteyshenkilön");
  await page.locator("[name=body]").fill("Kuka teiltä lähtisi mukaan? Kertokaa työkavereille.");
  assert.equal((await submit(page)).status(), 303);
  await look(page, "announced");
  await sendDigests(0);
  await deliver(site);
  assert.ok(await mails.next((mail) => /Keski-Pohjanmaa tarvitsee/.test(mail.text)), "the people of the region are told at once");

  // Somebody of the region, who has just got an account, finds the way by herself.
  const printed = await site.command("user create impi.kokkola@example.org Impi_Kokkola member keski-pohjanmaa"
    .split(" ").map((word) => word.replace("_", " ")));
  const impi = { email: "impi.kokkola@example.org", password: printed.match(/: (\S+)\s*$/)[1] };
  const applicant = await signedIn(impi);
  await look(applicant, "newcomer-dashboard");
  await applicant.goto("/fi/regions/keski-pohjanmaa");
  await look(applicant, "short-region");
  await follow(applicant, /yhteyshenkilö|[Vv]erkosto/);
  await look(applicant, "short-region-contacts");
  await lookInOtherLanguages(applicant);
  await follow(applicant, /Hae mukaan/);
  await look(applicant, "apply");
  await lookInOtherLanguages(applicant);
  assert.equal((await submit(applicant)).status(), 422);
  await look(applicant, "apply-errors");
  await applicant.getByLabel(/Organisaatio/).fill("Silta-Valmennusyhdistys ry");
  await applicant.keyboard.press("Escape");
  await applicant.getByLabel(/Rooli/).selectOption({ label: "yhteyshenkilö" });
  await applicant.getByLabel(/Maakunta/).selectOption({ label: "Keski-Pohjanmaa" });
  await applicant.getByLabel(/Viesti/).fill("Aloitamme työpajan Kokkolassa.");
  assert.equal((await submit(applicant)).status(), 303);
  await look(applicant, "applied");

  await page.goto("/fi/dashboard");
  await follow(page, /hakemusta? odottaa/);
  await look(page, "applications");
  await lookInOtherLanguages(page);
  await follow(page, "Impi Kokkola");
  await look(page, "application");
  await lookInOtherLanguages(page);
  await press(page, page.getByRole("button", { name: "Hyväksy hakemus" }));
  assert.match(await said(page), /jäsen/);
  await look(page, "application-accepted");
  await page.goto(coverage);
  assert.doesNotMatch(await tile.innerText(), /puuttuu/);
  await look(page, "coverage-after");
  await deliver(site);
  await mails.to(impi.email);
});

test("an administrator switches the plugin off in a region, and on again", async () => {
  const page = await signedIn(account("eero.hauhia"));
  const visitor = await site.newPage({ viewport: phone });
  await visitor.goto("/fi/regions/pirkanmaa");
  await visitor.locator("main a[href$='/regions/pirkanmaa/contacts']").first().click();
  await visitor.waitForURL("**/regions/pirkanmaa/contacts");
  const address = visitor.url();
  await look(visitor, "switch-before");

  await page.goto("/fi/regions/pirkanmaa");
  await page.getByRole("link", { name: "Toiminnot" }).first().click();
  await page.waitForURL("**/plugins");
  await look(page, "switch");
  await lookInOtherLanguages(page);
  await press(page, page.getByRole("button", { name: /Poista käytöstä/ }));
  assert.match(await said(page), /\S/);
  await look(page, "switched-off");

  for (const language of ["fi", "sv", "en"]) {
    const answer = await visitor.goto(address.replace("/fi/", `/${language}/`));
    assert.equal(answer.status(), 404);
    await look(visitor, `switched-off-visitor-${language}`);
  }
  await visitor.goto(address);
  assert.match(await visitor.locator("main").innerText(), /ei ole käytössä/);
  await visitor.goto("/fi/regions/pirkanmaa");
  await look(visitor, "switched-off-region");
  assert.equal(await visitor.locator("a[href$='/regions/pirkanmaa/contacts']").count(), 0);
  assert.equal((await visitor.goto("/fi/regions/lappi/contacts")).status(), 200);

  await press(page, page.getByRole("button", { name: /Ota käyttöön/ }));
  assert.equal((await visitor.goto(address)).status(), 200);
  await visitor.goto("/fi/regions/pirkanmaa");
  assert.ok(await visitor.locator("a[href$='/regions/pirkanmaa/contacts']").count() > 0);
});
