// The life of a network: a coordinator sees where somebody is missing, receives an application and
// accepts it; the pages are accessible at both widths and in three languages.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { axe, follow, screenshot, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());

const account = (email) => site.accounts.find((each) => each.email === email);
const coordinator = account("aino.kivilehto@example.org");
const applicant = account("eero.hauhia@example.org");

const contactNetwork = async (page) => {
  const answer = await page.request.get("/api/v1/contacts/networks?limit=200");
  const { items } = await answer.json();
  return items.find((each) => each.name.en === "Network of regional contact persons").id;
};

test("a coordinator sees that a region is short, receives an application and accepts it", async () => {
  const page = await site.newPage();
  await site.signIn(page, coordinator);
  const id = await contactNetwork(page);
  await page.goto(`/en/contacts/networks/${id}/coverage`);
  const row = page.locator("#region-16");
  await assert.doesNotReject(row.getByText("one missing").waitFor());

  const other = await site.newPage();
  await site.signIn(other, applicant);
  await other.goto("/en/regions/keski-pohjanmaa/contacts");
  await follow(other, other.getByRole("link", { name: /Apply to join/ }));
  await other.getByLabel("Organisation that you act for").fill("Silta-Valmennusyhdistys ry");
  await other.getByLabel("Role that you apply for").selectOption({ label: "contact person" });
  await other.getByLabel("Region that you speak for").selectOption({ label: "Central Ostrobothnia" });
  await other.getByLabel("Message to the coordinator").fill("We start a workshop in Kokkola.");
  await follow(other, other.getByRole("button", { name: "Send the application" }));
  await other.getByText("waiting for an answer").first().waitFor();
  await axe(other);

  await page.goto("/en/dashboard");
  await follow(page, page.getByRole("link", { name: /applications are waiting/ }));
  await follow(page, page.getByRole("link", { name: applicant.name ?? "Eero Hauhia" }));
  await page.getByText("We start a workshop in Kokkola.").waitFor();
  await axe(page);
  await follow(page, page.getByRole("button", { name: "Accept the application" }));
  await page.getByText("The applicant is now a member of the network.").waitFor();

  await page.goto(`/en/contacts/networks/${id}/coverage`);
  await page.locator("#region-16").getByText("target met").waitFor();
});

test("a place with a history tells who was in charge when", async () => {
  const page = await site.newPage();
  await site.signIn(page, coordinator);
  const id = await contactNetwork(page);
  await page.goto(`/en/contacts/networks/${id}`);
  await follow(page, page.getByRole("link", { name: "Hand over Sanni Koivuluoma" }));
  await follow(page, page.getByRole("link", { name: "History of this place" }));
  await page.getByRole("heading", { name: "Pirkko Rauhalampi" }).waitFor();
  await page.getByText("Notes for the successor").click();
  await page.getByText("Kevään aluetapaaminen").waitFor();
  await axe(page);
});

test("the charts are drawn from their tables under the policy of the pages", async () => {
  const page = await site.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  const id = await contactNetwork(page);
  await page.goto(`/en/contacts/networks/${id}/figures`);
  await page.locator("canvas").first().waitFor();
  assert.equal(await page.locator("canvas").count(), await page.locator("figure table").count());
  assert.deepEqual(complaints, []);
});

for (const [width, height] of [[1280, 900], [390, 844]]) {
  for (const language of ["fi", "sv", "en"]) {
    test(`the pages of a network are accessible in ${language} at ${width} px`, async () => {
      const page = await site.newPage();
      await page.setViewportSize({ width, height });
      await site.signIn(page, coordinator);
      const id = await contactNetwork(page);
      const network = `/${language}/contacts/networks/${id}`;
      const { items } = await (await page.request.get(`/api/v1/contacts/networks/${id}/members`)).json();
      const member = `${network}/members/${items[1].id}`;
      for (const [name, path] of [
        ["network", network], ["coverage", `${network}/coverage`], ["coverage-edit", `${network}/coverage/edit`],
        ["applications", `${network}/applications`], ["invite", `${network}/invite`], ["apply", `${network}/apply`],
        ["figures", `${network}/figures`], ["handover", `${member}/handover`],
        ["history", `${member}/history`],
      ]) {
        const answer = await page.goto(path);
        assert.equal(answer.status(), 200, path);
        await axe(page);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth > document.documentElement.clientWidth);
        assert.equal(overflow, false, `${path} scrolls sideways at ${width} px`);
        if (language === "fi") await screenshot(page, `${name}-${width}`);
      }
    });
  }
}
