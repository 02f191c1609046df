/** Buttons that copy the text of another element; without this file they stay hidden. */

const SHOWN_MS = 2000;

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue; // only where the page came over TLS, or from this machine
  const says = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const from = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(from.value ?? from.textContent);
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = says), SHOWN_MS);
  });
}
