// Narrows a long list while somebody types. Binds to [data-filter] (a list with more rows than its number), whose
// rows carry [data-row]; a row that has something chosen always stays.
for (const list of document.querySelectorAll("[data-filter]")) {
  const rows = [...list.querySelectorAll("[data-row]")];
  if (rows.length <= Number(list.dataset.filter)) continue;
  list.classList.add("long");
  const label = document.createElement("label");
  label.className = "field filter";
  const input = document.createElement("input");
  input.className = "input";
  input.type = "search";
  input.placeholder = "Find a component";
  input.setAttribute("aria-label", "Find a component");
  input.dataset.search = "";
  label.append(input);
  list.before(label);
  input.addEventListener("input", () => {
    const words = input.value.trim().toLowerCase();
    for (const row of rows) {
      const chosen = row.querySelector("select")?.value || row.querySelector("input:checked");
      row.hidden = !chosen && !row.textContent.toLowerCase().includes(words) && !heading(row).includes(words);
    }
    for (const shelf of list.querySelectorAll("fieldset")) {
      shelf.hidden = ![...shelf.querySelectorAll("[data-row]")].some((row) => !row.hidden);
    }
  });
}

function heading(row) {
  return row.closest("fieldset")?.querySelector("legend")?.textContent.toLowerCase() ?? "";
}
