// Whether pages are valid HTML, asked of the Nu Html Checker (the one behind the W3C's and WHATWG's
// validators), which needs Java.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import vnu from "vnu-jar";

// What the checker says and we do not follow, and why.
const accepted = [
];

/** Pages to be checked together: the checker takes longer to start than to look at a hundred of them. */
export class Markup {
  #pages = new Map();  // how it is built, without its words → { name, html }

  /** Pages that differ in their words alone are checked once. */
  add(name, html) {
    const built = html.replaceAll(/>[^<]+</g, "><").replaceAll(/ (?:href|value|content|title|src|datetime|aria-label|alt)="[^"]*"/g, " $1");
    if (!this.#pages.has(built)) this.#pages.set(built, { name, html });
  }

  get size() {
    return this.#pages.size;
  }

  /** What is wrong: a line for each message, with the first of the pages that have it and their number. */
  async wrong() {
    const folder = await mkdtemp(path.join(tmpdir(), "toimela-markup-"));
    try {
      const pages = [...this.#pages.values()];
      await Promise.all(pages.map(({ html }, at) => writeFile(path.join(folder, `${at}.html`), html)));
      const child = spawn("java", ["-Xss2m", "-jar", String(vnu), "--format", "json", "--stdout", "--exit-zero-always", folder],
        { stdio: ["ignore", "pipe", "pipe"] });
      let said = "";
      let complaint = "";
      child.stdout.setEncoding("utf8").on("data", (text) => (said += text));
      child.stderr.setEncoding("utf8").on("data", (text) => (complaint += text));
      const [code] = await once(child, "close");
      if (code !== 0) throw new Error(`the checker ended with ${code}:\n${complaint}`);
      const lines = new Map();  // message → { example, count }
      for (const { type, subType, message, extract = "", url } of JSON.parse(said).messages) {
        if (accepted.some((one) => one.test(message))) continue;
        const kind = `${subType ?? type}: ${message}`;
        const line = lines.get(kind) ?? { count: 0, example: `${pages[parseInt(path.basename(url), 10)]?.name}: ${extract.replaceAll(/\s+/g, " ")}` };
        line.count += 1;
        lines.set(kind, line);
      }
      return [...lines].map(([kind, { count, example }]) => `${kind} (${count} ×, first ${example})`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
