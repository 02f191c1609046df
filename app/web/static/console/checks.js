// Tells when checks in the background are done; without this script the link beside the note reloads the page.

const EVERY_MS = 2000;
const AT_MOST = 300;

/** What the server says of the checks; null while it does not answer. */
async function state(source) {
  try {
    const reply = await fetch(source, { headers: { Accept: "application/json" } });
    return reply.ok && !reply.redirected ? await reply.json() : null;
  } catch {
    return null;
  }
}

/** A page with nothing to read yet is shown once it can be; on all others nothing moves, and only the note changes. */
async function watch(note, times) {
  const now = await state(note.dataset.checks);
  if (now?.[note.dataset.reload ?? "complete"]) {
    if (note.dataset.reload) location.reload();
    else note.querySelector("[role=status]").textContent = note.dataset.ready;
  } else if (times > 0) {
    setTimeout(watch, EVERY_MS, note, times - 1);
  }
}

for (const note of document.querySelectorAll("[data-checks]")) setTimeout(watch, EVERY_MS, note, AT_MOST);
