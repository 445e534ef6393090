// Counts down to the promised next update and says "was due" the moment it passes.
// Binds to [data-promise] (the instant), [data-before] and [data-after] (the two wordings), [data-left] (the rest).
const relative = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "always" });

function distance(milliseconds) {
  const seconds = milliseconds / 1000;
  const size = Math.abs(seconds);
  if (size < 60) return relative.format(Math.sign(seconds) * Math.max(10, Math.ceil(size / 10) * 10), "second");
  const round = seconds > 0 ? Math.ceil : Math.floor;
  if (size < 7200) return relative.format(Math.sign(seconds) * round(size / 60), "minute");
  if (size < 172800) return relative.format(Math.sign(seconds) * round(size / 3600), "hour");
  return relative.format(Math.sign(seconds) * round(size / 86400), "day");
}

function show() {
  for (const promise of document.querySelectorAll("[data-promise]")) {
    const left = new Date(promise.dataset.promise) - Date.now();
    promise.querySelector("[data-before]").hidden = left < 0;
    promise.querySelector("[data-after]").hidden = left >= 0;
    promise.classList.toggle("overdue", left < 0);
    promise.querySelector("[data-left]").textContent = `, ${distance(left).replaceAll(" ", "\u00a0")}`;
  }
}

show();
setInterval(show, 5_000);
document.addEventListener("statuspage:changed", show);
