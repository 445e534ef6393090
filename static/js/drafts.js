// Keeps what somebody is writing while they write it. Binds to form[data-draft] (its name on this device) and
// [data-draft-state] (where it is said). With [data-save] (an address; fields draft and draft_version) it is kept on the
// server, and on this device only while the server is away; saving by hand works without this script.
const [PAUSE, EVERY, AGAIN, DAY] = [1000, 3000, 10_000, 86_400_000];

// A browser whose storage is off keeps nothing and says so; writing works.
function store(deed, ...given) {
  try {
    return localStorage[deed](...given);
  } catch {
    return null;
  }
}

function watch(form) {
  const state = form.querySelector("[data-draft-state]");
  const key = `draft:${location.pathname}:${form.dataset.draft}`;
  const { draft, draft_version: version } = form.elements;
  let [timer, busy, dirty, last, flight] = [0, false, false, -EVERY, null];
  const say = (words) => state && (state.textContent = words);
  const fields = () => [...form.querySelectorAll("textarea[name], input[type=text][name]")];

  function keepHere(words = "") {
    const values = Object.fromEntries(fields().map((field) => [field.name, field.value]));
    const kept = store("setItem", key, JSON.stringify({ at: Date.now(), values }));
    say(kept === null ? words : `${words} Draft kept on this device.`.trim());
  }

  async function save() {
    if (!form.dataset.save) return keepHere();
    if (busy) return later();
    [busy, dirty, last, flight] = [true, false, performance.now(), new AbortController()];
    try {
      const answer = await fetch(form.dataset.save, { method: "POST", body: new FormData(form), signal: flight.signal });
      if (answer.status === 409) return keepHere((await answer.json()).words);
      if (answer.status === 401) return keepHere("Your session has ended.");
      if (!answer.ok) throw new Error(String(answer.status));
      const saved = await answer.json();
      [draft.value, version.value] = [saved.draft, saved.version];
      store("removeItem", key);
      return say(saved.words);
    } catch {
      if (flight.signal.aborted) return undefined;
      [dirty, timer] = [true, setTimeout(save, AGAIN)];
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
    const kept = JSON.parse(store("getItem", key) ?? "null");
    if (form.dataset.save) store("removeItem", key);
    if (!kept || Date.now() - kept.at > DAY || document.querySelector("#faults, .clash")) return;
    const differing = fields().filter((field) => (kept.values[field.name] ?? field.value) !== field.value);
    for (const field of differing) field.value = kept.values[field.name];
    if (differing.length) [say("Your draft is back."), later()];
  }

  for (const kind of ["input", "change"]) form.addEventListener(kind, later);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget) return;
    [clearTimeout(timer), flight?.abort()]; // what it would save is on its way
    dirty = false;
    store("removeItem", key);
  });
  if (!form.dataset.save) return restore();
  addEventListener("pagehide", () => dirty && navigator.sendBeacon(form.dataset.save, new FormData(form)));
  addEventListener("pageshow", (event) => event.persisted && location.reload()); // the server knows more by now
  restore();
}

for (const form of document.querySelectorAll("form[data-draft]")) watch(form);
