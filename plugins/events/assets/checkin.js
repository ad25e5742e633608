// At the door. Reads QR codes where the browser can, keeps the list as other doors have left it, and goes
// on without network: who came is noted on this device and sent when it is back (outbox.js). Everything
// works without this file by searching, typing the code, or the phone's own camera.
"use strict";

{
  const door = document.querySelector("[data-door]");
  const announced = "toimela-announced";
  const sayAtDoor = (text) => {
    const place = door.querySelector("[data-say]");
    place.textContent = "";
    setTimeout(() => (place.textContent = text), 50);
  };
  /** To the page that the server has led to, with what it said. */
  const goOn = (answer, page) => {
    const flash = page.querySelector(".flash")?.textContent.trim();
    if (flash) sessionStorage.setItem(announced, flash);
    location.assign(answer.url);
  };

  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const scanning = "toimela-scanning";

  // The camera goes on where it was, after each one who came.
  const scanner = document.querySelector("[data-scanner]");
  if (scanner && "BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia) {
    const button = scanner.querySelector("[data-scan]");
    const state = scanner.querySelector("[data-scan-state]");
    const video = scanner.querySelector("video");
    const code = document.querySelector("[data-code]");
    const startLabel = button.textContent;
    let stream = null;

    const stop = () => {
      stream?.getTracks().forEach((track) => track.stop());
      stream = null;
      video.hidden = true;
      button.textContent = startLabel;
    };

    const start = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch {
        sessionStorage.removeItem(scanning);
        state.textContent = state.dataset.denied;
        return;
      }
      sessionStorage.setItem(scanning, "yes");
      state.textContent = "";
      button.textContent = button.dataset.stop;
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      while (stream) {
        const [found] = await detector.detect(video).catch(() => []);
        if (found?.rawValue) {
          stop();
          code.elements.code.value = found.rawValue;
          code.requestSubmit();
          return;
        }
        await pause(250);
      }
    };

    button.addEventListener("click", () => {
      if (!stream) return void start();
      sessionStorage.removeItem(scanning);
      stop();
    });
    scanner.hidden = false;
    if (sessionStorage.getItem(scanning)) start();
  }

  // -- Who has come ---------------------------------------------------------------------------------

  const isAtDoor = (answer) => answer.ok && /\/checkin$/.test(new URL(answer.url).pathname);
  const own = new Set();  // what was noted on this very page; another one may send it, or its own
  const outbox = new Outbox(`toimela-door-${door.dataset.door}`, (post, answer, page) => {
    const said = page.querySelector(".flash")?.textContent.trim() ?? "";
    const isTaken = isAtDoor(answer) && said !== door.dataset.notNoted;
    if (isTaken) sayAtDoor(`${post.label}: ${said}`);
    // After one who came by a code: to the list, and to the next.
    if (isTaken && own.has(post.body) && !door.querySelector("[data-live]")) goOn(answer, page);
    return isTaken || said;
  });

  const notesOf = (code) => [...door.querySelectorAll("form[data-note]")].filter((form) => form.elements.code.value === code);
  /** Whose note waits is seen at once, and not asked for again. */
  const showWaiting = () => {
    const codes = new Set(outbox.waiting.map(({ body }) => new URLSearchParams(body).get("code")));
    for (const form of door.querySelectorAll("form[data-note]")) {
      const isWaiting = codes.has(form.elements.code.value);
      const tag = form.nextElementSibling;
      form.hidden = isWaiting;
      if (isWaiting && !tag?.matches("[data-waiting-tag]")) {
        const waiting = document.createElement("span");
        waiting.className = "tag tag--warn";
        waiting.dataset.waitingTag = "";
        waiting.textContent = door.dataset.queued;
        form.after(waiting);
      } else if (!isWaiting && tag?.matches("[data-waiting-tag]")) {
        tag.remove();
      }
    }
  };

  const note = (action, body, label) => {
    const people = door.querySelector("[data-live=people]");
    const isInList = people?.contains(document.activeElement);
    own.add(body.toString());
    outbox.add({ action, body: body.toString(), label });
    if (isInList) people.focus({ preventScroll: true });  // its button has gone
  };

  /** A code as it is typed or read: the end of an address, or the code alone. */
  const codeIn = (text) => text.trim().split("/").at(-1);
  const find = (typed) => {
    const wanted = typed.trim().toLocaleLowerCase();
    let found = 0;
    for (const row of door.querySelectorAll(".checkin-list > li")) {
      row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
      if (!row.hidden) ++found;
    }
    sayAtDoor(`${door.dataset.local} ${found}`);
  };

  const walkIn = async (form) => {
    const post = {
      action: form.getAttribute("action"),
      body: new URLSearchParams(new FormData(form)).toString(),
      label: form.elements.name.value.trim(),
    };
    const answer = outbox.isOffline ? null : await outbox.post(post);
    if (answer) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (isAtDoor(answer)) return goOn(answer, page);
      const fresh = page.querySelector("form[data-walk-in]");
      if (!fresh) return location.reload();
      form.replaceWith(fresh);
      return void (fresh.querySelector(".error-summary") ?? fresh).focus();
    }
    if (!form.reportValidity()) return;
    outbox.isOffline = true;
    outbox.add(post);
    form.reset();
    form.elements.form_key.value = Outbox.newKey();
    form.elements.name.focus();
  };

  // Before app.js, which holds forms that are sent for leaving the page.
  door.addEventListener("submit", (event) => {
    const form = event.target;
    const isOffline = outbox.isOffline || navigator.onLine === false;
    if (form.matches("[data-note]")) {
      const body = new URLSearchParams(new FormData(form));
      body.set("here", event.submitter.value);
      note(form.getAttribute("action"), body, form.dataset.note);
    } else if (form.matches("[data-walk-in]")) {
      walkIn(form);
    } else if (form.matches("[data-find]") && isOffline) {
      find(form.elements.q.value);
    } else if (form.matches("[data-code]") && isOffline) {
      const code = codeIn(form.elements.code.value);
      if (!code) return event.preventDefault();
      const body = new URLSearchParams(new FormData(form));
      body.set("code", code);
      body.set("here", "1");
      note(form.getAttribute("action"), body, notesOf(code)[0]?.dataset.note ?? code);
      form.elements.code.value = "";
      // The camera goes on, once the code is out of its sight.
      if (sessionStorage.getItem(scanning)) pause(2000).then(() => door.querySelector("[data-scan]")?.click());
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });

  let waited = outbox.waiting.length;
  outbox.changed = () => {
    showWaiting();
    const isSent = outbox.waiting.length < waited;
    waited = outbox.waiting.length;
    if (isSent) refresh(true);
  };
  showWaiting();
  outbox.send();
  {
    const said = sessionStorage.getItem(announced);
    sessionStorage.removeItem(announced);
    if (said) sayAtDoor(said);
    const key = door.querySelector("form[data-walk-in] [name=form_key]");
    // A page that was kept has a key that an earlier guest may have come with.
    if (key && navigator.onLine === false) key.value = Outbox.newKey();
  }

  // What other doors have noted, while nobody types here. What was asked for last is what counts.
  let asked = 0;
  const refresh = async (isAsked) => {
    const parts = document.querySelectorAll("[data-live]");
    const isKept = () => !isAsked && (document.hidden || parts[1]?.querySelector(":focus"));
    if (!parts.length || isKept()) return;
    const mine = ++asked;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    await Outbox.released();
    if (mine !== asked || isKept()) return;
    const focused = document.activeElement;
    for (const part of parts) {
      const isFocused = part.contains(focused);
      const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
      if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
      if (!isFocused || focused.isConnected) continue;
      const [again] = notesOf(focused.form?.elements.code?.value);
      (again?.querySelector("button") ?? part).focus({ preventScroll: true });
    }
    showWaiting();
  };
  setInterval(() => refresh(false), 10_000);
}
