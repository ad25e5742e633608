// Every kind of page side by side, so that what is uneven between them meets the eye:
// scripts/contact-sheet runs this.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { walk } from "./every_page.mjs";
import { startSite } from "./harness.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    set: { type: "string", multiple: true },
    only: { type: "string", default: "" },
    each: { type: "string", default: "0" },
  },
});

// How the pages are drawn, how much of a page is shown, and how wide it stands on the sheet (px).
const sets = {
  light: { viewport: { width: 1280, height: 1600 }, width: 320, columns: 12 },
  dark: { viewport: { width: 1280, height: 1600 }, colorScheme: "dark", width: 320, columns: 12 },
  phone: { viewport: { width: 390, height: 1100 }, width: 195, columns: 20 },
  paper: { viewport: { width: 794, height: 1123 }, media: "print", width: 260, columns: 14 },
};
const folder = path.resolve(positionals[0]);
const chosen = options.set ?? Object.keys(sets);
const unknown = chosen.find((name) => !(name in sets));
if (unknown) throw new Error(`no such set: ${unknown}; there are ${Object.keys(sets).join(", ")}`);

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const site = await startSite();
try {
  await mkdir(folder, { recursive: true });
  const { kinds, visitors } = await walk(site, { most: 3 });
  const pages = [...kinds].filter(([pattern, found]) => found && pattern.includes(options.only))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  for (const name of chosen) {
    const { viewport, colorScheme, media, width, columns } = sets[name];
    const figures = [];
    const opened = new Map();  // role → a page of this set
    for (const [pattern, { path: address, role }] of pages) {
      if (!opened.has(role)) {
        const page = await visitors.get(role).context().newPage();
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme: colorScheme ?? "light", media: media ?? "screen" });
        opened.set(role, page);
      }
      const page = opened.get(role);
      await page.goto(address);
      await page.evaluate(() => document.fonts.ready);
      const picture = (await page.screenshot({ type: "jpeg", quality: 80 })).toString("base64");
      figures.push(`<figure><img alt="" src="data:image/jpeg;base64,${picture}">` +
        `<figcaption>${escaped(pattern)}<br>${role}</figcaption></figure>`);
    }
    for (const page of opened.values()) await page.close();
    const each = Number(options.each) || figures.length;
    for (let at = 0, sheet = 1; at < figures.length; at += each, sheet += 1) {
      const shown = figures.slice(at, at + each);
      const across = Math.min(columns, each < figures.length ? Math.ceil(Math.sqrt(each * 1.6)) : columns);
      const page = await site.browser.newPage({ viewport: { width: across * (width + 16) + 16, height: 900 } });
      await page.setContent(`<!doctype html><style>
        body { margin: 0; padding: 16px; display: grid; grid-template-columns: repeat(${across}, ${width}px);
               gap: 16px; background: #999; font: 12px/1.3 sans-serif; }
        figure { margin: 0; } img { display: block; width: 100%; } figcaption { overflow-wrap: anywhere; }
        </style>${shown.join("")}`);
      const file = path.join(folder, each < figures.length ? `${name}-${String(sheet).padStart(2, "0")}.png` : `${name}.png`);
      await writeFile(file, await page.screenshot({ fullPage: true }));
      await page.close();
      console.log(`${file}: ${shown.length} pages`);
    }
  }
} finally {
  await site.stop();
}
