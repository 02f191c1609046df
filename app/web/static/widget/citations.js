/** Numbered citation buttons, and the passage that each opens below its statement. */

import { externalLink, h, hidden, spokenIn } from "./dom.js";
import { highlight } from "./highlight.js";
import { icon } from "./icons.js";
import { renderMarkdown } from "./markdown.js";

let passages = 0;

/** "Title – Module", as sources are named everywhere. */
export function sourceName(source) {
  return source.module ? `${source.title} – ${source.module}` : source.title;
}

/** One button; usable as soon as its source is known. */
export class Citation {
  #t;
  #sentences;
  #slot;
  #source = null;
  #passage = null;

  /**
   * @param {number} number
   * @param {string[]} sentences quoted or drafted sentences that cite it; the list may grow until it is opened
   * @param {HTMLElement} slot where the passage appears
   * @param {import("./texts.js").Translate} t
   */
  constructor(number, sentences, slot, t) {
    this.number = number;
    this.#sentences = sentences;
    this.#slot = slot;
    this.#t = t;
    this.label = hidden(t("citation", { number }));
    this.button = h(
      "button",
      { type: "button", class: "citation", "aria-expanded": "false", disabled: true, onclick: () => this.toggle() },
      h("span", { "aria-hidden": "true" }, String(number)),
      this.label,
    );
  }

  /** @param {import("./api.js").Source} source */
  resolve(source) {
    this.#source = source;
    this.label.textContent = this.#t("citation_titled", { number: this.number, source: sourceName(source) });
    this.button.disabled = false;
  }

  toggle() {
    if (this.#passage) this.close();
    else this.#open();
  }

  close() {
    this.#passage?.remove();
    this.#passage = null;
    this.button.setAttribute("aria-expanded", "false");
    this.button.focus();
  }

  #open() {
    const source = this.#source;
    const newWindow = this.#t("new_window");
    const blocks = renderMarkdown(source.text, newWindow);
    for (const sentence of this.#sentences) highlight(blocks, sentence);
    const id = `passage-${++passages}`;
    this.#passage = h(
      "div",
      { class: "passage", id, role: "group", "aria-labelledby": `${id}-name` },
      h(
        "p",
        { class: "passage-name", id: `${id}-name` },
        hidden(`${this.#t("source_heading", { number: this.number })}: `),
        sourceName(source),
      ),
      h("p", { class: "passage-lead" }, this.#t("source_passage")),
      h("div", { class: "passage-text", ...spokenIn(source.language) }, blocks),
      h(
        "div",
        { class: "passage-actions" },
        source.url &&
          externalLink(source.url, newWindow, { class: "quiet-button" }, icon("external"), this.#t("source_open_page")),
        h(
          "button",
          { type: "button", class: "quiet-button", onclick: () => this.close() },
          icon("close"),
          this.#t("source_close"),
        ),
      ),
    );
    this.#passage.addEventListener("keydown", (event) => this.#closeOnEscape(event));
    this.button.onkeydown = (event) => this.#closeOnEscape(event);
    this.#slot.append(this.#passage);
    this.button.setAttribute("aria-expanded", "true");
    this.button.setAttribute("aria-controls", id);
    this.#passage.scrollIntoView({ block: "nearest" });
  }

  #closeOnEscape(event) {
    if (event.key !== "Escape" || !this.#passage) return;
    event.stopPropagation(); // the first Esc closes the passage, the next one the chat
    this.close();
  }
}
