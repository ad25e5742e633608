// The page of all components (web/styleguide.html), which needs no program.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { axe, screenshot, startBrowser } from "./harness.mjs";

const browser = await startBrowser();
after(() => browser.close());
const file = new URL("../../web/styleguide.html", import.meta.url);

for (const [name, width] of [["desk", 1280], ["phone", 390]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`every component is accessible on a ${name}, ${colorScheme}`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, reducedMotion: "reduce" });
      await page.goto(file.href);
      await axe(page);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing scrolls sideways");
      await screenshot(page, `styleguide-${name}-${colorScheme}`);
      await page.close();
    });
  }
}

test("the vocabulary in web/README.md and the page of components name the same classes", async () => {
  const page = await readFile(file, "utf8");
  const readme = await readFile(fileURLToPath(new URL("../../web/README.md", import.meta.url)), "utf8");
  const vocabulary = readme.slice(readme.indexOf("## Vocabulary"), readme.indexOf("## The shell"));
  const promised = new Set([...vocabulary.matchAll(/class="([^"]+)"/g)].flatMap(([, names]) => names.split(" ")));
  const shown = new Set([...page.matchAll(/class="([^"]+)"/g)].flatMap(([, names]) => names.split(" ")));
  const known = [...promised].filter((name) => !shown.has(name));
  assert.deepEqual(known.sort(), [], "promised in web/README.md, missing on the page of components");
});
