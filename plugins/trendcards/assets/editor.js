// The card beside its form follows what is typed. Without this a button shows it.
"use strict";

const form = document.querySelector("form[data-card-form]");
const preview = document.querySelector("[data-card-preview]");

if (form && preview) {
  let waiting = 0;
  let asked = null;
  // A picture that is not sent yet, drawn from where it lies.
  let chosen = null;

  const show = async () => {
    asked?.abort();
    asked = new AbortController();
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
    try {
      const answer = await fetch(form.dataset.cardForm, { method: "POST", body: fields, signal: asked.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-card-preview]");
      if (fresh) preview.replaceChildren(...fresh.childNodes);
      if (chosen) showPicture();
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };

  const showPicture = () => {
    const canvas = document.createElement("canvas");
    canvas.className = "trend-card__picture";
    canvas.width = chosen.width;
    canvas.height = chosen.height;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", form.elements.alternative?.value ?? "");
    canvas.getContext("2d").drawImage(chosen, 0, 0);
    preview.querySelector(".trend-card__picture")?.remove();
    preview.querySelector(".trend-card__band").after(canvas);
  };

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") {
      const [file] = event.target.files;
      // What is no picture is refused by the server, at its field.
      if (file) createImageBitmap(file).then((picture) => { chosen = picture; showPicture(); }, () => {});
      return;
    }
    clearTimeout(waiting);
    waiting = setTimeout(show, 400);
  });
  form.querySelector("[data-preview-button]").hidden = true;
}
