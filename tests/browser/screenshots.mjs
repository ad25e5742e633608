// Pictures of the service for README.md, with demonstration content: scripts/screenshots runs this.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startSite } from "./harness.mjs";

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../docs/images");
const desk = { width: 1200, height: 800 };
const phone = { width: 390, height: 844 };

// name, address, who (a role of the demonstration accounts), options of the browser
const pictures = [
  ["front-page", "/fi", undefined, { viewport: desk }],
  ["region", "/fi/regions/pirkanmaa", undefined, { viewport: desk }],
  ["network", "/fi/contacts/networks/1", "contact_person", { viewport: desk }],
  ["dashboard", "/fi/dashboard", "contact_person", { viewport: desk, colorScheme: "dark" }],
  ["administration", "/sv/admin/regions/pirkanmaa/plugins", "national_admin", { viewport: desk, locale: "sv-FI" }],
  ["phone", "/fi", undefined, { viewport: phone }],
  ["event-phone", "/fi/events/1", undefined, { viewport: phone }],
  ["phone-dark", "/sv/contacts", undefined, { viewport: phone, colorScheme: "dark" }],
];

const site = await startSite();
try {
  await mkdir(folder, { recursive: true });
  for (const [name, address, role, options] of pictures) {
    const page = await site.newPage(options);
    if (role) await site.signIn(page, site.accounts.find((account) => account.role === role));
    const answer = await page.goto(address);
    if (answer.status() !== 200) throw new Error(`${address}: ${answer.status()}`);
    await page.mouse.move(1, 1);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
    await page.context().close();
  }
} finally {
  await site.stop();
}
