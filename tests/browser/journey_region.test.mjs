// A national administrator opens a region like another one: what it needs is switched on, roles are given, a contact person is
// invited and comes in, one plugin is locked; and one is switched off in another region, where people see why.
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

const account = (name) => site.accounts.find(({ email }) => email === `${name}@example.org`);

// Other regions, plugins and people each time. A plugin that is locked stays so for those who follow.
const openings = [
  {
    language: "fi", width: "desktop", region: "Keski-Pohjanmaa", model: "Pirkanmaa", welcome: "Tervetuloa mukaan!", opened: "trendcards", locked: "contacts",
    admin: "Tuula Kivikangas-Vikström", invited: ["Ritva", "Rantala"],
    other: "Lappi", off: "events", otherAdmin: "maret.laitila", event: "Hyvinvointitarjottimen kahvit",
  },
  {
    language: "sv", width: "phone", region: "Mellersta Finland", model: "Birkaland", welcome: "Välkommen med!", opened: "publications", locked: "trendcards",
    admin: "Veera Kuusikallio", invited: ["Siv", "Sund"],
    other: "Österbotten", off: "events", event: "Tvåspråkig partnerskapseftermiddag",
  },
  {
    language: "en", width: "desktop", region: "Kainuu", model: "Pirkanmaa", welcome: "Come along!", opened: "events", locked: "publications",
    admin: "Kyösti Karvonmaa", invited: ["Kim", "Kainu"],
    other: "South Karelia", off: "events", event: "Trend cards on the table",
  },
];

const titleOf = (me, plugin) => me.t(`${plugin}.name`);
const card = (me, plugin) => me.page.getByRole("region", { name: titleOf(me, plugin), exact: true });
const isOn = (me, plugin) => card(me, plugin).getByText(me.t("plugins.region.on"), { exact: true }).count();

/** The page on which a region's plugins are switched, from the desk on. */
async function regionPlugins(me, region) {
  await me.menu("site.administration");
  await me.follow(region);
}

/** What the model has, seen before it is done. */
async function openRegion(me, { region, opened, model, welcome }) {
  await me.menu("site.administration");
  await me.look("administration");
  await me.follow(region);
  await me.look("region-plugins");
  if (await isOn(me, opened)) {
    await me.press("plugins.region.disable", card(me, opened));
    await me.reads("plugins.region.disabled");
  }
  await me.look("region-plugin-off");
  await me.follow("opening.link");
  await me.look("opening");
  await me.choose("opening.from", model);
  await me.press("opening.preview");
  await me.reads(me.t("opening.plan", { model }));
  const row = me.page.locator("tbody tr", { has: me.page.getByRole("rowheader", { name: titleOf(me, opened), exact: true }) });
  await row.getByText(me.t("opening.changes")).waitFor();
  const greeting = me.page.getByRole("group", { name: new RegExp(`^${me.t("opening.welcome.label")}`) });
  await me.fill(`form.language.${me.language}`, welcome, greeting);
  await me.look("opening-preview");
  await me.press("opening.submit");
  await me.reads("opening.done");
  await me.look("opened");
  await me.follow("opening.next.look");
  await me.reads(welcome);
  await me.look("region-opened");
  await regionPlugins(me, region);
  assert.equal(await isOn(me, opened), 1);
}

async function giveRoles(me, { region, admin, invited, language, width }) {
  await me.follow("access.people.title");
  await me.look("people");
  await me.fill("access.people.search", admin.split(" ")[1]);
  await me.button("table.find").click();
  await me.page.waitForURL(/[?&]q=/);
  await me.follow(admin.split(" ").reverse().join(", "));
  await me.look("person");
  await me.choose("access.grant.role", "access.role.regional_admin");
  await me.choose("access.grant.place", region);
  await me.press("access.grant.submit");
  await me.reads("access.grant.added");
  await me.look("person-granted");

  const [given, family] = invited;
  const address = `${given}.${family}@example.org`.toLowerCase();
  await regionPlugins(me, region);
  await me.follow("access.person.new.title");
  await me.look("person-new");
  await me.fill("access.person.given_name", given);
  await me.fill("access.person.family_name", family);
  await me.fill("access.person.email", address);
  await me.choose("access.grant.role", "access.role.contact_person");
  await me.choose("access.grant.place", region);
  await me.press("access.person.new.submit");
  await me.reads("accounts.person.invited");

  const guest = await visitor(site, { journey: "region-invited", language, width });
  await guest.open(linkIn(await mails.to(address), site.url));
  await guest.look("invitation");
  await guest.fill("access.sign_in.password", "pitkä lause joka kelpaa");
  await guest.press("accounts.invitation.accept_account");
  await guest.heading("dashboard.greeting").waitFor();
  await guest.reads("access.role.contact_person");
  await guest.look("desk");
  await guest.follow(region);
  await guest.look("region");
  await guest.close();
}

/** From now on the region can not switch it. */
async function lock(me, { locked, region }) {
  await me.menu("site.administration");
  await me.follow("plugins.title");
  await me.look("plugins");
  await me.check("plugins.lock", card(me, locked));
  await me.press("plugins.save", card(me, locked));
  await me.reads("plugins.saved");
  await regionPlugins(me, region);
  await me.reads("plugins.region.locked", card(me, locked));
  assert.equal(await me.button("plugins.region.disable", card(me, locked)).count(), 0);
  await me.look("region-locked");
}

/** What people have open, or have kept a link to, tells them why it is not there. */
async function switchOff(me, { other, off, event, language, width, otherAdmin }) {
  const reader = await visitor(site, { journey: "region-reader", language, width });
  await reader.begin();
  await reader.follow(new RegExp(`^${other}`));
  await reader.link("events.tile.link").waitFor();
  const late = await visitor(site, { journey: "region-late", language, width });
  await late.begin();
  await late.follow(new RegExp(`^${other}`));
  await late.follow("events.tile.link");

  await regionPlugins(me, other);
  await me.press("plugins.region.disable", card(me, off));
  await me.reads("plugins.region.disabled");
  await me.look("other-region");

  await late.follow(event);
  await late.reads("error.off.text");
  await late.look("off");
  await late.close();
  await reader.begin();
  await reader.follow(new RegExp(`^${other}`));
  await reader.look("region-without");
  assert.equal(await reader.link("events.tile.link").count(), 0);
  assert.equal(await reader.link("events.navigation", reader.page.locator(".place-nav")).count(), 0);
  await reader.close();
  if (!otherAdmin) return;

  // The region's own administrator may have it back.
  const owner = await visitor(site, { journey: "region-owner", language, width });
  await owner.begin();
  await owner.signIn(account(otherAdmin));
  await owner.menu("site.administration");
  await owner.look("administration");
  await owner.follow(other);
  await owner.press("plugins.region.enable", card(owner, off));
  await owner.reads("plugins.region.enabled");
  await owner.look("on-again");
  await owner.close();
}

for (const opening of openings) {
  test(`a region is opened, another loses a plugin (${opening.language}, ${opening.width})`, { timeout: 900_000 }, async () => {
    const me = await visitor(site, { ...opening, journey: "region" });
    await me.begin();
    await me.signIn(account("aino.kivilehto"));
    await openRegion(me, opening);
    await giveRoles(me, opening);
    await lock(me, opening);
    await switchOff(me, opening);
    await me.close();
  });
}
