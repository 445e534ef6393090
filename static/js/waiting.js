// Counts down until an update goes out, then follows: an untouched page is loaded anew, a page in which somebody writes
// gets the new parts alone. Binds to [data-out] (seconds left) with [data-out-bar], #waiting around them, and
// [data-waiting-state] (where it is said once).
const composer = document.querySelector("form[data-composer]");
let touched = false;

function timersOf() {
  return [...document.querySelectorAll("[data-out]")].map((place) => {
    const section = place.closest("section");
    return { place, id: section.id, bar: section.querySelector("[data-out-bar]"), seconds: Number(place.dataset.out) };
  });
}

function show(timers, passed) {
  for (const { place, bar, seconds } of timers) {
    const left = Math.max(0, seconds - passed);
    place.textContent = left ? `in ${Math.ceil(left)} s` : "now";
    bar.value = left;
  }
  return timers.find(({ seconds }) => passed >= seconds);
}

// Somebody writes on: their words, focus and folds stay; they have the new timeline before them, so that counts as read.
function swap(page) {
  for (const part of ["#waiting", "ol.lines"]) {
    const fresh = page.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceWith(document.adoptNode(fresh));
  }
  const seen = page.querySelector("input[name=seen_version]");
  if (seen) composer.elements.seen_version.value = seen.value;
  document.querySelector("[data-waiting-state]").textContent = "The update went out.";
  count();
}

async function follow(id) {
  try {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const still = !answer.ok || !page.getElementById("waiting") || page.getElementById(id)?.matches(".is-queued");
    if (still) return setTimeout(follow, 1000, id);
    return touched ? swap(page) : location.reload();
  } catch {
    return setTimeout(follow, 3000, id);
  }
}

function count() {
  const [timers, began] = [timersOf(), performance.now()];
  if (!timers.length) return;
  const tick = setInterval(() => {
    const out = show(timers, (performance.now() - began) / 1000);
    if (!out) return;
    clearInterval(tick);
    setTimeout(follow, 700, out.id);
  }, 250);
}

composer?.addEventListener("input", () => {
  touched = true;
});
count();
