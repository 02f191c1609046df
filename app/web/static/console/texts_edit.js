// Checks a text while it is written: findings and preview beside the form. Without this script the button does it.

const PAUSE_MS = 900;
const form = document.querySelector("form.edit");
let timer = 0;
let request = null;
let changed = false;

/** The server's findings for what stands in the form, as an element. */
function check() {
  request?.abort();
  const asked = new XMLHttpRequest(); // parses HTML without a sink that Trusted Types would guard
  request = asked;
  asked.open("POST", form.dataset.check);
  asked.responseType = "document";
  asked.addEventListener("load", () => {
    const found = asked.response?.getElementById("geprueft");
    if (asked.status === 200 && found) show(found);
  });
  asked.send(new FormData(form));
}

/** Open explanations stay open; the sentence about the number of findings is announced only when it is another one. */
function show(found) {
  const shown = document.getElementById("geprueft");
  const status = shown.querySelector("[role=status]");
  const fresh = found.querySelector("[role=status]");
  if (status.textContent.trim() !== fresh.textContent.trim()) status.replaceChildren(...fresh.childNodes);
  fresh.replaceWith(status);
  shown.replaceWith(document.adoptNode(found));
}

form.addEventListener("input", () => {
  changed = true;
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE_MS);
});
form.addEventListener("submit", () => {
  changed = false;
});
window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".findings a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  field.focus();
});
