// A card session as it happens. Everything works without this file by sending forms and loading the
// page again; with it, answers that could not be sent wait here until the network is back (outbox.js),
// what was typed survives a reload, and the page follows the room.
"use strict";

{
  const root = document.querySelector("[data-session]");
  const words = root.dataset;
  const isRoom = "room" in words;
  const retryAfter = 3_000;
  const live = (name) => root.querySelector(`[data-live="${name}"]`);

  const say = (text) => {
    const place = root.querySelector("[data-say]");
    place.textContent = "";
    setTimeout(() => (place.textContent = text ?? ""), 50);
  };

  // Who leads may take part in another window of the same browser.
  const outbox = new Outbox(`toimela-${isRoom ? "room" : "cards"}-${words.session}`, (post, answer, page) => taken(post, answer, page));

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
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !["hidden", "submit", "button"].includes(field.type));
  const valuesOf = (form) => {
    const values = {};
    for (const field of fieldsOf(form))
      if (field.type !== "radio" || field.checked) values[field.name] = field.value;
    return values;
  };

  const textOf = (form) =>
    fieldsOf(form).filter((field) => field.tagName === "TEXTAREA").map((field) => field.value.trim()).filter(Boolean).join(" / ");

  const drafts = () => outbox.read("drafts") ?? {};
  const keepDraft = (form) => outbox.write("drafts", { ...drafts(), [kindOf(form)]: valuesOf(form) });
  /** Unless something else was typed since `sent`. */
  const dropDraft = (kind, sent) => {
    const { [kind]: draft, ...others } = drafts();
    if (!draft || (sent && JSON.stringify(draft) !== JSON.stringify(sent))) return;
    outbox.write("drafts", others);
  };
  const fill = (form, values) => {
    for (const field of fieldsOf(form)) {
      if (!(field.name in values)) continue;
      if (field.type === "radio") field.checked = field.value === values[field.name];
      else field.value = values[field.name];
    }
  };
  const restoreDrafts = () => {
    const all = drafts();
    const waiting = outbox.waiting;
    for (const form of root.querySelectorAll("form[data-answer]")) {
      // An order or a place that waits is what its sender sees; a text that waits has left its field.
      if (!("clears" in form.dataset))
        for (const post of waiting) if (post.kind === kindOf(form)) fill(form, post.draft);
      const draft = all[kindOf(form)];
      if (!draft) continue;
      fill(form, draft);
      // What was typed is never behind something closed.
      if (textOf(form)) form.closest("details")?.setAttribute("open", "");
    }
  };
  /** A text whose phase has passed while it was typed is shown with what was not saved. */
  const giveUpDrafts = () => {
    const forms = new Set([...root.querySelectorAll("form[data-answer]")].map(kindOf));
    for (const kind of ["text", "note"]) {
      const label = ["text", "need", "step", "note_text"].map((name) => drafts()[kind]?.[name]?.trim()).filter(Boolean).join(" / ");
      if (forms.has(kind) || !label) continue;
      outbox.refuse(label, words.notNow);
      dropDraft(kind);
    }
  };

  // -- The order of cards: fields one above the other, moved by buttons or by choosing a place -------------

  const selectOf = (field) => field.querySelector("select");
  const labelOf = (field) => field.querySelector("label")?.firstChild?.textContent.trim() ?? "";
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
    say(`${labelOf(field)}: ${selectOf(field).selectedOptions[0].textContent}`);
    const button = field.querySelector(`[data-move="${step}"]`);
    (button.disabled ? field.querySelector(`[data-move="${-step}"]`) : button).focus();
  };
  const buttonFor = (sign, label, onClick) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--secondary";
    button.textContent = sign;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", onClick);
    return button;
  };
  const arrangeOrders = () => {
    for (const list of root.querySelectorAll("[data-order]:not(.session-order--live)")) {
      for (const field of [...list.querySelectorAll(".field")].filter(selectOf)) {
        const buttons = document.createElement("span");
        buttons.className = "session-order__moves";
        for (const [step, sign, word] of [[-1, "↑", words.up], [1, "↓", words.down]]) {
          const button = buttonFor(sign, `${word}: ${labelOf(field)}`, () => moveField(list, field, step));
          button.dataset.move = step;
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

  // -- Dots: given one by one, as long as there are any left ----------------------------------------------

  const arrangeDots = () => {
    for (const list of root.querySelectorAll("[data-budget]:not(.session-dots--live)")) {
      const budget = Number(list.dataset.budget);
      const fields = [...list.querySelectorAll("input[type=number]")];
      const left = document.createElement("p");
      left.className = "session-dots__left";
      const leftNow = () => budget - fields.reduce((sum, field) => sum + (Number(field.value) || 0), 0);
      const show = () => {
        left.textContent = `${words.left} ${Math.max(0, leftNow())} / ${budget}`;
        for (const field of fields) {
          const [less, more] = field.parentElement.querySelectorAll("button");
          less.disabled = !(Number(field.value) > 0);
          more.disabled = leftNow() <= 0;
        }
      };
      for (const field of fields) {
        const row = field.parentElement;
        const give = (step) => {
          field.value = String(Math.max(0, (Number(field.value) || 0) + step));
          field.dispatchEvent(new Event("input", { bubbles: true }));
          say(`${labelOf(row)}: ${field.value}. ${left.textContent}`);
          const [less, more] = row.querySelectorAll("button");
          const [pressed, other] = step > 0 ? [more, less] : [less, more];
          (pressed.disabled ? other : pressed).focus();
        };
        const stepper = document.createElement("span");
        stepper.className = "session-dots__stepper";
        field.before(stepper);
        stepper.append(buttonFor("−", `${words.less}: ${labelOf(row)}`, () => give(-1)), field,
                       buttonFor("+", `${words.more}: ${labelOf(row)}`, () => give(1)));
        field.addEventListener("input", show);
      }
      list.prepend(left);
      list.classList.add("session-dots--live");
      show();
    }
  };

  // -- The plane: arrow keys walk over it as it is seen, not as a list of twenty-five --------------------------

  const widthOfPlane = 5;
  root.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -widthOfPlane, ArrowDown: widthOfPlane, ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const plane = event.target.closest?.(".session-plane");
    if (!step || !plane || event.target.type !== "radio") return;
    event.preventDefault();
    const cells = [...plane.querySelectorAll("input")];
    const from = cells.indexOf(event.target);
    const to = cells[from + step];
    const isSameRow = Math.floor(from / widthOfPlane) === Math.floor((from + step) / widthOfPlane);
    if (!to || (Math.abs(step) === 1 && !isSameRow)) return;
    to.focus();
    to.checked = true;
    to.dispatchEvent(new Event("input", { bubbles: true }));
  });

  /** Cards that share a place on the chart lie side by side. */
  const spreadMarks = () => {
    const places = new Map();
    for (const mark of root.querySelectorAll(".session-plane-chart g[data-mark]")) {
      const others = places.get(mark.dataset.mark) ?? [];
      places.set(mark.dataset.mark, [...others, mark]);
    }
    const across = 4;
    for (const marks of places.values()) {
      if (marks.length < 2) continue;
      const perRow = Math.min(marks.length, across);
      marks.forEach((mark, at) => {
        const x = (at % across - (perRow - 1) / 2) * 8.4;
        const y = (Math.floor(at / across) - (Math.ceil(marks.length / across) - 1) / 2) * 8.4;
        mark.setAttribute("transform", `translate(${x} ${y})`);
      });
    }
  };

  const arrange = () => {
    arrangeOrders();
    arrangeDots();
    spreadMarks();
  };

  // -- The page, taken over part by part --------------------------------------------------------------------

  /** Where the focus is, in words that hold for the page that comes. */
  const markFocus = () => {
    const element = document.activeElement;
    const part = element?.closest?.("[data-live]");
    if (!part) return null;
    const form = element.closest("form");
    const selector = element.id ? `[id="${CSS.escape(element.id)}"]`
      : form ? `form[action="${CSS.escape(form.getAttribute("action"))}"] ${element.localName}` : null;
    const among = selector ? [...part.querySelectorAll(selector)].indexOf(element) : -1;
    // Fields of numbers and choices have no selection.
    const isText = element.matches("textarea, input[type=text]");
    return { part: part.dataset.live, selector, among, element, from: isText ? element.selectionStart : null, to: isText ? element.selectionEnd : null };
  };
  const restoreFocus = (mark) => {
    if (!mark || mark.element.isConnected) return;
    const part = live(mark.part);
    const again = mark.selector && part.querySelectorAll(mark.selector)[mark.among];
    if (again && !again.disabled) {
      again.focus({ preventScroll: true });
      if (mark.from !== null) again.setSelectionRange(mark.from, mark.to);
    } else {
      // What had it is gone: on from where it was, not from the beginning of the page.
      part.tabIndex = -1;
      part.focus({ preventScroll: true });
    }
  };

  // As the server made it: what the script has added since is no difference.
  const plain = (part) => part.innerHTML.replace(/(name="(?:note_)?key" value=")[^"]*/g, "$1");
  const served = new Map([...root.querySelectorAll("[data-live]")].map((part) => [part, plain(part)]));
  const takeOver = (page) => {
    sendAtOnce();
    const focus = markFocus();
    const open = [...root.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
    const freshRoot = page.querySelector("[data-session]");
    for (const part of root.querySelectorAll("[data-live]")) {
      const fresh = freshRoot.querySelector(`[data-live="${part.dataset.live}"]`);
      if (!fresh) continue;
      for (const name of ["phase", "for"]) if (fresh.dataset[name]) part.dataset[name] = fresh.dataset[name];
      if (plain(fresh) === served.get(part)) continue;
      served.set(part, plain(fresh));
      part.replaceChildren(...fresh.childNodes);
    }
    if ("over" in freshRoot.dataset && !("over" in words)) {
      words.over = "yes";
      // The code and what belongs to it go from the facilitator's pages.
      if (isRoom) return location.reload();
    }
    for (const summary of root.querySelectorAll("details > summary"))
      if (open.includes(summary.textContent)) summary.parentElement.open = true;
    restoreDrafts();
    if (!isRoom) giveUpDrafts();
    arrange();
    readTimer();
    restoreFocus(focus);
    window.dispatchEvent(new Event("resize"));  // tables fit themselves to the phone again
  };

  const phaseNow = () => live("bar").dataset.phase;
  const sayPhase = () => say(`${words.changed} ${live("bar").querySelector(".tag").textContent}`);

  const pauseInTyping = 2_000;
  const pauseInChoosing = 10_000;
  let busyUntil = 0;
  const isBusy = () => Date.now() < busyUntil && document.activeElement?.matches("textarea, select");

  /** How many pages have come with an answer to something sent from here. */
  let answers = 0;
  /** Asks for the page and takes it over. In how many milliseconds to ask again, if it was of no use. */
  const follow = async () => {
    const [phase, answered] = [phaseNow(), answers];
    const { status, text } = await fetch(words.page, { headers: { Accept: "text/html" } })
      .then(async (answer) => ({ status: answer.status, text: await answer.text() }))
      .catch(() => ({}));
    if ([403, 404, 410].includes(status)) return void location.reload();
    if (status !== 200) return retryAfter * (1 + Math.random());
    const page = new DOMParser().parseFromString(text, "text/html");
    if (!page.querySelector("[data-session]")) return void location.reload();
    await Outbox.released();
    // The page is from before what was sent meanwhile, and would take it from sight again.
    if (answers !== answered) return 0;
    // Who is writing is not disturbed as long as nothing but texts of others has come.
    if (isBusy() && page.querySelector("[data-live=bar]").dataset.phase === phase) return pauseInTyping;
    takeOver(page);
    if (phaseNow() === phase) return;
    sayPhase();
    if (!isRoom) root.scrollIntoView({ block: "start" });
  };

  let refreshing = null;
  let missed = false;
  const refresh = (delay) => {
    if (refreshing) return void (missed = true);
    refreshing = setTimeout(async () => {
      missed = false;
      const again = await follow().finally(() => (refreshing = null));
      if (again !== undefined) refresh(again);
      else if (missed) refresh(isRoom ? 700 : spread());
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
      if (phaseNow() !== news.phase || (news.over && !("over" in words))) refresh(isRoom ? 0 : spread());
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
      outbox.send();
    };
    stream.onmessage = hear;
    stream.onerror = () => {
      lostTimer ??= setTimeout(() => outbox.isOffline || say(words.lost), 4_000);
      if (stream.readyState !== EventSource.CLOSED) return;
      stream.close();
      setTimeout(connect, retryAfter * (1 + Math.random()));
      if (!refreshing) refresh(retryAfter);
    };
  };

  // -- Answers ------------------------------------------------------------------------------------------------

  /** What the server said to a post that had waited, or not. */
  const taken = (post, answer, page) => {
    ++answers;
    if (answer.ok) {
      dropDraft(post.kind, post.draft);
      say(page.querySelector(".flash")?.textContent.trim() || words.saved);
    }
    if (page.querySelector("[data-session]")) takeOver(page);
    else if (!answer.ok) setTimeout(() => location.reload(), 0);  // over or gone: the page says which
    if (answer.ok) return true;
    // What was typed stands in its field again, where that is still there, and stays in it.
    const holds = fieldsHold(post);
    if (holds && !drafts()[post.kind]) outbox.write("drafts", { ...drafts(), [post.kind]: post.draft });
    return holds;
  };
  const fieldsHold = (post) => {
    const form = [...root.querySelectorAll("form[data-answer]")]
      .find((each) => kindOf(each) === post.kind && Object.keys(post.draft).every((name) => name in each.elements));
    return form !== undefined && Object.entries(valuesOf(form)).every(([name, value]) => value === post.draft[name]);
  };

  const headingOf = (form) => form.closest("details")?.querySelector("summary") ?? form.querySelector("h2, h3, [type=submit]");

  const answer = (form) => {
    const post = {
      action: form.getAttribute("action"),
      kind: kindOf(form),
      body: new URLSearchParams(new FormData(form)).toString(),
      label: textOf(form) || headingOf(form)?.textContent.trim(),
      draft: valuesOf(form),
    };
    if ("clears" in form.dataset) {
      // The next text is another one, also while this one waits.
      dropDraft(post.kind);
      for (const field of fieldsOf(form)) if (field.tagName === "TEXTAREA") field.value = "";
      for (const name of ["key", "note_key"]) if (form.elements[name]) form.elements[name].value = Outbox.newKey();
    }
    outbox.add(post);
  };

  /** A phase, the timer, an end: a deed of the moment, which must not happen later by itself. */
  let isLeading = false;
  const lead = async (form) => {
    if (isLeading) return;
    isLeading = true;
    const before = phaseNow();
    const sent = await outbox.post({ action: form.getAttribute("action"), body: new URLSearchParams(new FormData(form)).toString() });
    isLeading = false;
    if (!sent) return say(words.notDone);
    const page = new DOMParser().parseFromString(await sent.text(), "text/html");
    if (!sent.ok || !page.querySelector("[data-session]")) return location.reload();
    await Outbox.released();
    ++answers;
    takeOver(page);
    document.querySelector(".flash")?.remove();  // what it says was true of the page before
    if (phaseNow() !== before) {
      sayPhase();
      live("phases").querySelector(".session-phases__now")?.focus({ preventScroll: true });
    } else {
      say(page.querySelector(".flash")?.textContent.trim() ?? "");
    }
  };

  // Before app.js, which holds forms that are sent for leaving the page.
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("answer" in form.dataset) && !isRoom) return;
    event.preventDefault();
    event.stopPropagation();
    const question = form.querySelector("[name=ask_first]");
    if (question && !window.confirm(question.value)) return;
    if (question) question.disabled = true;
    if ("answer" in form.dataset) answer(form);
    else lead(form);
  });

  // A place is saved when it was chosen; arrow keys walk over places that are not meant.
  const meant = new Map();
  const sendAtOnce = (only) => {
    for (const [form, timer] of [...meant]) {
      if (only && form !== only) continue;
      clearTimeout(timer);
      meant.delete(form);
      answer(form);
    }
  };
  root.addEventListener("input", ({ target }) => {
    const { form } = target;
    busyUntil = Date.now() + pauseInTyping;
    if (!form || !("answer" in form.dataset)) return;
    if ("atOnce" in form.dataset) {
      clearTimeout(meant.get(form));
      meant.set(form, setTimeout(() => sendAtOnce(form), 600));
    } else {
      keepDraft(form);
    }
  });
  window.addEventListener("pagehide", () => sendAtOnce());
  // A menu that is open would close with the part it is in.
  for (const type of ["pointerdown", "keydown"])
    root.addEventListener(type, ({ target }) => target.matches?.("select") && (busyUntil = Date.now() + pauseInChoosing));

  // -- The screen of the room ---------------------------------------------------------------------------------

  const full = root.querySelector("[data-fullscreen]");
  if (full && document.fullscreenEnabled) {
    full.hidden = false;
    full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()));
  }

  restoreDrafts();
  if (!isRoom) giveUpDrafts();
  arrange();
  readTimer();
  setInterval(clock, 250);
  // A stream that begins before the page is there would keep it from ever being loaded.
  const begin = () => setTimeout(connect, 0);
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
  outbox.send();
}
