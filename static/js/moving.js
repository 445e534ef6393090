// Moves things in a list and saves at once: arrow buttons, arrow keys on them, what is "dropped". Focus
// stays on the button that was pressed, what happened is said, and one step can be taken back.
// Binds to form[data-order], [data-sorted] (the list, taken anew from each answer), [data-item] and [data-into] in it,
// and [data-moved] (what happened, and the button that undoes it).
const form = document.querySelector("form[data-order]");
const list = document.querySelector("[data-sorted]");
const moved = document.querySelector("[data-moved]");

// Where an item stands, as the server takes it: before which neighbour, in which group.
function placeOf(item) {
  const [kind] = item.dataset.item.split(":");
  let next = item.nextElementSibling;
  while (next && !next.dataset.item?.startsWith(`${kind}:`)) next = next.nextElementSibling;
  return {
    move: `${item.dataset.item}:to`,
    before: next?.dataset.item.split(":")[1] ?? "",
    group: item.closest("[data-into]")?.dataset.into ?? "",
  };
}

function sayIt(words, undo) {
  const [status, button] = moved.children;
  if (!undo && document.activeElement === button) status.focus();
  status.textContent = words;
  button.hidden = !undo;
  button.onclick = () => save(undo, null);
}

// One after the other: each answer shows the list with all that was moved before.
let line = Promise.resolve();
function save(place, undo) {
  line = line.then(() => send(place, undo));
}

async function send(place, undo) {
  const body = new FormData(form);
  for (const [name, value] of Object.entries(place)) body.set(name, value);
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focused = document.activeElement?.id;
    const fresh = page.querySelector("[data-sorted]");
    if (!answer.ok || !fresh) throw new Error(page.querySelector("main p")?.textContent ?? "");
    list.replaceChildren(...fresh.childNodes);
    list.dispatchEvent(new Event("sorted"));
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
    sayIt(page.querySelector(".notes")?.textContent.trim() ?? "Saved.", undo);
  } catch (fault) {
    list.dispatchEvent(new Event("refused"));
    sayIt(`Not moved. ${fault.message} Load the page again to see how it stands.`, null);
  }
}

if (form && list && moved) {
  moved.firstElementChild.tabIndex = -1;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const item = event.submitter.closest("[data-item]");
    save({ move: event.submitter.value }, placeOf(item));
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!step || !event.target.matches(".mover")) return;
    event.preventDefault();
    form.requestSubmit(event.target.parentElement.querySelector(`[value$=":${step}"]`));
  });
  let before = null;
  list.addEventListener("lifted", (event) => (before = placeOf(event.target)));
  list.addEventListener("dropped", (event) => save(placeOf(event.target), before));
}
