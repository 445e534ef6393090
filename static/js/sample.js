// Writing a template: the sample follows while somebody types, a click on a placeholder puts it where the cursor was.
// Binds to form[data-sample-form], [data-sample-button] (shows the same without a script), [data-sample] (what is
// replaced), [data-placing] (fields that take placeholders) and [data-insert] (a placeholder to be put there).
const PAUSE = 400;
const form = document.querySelector("[data-sample-form]");
const button = document.querySelector("[data-sample-button]");
let target = form?.querySelector("textarea[data-placing]");
let [timer, asked] = [0, null];

function equip() {
  for (const code of document.querySelectorAll("[data-insert]")) {
    const place = document.createElement("button");
    place.type = "button";
    place.className = "plain mono";
    place.textContent = code.textContent;
    place.dataset.place = code.textContent;
    code.replaceWith(place);
  }
}

async function ask() {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  try {
    const answer = await fetch(button.formAction, { method: "POST", body: new FormData(form), signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (signal.aborted) return;
    const focused = document.activeElement?.dataset?.place;
    document.querySelector("[data-sample]").replaceWith(document.importNode(page.querySelector("[data-sample]"), true));
    equip();
    if (focused) document.querySelector(`[data-place="${CSS.escape(focused)}"]`)?.focus();
  } catch {
    // The sample shows what it showed last; saving says what is wrong.
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

function insert(words) {
  target.setRangeText(words, target.selectionStart, target.selectionEnd, "end");
  target.dispatchEvent(new Event("input", { bubbles: true }));
  target.focus();
}

if (form && button) {
  button.hidden = true;
  equip();
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-placing]")) target = event.target;
  });
  document.addEventListener("click", (event) => {
    if (event.target.dataset?.place) insert(event.target.dataset.place);
  });
}
