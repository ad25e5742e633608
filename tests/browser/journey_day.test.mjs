// A contact person's day, from what waits on the desk to the region's page: an application is answered, a
// workshop is planned from a template and the network invited, a card session is run in it, its result
// goes into the archive and is found on the page of the region and in its report of the year.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { moveTo } from "./card_session.mjs";
import { startSite } from "./harness.mjs";
import { startMailSink } from "./mail_sink.mjs";
import { inDays, visitor } from "./visitor.mjs";

const mails = await startMailSink();
const site = await startSite({ env: { TOIMELA_SMTP: mails.url } });
after(async () => {
  await site.stop();
  mails.stop();
});

const account = (name) => site.accounts.find(({ email }) => email === `${name}@example.org`);

const decks = { fi: "Työllisyydenhoidon trendikortit", sv: "Trendkort om sysselsättning", en: "Trend cards for employment work" };

// Other regions, networks and words each time. The report is of a year in which each had an event.
const days = [
  {
    language: "fi", width: "phone", contact: "jenni.perkiomaa", reviewer: "eero.hauhia",
    region: "Pirkanmaa", network: "Pirkanmaan Järjestöklubi", member: "teemu.jarvikorpi", applicant: "Fatima Rahimi",
    model: "Pikatreffit järjestöille ja yrityksille", event: "Klubin korttityöpaja", session: "Mihin järjestöklubi tarttuu?",
  },
  {
    language: "sv", width: "desktop", contact: "camilla.nygrund", reviewer: "aino.kivilehto",
    region: "Österbotten", network: "Kuntsari", member: "linnea.storgrann",
    model: "Tvåspråkig partnerskapseftermiddag", event: "Kuntsaris kortworkshop", session: "Vad tar Kuntsari tag i?",
  },
  {
    language: "en", width: "phone", contact: "anniina.lautamaja", reviewer: "aino.kivilehto",
    region: "South Karelia", network: "Yhdistysinfo South Karelia", member: "harri.kuivasmaki",
    model: "Trend cards on the table", event: "Card workshop of the associations", session: "What will the associations take up?",
  },
];

/** Answers the application that waits. */
async function answerApplication(me, { applicant }) {
  await me.follow("contacts.applications.waiting");
  await me.look("applications");
  await me.follow(applicant);
  await me.look("application");
  await me.press("contacts.application.accept");
  await me.reads("contacts.flash.application_accepted");
  await me.desk();
  assert.equal(await me.link("contacts.applications.waiting").count(), 0, "nothing waits any more");
}

/** A workshop for the network, a week ahead, from a template that is made of an event before it. */
async function planWorkshop(me, { model, event, network, member }) {
  await me.follow("events.manage.title");
  await me.look("events-manage");
  await me.follow(model);
  await me.look("event-model");
  await me.press("events.manage.keep");
  await me.reads("events.manage.is_template");
  await me.look("template");
  await me.desk();
  await me.follow("events.manage.title");
  await me.link("events.manage.from_template").click();
  await me.follow(model, me.page.getByRole("region", { name: me.t("events.manage.templates"), exact: true }));
  await me.look("template-copy");
  await me.fill("events.copy.day", inDays(7));
  await me.press("events.copy.submit");
  await me.reads("events.done.copied");
  const title = me.page.getByRole("group", { name: new RegExp(`^${me.t("events.details.title")}`) }).first();
  for (const each of ["fi", "sv", "en"]) await me.fill(`form.language.${each}`, event, title);
  await me.choose("events.details.visibility", "events.visibility.network");
  await me.choose("events.details.audience", network);
  await me.look("event-edit");
  await me.press("events.organise.save");
  await me.reads("events.done.saved");
  if (!(await me.button("events.manage.publish").count())) await me.follow("events.tab.overview");
  await me.press("events.manage.publish");
  await me.reads("events.done.published");
  await me.look("event-published");
  await me.press("events.invite.submit");
  await me.reads("events.done.invited");
  const invitation = await mails.to(`${member}@example.org`);
  assert.ok(invitation.text.includes(event), invitation.text);
}

/** Somebody comes into the session with its code, from the front page on. */
async function takePart(day, code) {
  const guest = await visitor(site, { ...day, journey: "day-guest", width: "phone" });
  await guest.begin();
  await guest.menu("trendcards.navigation");
  await guest.follow("trendcards.session.code.title");
  await guest.fill("trendcards.session.code.label", code);
  await guest.press("trendcards.session.code.go");
  await guest.press("trendcards.session.join.go");
  await guest.reads("trendcards.session.phase_text.lobby");
  return guest;
}

/** A card session of three people to its end; the result is open in the end. */
async function runSession(me, day) {
  await me.region(day.region);
  await me.look("region-before");
  await me.place("trendcards.session.navigation");
  await me.look("sessions");
  await me.follow("trendcards.session.list.new");
  await me.look("session-deck");
  await me.follow(decks[me.language]);
  await me.fill("trendcards.session.field.title", day.session);
  await me.look("session-new");
  await me.press("trendcards.session.new.begin");
  await me.reads("trendcards.session.done.begun");
  await me.look("session-open");
  const code = (await me.page.locator(".session-code").innerText()).trim();

  const guests = [];
  for (let come = 0; come < 3; ++come) guests.push(await takePart(day, code));
  await me.reads(me.t("trendcards.session.people", { count: 3 }));
  await guests[0].look("lobby");
  await moveTo(me.page, me.t("trendcards.session.phase.discussing"));
  for (const guest of guests) await guest.heading("trendcards.session.cards.hand").waitFor();
  await moveTo(me.page, me.t("trendcards.session.phase.voting"));
  for (const guest of guests) {
    await guest.heading("trendcards.session.rank.title").waitFor();
    if (guest === guests[0]) await guest.look("rank");
    await guest.button("trendcards.session.rank.send").click();
    await guest.reads("trendcards.session.rank.sent");
  }
  await me.reads(me.t("trendcards.session.answered", { count: 3 }));
  await me.look("session-answered");
  await moveTo(me.page, me.t("trendcards.session.phase.done"));
  await guests[0].heading("trendcards.session.summary.ranked").waitFor();
  await guests[0].look("result");
  await me.press("trendcards.session.lead.end");
  await me.reads("trendcards.session.lead.over");
  for (const guest of guests) await guest.close();
  await me.follow("trendcards.result.title");
}

/** The result is attached to the workshop and goes into the archive, where somebody else publishes it. */
async function publishResult(me, day) {
  await me.look("result");
  await me.choose("trendcards.result.attach.event", day.event);
  await me.press("trendcards.result.attach.submit");
  await me.reads("trendcards.result.done.attached");
  await me.press("trendcards.result.deposit.submit");
  await me.reads("trendcards.result.done.deposited");
  await me.follow("trendcards.result.deposit.done");
  await me.look("publication-draft");
  await me.press("publications.step.submit");
  await me.reads("publications.done.submit");

  const reviewer = await visitor(site, { ...day, journey: "day-reviewer" });
  await reviewer.begin();
  await reviewer.signIn(account(day.reviewer));
  await reviewer.reads(reviewer.t("publications.tile.waiting"));
  await reviewer.follow(day.session);
  await reviewer.look("publication");
  await reviewer.press("publications.step.publish");
  await reviewer.reads("publications.done.publish");
  await reviewer.close();
}

for (const day of days) {
  test(`a contact person's day (${day.language}, ${day.width})`, { timeout: 900_000 }, async () => {
    const me = await visitor(site, { ...day, journey: "day" });
    await me.begin();
    await me.look("home");
    await me.signIn(account(day.contact));
    await me.look("desk");
    await me.heading("events.tile.organiser").waitFor();
    await me.reads("events.figure.confirmed_of");
    if (day.applicant) await answerApplication(me, day);
    await planWorkshop(me, day);
    await runSession(me, day);
    await publishResult(me, day);

    await me.region(day.region);
    await me.look("region-after");
    await me.follow(day.session);
    await me.look("publication-published");
    await me.heading(day.session).waitFor();

    await me.region(day.region);
    await me.place("report.navigation");
    await me.look("year");
    await me.heading(me.t("report.title_of", { year: inDays(0).slice(0, 4), place: day.region })).waitFor();
    for (const plugin of ["events", "contacts", "publications", "trendcards"]) await me.heading(`${plugin}.name`).waitFor();
    await me.link(day.session).waitFor();

    await me.desk();
    await me.look("desk-after");
    await me.follow("events.report.title");
    await me.choose("events.report.region", day.region);
    await me.fill("events.report.from", "2019-01-01");
    await me.fill("events.report.to", "2019-12-31");
    await me.button("events.report.show").click();
    await me.page.waitForURL(/from=2019-01-01/);
    await me.reads("events.report.how");
    await me.look("report");
    const rows = await me.page.getByRole("table", { name: me.t("events.report.list") }).locator("tbody tr").allInnerTexts();
    assert.ok(rows.length > 0);
    for (const row of rows) assert.match(row, /2019/);
    await me.close();
  });
}
