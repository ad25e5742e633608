// A publication's way into the archive: written with its sound and transcript, reviewed by somebody else,
// published, found, cited and listened to; with a script and without.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());

const phone = { width: 390, height: 844 };
const account = (role) => site.accounts.find((each) => each.role === role);

/** Half a second of silence: WAV, 8 bits, 8 kHz. */
function sound() {
  const samples = Buffer.alloc(4000, 128);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples.length, 40);
  return { name: "jakso.wav", mimeType: "audio/wav", buffer: Buffer.concat([head, samples]) };
}
const transcript = { name: "litterointi.txt", mimeType: "text/plain", buffer: Buffer.from("Tervetuloa kuuntelemaan.\n") };

async function addFile(page, scripted, file, role, label, accessible, check) {
  await follow(page, "main a[href$='/files/new']");
  await check(page);
  await page.setInputFiles("[name=file]", file);
  // With a script it goes ahead in pieces, and the form waits for it.
  if (scripted) await page.waitForSelector("text=on lähetetty");
  await page.selectOption("[name=role]", role);
  await page.fill("[name=label]", label);
  if (accessible) await page.check("[name=accessible]");
  await follow(page, "main form [type=submit]");
  await page.waitForURL("**/files");
}

for (const javaScriptEnabled of [true, false]) {
  const kind = javaScriptEnabled ? "with a script" : "without a script";
  test(`a podcast with its transcript is written, reviewed, published, found, cited and heard, ${kind}`, async () => {
    // axe is a script itself.
    const check = (page) => (javaScriptEnabled ? axe(page) : undefined);
    const title = `Kumppanuuden ääniä ${javaScriptEnabled ? "1" : "2"}`;
    const editor = await site.newPage({ viewport: phone, javaScriptEnabled });
    await site.signIn(editor, account("contact_person"));
    await editor.goto("/fi/publications/work");
    await check(editor);
    await follow(editor, "main a[href*='/regions/'][href$='/publications/new']");
    await check(editor);
    await screenshot(editor, `publications-kinds-${javaScriptEnabled}`);
    await follow(editor, "main a:text-is('podcast')");
    assert.equal(await editor.locator("[name=isbn]").count(), 0, "a podcast has no ISBN");
    await follow(editor, "main form.form [type=submit]");
    assert.match(await editor.locator(".error-summary").innerText(), /Otsikko/);
    await check(editor);
    await editor.fill("[name=title_fi]", title);
    await editor.fill("[name=issued]", "14.5.2026");
    await editor.fill("[name=creators]", "Äänekäs, Aino");
    await follow(editor, "main form.form [type=submit]");
    await editor.waitForURL("**/files");
    await check(editor);
    await addFile(editor, javaScriptEnabled, sound(), "main", "Jakso 1", false, check);
    await follow(editor, "main a:text-is('Valmis')");
    assert.match(await editor.locator("main").innerText(), /tekstivastinetta/);
    await check(editor);
    await follow(editor, "main a[href$='/files']");
    await addFile(editor, javaScriptEnabled, transcript, "alternative", "Litterointi", true, check);
    await screenshot(editor, `publications-files-${javaScriptEnabled}`);
    await follow(editor, "main a:text-is('Valmis')");
    assert.doesNotMatch(await editor.locator("main").innerText(), /tekstivastinetta/);
    await follow(editor, "button[value=submit]");
    assert.match(await editor.locator("body").innerText(), /odottaa nyt tarkistusta/);

    const reviewer = await site.newPage({ javaScriptEnabled });
    await site.signIn(reviewer, account("national_admin"));
    await reviewer.goto(editor.url());
    await check(reviewer);
    await follow(reviewer, "button[value=publish]");
    assert.match(await reviewer.locator("body").innerText(), /Julkaisu on julkaistu\./);

    const reader = await site.newPage({ viewport: phone, javaScriptEnabled });
    await reader.goto("/fi/publications?kind=podcast");
    await check(reader);
    await screenshot(reader, `publications-list-${javaScriptEnabled}`);
    await follow(reader, `main a:text-is('${title}')`);
    await check(reader);
    await screenshot(reader, `publications-page-${javaScriptEnabled}`);
    assert.match(await reader.locator("main").innerText(), /Äänekäs, A. 2026\. Kumppanuuden ääniä/);
    const player = await reader.locator("audio").getAttribute("src");
    const heard = await reader.request.get(player);
    assert.equal(heard.status(), 200);
    assert.equal(Buffer.compare(await heard.body(), sound().buffer), 0);
    if (javaScriptEnabled) {
      const duration = await reader.locator("audio").evaluate((audio) => new Promise((resolve) => {
        audio.addEventListener("loadedmetadata", () => resolve(audio.duration));
        audio.addEventListener("error", () => resolve(-1));
        audio.load();
        audio.preload = "metadata";
      }));
      assert.ok(duration > 0.4 && duration < 0.6, `the browser plays it: ${duration}`);
    }
    const bibtex = await reader.request.get(await reader.locator("main a:text-is('BibTeX')").getAttribute("href"));
    assert.match(await bibtex.text(), /author = \{Äänekäs, Aino\}/);
    await follow(reader, "main a[href*='/p/']");
    assert.doesNotMatch(reader.url(), /\/p\//);
    assert.equal(await reader.locator("h1").innerText(), title);
  });
}

/** A draft with the form for a file open, as a contact person. */
async function formForFile(title) {
  const page = await site.newPage();
  await site.signIn(page, account("contact_person"));
  await page.goto("/fi/publications/work");
  await follow(page, "main a[href*='/regions/'][href$='/publications/new']");
  await follow(page, "main a:text-is('raportti')");
  await page.fill("[name=title_fi]", title);
  await page.fill("[name=issued]", "2026");
  await follow(page, "main form.form [type=submit]");
  await page.waitForURL("**/files");
  await follow(page, "main a[href$='/files/new']");
  return page;
}

test("a file goes on where it was when the connection comes back", async () => {
  const page = await formForFile("Katkennut lähetys");
  let cut = 0;
  const offsets = [];
  await page.route("**/api/v1/publications/uploads/*", async (route) => {
    const request = route.request();
    if (request.method() === "PATCH") {
      offsets.push(Number(request.headers()["upload-offset"]));
      // The second piece is lost on its way, twice.
      if (offsets.length > 1 && cut < 2) {
        cut += 1;
        return route.abort("connectionreset");
      }
    }
    return route.continue();
  });
  const size = 20 * 1024 * 1024;  // two pieces
  await page.setInputFiles("[name=file]", { name: "lehti.txt", mimeType: "text/plain", buffer: Buffer.alloc(size, "a\n") });
  await page.waitForSelector("main progress");
  await page.waitForSelector("text=on lähetetty", { timeout: 60_000 });
  assert.equal(cut, 2);
  assert.deepEqual([...new Set(offsets)], [0, 16 * 1024 * 1024], "the first piece is not sent again");
  await axe(page);
  await page.selectOption("[name=role]", "main");
  await follow(page, "main form [type=submit]");
  await page.waitForURL("**/files");
  assert.match(await page.locator("main").innerText(), /21,0 Mt/);
});

test("a file of a forbidden kind is refused at its field before it is sent", async () => {
  const page = await formForFile("Väärä tiedosto");
  await page.setInputFiles("[name=file]", { name: "ohjelma.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ") });
  await page.waitForSelector("main .field__error[role=alert]");
  assert.match(await page.locator("main .field__error").innerText(), /ohjelma\.exe: Tällaista tiedostoa/);
});

test("the slash leads to the search of every page, until it is switched off", async () => {
  const page = await site.newPage();
  await page.goto("/fi/publications");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "head-q");
  await page.keyboard.type("verkosto/");
  assert.equal(await page.inputValue("#head-q"), "verkosto/", "in a field it is a letter like others");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/fi/search?q=*");
  await page.goto("/fi/appearance");
  await axe(page);
  await page.uncheck("#shortcuts");
  await page.goto("/fi/publications");
  await page.keyboard.press("/");
  assert.notEqual(await page.evaluate(() => document.activeElement.id), "head-q");
});
