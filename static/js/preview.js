// Shows beside a form, while somebody types, what will go out on page, mail, chat and feed, and how many will get it.
// Binds to [data-preview] (the button that opens the same in a tab) and [data-preview-pane] with its -tabs, -state and
// -shown; brings new numbers to [data-lead] (the button that publishes) and [data-waits]. What is shown has a root of
// its own, in the styles of the public page; it takes no focus and leads nowhere.
const PAUSE = 400;
const button = document.querySelector("[data-preview]");
const pane = document.querySelector("[data-preview-pane]");

function sheet(href) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  return link;
}

function count(form, fresh) {
  const reach = fresh.querySelector("[data-reach]")?.dataset.reach;
  const waits = form.querySelector("[data-waits]");
  waits?.replaceChildren(...document.importNode(fresh.querySelector("[data-waits]"), true).childNodes);
  if (!reach) return;
  for (const one of form.querySelectorAll("[data-lead]")) one.dataset.audience = `${one.dataset.lead} ${reach}`;
  document.dispatchEvent(new Event("reach"));
}

function watch(form) {
  const [tabs, state, place] = ["tabs", "state", "shown"].map((name) => pane.querySelector(`[data-preview-${name}]`));
  const root = place.attachShadow({ mode: "open" });
  const shown = document.createElement("div");
  let [timer, asked] = [0, null];
  root.append(...pane.dataset.styles.split(" ").map(sheet), shown);

  function choose() {
    const name = tabs.querySelector(":checked").value;
    for (const channels of shown.querySelectorAll("#channels")) channels.dataset.show = name;
  }

  function show(page) {
    const fresh = page.querySelector("#channels");
    const refused = fresh.querySelector(".refused");
    const words = refused?.textContent.trim() ?? "";
    if (state.textContent !== words) state.textContent = words;
    shown.replaceChildren();
    if (refused) return;
    for (const link of fresh.querySelectorAll("a")) link.removeAttribute("href");
    count(form, fresh);
    shown.append(page.querySelector("body > svg"), fresh);
    choose();
  }

  async function ask() {
    asked = new AbortController();
    const { signal } = asked;
    try {
      const answer = await fetch(button.formAction, { method: "POST", body: new FormData(form), signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      if (!signal.aborted) show(new DOMParser().parseFromString(text, "text/html"));
    } catch {
      if (!signal.aborted) state.textContent = "The preview cannot be had just now. What you wrote stands.";
    }
  }

  // In one column it stands below the form, not below all that follows the form.
  const [narrow, home] = [matchMedia("(max-width: 1000px)"), pane.previousElementSibling];
  const settle = () => (narrow.matches ? form : home).after(pane);
  narrow.addEventListener("change", settle);
  settle();
  tabs.addEventListener("change", choose);
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      pane.hidden = false;
      asked?.abort();
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
  }
}

if (button && pane) watch(button.form);
