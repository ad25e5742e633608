// Posts that wait on this device until the network is back, so that nothing is lost by a hole in it.
// Pages that must go on working without network load this file before their own script and have the
// partial outbox.mustache; what they send must be safe to repeat, by a key that the server knows.
"use strict";

/**
 * One queue. `name` is what it is kept under; pages of the same name share it, and only one of them
 * sends at a time. A post is {action, body, kind, label}: an address, a form as text, what the page
 * knows it by, and words that tell people which one it is.
 *
 * `answered(post, answer, page)` is told what the server said, as a Response and its document; it says
 * true if the post was taken, else why not if it knows. What was not taken is shown with that reason or
 * the one in the page, never dropped. `changed` is called whenever something waits or waits no more.
 */
class Outbox {
  static retryAfter = 3_000;
  static pressedUntil = 0;
  static patience = 15_000;  // a network that went without a word answers nothing for minutes
  static slow = 1_500;

  constructor(name, answered) {
    this.name = name;
    this.answered = answered;
    this.changed = () => {};
    this.memory = {};
    this.place = document.querySelector("[data-outbox]");
    this.words = this.place.dataset;
    this.state = this.place.querySelector("[data-outbox-state]");
    this.list = this.place.querySelector("[data-outbox-list]");
    this.isOffline = navigator.onLine === false;
    this.isBlocked = false;
    window.addEventListener("online", () => {
      this.isOffline = this.isBlocked = false;
      this.send();
    });
    window.addEventListener("offline", () => {
      this.isOffline = true;
      this.show();
    });
    // Another page of the same name has sent, or added.
    window.addEventListener("storage", (event) => event.key?.startsWith(`${name}-`) && this.show());
    this.show();
    this.keep();
  }

  // Private windows may refuse to store; then only this page remembers.
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(`${this.name}-${key}`)) ?? this.memory[key];
    } catch {
      return this.memory[key];
    }
  }
  write(key, value) {
    this.memory[key] = value;
    try {
      if (value === undefined) localStorage.removeItem(`${this.name}-${key}`);
      else localStorage.setItem(`${this.name}-${key}`, JSON.stringify(value));
    } catch {
      // Remembered above.
    }
  }

  get waiting() {
    return this.read("waiting") ?? [];
  }
  get refused() {
    return this.read("refused") ?? [];
  }

  /** Sends it now, or as soon as that is possible. The same post again waits once, since it first came. */
  add(post) {
    const isSame = (other) => other.action === post.action && other.body === post.body;
    const since = this.waiting.find(isSame)?.since ?? Date.now();
    this.write("waiting", [...this.waiting.filter((other) => !isSame(other)), { ...post, since }]);
    return this.send();
  }

  async send() {
    if (this.isSending) return void (this.isAsked = true);
    this.isSending = true;
    clearTimeout(this.retry);
    do {
      this.isAsked = false;
      if (navigator.locks) await navigator.locks.request(this.name, () => this.empty());
      else await this.empty();
    } while (this.isAsked && !this.isOffline && !this.isBlocked);
    this.isSending = false;
    this.show();
  }

  async empty() {
    for (let waiting = this.waiting; waiting.length > 0; waiting = this.waiting) {
      const [first] = waiting;
      const slow = setTimeout(() => {
        this.isSlow = true;
        this.show();
      }, Outbox.slow);
      const answer = await this.post(first);
      clearTimeout(slow);
      this.isSlow = false;
      const isLater = !answer || answer.status === 408 || answer.status === 429 || answer.status >= 500;
      this.isOffline = !answer;
      this.isBlocked = !isLater && (answer.status === 401 || answer.status === 403 || /\/sign-in$/.test(new URL(answer.url).pathname));
      if (isLater) {
        const pause = Number(answer?.headers.get("Retry-After") || 0) * 1000;
        this.retry = setTimeout(() => this.send(), pause || Outbox.retryAfter);
      }
      if (isLater || this.isBlocked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      await Outbox.released();  // who is told exchanges parts of the page
      this.write("waiting", this.waiting.filter((other) => other.action !== first.action || other.body !== first.body));
      const reason = Outbox.reasonIn(page);  // who is told may take the page apart
      const verdict = this.answered(first, answer, page);
      if (verdict !== true) this.refuse(first.label, verdict || reason || `${answer.status}`);
      this.show();
    }
  }

  static reasonIn(page) {
    const reason = page.querySelector(".error-summary li") ?? page.querySelector("main .notice--error");
    return reason?.textContent.trim().replaceAll(/\s+/g, " ");
  }

  /** What can not be saved any more stays in sight until it was noted. */
  refuse(label, reason) {
    this.write("refused", [...this.refused, { label, reason }]);
    this.show();
  }

  /**
   * The token of the page is newer than that of a post that waited. How many seconds it has waited goes
   * with it: what happened then did not happen when the network came back. A clock that is wrong counts
   * them right all the same.
   */
  post({ action, body: text, since }) {
    const waited = since ? Math.max(0, Math.round((Date.now() - since) / 1000)) : 0;
    const body = waited > 0 ? `${text}&waited=${waited}` : text;
    const token = document.querySelector("input[name=csrf]")?.value;
    const headers = { "Content-Type": "application/x-www-form-urlencoded", Accept: "text/html" };
    if (token) headers["X-CSRF-Token"] = token;
    const signal = AbortSignal.timeout?.(Outbox.patience);
    return fetch(action, { method: "POST", headers, body, signal }).catch(() => null);
  }

  /** Says how it stands, to eyes and ears, when that has changed. */
  show() {
    const { waiting, refused } = this;
    const held = this.isOffline || this.isBlocked || this.isSlow || !this.isSending;
    const parts = [];
    if (this.isOffline) parts.push(this.words.offline);
    if (held && waiting.length > 0) parts.push(`${this.words.waiting} ${waiting.length}.`);
    if (this.isBlocked && waiting.length > 0) parts.push(this.words.signIn);
    else if (held && waiting.length > 0) parts.push(this.words.kept);
    const text = parts.join(" ");
    if (this.state.textContent !== text) this.state.textContent = text;
    this.place.classList.toggle("outbox--held", text !== "" || refused.length > 0);
    const rows = [
      ...(held ? waiting : []).map(({ label }) => label),
      ...refused.map(({ label, reason }) => `${this.words.refused} ${label} (${reason})`),
    ].filter(Boolean);
    this.list.hidden = rows.length === 0;
    this.list.querySelector("ul").replaceChildren(...rows.map((row) => {
      const item = document.createElement("li");
      item.textContent = row;
      return item;
    }));
    this.list.querySelector("button").hidden = refused.length === 0;
    this.list.querySelector("button").onclick = () => {
      this.write("refused", undefined);
      this.place.querySelector("[data-outbox-alert]").textContent = "";
      this.state.tabIndex = -1;
      this.state.focus({ preventScroll: true });  // the button goes
      this.show();
    };
    if (refused.length > (this.told ?? 0)) this.alert(`${this.words.refused} ${refused.at(-1).label}`);
    this.told = refused.length;
    this.changed();
  }
  alert(text) {
    const place = this.place.querySelector("[data-outbox-alert]");
    place.textContent = "";
    setTimeout(() => (place.textContent = text), 50);
  }

  /** What is open can be loaded again without network, see service-worker.js. */
  async keep() {
    const workers = navigator.serviceWorker;
    if (!workers) return;  // an address that is not secure
    const isKept = workers.controller !== null;
    try {
      await workers.register("/service-worker.js");
    } catch {
      return;  // everything else works without
    }
    await workers.ready;
    if (isKept) return;
    // It is ready before it hears what this page asks for.
    if (!workers.controller) await new Promise((heard) => workers.addEventListener("controllerchange", heard, { once: true }));
    fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => {});
  }

  /**
   * Resolves when nothing is pressed. A button that is exchanged between pressing and letting go is never
   * clicked, so whoever exchanges a part of a page that is in use waits for this first.
   */
  static async released() {
    while (Date.now() < Outbox.pressedUntil) await new Promise((later) => setTimeout(later, 20));
  }

  /** A key that nobody else makes, in the letters of the server's own. */
  static newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(18));
    return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
  }
}

{
  const longest = 3_000;  // the browser may not tell of a release, as over an open menu
  const untilClicked = 100;  // a tap clicks a moment after the finger has left
  for (const [lasts, types] of [[longest, ["pointerdown", "keydown"]], [untilClicked, ["pointerup", "pointercancel", "keyup"]]])
    for (const type of types) window.addEventListener(type, () => (Outbox.pressedUntil = Date.now() + lasts), true);
}
