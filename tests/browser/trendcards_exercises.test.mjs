// Every exercise of a card session from its code to its exported result: one who leads, with a phone, and
// three who take part, with phones: one as most do, one by keyboard alone, one without a script. And what
// happens when the network goes, or when somebody comes too late.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { begin, choosing, end, join, look, moveTo, openScreen, phone, press, tabTo, type } from "./card_session.mjs";
import { follow, screenshot, startSite } from "./harness.mjs";
import { submit } from "./visitor.mjs";

const site = await startSite();
after(() => site.stop());

/** Everybody in: who leads, the screen, and the three. */
async function gather(exercise, options) {
  const { lead, code } = await begin(site, { viewport: phone, choose: choosing(exercise, options) });
  const aino = await join(site, code);
  const eero = await join(site, code, { byKeyboard: true });
  const sara = await join(site, code, { javaScriptEnabled: false });
  await lead.getByText("3 osallistujaa").first().waitFor();
  return { lead, code, aino, eero, sara, screen: await openScreen(lead) };
}

async function phase({ lead, aino, eero, sara }, name) {
  await moveTo(lead, name);
  for (const page of [aino, eero]) await page.locator(".session-phase .tag", { hasText: name }).waitFor();
  await sara.reload();
}

const mine = (page, text) => page.locator(".session-wall", { hasText: text }).first();

/** The result on every page, then ended, opened, and taken along as a file of each kind. */
async function toResult(room, name, isThere) {
  const { lead, aino, screen } = room;
  await phase(room, "Tulos");
  await isThere(aino);
  await look(aino, `${name}-result`);
  await isThere(screen);
  await look(screen, `${name}-screen-result`);
  await look(lead, `${name}-lead-result`);
  assert.match(await room.sara.locator("main").innerText(), /\S/);
  await end(lead);
  await aino.getByText("Kiitos, että olit mukana").waitFor();
  await follow(lead, lead.getByRole("link", { name: "Työpajan tulokset" }));
  await look(lead, `${name}-summary`);
  const files = {};
  for (const [label, begins] of [["PDF", "%PDF-"], ["XLSX", "PK"], ["Markdown", "# "], ["JSON", "{"]]) {
    const href = await lead.getByRole("link", { name: label, exact: true }).getAttribute("href");
    const file = await lead.request.get(href);
    assert.equal(file.status(), 200, label);
    files[label] = await file.body();
    assert.equal(files[label].subarray(0, begins.length).toString(), begins, label);
  }
  for (const page of [lead, aino, room.eero, room.sara]) await page.context().close();
  return files;
}

test("likelihood and impact: places are pointed at, walked to with arrows, or chosen without a script", { timeout: 600_000 }, async () => {
  const room = await gather("Todennäköisyys ja vaikutus");
  const { lead, aino, eero, sara, screen } = room;
  await look(aino, "impact-lobby");
  await look(screen, "impact-screen-lobby");
  await phase(room, "Keskustelu");
  await look(aino, "impact-discussing");
  await phase(room, "Vastaaminen");
  await aino.locator(".session-plane").first().waitFor();
  await look(aino, "impact-voting");
  const fields = await aino.locator(".session-plane").evaluateAll((planes) => planes.map((plane) => plane.querySelector("input").name));
  assert.equal(fields.length, 3);

  // One after the other, faster than a place is saved.
  for (const field of fields) await aino.locator(`#${field.replace("_", "-")}-4-5`).check();
  await aino.getByText("Arvioitu 3/3 korttia").waitFor();
  for (const field of fields) assert.ok(await aino.locator(`#${field.replace("_", "-")}-4-5`).isChecked(), field);
  await look(aino, "impact-voted");

  for (const field of fields) {
    const [first] = await eero.locator(`[name=${field}]`).all();
    await press(eero, first, "Space");
    await eero.keyboard.press("ArrowRight");
    await eero.keyboard.press("ArrowDown");
    // From above on the left: likelihood 1, impact 5.
    assert.ok(await eero.locator(`#${field.replace("_", "-")}-2-4`).isChecked(), field);
  }
  await eero.getByText("Arvioitu 3/3 korttia").waitFor();

  for (const field of fields) {
    await sara.locator(`#${field.replace("_", "-")}-4-5`).check();
    await submit(sara, `form.session-card:has([name=${field}])`);
  }
  await sara.getByText("Arvioitu 3/3 korttia").waitFor();
  await screenshot(sara, "trendcards-session-impact-no-script");
  // A second time is another opinion of the same person, not one more person.
  await sara.locator(`#${fields[0].replace("_", "-")}-4-4`).check();
  await submit(sara, `form.session-card:has([name=${fields[0]}])`);
  await lead.getByText("3 on vastannut").first().waitFor();
  await look(lead, "impact-lead-voting");

  const files = await toResult(room, "impact", async (page) => {
    await page.locator(".session-plane-chart__mark").first().waitFor();
    const chart = await page.locator(".session-plane-chart").textContent();
    assert.match(chart, /Todennäköisyys →/);
    assert.match(chart, /Vaikutus →/);
    // Cards of the same median lie beside each other, each to be seen.
    const marks = await page.locator(".session-plane-chart__mark circle").evaluateAll((circles) =>
      circles.map((circle) => `${Math.round(circle.getBoundingClientRect().x)} ${Math.round(circle.getBoundingClientRect().y)}`));
    assert.equal(new Set(marks).size, 3);
  });
  assert.match(files.Markdown.toString(), /Todennäköisyys/);
});

test("tension: two cards and what is between them; the same two again are put better", { timeout: 600_000 }, async () => {
  const room = await gather("Jännite");
  const { lead, aino, eero, sara, screen } = room;
  await phase(room, "Keskustelu");
  await phase(room, "Kirjoittaminen");
  await aino.getByRole("heading", { name: "Kirjoita jännite" }).waitFor();
  await look(aino, "tension-writing");
  const write = async (page, text) => {
    await page.getByLabel("Ensimmäinen kortti").selectOption({ index: 1 });
    await page.getByLabel("Toinen kortti").selectOption({ index: 2 });
    await page.getByLabel("Mitä niiden välissä on?").fill(text);
    await page.getByRole("button", { name: "Lähetä", exact: true }).click();
  };
  await write(aino, "Ihmisiä on vähän ja työtä paljon.");
  await mine(aino, "Ihmisiä on vähän").waitFor();
  await write(aino, "Ihmisiä on vähän, ja työ vaihtaa muotoaan.");
  await mine(aino, "vaihtaa muotoaan").waitFor();
  await look(aino, "tension-written");

  await tabTo(eero, eero.getByLabel("Ensimmäinen kortti"));
  await eero.keyboard.press("ArrowDown");
  await tabTo(eero, eero.getByLabel("Toinen kortti"));
  for (const key of ["ArrowDown", "ArrowDown", "ArrowDown"]) await eero.keyboard.press(key);
  await type(eero, eero.getByLabel("Mitä niiden välissä on?"), "Kumpi tulee ensin?");
  await press(eero, eero.getByRole("button", { name: "Lähetä", exact: true }));
  await mine(eero, "Kumpi tulee ensin?").waitFor();

  // The same card twice is no tension, and what was typed stays.
  await sara.getByLabel("Ensimmäinen kortti").selectOption({ index: 1 });
  await sara.getByLabel("Toinen kortti").selectOption({ index: 1 });
  await sara.getByLabel("Mitä niiden välissä on?").fill("Kortti ja se itse.");
  await follow(sara, sara.getByRole("button", { name: "Lähetä", exact: true }));
  await sara.locator(".notice--error").first().waitFor();
  assert.equal(await sara.getByLabel("Mitä niiden välissä on?").inputValue(), "Kortti ja se itse.");
  await write(sara, "Oppiminen vie aikaa, jota ei ole.");
  await mine(sara, "Oppiminen vie aikaa").waitFor();
  await screenshot(sara, "trendcards-session-tension-no-script");

  await screen.getByText("Kumpi tulee ensin?").waitFor();
  await look(screen, "tension-screen-writing");
  await look(lead, "tension-lead-writing");
  const files = await toResult(room, "tension", async (page) => {
    await page.getByText("vaihtaa muotoaan").first().waitFor();
    assert.equal(await page.getByText("Ihmisiä on vähän ja työtä paljon.").count(), 0);
  });
  const told = files.Markdown.toString();
  for (const text of ["vaihtaa muotoaan", "Kumpi tulee ensin?", "Oppiminen vie aikaa"]) assert.ok(told.includes(text), text);
  assert.ok(!told.includes("työtä paljon"));
});

test("story: a sentence each, and everybody sees how it grows", { timeout: 600_000 }, async () => {
  const room = await gather("Tarina");
  const { aino, eero, sara, screen } = room;
  await phase(room, "Kirjoittaminen");
  await aino.getByRole("heading", { name: "Jatka tarinaa" }).waitFor();
  await aino.getByLabel("Seuraava kortti").selectOption({ index: 1 });
  await aino.getByLabel("Lause tarinaan").fill("Olipa kerran kunta, jossa oli hiljaista.");
  await aino.getByRole("button", { name: "Lähetä", exact: true }).click();
  await eero.locator(".session-story", { hasText: "Olipa kerran" }).waitFor();

  await tabTo(eero, eero.getByLabel("Seuraava kortti"));
  await eero.keyboard.press("ArrowDown");
  await eero.keyboard.press("ArrowDown");
  await type(eero, eero.getByLabel("Lause tarinaan"), "Sitten sinne muutti joku");
  // Somebody else's sentence comes in between, and takes nothing from who is writing.
  await sara.reload();
  await sara.getByLabel("Seuraava kortti").selectOption({ index: 3 });
  await sara.getByLabel("Lause tarinaan").fill("Kukaan ei tuntenut toisiaan.");
  await follow(sara, sara.getByRole("button", { name: "Lähetä", exact: true }));
  await aino.locator(".session-story", { hasText: "Kukaan ei tuntenut" }).waitFor();
  await eero.locator(".session-story", { hasText: "Kukaan ei tuntenut" }).waitFor();
  await eero.keyboard.type(", joka tervehti kaikkia.");
  assert.equal(await eero.getByLabel("Lause tarinaan").inputValue(), "Sitten sinne muutti joku, joka tervehti kaikkia.");
  await press(eero, eero.getByRole("button", { name: "Lähetä", exact: true }));
  await aino.locator(".session-story", { hasText: "tervehti kaikkia" }).waitFor();
  await look(aino, "story-writing");
  await screen.getByText("tervehti kaikkia").waitFor();
  await look(screen, "story-screen-writing");

  const files = await toResult(room, "story", (page) => page.getByText("tervehti kaikkia").first().waitFor());
  const told = files.Markdown.toString();
  const at = ["Olipa kerran", "Kukaan ei tuntenut", "tervehti kaikkia"].map((text) => told.indexOf(text));
  assert.ok(at.every((place, n) => place >= 0 && (n === 0 || place > at[n - 1])), "the sentences stand in their order");
});

test("ideas: noted, then dots are given one by one, never more than there are", { timeout: 600_000 }, async () => {
  const room = await gather("Ideat");
  const { lead, aino, eero, sara, screen } = room;
  await phase(room, "Kirjoittaminen");
  await aino.getByRole("heading", { name: "Kirjoita idea" }).waitFor();
  await aino.getByLabel("Idea", { exact: false }).last().fill("Torstaikahvit");
  await aino.getByRole("button", { name: "Lähetä", exact: true }).click();
  await mine(aino, "Torstaikahvit").waitFor();
  await type(eero, eero.locator("textarea[name=text]"), "Yhteinen auto");
  await press(eero, eero.getByRole("button", { name: "Lähetä", exact: true }));
  await mine(eero, "Yhteinen auto").waitFor();
  await sara.locator("textarea[name=text]").fill("Työpajojen avoimet ovet");
  await follow(sara, sara.getByRole("button", { name: "Lähetä", exact: true }));
  await mine(sara, "avoimet ovet").waitFor();
  await look(aino, "ideas-writing");
  await screen.getByText("avoimet ovet").waitFor();

  await phase(room, "Vastaaminen");
  // The words are said to a screen reader as well, a moment later.
  const left = (page, dots) => page.locator(".session-dots__left", { hasText: `Pisteitä jäljellä ${dots} / 3` }).waitFor();
  await left(aino, 3);
  const more = (page, idea) => page.getByRole("button", { name: `Lisää piste: ${idea}` });
  await more(aino, "Torstaikahvit").click();
  await more(aino, "Torstaikahvit").click();
  await more(aino, "Yhteinen auto").click();
  await left(aino, 0);
  assert.ok(await more(aino, "Yhteinen auto").isDisabled());
  await look(aino, "ideas-voting");
  await aino.getByRole("button", { name: "Lähetä pisteet" }).click();
  await lead.getByText("1 on vastannut").first().waitFor();

  await press(eero, more(eero, "Yhteinen auto"));
  await left(eero, 2);
  await press(eero, eero.getByRole("button", { name: "Lähetä pisteet" }));
  await lead.getByText("2 on vastannut").first().waitFor();

  // Without a script the service counts.
  const fields = sara.locator(".session-dots input[type=number]");
  for (const field of await fields.all()) await field.fill("2");
  assert.equal((await submit(sara, "form:has(.session-dots)")).status(), 422);
  await sara.getByText("Annoit enemmän pisteitä kuin sinulla on.").waitFor();
  assert.equal(await fields.first().inputValue(), "2");
  for (const field of await fields.all()) await field.fill("1");
  await submit(sara, "form:has(.session-dots)");
  await lead.getByText("3 on vastannut").first().waitFor();
  await screenshot(sara, "trendcards-session-ideas-no-script");
  await look(lead, "ideas-lead-voting");

  const files = await toResult(room, "ideas", async (page) => {
    const ideas = page.locator("section:has(h2:text('Mitä kirjoitettiin')) .session-text");
    await ideas.first().waitFor();
    assert.match(await ideas.first().innerText(), /3 pistettä/);
  });
  assert.ok(files.Markdown.toString().includes("Työpajojen avoimet ovet"));
});

test("starting to cooperate: what is offered, needed, and done first", { timeout: 600_000 }, async () => {
  const room = await gather("Yhteistyön alku", { cards: 1 });
  const { aino, eero, sara, screen } = room;
  await phase(room, "Kirjoittaminen");
  await aino.getByRole("heading", { name: "Näin yhteistyö alkaa" }).waitFor();
  await look(aino, "start-writing");
  // The network goes as she sends: what she wrote is in sight all the time, and is sent once.
  await aino.getByLabel("Mitä tarjoamme").fill("Tila ja kahvit");
  await aino.getByLabel("Mitä tarvitsemme").fill("Ohjaaja torstaisin");
  await aino.context().setOffline(true);
  await aino.getByRole("button", { name: "Lähetä", exact: true }).click();
  await aino.getByText("Lähetystä odottaa: 1.").waitFor();
  assert.equal(await aino.getByLabel("Mitä tarjoamme").inputValue(), "Tila ja kahvit");
  await aino.context().setOffline(false);
  await mine(aino, "Tila ja kahvit").waitFor();

  await type(eero, eero.getByLabel("Mitä tarvitsemme"), "Ohjaaja torstaisin");
  await type(eero, eero.getByLabel("Ensimmäinen askel"), "Soitto maanantaina");
  await press(eero, eero.getByRole("button", { name: "Lähetä", exact: true }));
  await mine(eero, "Soitto maanantaina").waitFor();
  await sara.getByLabel("Mitä tarjoamme").fill("Asiakkaita ja aikaa");
  await follow(sara, sara.getByRole("button", { name: "Lähetä", exact: true }));
  await mine(sara, "Asiakkaita ja aikaa").waitFor();
  // Put better in its place: the need stays, a step is added.
  await aino.getByLabel("Ensimmäinen askel").fill("Käynti paikalla");
  await aino.getByRole("button", { name: "Lähetä", exact: true }).click();
  await mine(aino, "Käynti paikalla").waitFor();
  assert.match(await mine(aino, "Käynti paikalla").innerText(), /Ohjaaja torstaisin/);
  await screen.getByText("Käynti paikalla").waitFor();
  await look(screen, "start-screen-writing");

  const files = await toResult(room, "start", (page) => page.getByText("Soitto maanantaina").first().waitFor());
  const told = files.Markdown.toString();
  assert.equal(told.split("Tila ja kahvit").length, 2, "it counts once");
});

test("what is typed while the network is away is not lost, waits, and is sent once", { timeout: 600_000 }, async () => {
  const { lead, code } = await begin(site);
  const aino = await join(site, code);
  await moveTo(lead, "Keskustelu");
  await aino.locator(".session-card").first().waitFor();
  await aino.getByText("Kirjoita muistiinpano keskustelusta").click();
  const note = aino.getByLabel("Muistiinpano", { exact: false }).last();
  await note.pressSequentially("Kortti 4 puhutti");
  await aino.context().setOffline(true);
  await aino.getByText("Verkkoa ei ole.").waitFor();
  await note.pressSequentially(" eniten.");
  await aino.getByRole("button", { name: "Tallenna muistiinpano" }).click();
  await aino.getByText("Lähetystä odottaa: 1.").waitFor();
  await look(aino, "offline");
  await note.fill("Toinen ajatus, vielä kesk");
  await aino.context().setOffline(false);
  await mine(aino, "Kortti 4 puhutti eniten.").waitFor();
  assert.equal(await note.inputValue(), "Toinen ajatus, vielä kesk", "what is being typed stays");
  await aino.reload();
  assert.equal(await note.inputValue(), "Toinen ajatus, vielä kesk", "also when the page is loaded again");
  await lead.getByText("Kortti 4 puhutti eniten.").first().waitFor();
  assert.equal(await lead.locator("section .session-text", { hasText: "Kortti 4 puhutti" }).count(), 1);

  // A note of the facilitator waits too; a phase does not.
  await lead.context().setOffline(true);
  await lead.getByText("Kirjoita muistiinpano keskustelusta").click();
  await lead.locator("[name=note_text]").fill("Ohjaajan havainto");
  await lead.getByRole("button", { name: "Tallenna muistiinpano" }).click();
  await lead.getByText("Lähetystä odottaa: 1.").waitFor();
  await lead.getByRole("button", { name: "Vastaaminen" }).click();
  await lead.getByText("Mitään ei muutettu").waitFor();
  await look(lead, "lead-offline");
  await lead.context().setOffline(false);
  await lead.locator("section .session-text", { hasText: "Ohjaajan havainto" }).waitFor();

  // Sent too late: it is said, and the words are still there.
  await aino.context().setOffline(true);
  await note.fill("Liian myöhään");
  await aino.getByRole("button", { name: "Tallenna muistiinpano" }).click();
  await aino.getByText("Lähetystä odottaa: 1.").waitFor();
  await moveTo(lead, "Tulos");
  await aino.context().setOffline(false);
  await aino.getByText("Tätä ei tallennettu: Liian myöhään (Vaihe on vaihtunut, joten vastausta ei tallennettu.)").waitFor();
  await look(aino, "too-late");
  await aino.getByRole("button", { name: "Selvä, poista luettelosta" }).click();
  assert.equal(await aino.getByText("Liian myöhään").count(), 0);
});

test("a second answer, a full session, an unknown code and one that has ended are said clearly", { timeout: 600_000 }, async () => {
  const { lead, code } = await begin(site, { choose: (page) => page.getByLabel("Osallistujia enintään").fill("1") });
  const sara = await join(site, code, { javaScriptEnabled: false });
  const stranger = await site.newPage({ viewport: phone });
  const plain = code.replace("-", "");
  assert.equal((await stranger.goto(`/fi/t/${plain}`)).status(), 409);
  await stranger.getByText("Työpaja on täynnä. Kerro ohjaajalle.").waitFor();
  await look(stranger, "full");

  await stranger.goto("/fi/trendcards/join");
  await stranger.getByLabel("Koodi").fill("CDFG-HJKM");
  await follow(stranger, stranger.getByRole("button", { name: "Jatka" }));
  await stranger.getByText("Koodia ei löydy. Tarkista se ohjaajalta.").waitFor();
  await look(stranger, "unknown");
  // What nobody's code can be is the same to who typed it, and stays in its field.
  await stranger.getByLabel("Koodi").fill("kahvi");
  await follow(stranger, stranger.getByRole("button", { name: "Jatka" }));
  await stranger.getByText("Koodia ei löydy").waitFor();
  assert.equal(await stranger.getByLabel("Koodi").inputValue(), "kahvi");

  await moveTo(lead, "Vastaaminen");
  await sara.reload();
  await follow(sara, sara.getByRole("button", { name: "Lähetä järjestys" }));
  await sara.getByText("Järjestyksesi on tallessa").first().waitFor();
  await follow(sara, sara.getByRole("button", { name: "Lähetä uusi järjestys" }));
  await sara.getByText("Järjestyksesi on tallessa").first().waitFor();
  await lead.getByText("1 on vastannut").first().waitFor();

  // Two cards on one place, then an answer to a phase that has passed.
  await sara.locator(".session-order select").first().selectOption("2");
  await follow(sara, sara.getByRole("button", { name: "Lähetä uusi järjestys" }));
  await sara.getByText("Anna jokaiselle kortille oma sijansa.").waitFor();
  await sara.locator(".session-order select").first().selectOption("1");
  await moveTo(lead, "Tulos");
  await follow(sara, sara.getByRole("button", { name: "Lähetä uusi järjestys" }));
  await sara.getByText("Vaihe on vaihtunut, joten vastausta ei tallennettu.").waitFor();

  await end(lead);
  assert.equal((await stranger.goto(`/fi/t/${plain}`)).status(), 410);
  await stranger.getByText("Työpaja on päättynyt.").waitFor();
  await look(stranger, "ended");
});
