// What the pages do better with a script; everything works without it.
"use strict";

// Warns before a changed form is left. A form that was sent, or marked data-leave-freely, is not
// held back; neither are searches, which only read.
const changed = new Set();
const guarded = (form) => form && form.method === "post" && !("leaveFreely" in form.dataset);

document.addEventListener("input", ({ target }) => {
  if (guarded(target.form)) changed.add(target.form);
});
document.addEventListener("reset", ({ target }) => changed.delete(target));
document.addEventListener("submit", ({ target, defaultPrevented }) => {
  if (!defaultPrevented) changed.delete(target);
});
window.addEventListener("beforeunload", (event) => {
  if (changed.size > 0) event.preventDefault();
});

// A second press of a button that is already sending does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if ("sending" in form.dataset) event.preventDefault();
  form.dataset.sending = "";
  setTimeout(() => delete form.dataset.sending, 5000);  // a download leaves the page where it was
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
});

// After a refused form the reader starts at the summary of what is wrong.
const summary = document.querySelector(".error-summary");
if (summary) {
  summary.tabIndex = -1;
  summary.focus();
}

// A table wider than the screen can be scrolled with the keyboard.
const reachable = () => {
  for (const box of document.querySelectorAll(".table-wrap")) {
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
reachable();
window.addEventListener("resize", reachable);
