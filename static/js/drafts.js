// Saves what somebody is writing while they write it: on the server, and on this device while the server is away.
// Binds to form[data-save] (the address) with its fields draft and draft_version, [data-draft] (the name on this device)
// and [data-draft-state] (where it is said). Saving by hand ([data-keep]) works without it.
const PAUSE = 1000;
const EVERY = 3000;
const AGAIN = 10_000;
const DAY = 86_400_000;

function watch(form) {
  const state = form.querySelector("[data-draft-state]");
  const key = `draft:${location.pathname}:${form.dataset.draft}`;
  const { draft, draft_version: version } = form.elements;
  let [timer, busy, dirty, last] = [0, false, false, -EVERY];
  const say = (words) => state && (state.textContent = words);
  const fields = () => [...form.querySelectorAll("textarea[name], input[type=text][name]")];

  function keepHere(words) {
    const values = Object.fromEntries(fields().map((field) => [field.name, field.value]));
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
      say(`${words} Draft kept on this device.`);
    } catch {
      say(words); // storage is off in this browser
    }
  }

  async function save() {
    if (busy) return later();
    [busy, dirty, last] = [true, false, performance.now()];
    try {
      const answer = await fetch(form.dataset.save, { method: "POST", body: new FormData(form) });
      if (answer.status === 409) return keepHere((await answer.json()).words);
      if (answer.status === 401) return keepHere("Your session has ended.");
      if (!answer.ok) throw new Error(String(answer.status));
      const saved = await answer.json();
      [draft.value, version.value] = [saved.draft, saved.version];
      localStorage.removeItem(key);
      return say(saved.words);
    } catch {
      dirty = true;
      timer = setTimeout(save, AGAIN);
      return keepHere("Not saved on the server.");
    } finally {
      busy = false;
    }
  }

  function later() {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(PAUSE, last + EVERY - performance.now()));
  }

  function restore() {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    localStorage.removeItem(key);
    if (!kept || Date.now() - kept.at > DAY || document.querySelector("#faults, .clash")) return;
    const differing = fields().filter((field) => (kept.values[field.name] ?? field.value) !== field.value);
    for (const field of differing) field.value = kept.values[field.name];
    if (!differing.length) return;
    say("Your draft is back.");
    later();
  }

  for (const kind of ["input", "change"]) form.addEventListener(kind, later);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget) return;
    clearTimeout(timer);
    dirty = false;
  });
  addEventListener("pagehide", () => dirty && navigator.sendBeacon(form.dataset.save, new FormData(form)));
  addEventListener("pageshow", (event) => event.persisted && location.reload()); // the server knows more by now
  restore();
}

for (const form of document.querySelectorAll("form[data-save]")) watch(form);
