// Makes ../assets/base.css from the Helsinki Design System: its design tokens and the style of the
// components that Toimela has, under Toimela's class names. Why: docs/decisions/0010-look.md.
//
//   npm ci --ignore-scripts && npm run build
//
// A rule whose selector the table below does not know is left out, so that nothing comes along that
// nobody asked for. Icons that the package holds as data: addresses become files, because the
// policy of the pages (img-src 'self') refuses data:.
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import postcss from "postcss";

const here = path.dirname(fileURLToPath(import.meta.url));
const assets = path.join(here, "../assets");
const from = (name) => path.join(here, "node_modules", name);

const control = `:is(input:not([type="checkbox"], [type="radio"], [type="hidden"], [type="file"], [type="submit"]), select, textarea)`;
const formParts = ":where(.form, .filter, .field, .field-group)";

// Component file → [class names there, selector here]; the first that matches the whole selector
// or one of its parts is taken. "" drops the rule.
const components = {
  button: [
    [/\.hds-button--(primary|secondary|danger|supplementary)\.hds-button--theme-.*/, ""],
    [".focus-visible", ""],
    [".hds-button--primary", ".button"],
    [".hds-button--secondary", ".button--secondary"],
    [".hds-button--supplementary", ".button--quiet"],
    [".hds-button--danger", ".button--danger"],
    [".hds-button--small", ".button--small"],
    [".hds-button .hds-icon", ".button svg"],
    [/\.hds-button(?![\w-])/, ".button"],
  ],
  "text-input": [
    [/button|readonly|success|info-text|__required|filled/, ""],
    [".hds-text-input.hds-text-input--invalid .hds-text-input__input", `${control}[aria-invalid="true"]`],
    [".hds-text-input__input-wrapper:focus-within .hds-text-input__input:not([readonly])", `${control}:focus-visible`],
    [".hds-text-input__input-wrapper:focus-within .hds-text-input__input", `${control}:focus`],
    [".hds-text-input textarea.hds-text-input__input", "textarea"],
    [".hds-text-input .hds-text-input__input", control],
    [".hds-text-input--invalid .hds-text-input__label", ".field--error > .field__label"],
    [".hds-text-input__label", ".field__label"],
    [".hds-text-input__helper-text", ".field__hint"],
    [".hds-text-input__error-text", ".field__error"],
    [/^\.hds-text-input$/, `${formParts}, ${control}`],
  ],
  "selection-group": [
    [/error-text|required|items|helper/, ""],
    [".hds-selection-group__legend", ".field-group > legend"],
    [/^\.hds-selection-group$/, ".field-group"],
  ],
  "error-summary": [[".hds-error-summary__body", ".error-summary"]],
  card: [[/__|--/, ""], [".hds-card", ".card"]],
  table: [
    [/vertical|zebra|--dark|--text-align|text-align-td/, ""],
    [".hds-table--dense.hds-table", ".table--dense"],
    [".hds-table--dense .hds-table__content tr td", ".table--dense td"],
    [/dense/, ""],
    [".hds-table.hds-table--light", ".table thead"],
    [".hds-table--light", ".table"],
    [".hds-table-container", ".table-wrap"],
    [".hds-table__content tr td", ".table td"],
    [".hds-table__header-row", ".table thead tr"],
    [".hds-table__caption", ".table caption"],
    [/\.hds-table(?![\w-])/, ".table"],
  ],
  tag: [
    [/icon|large|multiline|action|\.focus-visible/, ""],
    [".hds-tag--link", ".tag--link"],
    [/\.hds-tag(?![\w-])/, ".tag"],
  ],
  notification: [
    [/icon|__|top-|bottom-|--large|box-shadow/, ""],
    [".hds-notification--alert", ".notice--warning"],
    [".hds-notification--success", ".notice--success"],
    [".hds-notification--error", ".notice--error"],
    [".hds-notification--small", ".notice--small"],
    [/\.hds-notification(?![\w-])/, ".notice"],
  ],
  highlight: [
    [/--|__/, ""],
    [".hds-highlight", ".prose blockquote"],
    [".hds-blockquote", "blockquote"],
  ],
};

/** The selector under our names; undefined when the component's table leaves it out. */
function renamed(selector, table) {
  const flat = selector.replaceAll(/\s+/g, " ").trim();
  for (const [pattern, ours] of table) {
    const hit = typeof pattern === "string" ? flat.includes(pattern) : pattern.test(flat);
    if (!hit) continue;
    if (!ours) return undefined;
    const result = flat.replaceAll(typeof pattern === "string" ? pattern : new RegExp(pattern, "g"), ours);
    if (!result.includes("hds-")) return result;
  }
  return undefined;
}

const icons = new Map();
/** Puts an icon of a data: address into a file of its own, once. */
function iconFile(address) {
  const svg = decodeURIComponent(address.replace(/^data:image\/svg\+xml;charset=utf-8,/, ""))
    .replaceAll("'", '"').replaceAll(/>\s+</g, "><").replace(" role=\"img\"", "");
  if (!icons.has(svg)) icons.set(svg, `base-icon-${icons.size + 1}.svg`);
  return icons.get(svg);
}

/** A component's rules under our names, without what only old browsers need. */
function component(root, table) {
  root.walkComments((comment) => void comment.remove());
  root.walkAtRules("keyframes", (rule) => void rule.remove());
  root.walkDecls((declaration) => {
    if (/^-(webkit|moz|ms)-/.test(declaration.prop) && declaration.prop !== "-webkit-appearance") {
      declaration.remove();
    } else if (/^animation|^will-change/.test(declaration.prop)) {
      declaration.remove();
    } else {
      declaration.value = declaration.value
        .replace(/url\("(data:[^"]*)"\)/g, (_, address) => `url(${iconFile(address)})`);
    }
    declaration.raws.before = "\n  ";
  });
  root.walkRules((rule) => {
    const kept = rule.selectors.map((selector) => renamed(selector, table)).filter(Boolean);
    if (kept.length === 0) rule.remove();
    else rule.selectors = [...new Set(kept)];
  });
  root.walk((node) => {
    if ((node.type === "rule" || node.type === "atrule") && node.nodes?.length === 0) node.remove();
  });
  return root;
}

const roots = [];
for (const [name, table] of Object.entries(components)) {
  const css = await readFile(from(`hds-core/lib/components/${name}/${name}.css`), "utf8");
  roots.push([name, component(postcss.parse(css), table)]);
}
const tokens = postcss.parse(await readFile(from("hds-design-tokens/lib/all.css"), "utf8"));
tokens.walkComments((comment) => void comment.remove());

// Of the custom properties only those that are used, here or in our own style sheet.
const own = await readFile(path.join(assets, "app.css"), "utf8");
for (let before = Infinity, left = 0; left !== before; ) {
  before = left;
  left = 0;
  const used = new Set();
  const all = [own, tokens, ...roots.map(([, root]) => root)].join("\n");
  for (const [, name] of all.matchAll(/var\(\s*(--[\w-]+)/g)) used.add(name);
  for (const root of [tokens, ...roots.map(([, root]) => root)]) {
    root.walkDecls(/^--/, (declaration) => {
      if (used.has(declaration.prop)) left++;
      else declaration.remove();
    });
  }
}
const parts = roots.map(([name, root]) =>
  `  /* ${name} */\n${root.toString().replace(/^(?=.)/gm, "  ").replaceAll(/\n\s*\n/g, "\n")}`);

const { version } = JSON.parse(await readFile(from("hds-core/package.json"), "utf8"));
const css = `/* Made by web/base/build.mjs; do not edit.
   Helsinki Design System ${version}, hds-core and hds-design-tokens: design tokens and the style of
   components under Toimela's class names. MIT licence, see base-licence.txt. */

@layer foundation, tokens, base, shell, components, helpers;

@layer foundation {
${tokens.toString().replace(/^(?=.)/gm, "  ").trimEnd()}

${parts.join("\n").trimEnd()}
}
`;

await mkdir(assets, { recursive: true });
for (const file of await readdir(assets)) {
  if (/^base-icon-\d+\.svg$/.test(file)) await rm(path.join(assets, file));
}
await writeFile(path.join(assets, "base.css"), css);
for (const [svg, file] of icons) if (css.includes(file)) await writeFile(path.join(assets, file), svg + "\n");
await writeFile(path.join(assets, "base-licence.txt"), await readFile(from("hds-core/LICENSE"), "utf8").catch(
  () => readFile(from("hds-core/LICENSE.md"), "utf8")));
