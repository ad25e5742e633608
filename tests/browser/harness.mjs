// What the browser tests stand on: the built program with demonstration content on a port and in a
// folder of its own, a browser, signing in, accessibility checks and screenshots.
//
//   const site = await startSite();
//   after(() => site.stop());
//   test("…", async () => {
//     const page = await site.newPage();
//     await site.signIn(page, site.accounts[0]);
//     await axe(page);
//   });
//
// Everything that was started ends with stop(), or with this process.
import AxeBuilder from "@axe-core/playwright";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const program = path.resolve(
  process.env.TOIMELA_PROGRAM ?? path.join(root, "build/release/bin/toimela"));
const browserProgram = process.env.TOIMELA_BROWSER ?? "/usr/bin/chromium";
const screenshots = path.resolve(
  process.env.TOIMELA_SCREENSHOTS ?? path.join(root, "build/screenshots"));

/** Where the form for signing in is. */
export const signInPath = "/fi/sign-in";

const startDeadline = 30_000; // milliseconds, also under a sanitizer
const stopDeadline = 20_000;

// A test run that is interrupted must leave nothing behind.
const running = new Set();
const folders = new Set();
process.on("exit", () => {
  running.forEach((child) => child.kill("SIGKILL"));
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
});
for (const [signal, number] of [["SIGINT", 2], ["SIGTERM", 15], ["SIGHUP", 1]]) {
  process.on(signal, () => process.exit(128 + number));
}

/**
 * Runs one command of the program ("routes --json", or a list of words) to its end and gives what it printed; rejects
 * with that if it failed.
 */
async function runCommand(command, env) {
  const child = spawn(program, Array.isArray(command) ? command : command.split(" "), { env, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let printed = "";
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (printed += text));
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  }
  const [code, signal] = await once(child, "close").finally(() => running.delete(child));
  if (code !== 0) throw new Error(`toimela ${command} ended with ${signal ?? code}:\n${output}`);
  return printed;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/**
 * Starts the program on a fresh database. Options: `demo: false` leaves the database empty; `env`
 * adds settings. Besides url, accounts (as in demo-accounts.json) and data (the folder) the result
 * has log(): what the program printed so far, and command("plugin list"): runs another command on the
 * same database and gives what it printed.
 */
export async function startProgram({ demo = true, env: extra = {} } = {}) {
  if (!existsSync(program)) throw new Error(`${program} is not built`);
  const data = await mkdtemp(path.join(tmpdir(), "toimela-browser-"));
  folders.add(data);
  let child;
  let log = "";
  const stop = async () => {
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const impatient = setTimeout(() => child.kill("SIGKILL"), stopDeadline);
      await ended;
      clearTimeout(impatient);
    }
    running.delete(child);
    await rm(data, { recursive: true, force: true });
    folders.delete(data);
    if (child?.signalCode) throw new Error(`the program died of ${child.signalCode}:\n${log}`);
  };

  try {
    // The program takes every TOIMELA_… for a setting, and those of the tests are none.
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TOIMELA_"));
    const env = {
      ...Object.fromEntries(inherited),
      TOIMELA_DATA: data,
      TOIMELA_DATABASE: `sqlite:${path.join(data, "toimela.db")}`,
      TOIMELA_RATE_READ: "0",
      TOIMELA_RATE_WRITE: "0",
      TOIMELA_RATE_CREDENTIALS: "0",
    };
    await runCommand("migrate", { ...env, ...extra });
    if (demo) await runCommand("demo", { ...env, ...extra });
    const accounts = demo
      ? JSON.parse(await readFile(path.join(data, "demo-accounts.json"), "utf8"))
      : [];

    // Not before it is needed: whoever asks for a port next may be given the same.
    const port = await freePort();
    const url = `http://localhost:${port}`;
    Object.assign(env, { TOIMELA_LISTEN: `127.0.0.1:${port}`, TOIMELA_BASE_URL: url, ...extra });
    child = spawn(program, ["serve"], { env, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (log += text));
    }
    let failure;
    child.on("error", (error) => (failure = error));
    child.on("exit", (code, signal) => {
      failure ??= new Error(`the program ended with ${signal ?? code}`);
    });
    for (const deadline = Date.now() + startDeadline; ; ) {
      if (failure) throw new Error(`${failure.message}:\n${log}`);
      // To the address: what "localhost" means is the browser's business.
      const ready = await fetch(`http://127.0.0.1:${port}/readyz`, {
        signal: AbortSignal.timeout(2000),
      }).then((response) => response.ok, () => false);
      if (ready) break;
      if (Date.now() > deadline) throw new Error(`the program does not become ready:\n${log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return { url, data, accounts, log: () => log, command: (line) => runCommand(line, env), stop };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

/** Debian's Chromium without anything that talks to the outside. */
export function startBrowser() {
  return chromium.launch({
    executablePath: browserProgram,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * The program and a browser for it. newPage(options) opens a page in a context of its own, as a
 * person who has never been here; options are Playwright's for a context (locale, viewport,
 * javaScriptEnabled, …).
 */
export async function startSite(options) {
  const server = await startProgram(options);
  let browser;
  try {
    browser = await startBrowser();
  } catch (error) {
    await server.stop().catch(() => {});
    throw error;
  }
  return {
    ...server,
    browser,
    async newPage(contextOptions = {}) {
      const context = await browser.newContext({
        baseURL: server.url,
        locale: "fi-FI",
        timezoneId: "Europe/Helsinki",
        reducedMotion: "reduce",
        ...contextOptions,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);  // a machine that also compiles is slow
      return page;
    },
    signIn,
    async stop() {
      await browser.close();
      await server.stop();
    },
  };
}

/**
 * Does what leads to another page, and waits until that one has loaded: a page that is not there yet
 * looks like the one that is left, and a script that has not begun hears no click.
 */
export async function away(page, act) {
  await page.waitForLoadState();  // the page that is left must not be taken for the one that comes
  await Promise.all([page.waitForEvent("load"), act()]);
}

/** Presses the first of a selector or locator, which leads to another page (away()). */
export const follow = (page, target) =>
  away(page, () => (typeof target === "string" ? page.locator(target) : target).first().click());

/** Signs in through the form, as a person does. The account has `email` and `password`. */
export async function signIn(page, account) {
  await page.goto(signInPath);
  const form = page.locator("form", { has: page.locator("input[type=password]") });
  await form
    .locator("input[type=email], input[type=text], input[autocomplete~=username]")
    .first()
    .fill(account.email);
  await form.locator("input[type=password]").fill(account.password);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    form.locator("[type=submit], button:not([type])").first().click(),
  ]);
  if (answer.status() !== 303) {
    await page.waitForLoadState();
    const text = await page.locator("body").innerText();
    throw new Error(`${account.email} could not sign in: ${answer.status()}\n${text.slice(0, 1000)}`);
  }
  await page.waitForURL((url) => url.pathname !== signInPath);
}

/**
 * Fails if the page breaks a rule of WCAG 2.2 level A or AA that a machine can check.
 * `include` is a selector for a part of the page; `rules` are axe's names of those to check alone.
 */
export async function axe(page, { include, rules } = {}) {
  // No page has frames, so axe need not open another page to put their results together.
  const builder = new AxeBuilder({ page }).setLegacyMode(true);
  if (rules) builder.withRules(rules);
  else builder.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]);
  if (include) builder.include(include);
  const { violations, passes } = await builder.analyze();
  if (passes.length === 0) throw new Error(`axe found nothing to check on ${page.url()}`);
  if (violations.length === 0) return;
  const lines = violations.flatMap((violation) => [
    `${violation.id} (${violation.impact}): ${violation.help}`,
    ...violation.nodes.slice(0, 5).flatMap((node) => [
      `  ${node.target.join(" ")}`,
      `    ${node.html.replaceAll(/\s+/g, " ").slice(0, 200)}`,
      `    ${node.failureSummary.replaceAll(/\s+/g, " ")}`,
    ]),
    ...(violation.nodes.length > 5 ? [`  and ${violation.nodes.length - 5} more`] : []),
  ]);
  throw new Error(`${page.url()} is not accessible:\n${lines.join("\n")}`);
}

/** Keeps a picture of the whole page; returns the file's path. */
export async function screenshot(page, name) {
  if (!/^[\w-]+$/.test(name)) throw new Error(`not a name for a screenshot: ${name}`);
  await mkdir(screenshots, { recursive: true });
  const file = path.join(screenshots, `${name}.png`);
  await page.screenshot({ path: file, fullPage: true });
  return file;
}
