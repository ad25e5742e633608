// At the door. Reads QR codes where the browser can, and keeps the list as other doors have left it;
// everything works without this file by searching, typing the code, or the phone's own camera.
"use strict";

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

// What other doors have noted, while nobody types here.
const refresh = async () => {
  const parts = document.querySelectorAll("[data-live]");
  if (!parts.length || document.hidden || parts[1]?.contains(document.activeElement)) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts) {
    const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
    if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
  }
};
setInterval(refresh, 10_000);
