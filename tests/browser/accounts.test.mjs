// Ways to one's account beside the password: mailed links, a code from an app, an invitation.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";
import { linkIn, startMailSink } from "./mail_sink.mjs";
import { submit, totp } from "./visitor.mjs";

const mails = await startMailSink();
const site = await startSite({ env: { TOIMELA_SMTP: mails.url } });
after(async () => {
  await site.stop();
  mails.stop();
});

const account = (role) => site.accounts.find((a) => a.role === role);
const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };

/** The page as it is, at both widths and without scrolling sideways. */
async function check(page, name) {
  for (const [viewport, suffix] of [[phone, "phone"], [desktop, "desktop"]]) {
    await page.setViewportSize(viewport);
    await axe(page);
    const isWide = await page.evaluate(
      () => document.documentElement.scrollWidth > window.innerWidth);
    assert.ok(!isWide, `${page.url()} scrolls sideways at ${viewport.width}`);
    if (name) await screenshot(page, `${name}-${suffix}`);
  }
}

const isSignedIn = async (page) =>
  new URL((await page.request.get("/fi/account")).url()).pathname === "/fi/account";

test("the pages for links are accessible in three languages at both widths", async () => {
  const page = await site.newPage();
  for (const language of ["fi", "sv", "en"]) {
    for (const path of ["/sign-in", "/sign-in/link", "/password/reset", "/sign-in/link/nosuchtoken",
                        "/password/reset/nosuchtoken", "/invitations/nosuchtoken"]) {
      await page.goto(`/${language}${path}`);
      await check(page);
    }
  }
});

test("somebody who has forgotten the password signs in by a mailed link", async () => {
  const person = account("contact_person");
  const page = await site.newPage();
  await page.goto("/fi/sign-in");
  await follow(page, "a[href*='/sign-in/link']");
  await page.fill("[name=email]", "not an address");
  await submit(page);
  await check(page, "link-request-error");
  await page.fill("[name=email]", person.email);
  await submit(page);
  await check(page, "link-sent");
  await page.goto(linkIn(await mails.to(person.email), site.url));
  assert.equal(await isSignedIn(page), false);
  await check(page, "sign-in-link");
  await submit(page);
  assert.equal(await isSignedIn(page), true);
});

test("a forgotten password is replaced, by keyboard alone and without a script", async () => {
  const person = account("organisation_rep");
  const page = await site.newPage({ javaScriptEnabled: false });
  await page.goto("/sv/password/reset");
  await page.focus("[name=email]");
  await page.keyboard.type(person.email);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/sv/sign-in");
  await page.goto(linkIn(await mails.to(person.email), site.url));
  await page.focus("[name=new_password]");
  await page.keyboard.type("nio bröder i skogen");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/sv/dashboard");
  assert.equal(await isSignedIn(page), true);
  assert.match((await mails.to(person.email)).text, /Toimela/);
  const again = await site.newPage();
  await site.signIn(again, { ...person, password: "nio bröder i skogen" });
});

test("a second factor is set up with an app, asked at signing in, and replaced by a recovery code",
     async () => {
  const person = account("regional_admin");
  const page = await site.newPage();
  await site.signIn(page, person);
  await page.goto("/fi/account");
  await check(page, "account");
  await follow(page, "a[href$='/account/second-factor']");
  await check(page, "second-factor-off");
  await submit(page);
  for (const language of ["sv", "en", "fi"]) {
    await page.goto(`/${language}/account/second-factor`);
    await check(page, `second-factor-setup-${language}`);
  }
  const secret = await page.locator("code.secret").innerText();
  await page.fill("[name=code]", "12345");
  await page.fill("[name=current_password]", person.password);
  assert.equal((await submit(page)).status(), 422);
  await check(page);
  let used = totp(secret);
  await page.fill("[name=code]", used);
  await page.fill("[name=current_password]", person.password);
  assert.equal((await submit(page)).status(), 200);
  await check(page, "recovery-codes");
  const codes = await page.locator(".recovery-codes code").allInnerTexts();
  assert.equal(codes.length, 10);
  await follow(page, "main .actions a");
  await check(page, "second-factor-on");
  await mails.to(person.email);

  const signIn = async (visitor, code) => {
    await visitor.goto("/fi/sign-in");
    await visitor.fill("[name=email]", person.email);
    await visitor.fill("[name=password]", person.password);
    assert.equal((await submit(visitor)).status(), 200);
    assert.equal(await isSignedIn(visitor), false);
    await visitor.fill("[name=code]", code);
    return submit(visitor);
  };
  const second = await site.newPage();
  // The code that set it up is used; the next one comes within half a minute.
  assert.equal((await signIn(second, used)).status(), 422);
  await check(second, "code-wrong");
  while (totp(secret) === used) await new Promise((resolve) => setTimeout(resolve, 500));
  used = totp(secret);
  await second.fill("[name=code]", used);
  assert.equal((await submit(second)).status(), 303);
  assert.equal(await isSignedIn(second), true);

  const third = await site.newPage();
  assert.equal((await signIn(third, codes[0])).status(), 303);
  assert.equal(await isSignedIn(third), true);
  const fourth = await site.newPage();
  assert.equal((await signIn(fourth, codes[0])).status(), 422);
});

test("an administrator ends somebody's sessions; the person is told, and signs in again", async () => {
  const person = account("contact_person");
  const theirs = await site.newPage();
  await site.signIn(theirs, person);
  const page = await site.newPage();
  await site.signIn(page, account("national_admin"));
  await page.goto(`/fi/admin/people?q=${encodeURIComponent(person.email)}`);
  await page.locator("main tbody a").first().click();
  const path = new URL(page.url()).pathname;
  for (const language of ["sv", "en", "fi"]) {
    await page.goto(path.replace("/fi/", `/${language}/`));
    await check(page, `person-sessions-${language}`);
  }
  await page.getByRole("button", { name: "Päätä kaikki istunnot" }).click();
  await page.getByText("Henkilön istunnot on päätetty.").waitFor();
  await check(page, "person-sessions-ended");
  assert.equal(await isSignedIn(theirs), false);
  assert.match((await mails.to(person.email, /Istuntosi on päätetty/)).text, /kaikilta laitteiltasi/);
  await site.signIn(await site.newPage(), person);
});

test("an administrator adds somebody, who accepts the invitation on a phone", async () => {
  const page = await site.newPage();
  await site.signIn(page, account("national_admin"));
  await page.goto("/fi/admin/people/new");
  await page.fill("[name=given_name]", "Tuulikki");
  await page.fill("[name=family_name]", "Kutsuttu");
  await page.fill("[name=email]", "tuulikki.kutsuttu@example.org");
  await page.selectOption("[name=role]", "contact_person");
  await page.selectOption("[name=place]", { label: "Lappi" });
  await submit(page);
  const invited = await site.newPage({ viewport: phone });
  const mail = await mails.to("tuulikki.kutsuttu@example.org");
  const link = linkIn(mail, site.url);
  for (const language of ["sv", "en", "fi"]) {
    await invited.goto(link.replace("/fi/", `/${language}/`));
    await check(invited, `invitation-${language}`);
  }
  const form = "form[action$='/accept']";
  await invited.fill("[name=password]", "lyhyt");
  await submit(invited, form);
  await check(invited);
  await invited.fill("[name=password]", "pitkä lause joka kelpaa");
  await submit(invited, form);
  await invited.waitForURL("**/fi/dashboard");
  assert.equal(await isSignedIn(invited), true);
  assert.equal((await invited.goto(link)).status(), 410);
});

test("the address to sign in with changes by a link to the new one", async () => {
  const person = account("member") ?? account("contact_person");
  const page = await site.newPage();
  await site.signIn(page, person);
  for (const language of ["sv", "en", "fi"]) {
    await page.goto(`/${language}/account/email`);
    await check(page, `account-email-${language}`);
  }
  await page.fill("[name=email]", "uusi.osoite@example.org");
  await page.fill("[name=current_password]", person.password);
  await submit(page);
  await page.goto(linkIn(await mails.to("uusi.osoite@example.org"), site.url));
  await check(page, "email-confirm");
  await submit(page);
  const again = await site.newPage();
  await site.signIn(again, { ...person, email: "uusi.osoite@example.org" });
});

test("somebody without an account asks for one on a phone and proposes an organisation", async () => {
  const page = await site.newPage({ viewport: phone });
  for (const language of ["sv", "en", "fi"]) {
    await page.goto(`/${language}/join`);
    await check(page, `join-${language}`);
  }
  await page.goto("/fi/organisations");
  await page.getByRole("link", { name: /Puuttuuko organisaatiosi/ }).click();
  await page.waitForURL("**/fi/join");
  await page.fill("[name=email]", "impi.uusitalo@example.org");
  await submit(page);
  await page.goto(linkIn(await mails.to("impi.uusitalo@example.org"), site.url));
  await check(page, "join-link");
  await page.fill("[name=given_name]", "Impi");
  await page.fill("[name=family_name]", "Uusitalo");
  await page.fill("[name=password]", "pitkä lause joka kelpaa");
  await submit(page, "form[action$='/accept']");
  await page.waitForURL("**/fi/account/organisations");
  await check(page, "join-organisations");
  await follow(page, "main a[href$='/organisations/register']");
  await check(page);
  await page.goto("/fi/organisations/register?region=lappi");
  await page.fill("[name=name_fi]", "Rovaniemen Uusi Kylätalo ry");
  await page.selectOption("[name=sector]", "association");
  await page.fill("[name=title]", "puheenjohtaja");
  await submit(page);
  await check(page, "join-asked");
  assert.match(await page.locator("main").innerText(), /odottaa päätöstä/);
  // No rights come with it.
  assert.equal((await page.goto("/fi/admin/people")).status(), 403);
});

test("roles that need a second factor are chosen without locking oneself out", async () => {
  const page = await site.newPage();
  await site.signIn(page, account("national_admin"));
  for (const language of ["sv", "en", "fi"]) {
    await page.goto(`/${language}/admin/roles/second-factor`);
    await check(page, `required-factor-${language}`);
    await page.goto(`/${language}/admin/people/invitations`);
    await check(page, `open-invitations-${language}`);
  }
  await page.goto("/fi/admin/roles/second-factor");
  await page.check("#role-national_admin");
  assert.equal((await submit(page)).status(), 422);
  await check(page, "required-factor-refused");
});
