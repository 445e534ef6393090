// Puts what somebody selects in a text above into the field for the passage, so that nobody has to copy it.
// Binds to [data-passages] (texts) and [data-passage] (the field).
const field = document.querySelector("[data-passage]");

function take() {
  const selection = document.getSelection();
  const words = selection.toString().trim();
  const within = selection.anchorNode?.parentElement?.closest("[data-passages]");
  if (field && words && within?.contains(selection.focusNode)) field.value = words;
}

for (const text of document.querySelectorAll("[data-passages]")) {
  text.addEventListener("pointerup", () => setTimeout(take));
  text.addEventListener("keyup", take);
}
