// A card session as it happens. Everything works without this file by sending forms and loading the
// page again; with it, answers that could not be sent wait here until the network is back, what was
// typed survives a reload, and the page follows the room.
"use strict";

{
  const root = document.querySelector("[data-session]");
  const words = root.dataset;
  const isRoom = "room" in words;
  const store = `toimela-cards-${words.session}`;
  const retryAfter = 3_000;

  const say = (text) => {
    const place = root.querySelector("[data-say]");
    place.textContent = "";
    setTimeout(() => (place.textContent = text ?? ""), 50);
  };

  // What stands in the browser: typed words by form and field, and answers that wait. Private windows
  // may refuse; then only this page remembers.
  const memory = {};
  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(`${store}-${key}`)) ?? memory[key];
    } catch {
      return memory[key];
    }
  };
  const write = (key, value) => {
    memory[key] = value;
    try {
      localStorage.setItem(`${store}-${key}`, JSON.stringify(value));
    } catch {
      // Remembered above.
    }
  };

  // -- The timer: the server says when it ends, our clock only how long that is -------------------------

  let offset = 0;
  let until = null;
  let told = null;

  const setTimer = (now, end) => {
    offset = Date.now() - now;
    until = end;
    told = null;
  };
  const clock = () => {
    const timer = root.querySelector("[data-timer]");
    if (!timer) return;
    timer.hidden = until === null;
    if (until === null) return;
    const left = Math.max(0, Math.ceil((until - (Date.now() - offset)) / 1000));
    timer.querySelector("[data-clock]").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    timer.classList.toggle("session-timer--short", left <= 60);
    if (left === 60 && told !== 60) say(words.minute);
    if (left === 0 && told !== 0) say(words.timeUp);
    told = left;
  };
  const readTimer = () => {
    const timer = root.querySelector("[data-timer]");
    if (timer) setTimer(Number(timer.dataset.now), timer.dataset.until ? Number(timer.dataset.until) : null);
    clock();
  };

  // -- Typed words ---------------------------------------------------------------------------------------

  const kindOf = (form) => form.elements.what?.value ?? form.getAttribute("action");
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit");

  const keepDraft = (form) => {
    const drafts = read("drafts") ?? {};
    const draft = {};
    for (const field of fieldsOf(form))
      if (field.type !== "radio" || field.checked) draft[field.name] = field.value;
    drafts[kindOf(form)] = draft;
    write("drafts", drafts);
  };
  const dropDraft = (kind) => {
    const drafts = read("drafts") ?? {};
    delete drafts[kind];
    write("drafts", drafts);
  };
  const restoreDrafts = () => {
    const drafts = read("drafts") ?? {};
    for (const form of root.querySelectorAll("form[data-answer]")) {
      const draft = drafts[kindOf(form)];
      if (!draft) continue;
      for (const field of fieldsOf(form)) {
        if (!(field.name in draft)) continue;
        if (field.type === "radio") field.checked = field.value === draft[field.name];
        else field.value = draft[field.name];
      }
    }
  };

  // -- The order of cards: fields one above the other, moved by buttons or by choosing a place -------------

  const selectOf = (field) => field.querySelector("select");
  const sortOrder = (list) => {
    const fields = [...list.querySelectorAll(".field")].filter(selectOf);
    fields.sort((a, b) => (Number(selectOf(a).value) || 99) - (Number(selectOf(b).value) || 99));
    list.append(...fields);
    fields.forEach((field, index) => {
      selectOf(field).value = String(index + 1);
      const [up, down] = field.querySelectorAll("[data-move]");
      up.disabled = index === 0;
      down.disabled = index === fields.length - 1;
    });
  };
  const moveField = (list, field, step) => {
    const fields = [...list.querySelectorAll(".field")].filter(selectOf);
    const from = fields.indexOf(field);
    const other = fields[from + step];
    if (!other) return;
    const place = selectOf(field).value;
    selectOf(field).value = selectOf(other).value;
    selectOf(other).value = place;
    sortOrder(list);
    keepDraft(list.closest("form"));
    const label = field.querySelector("label")?.firstChild?.textContent.trim() ?? "";
    say(`${label}: ${selectOf(field).selectedOptions[0].textContent}`);
    const button = field.querySelector(`[data-move="${step}"]`);
    (button.disabled ? field.querySelector(`[data-move="${-step}"]`) : button).focus();
  };
  const arrange = () => {
    for (const list of root.querySelectorAll("[data-order]")) {
      for (const field of [...list.querySelectorAll(".field")].filter(selectOf)) {
        const label = field.querySelector("label")?.firstChild?.textContent.trim() ?? "";
        const buttons = document.createElement("span");
        buttons.className = "session-order__moves";
        for (const [step, sign, word] of [[-1, "↑", words.up], [1, "↓", words.down]]) {
          const button = document.createElement("button");
          button.type = "button";
          button.className = "button button--secondary";
          button.dataset.move = step;
          button.textContent = sign;
          button.setAttribute("aria-label", `${word}: ${label}`);
          button.addEventListener("click", () => moveField(list, field, step));
          buttons.append(button);
        }
        field.append(buttons);
        // The place that was chosen is this card's; whoever stood there takes the one it leaves.
        let before = selectOf(field).value;
        selectOf(field).addEventListener("focus", () => (before = selectOf(field).value));
        selectOf(field).addEventListener("change", () => {
          for (const other of list.querySelectorAll("select"))
            if (other !== selectOf(field) && other.value === selectOf(field).value) other.value = before;
          before = selectOf(field).value;
          sortOrder(list);
          selectOf(field).focus();
        });
      }
      list.classList.add("session-order--live");
      sortOrder(list);
    }
  };

  // -- The page, taken over part by part --------------------------------------------------------------------

  const takeOver = (page) => {
    const focused = document.activeElement?.id;
    const open = [...root.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
    for (const part of root.querySelectorAll("[data-live]")) {
      const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
      if (!fresh) continue;
      for (const name of ["phase", "for"]) if (fresh.dataset[name]) part.dataset[name] = fresh.dataset[name];
      part.replaceChildren(...fresh.childNodes);
    }
    const freshRoot = page.querySelector("[data-session]");
    if (freshRoot && "over" in freshRoot.dataset) root.dataset.over = "yes";
    for (const summary of root.querySelectorAll("details > summary"))
      if (open.includes(summary.textContent)) summary.parentElement.open = true;
    restoreDrafts();
    arrange();
    readTimer();
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  };

  let refreshing = null;
  let missed = false;
  const refresh = (delay) => {
    if (refreshing) return void (missed = true);
    refreshing = setTimeout(async () => {
      missed = false;
      const before = root.querySelector("[data-live=bar]").dataset.phase;
      const answer = await fetch(words.page, { headers: { Accept: "text/html" } }).catch(() => null);
      refreshing = null;
      if (!answer?.ok) return refresh(retryAfter * (1 + Math.random()));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.querySelector("[data-session]")) return location.reload();
      takeOver(page);
      const after = root.querySelector("[data-live=bar]").dataset.phase;
      if (after !== before) {
        say(`${words.changed} ${root.querySelector("[data-live=bar] .tag").textContent}`);
        if (!isRoom) root.scrollIntoView({ block: "start" });
      }
      if (missed) refresh(isRoom ? 700 : spread());
    }, delay);
  };
  // A thousand phones do not ask in the same moment: about 400 of them a second.
  const spread = () => Math.random() * Number(words.participants) * 2.5;

  // -- What the server tells ----------------------------------------------------------------------------------

  let lostTimer = null;
  const hear = (event) => {
    const news = JSON.parse(event.data);
    if (news.what === "state") {
      words.participants = String(news.participants);
      setTimer(news.now, news.until);
      clock();
      const shown = root.querySelector("[data-live=bar]").dataset;
      if (shown.phase !== news.phase || (news.over && !("over" in words))) refresh(isRoom ? 0 : spread());
      else if (isRoom) refresh(300);
    } else if (news.what === "answers") {
      refresh(700);
    } else if (news.what === "text" && (news.group === 0 || String(news.group) === words.group)) {
      refresh(spread() + 200);
    }
  };
  const connect = () => {
    if ("over" in words) return;
    const stream = new EventSource(words.events);
    stream.onopen = () => {
      clearTimeout(lostTimer);
      if (lostTimer) say(words.back);
      lostTimer = null;
      // What happened between the page and the stream, or while it was away, is asked for once.
      refresh(500 + spread());
      send();
    };
    stream.onmessage = hear;
    stream.onerror = () => {
      lostTimer ??= setTimeout(() => say(words.lost), 4_000);
      if (stream.readyState !== EventSource.CLOSED) return;
      stream.close();
      setTimeout(connect, retryAfter * (1 + Math.random()));
      if (!refreshing) refresh(retryAfter);
    };
  };

  // -- Answers ------------------------------------------------------------------------------------------------

  let isSending = false;
  const send = async () => {
    if (isSending) return;
    isSending = true;
    for (let waiting = read("waiting") ?? []; waiting.length > 0; waiting = read("waiting") ?? []) {
      const [first, ...others] = waiting;
      const answer = await fetch(first.action, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "text/html" },
        body: first.body,
      }).catch(() => null);
      if (!answer || answer.status === 429 || answer.status >= 500) {
        say(words.waiting);
        setTimeout(send, Number(answer?.headers.get("Retry-After") || 0) * 1000 || retryAfter);
        break;
      }
      write("waiting", others);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok) {
        dropDraft(first.kind);
        say(page.querySelector(".flash")?.textContent.trim() || words.saved);
      }
      if (page.querySelector("[data-session]")) takeOver(page);
      else location.reload();
    }
    isSending = false;
  };

  const newKey = () =>
    btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18)))).replaceAll("+", "-").replaceAll("/", "_");

  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("answer" in form.dataset)) return;
    event.preventDefault();
    if (!form.reportValidity()) return;
    const body = new URLSearchParams(new FormData(form)).toString();
    const waiting = (read("waiting") ?? []).filter((other) => other.body !== body);
    write("waiting", [...waiting, { action: form.getAttribute("action"), kind: kindOf(form), body }]);
    if ("clears" in form.dataset) {
      // The next text is another one, also while this one waits.
      for (const field of fieldsOf(form)) if (field.tagName === "TEXTAREA") field.value = "";
      for (const name of ["key", "note_key"]) if (form.elements[name]) form.elements[name].value = newKey();
      dropDraft(kindOf(form));
    }
    send();
  });

  let atOnce = null;
  root.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (!form || !("answer" in form.dataset)) return;
    if ("atOnce" in form.dataset) {
      // Arrow keys walk over places that are not meant.
      clearTimeout(atOnce);
      atOnce = setTimeout(() => form.isConnected && form.requestSubmit(), 600);
    } else {
      keepDraft(form);
    }
  });

  // -- The screen of the room ---------------------------------------------------------------------------------

  const full = root.querySelector("[data-fullscreen]");
  if (full && document.fullscreenEnabled) {
    full.hidden = false;
    full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()));
  }

  restoreDrafts();
  arrange();
  readTimer();
  setInterval(clock, 250);
  // A stream that begins before the page is there would keep it from ever being loaded.
  const begin = () => setTimeout(connect, 0);
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
  window.addEventListener("online", send);
  send();
}
