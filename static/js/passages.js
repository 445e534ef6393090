// Puts what somebody selects in a text above into the field for the passage, so that nobody has to copy it.
// Binds to [data-passages] (texts) and [data-passage] (the field).
const field = document.querySelector("[data-passage]");

function take(text) {
  const selection = document.getSelection();
  const words = selection.toString().trim();
  if (field && words && selection.getRangeAt(0).intersectsNode(text)) field.value = words;
}

for (const text of document.querySelectorAll("[data-passages]")) {
  text.addEventListener("pointerup", () => setTimeout(() => take(text)));
  text.addEventListener("keyup", () => take(text));
}
