// Keeps what somebody is writing on this device until it is sent: a closed tab or an ended session loses nothing.
// Binds to form[data-draft] (under which name) and [data-draft-state] (where it says so).
const DAY = 86_400_000;

function fieldsOf(form) {
  return [...form.querySelectorAll("textarea[name], input[type=text][name], input:not([type])[name]")];
}

function keep(form, key, state) {
  const values = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
  if (state) state.textContent = "Draft kept on this device.";
}

function restore(form, key, state) {
  const kept = JSON.parse(localStorage.getItem(key) ?? "null");
  if (!kept || Date.now() - kept.at > DAY) {
    localStorage.removeItem(key);
    return;
  }
  let changed = false;
  for (const field of fieldsOf(form)) {
    const before = kept.values[field.name];
    if (before === undefined || before === field.value || field.value !== field.defaultValue) continue;
    field.value = before;
    changed = true;
  }
  if (changed && state) state.textContent = "Your draft is back.";
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = `draft:${location.pathname}:${form.dataset.draft}`;
  const state = form.querySelector("[data-draft-state]");
  const refused = document.querySelector("#faults, .clash");
  let timer;
  try {
    if (!refused) restore(form, key, state);
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => keep(form, key, state), 800);
    });
    form.addEventListener("submit", (event) => {
      if (event.submitter?.formTarget) return;
      clearTimeout(timer);
      localStorage.removeItem(key);
    });
  } catch {
    // Storage is off in this browser: writing works, only nothing is kept.
  }
}
