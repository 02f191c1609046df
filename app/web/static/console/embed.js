/** Keeps snippet and preview in step with the form while it is filled in; without this file its button does. */

const form = document.querySelector("form[data-snippet]");
const preview = document.querySelector("#preview");
const warnings = document.querySelector("#warnings");
const WAIT_MS = 400;
let waiting = 0;

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, WAIT_MS);
});

async function refresh() {
  const query = new URLSearchParams(new FormData(form));
  const response = await fetch(`${form.dataset.snippet}?${query}`);
  const result = await response.json();
  if (!response.ok) return warn([result.error]);
  warn(result.warnings);
  for (const name of ["plain", "pinned", "policy"]) document.getElementById(name).textContent = result.snippets[name];
  for (const name of ["chat_url", "form_url"]) {
    const link = document.getElementById(name);
    link.href = link.textContent = result.snippets[name];
  }
  preview.contentWindow.location.replace(result.preview); // unlike a new `src`, no step for the back button
  history.replaceState(null, "", `?${query}`);
}

function warn(texts) {
  warnings.replaceChildren(
    ...texts.map((text) => {
      const note = document.createElement("p");
      note.className = "note warning";
      note.textContent = text;
      return note;
    }),
  );
}
