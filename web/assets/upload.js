// Sends files in pieces (tus 1.0.0), shows how far they have come, and goes on after a lost
// connection. Without it, the same file input sends its file with the form.
"use strict";

{
  const own = document.currentScript;
  const { address, fields, most, ...words } = own.dataset;
  const names = fields.split(" ");
  const PIECE = 16 * 1024 * 1024;
  const VERSION = { "Tus-Resumable": "1.0.0" };

  const say = (text, name, percent) => text.replace("[name]", name).replace("[percent]", percent);
  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const button = (text, act) => {
    const made = element("button", "button button--quiet", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

  // XMLHttpRequest, because fetch() does not tell how much of a body has gone out.
  const request = (method, url, headers, body, progress) => {
    const xhr = new XMLHttpRequest();
    const answer = new Promise((resolve, reject) => {
      xhr.open(method, url);
      for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
      xhr.addEventListener("load", () => resolve(xhr));
      for (const end of ["error", "abort", "timeout"]) xhr.addEventListener(end, () => reject(new Error(end)));
      if (progress) xhr.upload.addEventListener("progress", ({ loaded }) => progress(loaded));
      xhr.send(body ?? null);
    });
    return { answer, stop: () => xhr.abort() };
  };

  class Refused extends Error {}
  const reasonOf = (xhr) => {
    try {
      return JSON.parse(xhr.responseText).detail || words.failed;
    } catch {
      return words.failed;
    }
  };

  class Upload {
    constructor(input, file) {
      this.input = input;
      this.file = file;
      this.offset = 0;
      this.failures = 0;
      this.box = element("div", "upload stack");
      this.state = element("p", "upload__state");
      this.state.setAttribute("role", "status");
      this.bar = element("progress");
      this.bar.max = 100;
      this.bar.value = 0;
      this.bar.setAttribute("aria-label", words.progress);
      this.pauseButton = button(words.pause, () => (this.paused ? this.resume() : this.pause()));
      const actions = element("div", "cluster");
      actions.append(this.pauseButton, button(words.cancel, () => this.cancel()));
      this.box.append(this.state, this.bar, actions);
      input.after(this.box);
    }

    csrf() {
      return { ...VERSION, "X-CSRF-Token": this.input.form.elements.csrf?.value ?? "" };
    }

    show(text) {
      if (this.state.textContent !== text) this.state.textContent = text;
    }

    progress(sent) {
      const percent = Math.floor((100 * sent) / this.file.size);
      this.bar.value = percent;
      // Said in tens, or a screen reader would never be silent.
      this.show(say(words.sending, this.file.name, percent - (percent % 10)));
    }

    async run() {
      running.add(this);
      this.progress(0);
      try {
        await this.create();
        while (this.offset < this.file.size && !this.cancelled) await this.step();
        if (!this.cancelled) this.done();
      } catch (error) {
        if (!this.cancelled) this.fail(error instanceof Refused ? error.message : words.failed);
      } finally {
        running.delete(this);
      }
    }

    async create() {
      for (;;) {
        const xhr = await this.ask("POST", address, {
          ...this.csrf(), "Upload-Length": this.file.size, "Upload-Metadata": `filename ${base64(this.file.name)}`,
        });
        if (this.cancelled) return;
        if (!xhr) continue;
        if (xhr.status !== 201) throw new Refused(reasonOf(xhr));
        this.url = new URL(xhr.getResponseHeader("Location"), location).pathname;
        return;
      }
    }

    // The answer, or nothing after a failure that another attempt may overcome.
    async ask(method, url, headers, body, progress) {
      if (this.paused) await new Promise((resolve) => (this.wake = resolve));
      if (this.cancelled) return null;
      this.call = request(method, url, headers, body, progress);
      try {
        const xhr = await this.call.answer;
        if (xhr.status < 500 && xhr.status !== 429 && xhr.status !== 423 && xhr.status !== 408) {
          this.failures = 0;
          return xhr;
        }
        if (xhr.status === 507) throw new Refused(reasonOf(xhr));
      } catch (error) {
        if (error instanceof Refused) throw error;
      }
      if (this.paused || this.cancelled) return null;
      this.failures += 1;
      this.show(words.waiting);
      const wait = Math.min(30_000, 250 * 2 ** Math.min(this.failures, 7));  // milliseconds
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, wait);
        window.addEventListener("online", () => (clearTimeout(timer), resolve()), { once: true });
      });
      return null;
    }

    async step() {
      if (this.unsure) {
        const xhr = await this.ask("HEAD", this.url, VERSION);
        if (!xhr) return;
        if (xhr.status !== 200) throw new Refused(words.failed);
        this.offset = Number(xhr.getResponseHeader("Upload-Offset"));
        this.unsure = false;
        if (this.offset >= this.file.size) return;
      }
      const from = this.offset;
      this.unsure = true;
      const xhr = await this.ask(
        "PATCH", this.url,
        { ...this.csrf(), "Upload-Offset": from, "Content-Type": "application/offset+octet-stream" },
        this.file.slice(from, from + PIECE), (loaded) => this.progress(from + loaded));
      if (!xhr || xhr.status === 409) return;
      if (xhr.status !== 204) throw new Refused(reasonOf(xhr));
      this.offset = Number(xhr.getResponseHeader("Upload-Offset"));
      this.unsure = false;
      this.progress(this.offset);
    }

    pause() {
      this.paused = true;
      this.call?.stop();
      this.pauseButton.textContent = words.resume;
      this.show(words.paused);
    }

    resume() {
      this.paused = false;
      this.pauseButton.textContent = words.pause;
      this.progress(this.offset);
      this.wake?.();
    }

    cancel() {
      this.cancelled = true;
      this.call?.stop();
      this.wake?.();
      if (this.url) request("DELETE", this.url, this.csrf()).answer.catch(() => {});
      this.box.remove();
      this.input.value = "";
      this.input.focus();
      running.delete(this);
    }

    done() {
      this.box.replaceChildren(this.state);
      this.show(say(words.done, this.file.name, 100));
      keep(this.input, this.url.slice(this.url.lastIndexOf("/") + 1));
    }

    fail(reason) {
      this.box.replaceChildren(this.state);
      this.state.className = "field__error";
      this.state.setAttribute("role", "alert");
      this.show(`${this.file.name}: ${reason}`);
      this.input.value = "";
    }
  }

  // The form names the upload instead of sending the file once more.
  const keep = (input, id) => {
    const hidden = input.form.elements[`${input.name}_upload`] ?? element("input");
    hidden.type = "hidden";
    hidden.name = `${input.name}_upload`;
    hidden.value = id;
    input.after(hidden);
    input.required = false;
    input.value = "";
  };

  const running = new Set();

  document.addEventListener("change", ({ target }) => {
    if (target.type !== "file" || !names.includes(target.name) || !target.form || target.files.length !== 1) return;
    const [file] = target.files;
    for (const before of target.parentElement.querySelectorAll(".upload")) before.remove();
    for (const upload of running) if (upload.input === target) upload.cancel();
    target.form.elements[`${target.name}_upload`]?.remove();
    if (file.size === 0) return;  // the form itself says what is wrong with it
    const upload = new Upload(target, file);
    if (file.size > Number(most)) upload.fail(words.tooLarge);
    else upload.run();
  });

  document.addEventListener("submit", (event) => {
    for (const upload of running)
      if (upload.input.form === event.target) {
        event.preventDefault();
        event.stopImmediatePropagation();
        upload.show(words.busy);
        upload.box.scrollIntoView({ block: "nearest" });
      }
  }, true);

  window.addEventListener("beforeunload", (event) => {
    if (running.size > 0) event.preventDefault();
  });

  // What was sent before the form came back with a question.
  for (const sent of document.querySelectorAll("data[data-upload-field]")) {
    const input = document.querySelector(`input[type="file"][name="${sent.dataset.uploadField}"]`);
    if (!input) continue;
    const state = element("p", "upload__state", say(words.done, sent.textContent, 100));
    const box = element("div", "upload stack");
    box.append(state);
    input.after(box);
    keep(input, sent.value);
  }
}
