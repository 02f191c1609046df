/**
 * Amtslotse: the one script tag that a town puts on its pages.
 *
 *     <script src="https://chat.example.org/widget.js" data-tenant="musterstadt" defer></script>
 *
 * Adds a chat button at the bottom right. Where the page itself holds `<amtslotse-chat mode="inline">`, the chat
 * appears there instead. Everything is loaded from where this script came from, below the same path.
 *
 * On the script tag: `data-tenant` (required), `data-language` (default: the page's `lang`). The attributes
 * `tenant`, `language`, `mode` (`bubble` or `inline`) and `theme="light"` (no dark colours) on an element of the page
 * go first. An element of the page with `data-amtslotse-open` opens the chat when clicked.
 */
(() => {
  "use strict";

  const TAG = "amtslotse-chat";
  const CANNOT_LOAD = "Der Chat kann gerade nicht geladen werden. Bitte wenden Sie sich an Ihre Stadtverwaltung.";

  const script = document.currentScript;
  if (!script || customElements.get(TAG)) return;
  const base = new URL(".", script.src).href;
  const { tenant = "", language = "" } = script.dataset;

  const start = async () => {
    if (!document.querySelector(TAG)) document.body.append(document.createElement(TAG));
    try {
      const { AmtslotseChat } = await import(`${base}static/widget/element.js`);
      AmtslotseChat.defaults = { base, tenant, language };
      customElements.define(TAG, AmtslotseChat);
    } catch (error) {
      console.error("Amtslotse cannot be loaded from", base, error);
      for (const place of document.querySelectorAll(`${TAG}[mode="inline"]`)) place.textContent = CANNOT_LOAD;
    }
  };

  document.addEventListener("click", (event) => {
    const trigger = event.target instanceof Element && event.target.closest("[data-amtslotse-open]");
    const chat = trigger && document.querySelector(TAG);
    if (!chat || typeof chat.open !== "function") return;
    event.preventDefault();
    chat.open();
  });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
