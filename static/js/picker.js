// Begins a text with a template, at once and in place; one press takes it back. Binds to [data-picker] with its select,
// [data-use] (the button that does it without a script) and [data-picked] (where it is said). The status or severity
// chosen in the form proposes the template; a gap that a later choice can fill is filled while nobody has written.
const FIELDS = ["public_title", "title", "body", "workaround", "ends_at"];

function watch(picker) {
  const form = picker.closest("form");
  const [select, button, said] = ["select", "[data-use]", "[data-picked]"].map((one) => picker.querySelector(one));
  const names = [...FIELDS, ...FIELDS.map((name) => `was.${name}`), "component"];
  const held = (root) => [...root.querySelectorAll(names.map((name) => `[name="${name}"]`).join())];
  const state = (field) => (field.type === "checkbox" ? field.checked : field.value);
  let [before, timer] = [null, 0];

  function put(field, value) {
    if (state(field) === value) return;
    field[field.type === "checkbox" ? "checked" : "value"] = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function undo() {
    for (const [field, value] of before) put(field, value);
    said.textContent = "Taken back.";
    form.querySelector("[name=body]").focus();
  }

  function tell(words) {
    said.textContent = `${words} `;
    if (![...before].some(([field, value]) => field.type !== "hidden" && state(field) !== value)) return;
    const back = document.createElement("button");
    Object.assign(back, { type: "button", className: "plain", textContent: "Undo" });
    back.addEventListener("click", undo);
    said.append(back);
  }

  // `again`: the same template anew; what is taken back then is what stood there before the first time.
  async function use(again = false) {
    try {
      const answer = await fetch(button.formAction, { method: "POST", body: new FormData(form) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-picker]").closest("form");
      if (!again || !before) before = new Map(held(form).map((field) => [field, state(field)]));
      const same = (field) => (one) => one.name === field.name && (one.type !== "checkbox" || one.value === field.value);
      for (const field of held(form)) {
        const other = held(fresh).find(same(field));
        if (other) put(field, state(other));
      }
      tell(page.querySelector("#e-template, [data-picked]").textContent.trim());
    } catch {
      said.textContent = "The template cannot be had just now. What you wrote stands.";
    }
  }

  function propose(event) {
    if (event.target === select) return use();
    const { name, value } = event.target;
    const shelf = name === "status" && select.querySelector(`optgroup[data-status="${CSS.escape(value)}"] option`);
    const fits = name === "severity" && select.querySelector(`option[data-severity="${CSS.escape(value)}"]`);
    if (shelf || fits) (shelf || fits).selected = true;
    else if (said.querySelector("button") && form.querySelector("[name=body]").value.includes("{{")) {
      clearTimeout(timer);
      timer = setTimeout(use, 300, true);
    }
    return undefined;
  }

  form.addEventListener("change", propose);
  button.addEventListener("click", (event) => {
    event.preventDefault();
    use();
  });
}

for (const picker of document.querySelectorAll("[data-picker]")) watch(picker);
