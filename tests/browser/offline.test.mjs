// An open card session, and the door of an event, are loaded again without network.
import { after, test } from "node:test";
import { begin, join, moveTo } from "./card_session.mjs";
import { axe, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());

const isKept = (page) => page.waitForFunction(async () => {
  const cache = await caches.open("toimela-pages-1");
  return (await cache.keys()).some((request) => new URL(request.url).pathname === location.pathname);
});

test("a participant whose network goes loads the page again, goes on writing, and is sent when it is back", { timeout: 600_000 }, async () => {
  const { lead, code } = await begin(site);
  const aino = await join(site, code);
  await moveTo(lead, "Keskustelu");
  await aino.locator(".session-card").first().waitFor();
  await isKept(aino);
  await aino.reload();
  await aino.context().setOffline(true);
  await aino.reload();
  await aino.locator(".session-card").first().waitFor();
  await aino.getByText("Verkkoa ei ole.").waitFor();
  await aino.getByText("Kirjoita muistiinpano keskustelusta").click();
  await aino.locator("[name=note_text]").fill("Kirjoitettu ilman verkkoa");
  await aino.getByRole("button", { name: "Tallenna muistiinpano" }).click();
  await aino.getByText("Lähetystä odottaa: 1.").waitFor();
  await aino.reload();
  await aino.getByText("Lähetystä odottaa: 1.").waitFor();
  await axe(aino);
  await aino.context().setOffline(false);
  await lead.getByText("Kirjoitettu ilman verkkoa").first().waitFor({ timeout: 30_000 });

  // Pages that are not made for it say what is the matter, in their language.
  await aino.context().setOffline(true);
  await aino.goto("/sv/organisations");
  await aino.getByRole("heading", { name: "Ingen nätanslutning" }).waitFor();
  await axe(aino);
  await aino.context().setOffline(false);
});

test("a kept page is forgotten when its reader has signed out", { timeout: 600_000 }, async () => {
  const { lead } = await begin(site);
  await isKept(lead);
  await lead.locator("form[action$='/sign-out'] button").first().evaluate((button) => button.click());
  await lead.waitForURL((url) => !/sessions/.test(url.pathname));
  await lead.waitForFunction(async () => !(await caches.keys()).includes("toimela-pages-1"));
});
