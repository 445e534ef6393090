// Drags rows and groups of a list by their handle, with mouse, pen or finger. Says "lifted" when one is taken up and
// "dropped" when it is let go somewhere else; Escape, and a list that hears "refused", puts it back.
// Binds to [data-sorted] with [data-item] ("component:web"), [data-into] (a group's rows) and [data-handle].
const list = document.querySelector("[data-sorted]");
const EDGE = 60;

function handles() {
  for (const handle of list.querySelectorAll("[data-handle]")) handle.hidden = false;
}

// Put the item where the pointer is: before or after the item of its kind below it, or into an empty group.
function follow(item, x, y) {
  const kind = item.dataset.item.split(":")[0];
  const below = document.elementFromPoint(x, y);
  const over = below?.closest(`[data-item^="${kind}:"]`);
  if (over && over !== item) {
    const box = over.getBoundingClientRect();
    if (y < box.top + box.height / 2) over.before(item);
    else over.after(item);
  } else if (kind === "component" && !over) {
    const rows = below?.closest("section")?.querySelector("[data-into]");
    if (rows && !rows.children.length) rows.append(item);
  }
  if (y < EDGE) scrollBy(0, -12);
  if (y > innerHeight - EDGE) scrollBy(0, 12);
}

function drag(event) {
  const handle = event.target.closest("[data-handle]");
  if (!handle || event.button) return;
  event.preventDefault();
  const item = handle.closest("[data-item]");
  const [parent, next] = [item.parentNode, item.nextElementSibling];
  const [ends, settled] = [new AbortController(), new AbortController()];
  const back = () => parent.insertBefore(item, next);
  item.dispatchEvent(new Event("lifted", { bubbles: true }));
  item.classList.add("lifted");

  function end(keep) {
    ends.abort();
    item.classList.remove("lifted");
    if (!keep) back();
    if (item.parentNode === parent && item.nextElementSibling === next) return;
    list.addEventListener("refused", back, { once: true, signal: settled.signal });
    list.addEventListener("sorted", () => settled.abort(), { once: true });
    item.dispatchEvent(new Event("dropped", { bubbles: true }));
  }

  const { signal } = ends;
  addEventListener("pointermove", (move) => follow(item, move.clientX, move.clientY), { signal });
  addEventListener("pointerup", () => end(true), { signal });
  addEventListener("pointercancel", () => end(false), { signal });
  addEventListener("keydown", (key) => key.key === "Escape" && end(false), { signal });
}

if (list) {
  handles();
  list.addEventListener("sorted", handles);
  list.addEventListener("pointerdown", drag);
}
