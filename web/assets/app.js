// What the pages do better with a script; everything works without it. The words it says come in
// the data- attributes of its own element (layout.mustache).
"use strict";

const words = document.currentScript.dataset;

// -- Saying it to those who do not see it --------------------------------------------------------

const announcer = document.createElement("p");
announcer.className = "visually-hidden";
announcer.setAttribute("role", "status");
document.body.append(announcer);
const announce = (text) => {
  announcer.textContent = "";
  setTimeout(() => (announcer.textContent = text), 100);  // the same words again are news too
};

// -- Forms ---------------------------------------------------------------------------------------

// Warns before a changed form is left. A form that was sent, or marked data-leave-freely, is not
// held back; neither are searches, which only read.
const changed = new Set();
const guarded = (form) => form && form.method === "post" && !("leaveFreely" in form.dataset);

document.addEventListener("input", ({ target }) => {
  if (guarded(target.form)) changed.add(target.form);
});
document.addEventListener("reset", ({ target }) => changed.delete(target));
window.addEventListener("beforeunload", (event) => {
  for (const form of changed) if (!form.isConnected) changed.delete(form);
  if (changed.size > 0) event.preventDefault();
});

// The question of a form is put here; where the field is sent, the service puts it on a page.
document.addEventListener("submit", (event) => {
  const question = event.target.querySelector("[name=ask_first]");
  if (!question) return;
  if (!window.confirm(question.value)) return event.preventDefault();
  question.disabled = true;
  setTimeout(() => (question.disabled = false));
});

// Who signs out leaves no name that waits at a door on the device; service-worker.js forgets pages. What
// was noted there and not sent is known to nobody else, so it goes only when that is meant.
document.addEventListener("submit", (event) => {
  if (!/\/sign-out$/.test(event.target.getAttribute("action") ?? "")) return;
  let doors;
  try {
    doors = Object.keys(localStorage).filter((key) => key.startsWith("toimela-door-"));
  } catch {
    return;  // no storage, nothing in it
  }
  const isUnsent = (key) => key.endsWith("-waiting") && localStorage.getItem(key) !== "[]";
  if (doors.some(isUnsent) && !window.confirm(words.unsent)) return event.preventDefault();
  doors.forEach((key) => localStorage.removeItem(key));
});

// A second press of a button that is already sending does nothing; one that takes long turns.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if ("sending" in form.dataset) return event.preventDefault();
  changed.delete(form);
  form.dataset.sending = "";
  const button = event.submitter;
  const long = setTimeout(() => {
    button?.classList.add("is-waiting");
    button?.setAttribute("aria-busy", "true");
    announce(words.waiting);
  }, 700);
  setTimeout(() => {  // a download leaves the page where it was
    clearTimeout(long);
    release(form);
  }, 8000);
});
const release = (form) => {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll(".is-waiting")) {
    button.classList.remove("is-waiting");
    button.removeAttribute("aria-busy");
  }
};
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sending]").forEach(release);
});

// A link of the error summary leads into its field, not only near it.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  const control = field.matches("input, select, textarea") ? field
    : field.querySelector("input, select, textarea");
  (control ?? field).focus();
  (control ?? field).scrollIntoView({ block: "center" });
});

// What was chosen to be sent, with its size.
const size = (bytes) => {
  const step = bytes >= 1e6 ? ["megabyte", 1e6] : ["kilobyte", 1e3];
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit", unit: step[0], maximumFractionDigits: bytes >= 1e6 ? 1 : 0,
  }).format(Math.max(bytes / step[1], bytes > 0 ? 1 : 0));
};
document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("input[type=file]")) return;
  let list = target.parentElement.querySelector(".file-list");
  if (!list) {
    list = document.createElement("ul");
    list.className = "file-list";
    target.after(list);
  }
  list.replaceChildren(...Array.from(target.files, (file) => {
    const item = document.createElement("li");
    item.textContent = `${file.name} (${size(file.size)})`;
    return item;
  }));
});

// -- Suggestions while typing --------------------------------------------------------------------

// An input with data-lookup="address" asks there with ?q=… and gets a JSON list of texts. The
// pattern is the WAI-ARIA "editable combobox with list autocomplete": the focus stays in the field.
let combos = 0;
class Combobox {
  constructor(input) {
    this.input = input;
    this.id = `lookup-${++combos}`;
    const box = document.createElement("div");
    box.className = "combobox";
    input.replaceWith(box);
    this.list = document.createElement("ul");
    this.list.className = "combobox__list";
    this.list.id = this.id;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", words.suggestions);
    this.list.hidden = true;
    box.append(input, this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.id);
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // Pressing must not take the focus from the field before the click has chosen.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  later() {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (this.input.value.trim().length < 2) return this.close();
    this.timer = setTimeout(() => this.ask(), 150);
  }

  async ask() {
    this.asking = new AbortController();
    const address = new URL(this.input.dataset.lookup, location.href);
    address.searchParams.set("q", this.input.value.trim());
    try {
      const answer = await fetch(address, { signal: this.asking.signal, headers: { Accept: "application/json" } });
      if (answer.ok) this.show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") this.close();  // without suggestions one types it in full
    }
  }

  show(texts) {
    this.list.replaceChildren(...texts.slice(0, 20).map((text, at) => {
      const option = document.createElement("li");
      option.id = `${this.id}-${at}`;
      option.setAttribute("role", "option");
      option.textContent = text;
      return option;
    }));
    announce(texts.length > 0 ? `${words.suggestions}: ${texts.length}` : words.noSuggestions);
    if (texts.length === 0 || document.activeElement !== this.input) return this.close();
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(-1);
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();  // what is still on its way would open it again
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((option, n) => {
      if (n === at) {
        option.setAttribute("aria-selected", "true");
        this.input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else {
        option.removeAttribute("aria-selected");
      }
    });
    if (at < 0) this.input.removeAttribute("aria-activedescendant");
  }

  choose(option) {
    this.input.value = option.textContent;
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  key(event) {
    const count = this.list.children.length;
    if (this.list.hidden || count === 0) {
      if (event.key === "ArrowDown" && !event.altKey) {
        event.preventDefault();
        this.later();
      } else if (event.key === "Escape") {
        this.close();
      }
      return;
    }
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      // Beyond either end lies the field itself.
      this.mark(((this.at + 1 + move + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.choose(this.list.children[this.at]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }
}

// -- Shortcuts ------------------------------------------------------------------------------------

// A field with data-shortcut="/" gets the focus by that key; a link with data-go="d" is followed by g and
// then d; "?" opens the list of all (shortcuts.mustache). Nothing happens while something is being typed.
// Who speaks to the computer, or presses keys by accident, can switch them off (WCAG 2.2, 2.1.4); the
// choice stays in the browser.
{
  const name = "toimela-shortcuts";
  const stored = () => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;  // no storage: the shortcuts work, and can not be switched off
    }
  };
  const fields = document.querySelectorAll("[data-shortcut]");
  const show = () => {
    for (const field of fields) {
      field.toggleAttribute("aria-keyshortcuts", false);
      if (stored() === "off") field.removeAttribute("title");
      else field.setAttribute("aria-keyshortcuts", field.dataset.shortcut);
    }
  };
  show();

  const page = document.querySelector("a[data-shortcut-page]");
  let sheet = null;
  const openList = async () => {
    if (document.querySelector("main [data-shortcut-table]")) return;  // it is this page
    if (!sheet) {
      const answer = await fetch(page.href, { headers: { Accept: "text/html" } }).catch(() => null);
      const list = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html")
        .querySelector("main [data-shortcut-table]");
      if (!list) return location.assign(page.href);
      sheet = document.createElement("dialog");
      sheet.className = "sheet";
      sheet.setAttribute("aria-labelledby", "shortcut-sheet");
      const title = document.createElement("h2");
      title.id = "shortcut-sheet";
      title.textContent = page.textContent;
      const more = document.createElement("p");
      more.append(Object.assign(document.createElement("a"), { href: page.href, textContent: words.shortcutsMore }));
      const close = document.createElement("button");
      close.className = "button button--secondary";
      close.textContent = words.close;
      close.addEventListener("click", () => sheet.close());
      sheet.append(title, list, more, close);
      document.body.append(sheet);
    }
    sheet.showModal();
  };

  let begun = 0;  // when "g" was pressed
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || stored() === "off") return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog, [popover]:popover-open")) return;
    const isSecond = Date.now() - begun < 1500;
    begun = 0;
    const link = isSecond && /^[a-z]$/.test(event.key) && document.querySelector(`[data-go="${event.key}"]`);
    const field = [...fields].find((each) => each.dataset.shortcut === event.key && each.offsetParent);
    if (link) link.click();
    else if (event.key === "g") begun = Date.now();
    else if (event.key === "?" && page) openList();
    else if (field) field.focus();
    else return;
    event.preventDefault();
  });
  const choice = document.querySelector("input[data-shortcuts]");
  if (choice) {
    choice.checked = stored() !== "off";
    choice.closest("[hidden]")?.removeAttribute("hidden");
    choice.addEventListener("change", () => {
      localStorage.setItem(name, choice.checked ? "on" : "off");
      show();
    });
  }
}

// -- Lists without loading the whole page ---------------------------------------------------------

// Pages of a list, sorting and filters differ only in the query: their main part is fetched and
// exchanged. Whatever goes wrong, the browser loads the page as it would have.
const here = () => location.pathname + location.search;
let shown = here();
const exchange = async (address, { push }) => {
  const main = document.querySelector("main");
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error("not the same page");
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = next.querySelector("main");
    const focus = document.activeElement?.id;
    document.title = next.title;
    main.replaceChildren(...part.childNodes);
    // The links to the other languages lead to the same part of the list.
    for (const links of [".languages", ".site-footer"]) {
      const old = document.querySelectorAll(links);
      next.querySelectorAll(links).forEach((fresh, at) => old[at]?.replaceWith(fresh));
    }
    if (push) history.pushState(null, "", address);
    shown = here();
    enhance(main);
    const again = focus && document.getElementById(focus);
    if (again && again !== main) {
      again.focus({ preventScroll: true });
    } else {
      const list = main.querySelector("[data-list], .list-tools, .table-wrap") ?? main;
      list.scrollIntoView({ block: "nearest" });
      main.focus({ preventScroll: true });
    }
    announce(main.querySelector("[data-list-summary]")?.textContent.trim() ?? document.title);
  } catch {
    location.assign(address);
  } finally {
    main.removeAttribute("aria-busy");
  }
};
const isPlain = (event) => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
document.addEventListener("click", (event) => {
  const link = event.target.closest("main .pager a[href], main thead a[href], main [data-list-link]");
  if (event.defaultPrevented || !link || !isPlain(event) || link.target || link.download || changed.size > 0) return;
  const address = new URL(link.href);
  if (address.origin !== location.origin || address.pathname !== location.pathname) return;
  event.preventDefault();
  exchange(address, { push: true });
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "get" || !form.matches("main .filter") || changed.size > 0) return;
  const address = new URL(form.action);
  if (address.origin !== location.origin || address.pathname !== location.pathname) return;
  event.preventDefault();
  const asked = [...new FormData(form, event.submitter)].filter(([, value]) => value !== "");
  address.search = new URLSearchParams(asked);
  exchange(address, { push: true });
});
window.addEventListener("popstate", () => {
  if (here() !== shown) exchange(location.href, { push: false });
});

// An element with an id and data-refresh="seconds" (long work) is asked for again until the page
// no longer says so.
const refresh = (element) => setTimeout(async () => {
  if (!element.isConnected) return;
  const next = await fetch(location.href).then((answer) => (answer.ok ? answer.text() : ""), () => "");
  const part = next && new DOMParser().parseFromString(next, "text/html").getElementById(element.id);
  if (!part) return refresh(element);
  element.replaceWith(part);
  enhance(part.parentElement);
  if (!("refresh" in part.dataset)) announce(part.textContent.trim());
}, Math.max(1, Number(element.dataset.refresh)) * 1000);

// -- Tables ---------------------------------------------------------------------------------------

// A table that is wider than the screen becomes a list of records on a phone, with the heading of
// the column before each value; elsewhere it can be scrolled with the keyboard. display: block would
// take the table from screen readers, so the roles are said.
const phone = window.matchMedia("(max-width: 47.99rem)");
const roles = { THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
const records = (table) => {
  const heads = Array.from(table.querySelectorAll("thead th, thead td"), (head) => head.textContent.trim());
  table.setAttribute("role", "table");
  for (const part of table.querySelectorAll("thead, tbody, tr, td")) part.setAttribute("role", roles[part.tagName]);
  for (const head of table.querySelectorAll("tbody th")) head.setAttribute("role", "rowheader");
  for (const row of table.querySelectorAll("tbody tr")) {
    [...row.cells].forEach((cell, at) => {
      const isFilled = cell.textContent.trim() !== "" || cell.querySelector("input, svg, img");
      if (cell.tagName === "TD" && heads[at] && isFilled) cell.dataset.label = heads[at];
    });
  }
  table.classList.add("table--records");
};
const reachable = () => {
  for (const box of document.querySelectorAll(".table-wrap")) {
    const table = box.querySelector(".table");
    table?.classList.remove("table--records");
    const isWide = box.scrollWidth > box.clientWidth;
    if (isWide && phone.matches && table?.tHead && !table.matches(".table--keep")) records(table);
    if (box.scrollWidth <= box.clientWidth) {
      box.removeAttribute("tabindex");
    } else if (!box.hasAttribute("tabindex")) {
      box.tabIndex = 0;
      const caption = box.querySelector("caption");
      if (caption) {
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", caption.textContent.trim());
      }
    }
  }
};
window.addEventListener("resize", reachable);

// -- Once, and again for what was fetched ---------------------------------------------------------

const enhance = (root) => {
  for (const input of root.querySelectorAll("input[data-lookup]:not([role])")) new Combobox(input);
  for (const element of root.querySelectorAll("[data-refresh][id]")) refresh(element);
  // Something to take along, a token or an address: data-copy gets a button.
  for (const element of root.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--secondary button--small";
    button.textContent = words.copyLabel;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText((element.value ?? element.textContent).trim());
        button.textContent = words.copied;
        announce(words.copied);
      } catch {
        getSelection().selectAllChildren(element);  // no access: marked, so that Ctrl+C takes it
      }
    });
    element.after(" ", button);
    element.removeAttribute("data-copy");
  }
  reachable();
};
enhance(document);

// After a refused form the reader starts at the summary of what is wrong.
document.querySelector(".error-summary")?.focus();
