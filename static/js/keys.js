// Keyboard of the panel: c writes, / searches, a and d press what carries data-key, ? shows what there is.
// Binds to [data-compose], [data-search], [data-key], [data-keys] (the button) and [data-keys-help] (what it shows).
const help = document.querySelector("[data-keys-help]");
const button = document.querySelector("[data-keys]");

function typing(target) {
  return target.isContentEditable || target.matches("input, textarea, select");
}

function reach(selector) {
  const target = document.querySelector(selector);
  if (!target) return false;
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
  return true;
}

function press(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  target.click();
  return true;
}

function explain() {
  help.hidden = !help.hidden;
  button.setAttribute("aria-expanded", String(!help.hidden));
  if (!help.hidden) help.scrollIntoView({ block: "nearest" });
  return true;
}

const actions = {
  c: () => reach("[data-compose]"),
  "/": () => reach("[data-search]") || press("/"),
  "?": explain,
};

if (help && button) {
  button.hidden = false;
  button.addEventListener("click", explain);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const act = actions[event.key] ?? (/^[a-z]$/.test(event.key) ? () => press(event.key) : null);
    if (act?.()) event.preventDefault();
  });
}
