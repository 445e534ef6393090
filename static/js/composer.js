// The composer says what its button will do and proposes when the next word is due.
// Binds to [data-notify], [data-audience]/[data-alone] (two labels of the button), [data-statuses] (status -> due),
// [data-due-target], [data-quick] (buttons for it).
const notify = document.querySelector("[data-notify]");
const due = document.querySelector("[data-due-target]");
const statuses = document.querySelector("[data-statuses]");

function label() {
  for (const button of document.querySelectorAll("[data-audience]")) {
    button.textContent = notify.checked ? button.dataset.audience : button.dataset.alone;
  }
}

if (notify) {
  notify.addEventListener("change", label);
  document.addEventListener("reach", label); // the preview counted anew
  label();
}

if (statuses && due) {
  const proposed = JSON.parse(statuses.dataset.statuses);
  statuses.addEventListener("change", (event) => {
    if (due.dataset.touched || !(event.target.value in proposed)) return;
    due.value = proposed[event.target.value];
  });
}

// The field's text is wall time in the page's zone; reading and writing it as UTC shifts it without a zone's help.
function shift(minutes) {
  const start = due.dataset.base ?? due.defaultValue;
  const base = Date.parse(`${start}Z`);
  if (Number.isNaN(base)) return;
  due.value = new Date(base + minutes * 60_000).toISOString().slice(0, 16);
  due.dispatchEvent(new Event("input", { bubbles: true }));
}

if (due) {
  due.addEventListener("input", () => {
    due.dataset.touched = "yes";
  });
  if (due.matches("[data-quick]") && due.dataset.now) {
    due.dataset.base = due.dataset.now;
    const row = document.createElement("p");
    row.className = "quick";
    for (const [minutes, words] of [[15, "15 min"], [30, "30 min"], [60, "1 h"], [120, "2 h"], [240, "4 h"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = `in ${words}`;
      button.addEventListener("click", () => shift(minutes));
      row.append(button);
    }
    due.after(row);
  }
}
