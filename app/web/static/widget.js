/**
 * Amtslotse: the one script tag that a town puts on its pages.
 *
 *     <script src="https://chat.example.org/widget.js" data-tenant="musterstadt" defer></script>
 *
 * Adds a chat button in a corner of the page. Where the page itself holds `<amtslotse-chat>`, the chat appears there
 * instead. Everything comes from where this script came from, below the same path: this is the end of the one file
 * that app/web/bundle.py makes of all modules.
 *
 * Options are attributes of `<amtslotse-chat>`, or `data-*` of the script tag for all elements that don't say otherwise:
 * `tenant` (required), `language`, `mode` (`bubble`, `inline`, `page`), `theme` (`auto`, `light`, `dark`), `position`
 * (`left`, `right`), `offset` (pixels from side and bottom), `accent` and `header` (colours such as #8a1538), `greeting`
 * (instead of the town's, in the page's language).
 * An element of the page with `data-amtslotse-open` opens the chat when clicked.
 */

import { AmtslotseChat, OPTIONS } from "./widget/element.js";

const TAG = "amtslotse-chat";

const script = document.currentScript;

function start() {
  if (document.querySelector(TAG)) return;
  const chat = document.createElement(TAG);
  if (["inline", "page"].includes(script.dataset.mode) && document.body.contains(script)) script.after(chat);
  else document.body.append(chat);
}

function openFromPage(event) {
  const trigger = event.target instanceof Element && event.target.closest("[data-amtslotse-open]");
  const chat = trigger && document.querySelector(TAG);
  if (!chat) return;
  event.preventDefault();
  chat.open();
}

if (script && !customElements.get(TAG)) {
  AmtslotseChat.base = new URL(".", script.src).href;
  AmtslotseChat.defaults = Object.fromEntries(OPTIONS.map((name) => [name, script.dataset[name] ?? ""]));
  customElements.define(TAG, AmtslotseChat);
  document.addEventListener("click", openFromPage);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
