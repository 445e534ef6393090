// Keeps clocks true: what is left until a promised instant, in words and as a bar; amber at 75 %, red at 90 %.
// Binds to [data-due] (the instant) with [data-made] (since when), [data-left] (the words) and a <progress>.
const MINUTE = 60_000;

function words(milliseconds) {
  const minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
  if (minutes < 1) return "under a minute";
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (days) return hours ? `${days} d ${hours} h` : `${days} d`;
  if (hours) return rest ? `${hours} h ${String(rest).padStart(2, "0")} min` : `${hours} h`;
  return `${rest} min`;
}

function show() {
  for (const clock of document.querySelectorAll("[data-due]")) {
    const due = Date.parse(clock.dataset.due);
    const made = Date.parse(clock.dataset.made);
    const left = due - Date.now();
    const used = Math.min(100, Math.max(0, 100 - (100 * left) / (due - made)));
    const mood = left < 0 ? "late" : used >= 90 ? "near" : used >= 75 ? "soon" : "calm";
    clock.classList.remove("is-late", "is-near", "is-soon", "is-calm");
    clock.classList.add(`is-${mood}`);
    clock.querySelector("[data-left]").textContent = `${words(left)} ${left < 0 ? "late" : "left"}`;
    clock.querySelector("progress").value = Math.round(used);
  }
}

if (document.querySelector("[data-due]")) {
  show();
  setInterval(show, 10_000);
  document.addEventListener("visibilitychange", show);
}
