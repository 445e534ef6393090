// Says that the page may be out of date once this host or this reader has been cut off for five minutes. Age alone
// is no warning: calm pages are old. Binds to [data-freshness] (where to ask) and [data-checked] (since when).
const warning = document.querySelector("[data-freshness]");
const LIMIT = 300_000;
let heard = Date.now();

async function ask() {
  const answer = await fetch(warning.dataset.freshness, { cache: "no-store" });
  if (!answer.ok) return null; // a plain copy of the page has nobody to ask
  const { age_seconds: age } = await answer.json();
  return age === null ? null : Date.now() - age * 1000;
}

async function check() {
  if (document.hidden) return;
  const agreed = await ask().catch(() => null);
  if (agreed !== null) heard = agreed;
  const stale = Date.now() - heard > LIMIT;
  if (stale) {
    const since = warning.querySelector("[data-checked]");
    since.dateTime = new Date(heard).toISOString();
    since.textContent = new Date(heard).toLocaleTimeString(document.documentElement.lang || [], { hour: "2-digit", minute: "2-digit" });
  }
  warning.hidden = !stale;
}

if (warning) {
  document.addEventListener("statuspage:checked", () => {
    heard = Math.max(heard, Date.now());
  });
  document.addEventListener("visibilitychange", check);
  setInterval(check, 60_000);
  check();
}
