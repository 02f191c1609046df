// Shows the progress of a background job without reloading the page; without this script the page reloads itself.

const EVERY_MS = 1500;
const region = document.getElementById("auftrag");

/** The fragment of the job's present state; null while the server does not answer. */
function load() {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest(); // parses HTML without a sink that Trusted Types would guard
    request.open("GET", region.dataset.source);
    request.responseType = "document";
    request.addEventListener("loadend", () => {
      resolve(request.status === 200 ? request.response?.querySelector("[data-state]") : null);
    });
    request.send();
  });
}

/** Values of the bars change in place, so that a reading position or focus inside the region is kept. */
function update(part) {
  const shown = region.querySelector("[data-state]");
  const now = shown.querySelectorAll(".steps li");
  const next = part.querySelectorAll(".steps li");
  const same = part.dataset.state === shown.dataset.state && now.length === next.length;
  if (!same || !now.length || !shown.querySelector("progress")) {
    const focused = region.contains(document.activeElement);
    region.replaceChildren(document.adoptNode(part));
    if (focused) region.querySelector("button, a")?.focus();
    return;
  }
  now.forEach((item, index) => {
    item.querySelector("label").textContent = next[index].querySelector("label").textContent;
    item.querySelector("progress").value = next[index].querySelector("progress").value;
  });
}

async function watch() {
  const part = await load();
  if (part) {
    const state = part.dataset.state;
    update(part);
    if (state !== "running") return;
  }
  setTimeout(watch, EVERY_MS);
}

setTimeout(watch, EVERY_MS);
