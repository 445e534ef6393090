// Keeps a visible page in step: asks the small status document every 30 s (less often while it fails), fetches the
// page when that changed, and swaps in the parts that differ. Scroll, focus and folds stay; news are announced once.
// A page without news yet is looked at once more: in another language it follows a moment later.
// Binds to main[data-live] (the address to ask), whose children with an id are the parts, and to [data-announce].
const main = document.querySelector("[data-live]");
const voice = document.querySelector("[data-announce]");
const STEP = 30_000;
const LIMIT = 300_000;
const stored = new Map([...main.children].filter((part) => part.id).map((part) => [part.id, part.outerHTML]));
const folded = new Set();
let known = null;
let looked = null;
let wait = STEP;
let timer;

const tell = (name) => document.dispatchEvent(new CustomEvent(`statuspage:${name}`));
const typing = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, textarea");

function handleOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.matches("summary")) return `#${CSS.escape(element.parentElement.id)} > summary`;
  return element.matches("a[href]") ? `a[href="${CSS.escape(element.getAttribute("href"))}"]` : null;
}

function replace(part, fresh) {
  const focus = part.contains(document.activeElement) ? handleOf(document.activeElement) : null;
  for (const fold of part.querySelectorAll("details[id]")) {
    const twin = fresh.querySelector(`#${CSS.escape(fold.id)}`);
    if (twin && folded.has(fold.id)) twin.open = fold.open;
  }
  stored.set(part.id, fresh.outerHTML);
  part.replaceWith(fresh);
  if (focus) (fresh.querySelector(focus) ?? main).focus({ preventScroll: true });
}

function swap(text) {
  const next = new DOMParser().parseFromString(text, "text/html");
  const parts = [...main.children].filter((part) => part.id);
  const changed = parts.filter((part) => {
    const fresh = next.getElementById(part.id);
    return fresh && fresh.outerHTML !== stored.get(part.id) && !typing(part);
  });
  if (!changed.length) return false;
  const seen = (element) => element.offsetHeight > 0 && element.getBoundingClientRect().top >= 0;
  const anchor = [...main.querySelectorAll("[id]")].find(seen);
  const before = anchor?.getBoundingClientRect().top;
  for (const part of changed) replace(part, document.adoptNode(next.getElementById(part.id)));
  const after = anchor && document.getElementById(anchor.id)?.getBoundingClientRect().top;
  if (after !== undefined && scrollY > 0) scrollBy({ top: after - before, behavior: "instant" });
  document.title = next.title;
  tell("changed");
  voice.textContent = `${voice.dataset.announce} ${main.querySelector("h1").textContent}`;
  return true;
}

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(main.dataset.live, { cache: "no-cache" });
    if (!answer.ok) throw new Error(answer.statusText);
    const status = await answer.text();
    if (status !== known) {
      const fresh = swap(await (await fetch(location.pathname, { cache: "no-cache" })).text());
      if (fresh || status === looked) known = status;
      looked = status;
    }
    wait = STEP;
    tell("checked");
  } catch {
    wait = Math.min(wait * 2, LIMIT);
  }
  timer = setTimeout(ask, wait * (0.9 + Math.random() / 5));
}

document.addEventListener("click", (event) => folded.add(event.target.closest?.("summary")?.parentElement.id));
document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  ask();
});
timer = setTimeout(ask, STEP);
