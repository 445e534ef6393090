// Settings > Branding: shows an accent in the samples while it is typed, offers the system's colour picker, and says at
// once when a file is too large. Binds to [data-accent] (the field), link[data-samples] (the sheet of the samples, whose
// last part is the colour) and input[data-most-bytes].
const field = document.querySelector("[data-accent]");
const sheet = document.querySelector("link[data-samples]");

function colourOf(text) {
  const digits = text.trim().replace(/^#/, "").toLowerCase();
  if (/^[0-9a-f]{6}$/.test(digits)) return digits;
  return /^[0-9a-f]{3}$/.test(digits) ? [...digits].map((digit) => digit + digit).join("") : null;
}

// The next sheet is loaded beside the present one, which goes when the colours are there: no sample stands bare meanwhile.
let current = sheet;
function show(colour) {
  const address = current.href.replace(/[^/]+\.css$/, `${colour ?? "house"}.css`);
  if (address === current.href) return;
  const next = current.cloneNode();
  const before = current;
  next.href = address;
  next.addEventListener("load", () => before.remove());
  current.after(next);
  current = next;
}

const picker = document.createElement("input");
picker.type = "color";
picker.setAttribute("aria-label", "Pick the accent");
picker.value = `#${colourOf(field.value) ?? "2450c8"}`;
const row = document.createElement("div");
row.className = "with-picker";
field.before(row);
row.append(field, picker);

picker.addEventListener("input", () => {
  field.value = picker.value;
  show(colourOf(field.value));
});
field.addEventListener("input", () => {
  const colour = colourOf(field.value);
  if (colour) picker.value = `#${colour}`;
  if (colour || !field.value.trim()) show(colour);
});

for (const file of document.querySelectorAll("input[data-most-bytes]")) {
  file.addEventListener("change", () => {
    const most = Number(file.dataset.mostBytes);
    const large = file.files[0]?.size > most;
    file.setCustomValidity(large ? `Choose a file of at most ${most / 1024} kB.` : "");
    if (large) file.reportValidity();
  });
}
