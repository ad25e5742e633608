// A person asks what is known of them, takes it along, and asks to be forgotten; changes their mind, and asks again. An
// administrator sees what each part of the service will do with what it knows, and does it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { follow, startSite } from "./harness.mjs";
import { startMailSink } from "./mail_sink.mjs";
import { filesOf, visitor, wording } from "./visitor.mjs";

const mails = await startMailSink();
const site = await startSite({ env: { TOIMELA_SMTP: mails.url } });
after(async () => {
  await site.stop();
  mails.stop();
});

const wishes = [
  { language: "fi", width: "desktop", who: "milja.honkavuo", section: "contacts", isErased: true },
  { language: "sv", width: "phone", who: "oskar.fagerdal", section: "contacts", isErased: true },
  { language: "en", width: "desktop", who: "amina.warsame-nur", section: "contacts", isErased: true },
  { language: "fi", width: "phone", who: "jenni.perkiomaa", section: "contacts" },
  { language: "sv", width: "desktop", who: "camilla.nygrund", section: "contacts" },
  { language: "en", width: "phone", who: "maret.laitila", section: "contacts" },
];

/** Somebody who answers for personal data looks what erasing does, and does it before the week is over. */
async function erase(me, { language, width, who }) {
  const decider = await visitor(site, { journey: "person-decider", language, width });
  await decider.begin();
  await decider.signIn(site.accounts.find(({ role }) => role === "national_admin"));
  await decider.look("desk");
  await decider.follow("erasure.tile");
  await decider.look("erasures");
  const row = decider.page.locator("tbody tr", { hasText: `${who}@example.org` });
  await follow(decider.page, row.getByRole("link"));
  await decider.reads(decider.t("erasure.one.asked"));
  for (const plugin of ["contacts", "events", "publications", "trendcards"])
    await decider.page.locator("tbody td", { hasText: decider.t(`${plugin}.name`) }).first().waitFor();
  assert.equal(await decider.page.getByText(decider.t("erasure.unsaid")).count(), 0, "each part says what it does");
  await decider.look("erasure");
  await decider.check("erasure.understood");
  await decider.press("erasure.one.button");
  await decider.reads("erasure.done");
  await decider.look("erased");
  await decider.close();
  await me.page.reload();
  await me.heading("access.sign_in.title").waitFor();
}

for (const wish of wishes) {
  test(`a person takes their data and asks to be forgotten (${wish.language}, ${wish.width})`, { timeout: 600_000 }, async () => {
    const account = site.accounts.find(({ email }) => email === `${wish.who}@example.org`);
    const me = await visitor(site, { ...wish, journey: "person" });
    await me.begin();
    await me.signIn(account);
    await me.look("desk");
    await me.menu("site.account");
    await me.look("account");
    await me.place("own_data.short");
    await me.look("own-data");

    const [download] = await Promise.all([me.page.waitForEvent("download"), me.button("own_data.take_button").click()]);
    const files = filesOf(await readFile(await download.path()));
    assert.match(download.suggestedFilename(), /^toimela-\d{4}-\d\d-\d\d\.zip$/);
    assert.ok(files.get("README.txt").toString("utf8").includes(me.t("own_data.readme")));
    const data = JSON.parse(files.get("data.json").toString("utf8"));
    assert.ok(JSON.stringify(data).includes(account.email));
    assert.ok(JSON.stringify(Object.keys(data)).includes(wish.section), Object.keys(data).join());

    // Not by mistake: the box must be ticked.
    await me.press("own_data.erase.button");
    await me.look("erase-unticked");
    await me.check("own_data.erase.understood");
    await me.press("own_data.erase.button");
    await me.reads("own_data.flash.asked");
    await me.look("erase-asked");
    // Mail is in the person's own language, whichever the page was in.
    const subjects = ["fi", "sv", "en"].map((language) => wording(language)("own_data.mail.asked.subject"));
    const mail = await mails.to(account.email, new RegExp(subjects.join("|")));
    assert.ok(mail.text.includes("/account/data"), mail.text);
    await me.press("own_data.erase.keep");
    await me.reads("own_data.flash.taken_back");
    await me.check("own_data.erase.understood");
    await me.press("own_data.erase.button");
    await me.reads("own_data.flash.asked");
    if (wish.isErased) await erase(me, wish);
    await me.close();
  });
}
