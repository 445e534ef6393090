// Says below a text, while somebody types, what had better be said otherwise. Nothing is ever held back.
// Binds to [data-hints] (where they stand; the address that knows them) inside a form.
const PAUSE = 700;

function watch(place) {
  const form = place.closest("form");
  let [timer, asked] = [0, null];

  async function ask() {
    asked = new AbortController();
    const { signal } = asked;
    try {
      const answer = await fetch(place.dataset.hints, { method: "POST", body: new FormData(form), signal });
      if (!answer.ok) return;
      const text = await answer.text();
      const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("#hints");
      if (signal.aborted || !fresh || fresh.textContent.trim() === place.textContent.trim()) return;
      place.replaceChildren(...document.importNode(fresh, true).children);
    } catch {
      // Hints are a help: without an answer what stands there stays.
    }
  }

  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      asked?.abort();
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
  }
}

for (const place of document.querySelectorAll("[data-hints]")) watch(place);
