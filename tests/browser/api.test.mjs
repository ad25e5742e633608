// The API as a client written by somebody else meets it: its description is checked by an
// independent validator, and what it answers on the demonstration content by the schemas that it
// declares. Then the page on which people make their access tokens.
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, follow, screenshot, startSite } from "./harness.mjs";

const site = await startSite();
after(() => site.stop());

const account = (role) => site.accounts.find((a) => a.role === role);
const document = await (await fetch(`${site.url}/api/v1/openapi.json`)).json();
const scopes = [...document.components.securitySchemes.bearer.description.matchAll(/`([^`]+)`/g)].map((m) => m[1]);
const token = (await site.command(
  `token create --email ${account("national_admin").email} --name everything --scope ${scopes.join(" ")}`,
)).match(/^toimela_\S+/m)[0];

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(document, "openapi");
const pointer = (...parts) => parts.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
function check(value, place, what) {
  const valid = ajv.validate({ $ref: `openapi#${encodeURI(place)}` }, value);
  assert.ok(valid, `${what}: ${ajv.errorsText()}\n${JSON.stringify(value).slice(0, 1500)}`);
}

async function call(method, path, body) {
  const response = await fetch(site.url + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, type: response.headers.get("content-type"), json: text && JSON.parse(text) };
}

/** An upload is in no list: it is found where beginning it says that it is. */
async function begun(path) {
  const response = await fetch(site.url + path, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Tus-Resumable": "1.0.0", "Upload-Length": "7",
               "Upload-Metadata": `filename ${btoa("a.pdf")}` },
  });
  assert.equal(response.status, 201, path);
  return response.headers.get("location");
}

/** What has an address of its own without a list of its own, and what it is listed in. */
const listedIn = {
  "/api/v1/trendcards/editions": "/api/v1/trendcards/decks/{deck}",
  "/api/v1/trendcards/cards": "/api/v1/trendcards/editions/{edition}",
};
/** A private link stands in a letter or on a screen, in no list. */
const isPrivate = (path) => path.includes("{token}");

/**
 * Real addresses of a path, at most so many: each {parameter} is taken from the list that stands
 * before it, or from what it is listed in, or from what is begun there. A path that has none on the demonstration content can not be tested, which is a failure.
 */
async function addressesOf(path, most = 6) {
  const addresses = await search(path, most);
  assert.ok(addresses.length > 0, `${path}: the demonstration content has nothing of the kind`);
  return addresses;
}
async function search(path, most) {
  const open = path.indexOf("{");
  if (open < 0) return [path];
  const close = path.indexOf("}", open);
  const list = path.slice(0, open - 1);
  if (document.paths[list] && !document.paths[list].get) return search(await begun(list) + path.slice(close + 1), most);
  const [source] = listedIn[list] ? await addressesOf(listedIn[list], 1) : [list];
  const { status, json } = await call("GET", source);
  assert.equal(status, 200, `${source}, which lists what ${path} may name`);
  const addresses = [];
  for (const item of listedIn[list] ? json[list.split("/").at(-1)] : json.items) {
    const name = encodeURIComponent(item.slug ?? item.id ?? item.name);
    addresses.push(...await search(`${list}/${name}${path.slice(close + 1)}`, most - addresses.length));
    if (addresses.length >= most) break;
  }
  return addresses;
}

test("an independent validator finds the description of the API sound", async () => {
  const validator = new Validator();
  const result = await validator.validate(structuredClone(document));
  assert.ok(result.valid, JSON.stringify(result.errors, null, 1));
  assert.equal(validator.version, "3.1");
});

test("every schema that the description has is a JSON Schema", () => {
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`);
  }
});

test("every operation says what it answers and takes, and is named once", () => {
  const names = new Set();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const what = `${method} ${path}`;
      assert.ok(!names.has(operation.operationId), `${what}: ${operation.operationId} is there twice`);
      names.add(operation.operationId);
      assert.ok(operation.summary, what);
      assert.ok(operation.security.length > 0, what);
      if (method === "get") {
        const schema = operation.responses["200"].content["application/json"].schema;
        assert.ok(Object.keys(schema).length > 0, `${what} does not say what it answers`);
      }
    }
  }
  assert.ok(names.size >= 15);
});

test("what every address answers is what its schema says", async () => {
  for (const [path, operations] of Object.entries(document.paths)) {
    if (!operations.get || isPrivate(path)) continue;
    const paged = operations.get.parameters?.some((p) => p.$ref === "#/components/parameters/limit");
    for (const address of await addressesOf(path)) {
      for (const query of paged ? ["", "?limit=1", "?limit=200"] : [""]) {
        const { status, type, json } = await call("GET", address + query);
        assert.equal(status, 200, address + query);
        assert.match(type, /^application\/json/);
        check(json, pointer("paths", path, "get", "responses", "200", "content", "application/json", "schema"), address + query);
      }
    }
  }
});

test("a list of which every page has one item has the same items as the whole", async () => {
  for (const [path, operations] of Object.entries(document.paths)) {
    if (!operations.get?.parameters?.some((p) => p.$ref === "#/components/parameters/after")) continue;
    const address = (await addressesOf(path)).at(-1);
    const whole = (await call("GET", `${address}?limit=200`)).json.items.slice(0, 20);
    const single = [];
    let next = "";
    while (single.length < whole.length) {
      const { json } = await call("GET", `${address}?limit=1${next}`);
      assert.equal(json.items.length, 1, address);
      single.push(...json.items);
      next = `&after=${encodeURIComponent(json.next)}`;
    }
    assert.deepEqual(single, whole, address);
    for (const bad of ["limit=0", "limit=201", "limit=x", "after=%21", "after=AAAA"]) {
      const { status, json } = await call("GET", `${address}?${bad}`);
      assert.equal(status, 400, `${address}?${bad}`);
      check(json, pointer("components", "schemas", "Problem"), `${address}?${bad}`);
    }
  }
});

test("a change that says nothing is refused in the words of the problem schema, or done as declared", async () => {
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const method of ["post", "put", "patch"]) {
      if (!operations[method]) continue;
      if (isPrivate(path)) continue;
      const [address] = await addressesOf(path);
      for (const body of [{}, { name: 5, since: [], revision: "x" }]) {
        const { status, type, json } = await call(method.toUpperCase(), address, body);
        const what = `${method} ${address} was ${status}`;
        assert.ok(status < 500, what);
        if (status >= 400) {
          assert.match(type, /^application\/problem\+json/, what);
          check(json, pointer("components", "schemas", "Problem"), what);
          assert.equal(json.status, status);
        }
      }
    }
  }
});

test("a person makes a token, a program uses it, and it is dead when it is revoked", async () => {
  const page = await site.newPage();
  await site.signIn(page, account("regional_admin"));
  await page.goto("/fi/account");
  await page.locator("a[href$='/account/tokens']").first().click();
  await page.waitForURL("**/fi/account/tokens");
  await axe(page);

  await follow(page, "main form.form button[type=submit]");
  assert.ok(await page.locator("[role=alert]").isVisible());
  await axe(page);

  await page.fill("[name=name]", "Yhdistyksen lista");
  await page.check("[name=scopes][value='core:read']");
  await page.selectOption("[name=days]", "7");
  await follow(page, "main form.form button[type=submit]");
  await axe(page);
  await screenshot(page, "token-made");
  const made = await page.inputValue("#made-token");
  assert.match(made, /^toimela_[\w-]{32}$/);

  const me = () => fetch(`${site.url}/api/v1/me`, { headers: { Authorization: `Bearer ${made}` } });
  const answer = await (await me()).json();
  assert.equal(answer.email, account("regional_admin").email);
  assert.deepEqual(answer.token.scopes, ["core:read"]);

  await page.goto("/fi/account/tokens");
  assert.equal(await page.locator("#made-token").count(), 0, "it is shown once");
  assert.ok(!(await page.content()).includes(made));
  const row = page.locator("tr", { hasText: "Yhdistyksen lista" });
  page.once("dialog", (dialog) => dialog.accept());
  await follow(page, row.getByRole("button"));
  assert.match(await page.locator("[role=status]").first().innerText(), /\S/);
  assert.equal((await me()).status, 401);
});

test("the page of tokens is accessible in three languages at both widths", async () => {
  await site.command(`token create --email ${account("contact_person").email} --name weekly --scope core:read core:write`);
  for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 900 }]) {
    const page = await site.newPage({ viewport });
    await site.signIn(page, account("contact_person"));
    for (const language of ["fi", "sv", "en"]) {
      await page.goto(`/${language}/account/tokens`);
      await axe(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      assert.ok(!wide, `${language} scrolls sideways at ${viewport.width}`);
      await screenshot(page, `tokens-${language}-${viewport.width}`);
    }
  }
});
