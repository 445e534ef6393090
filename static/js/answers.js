// Sends what a story asks its readers without leaving the page, and says so in its place, at the same height.
// Binds to form[data-answer]: what is asked stands in .asked, the answer in [data-thanks] (and [data-failed]).
const given = new Set();

function thank(form, words) {
  const asked = form.querySelector(".asked");
  const said = form.querySelector("[data-thanks]");
  form.style.minBlockSize = `${form.offsetHeight}px`;
  asked.hidden = true;
  said.textContent = words ?? said.dataset.thanks;
  return said;
}

async function send(form, button) {
  const fields = new URLSearchParams(new FormData(form));
  if (button?.name) fields.set(button.name, button.value);
  const said = form.querySelector("[data-thanks]");
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields });
    if (!answer.ok) throw new Error(answer.statusText);
    given.add(form.action);
    thank(form).focus({ preventScroll: true });
  } catch {
    said.textContent = said.dataset.failed;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-answer]")) return;
  event.preventDefault();
  const chosen = form.querySelector("[type=radio]");
  if (chosen && !form.querySelector("[type=radio]:checked")) chosen.focus();
  else send(form, event.submitter);
});
// The page was renewed: what was answered is not asked again.
document.addEventListener("statuspage:changed", () => {
  for (const form of document.querySelectorAll("[data-answer]")) if (given.has(form.action)) thank(form);
});
