// An organisation that is new to the service: it finds an event on the front page's way, registers three people
// without an account, later asks to represent itself, sees its registration, orders a deck of cards and corrects
// what is known of it.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startSite } from "./harness.mjs";
import { linkIn, startMailSink } from "./mail_sink.mjs";
import { visitor } from "./visitor.mjs";

const mails = await startMailSink();
const site = await startSite({ env: { TOIMELA_SMTP: mails.url } });
after(async () => {
  await site.stop();
  mails.stop();
});

const administrator = site.accounts.find(({ role }) => role === "national_admin");

// Other organisations, events and decks each time. Printed decks are in Finnish and Swedish.
const visits = [
  {
    language: "fi", width: "phone", event: "Trendikortit pöytään", region: "Etelä-Karjala",
    organisation: "Lappeenrannan Kehitysvammaisten Tuki ry", deck: "Yhteistyö alkuun", printed: /^suomi, /,
    people: [["Veera", "Vuoksi"], ["Onni", "Ohra"], ["Helmi", "Hauki"]], work: "toiminnanjohtaja",
  },
  {
    language: "sv", width: "desktop", event: "Tvåspråkig partnerskapseftermiddag", region: "Österbotten",
    organisation: "Larsmo kommun", deck: "Trendkort om sysselsättning", printed: /^svenska, /,
    people: [["Sanna", "Strand"], ["Nils", "Näse"], ["Maj", "Mård"]], work: "kultursekreterare",
  },
  {
    language: "en", width: "phone", event: "Online meeting of regional contact persons",
    organisation: "Finnish Association on Intellectual and Developmental Disabilities", deck: "Starting cooperation",
    printed: /^Finnish, /, people: [["Grace", "Green"], ["Adam", "Acker"], ["Rose", "Rye"]], work: "coordinator",
  },
];

const nameOf = (person) => person.join(" ");
const addressOf = ([given, family]) => `${given}.${family}@example.org`.toLowerCase().normalize("NFD").replaceAll(/[^\w.@]/g, "");

/** Finds the event from the front page, and registers three people; the private link comes by mail. */
async function registerThree(me, { event, region, organisation, people }) {
  const [first, ...others] = people;
  await me.begin();
  await me.look("home");
  if (region) {
    await me.follow(new RegExp(`^${region}`));
    await me.look("region");
    await me.follow("events.tile.link");
  } else {
    await me.menu("events.navigation");
  }
  await me.look("events");
  await me.follow(event);
  await me.look("event");
  await me.follow("events.page.register");
  await me.look("register");
  await me.fill("events.form.name", nameOf(first));
  await me.fill("events.form.email", addressOf(first));
  await me.fill("events.form.organisation", organisation);
  for (const [at, other] of others.entries()) {
    await me.press("events.form.add");
    const fields = me.page.getByRole("group", { name: me.t("events.form.person", { number: at + 1 }) });
    await me.fill("events.form.name", nameOf(other), fields);
    await me.fill("events.form.email", addressOf(other), fields);
  }
  await me.look("register-three");
  await me.press("events.register.submit");
  await me.heading("events.registered.title").waitFor();
  await me.look("registered");
  const link = linkIn(await mails.to(addressOf(first)), site.url);
  await me.open(link);
  await me.look("registration-unconfirmed");
  await me.press("events.own.confirm");
  await me.reads("events.flash.confirmed");
  for (const person of people) await me.reads(nameOf(person));
  await me.look("registration");
  return link;
}

/** Later, by the link that was mailed: makes an account and asks to represent the organisation; an administrator says yes. */
async function claim(me, { organisation, people, work, language, width }, link) {
  const [given, family] = people[0];
  const address = addressOf(people[0]);
  await me.open(link);
  await me.follow("accounts.join.link");
  await me.look("join");
  await me.fill("access.sign_in.email", address);
  await me.press("accounts.join.submit");
  await me.look("join-sent");
  await me.open(linkIn(await mails.to(address, me.t("accounts.mail.join.subject")), site.url));
  await me.look("join-account");
  await me.fill("access.person.given_name", given);
  await me.fill("access.person.family_name", family);
  await me.fill("access.sign_in.password", "pitkä lause joka kelpaa");
  await me.press("accounts.join.make");
  await me.look("own-organisations");
  await me.follow("claim.own.find");
  await me.fill("directory.organisation.name", organisation);
  await me.button("table.find").click();
  await me.page.waitForURL(/[?&]q=/);
  await me.look("organisations");
  await me.follow(organisation);
  await me.look("organisation");
  await me.follow("claim.represent.link");
  await me.look("represent");
  await me.fill("claim.field.title", work);
  await me.press("claim.submit");
  await me.reads("claim.flash.asked");
  await me.look("asked");

  const decider = await visitor(site, { journey: "organisation-decider", language, width });
  await decider.begin();
  await decider.signIn(administrator);
  await decider.follow("claim.tile.waiting");
  await decider.look("claims");
  await decider.follow(organisation);
  await decider.look("claim");
  await decider.press("claim.one.approve");
  await decider.reads("claim.flash.approved");
  await decider.close();
  await me.open(linkIn(await mails.to(address, me.t("claim.mail.approved.subject")), site.url));
}

/** Says that the registration is the organisation's, and finds it among the organisation's. */
async function seeRegistrations(me, { event, organisation, people }, link) {
  await me.open(link);
  await me.look("registration-to-link");
  await me.press("events.link.submit");
  await me.menu("events.navigation");
  await me.follow("events.mine.title");
  await me.look("own-events");
  const section = me.page.locator("main section", { has: me.page.getByRole("heading", { name: organisation }) });
  await me.link(event, section).waitFor();
  for (const person of people) await me.reads(new RegExp(nameOf(person)), section);
}

async function orderDeck(me, { deck, organisation, printed }) {
  await me.menu("trendcards.navigation");
  await me.look("decks");
  await me.follow(deck);
  await me.look("deck");
  await me.follow("trendcards.order.link");
  await me.look("order");
  await me.choose("trendcards.order.stock", printed);
  await me.choose("trendcards.order.organisation", organisation);
  await me.fill("trendcards.order.count", "2");
  await me.fill("trendcards.order.address", "Rantatie 1\n53100 Lappeenranta");
  await me.press("trendcards.order.submit");
  await me.reads("trendcards.order.flash.placed");
  await me.reads("trendcards.order.state.received");
  await me.look("ordered");
}

async function correctContact(me, { organisation }) {
  const website = "https://www.example.org/uusi";
  await me.menu("site.account");
  await me.fill("access.person.phone", "+358 50 123 4567");
  await me.press("access.account.save");
  await me.reads("access.account.saved");
  await me.look("account");
  await me.place("claim.own.title");
  await me.follow(organisation);
  await me.follow("directory.organisation.edit");
  await me.look("organisation-edit");
  await me.fill("directory.organisation.website", website);
  await me.press("directory.organisation.save");
  await me.reads("directory.organisation.saved");
  await me.link(website).waitFor();
  await me.look("organisation-saved");
}

for (const visit of visits) {
  test(`an organisation comes along (${visit.language}, ${visit.width})`, { timeout: 900_000 }, async () => {
    const me = await visitor(site, { ...visit, journey: "organisation" });
    const link = await registerThree(me, visit);
    await claim(me, visit, link);
    await seeRegistrations(me, visit, link);
    await orderDeck(me, visit);
    await correctContact(me, visit);
    await me.close();
  });
}
