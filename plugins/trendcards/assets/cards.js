// One card on its page: arrow keys and swipes go to its neighbours, and it is turned over in place.
// All of it works by links without this.
"use strict";

const stage = document.querySelector("[data-card-stage]");

if (stage) {
  const flip = stage.querySelector("[data-flip]");
  const go = (rel) => stage.querySelector(`a[rel="${rel}"]`)?.click();

  const turn = () => {
    const sides = stage.querySelectorAll("[data-side]");
    sides.forEach((side) => { side.hidden = !side.hidden; });
    const shown = [...sides].find((side) => !side.hidden).dataset.side;
    const name = shown === "back" ? stage.dataset.back : stage.dataset.front;
    stage.querySelector("[data-side-name]").textContent = name;
    stage.querySelector("[data-side-said]").textContent = name;
    flip.textContent = shown === "back" ? stage.dataset.toFront : stage.dataset.toBack;
    // The address always says which side lies up; the link leads to the other one.
    const here = location.href;
    history.replaceState(null, "", flip.href);
    flip.href = here;
    const full = stage.querySelector("[data-full]");
    const target = new URL(full.href);
    if (shown === "back") target.searchParams.set("side", "back");
    else target.searchParams.delete("side");
    full.href = target.href;
  };

  flip.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    turn();
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea, [popover]")) return;
    if (event.key === "ArrowLeft") go("prev");
    else if (event.key === "ArrowRight") go("next");
    else if (event.key === "Escape" && stage.classList.contains("trend-stage--full")) stage.querySelector("[data-full]").click();
  });

  let begun = null;
  stage.addEventListener("touchstart", (event) => {
    begun = event.touches.length === 1 ? event.touches[0] : null;
  }, { passive: true });
  stage.addEventListener("touchend", (event) => {
    if (!begun) return;
    const ended = event.changedTouches[0];
    const across = ended.clientX - begun.clientX;
    const down = ended.clientY - begun.clientY;
    begun = null;
    if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(down)) go(across > 0 ? "prev" : "next");
  }, { passive: true });
}
