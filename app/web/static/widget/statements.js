/** Statements on the page: neighbours of the same origin form one block, and each block says who worded it. */

import { Citation, sourceName } from "./citations.js";
import { h, spokenIn } from "./dom.js";

const SENTENCE_END = /[.!?…:]["“”»)]?$/;

/** Consecutive statements of one origin and language; quotes only from the same passages. */
export class StatementBlock {
  #t;
  #texts = [];
  #citations = [];
  #body;
  #caption;
  #slot = h("div", { class: "passages", "aria-live": "off" });

  /**
   * @param {import("./api.js").Statement} first
   * @param {string} windowLanguage that of the texts
   * @param {import("./texts.js").Translate} t
   */
  constructor(first, windowLanguage, t) {
    this.#t = t;
    this.origin = first.origin;
    this.key = blockKey(first);
    const generated = this.origin === "generated";
    this.#body = h(this.origin === "quote" ? "blockquote" : "div", {
      class: "words",
      "data-ai-generated": String(generated),
      "data-digital-source-type": first.digital_source_type,
      ...spokenIn(first.language),
    });
    this.#caption = this.#makeCaption(windowLanguage);
    this.node = h(
      "div",
      { class: `block block-${this.origin}`, "data-origin": this.origin },
      this.#body,
      this.#caption,
      this.#slot,
    );
    this.add(first);
  }

  /** @param {import("./api.js").Statement} statement */
  accepts(statement) {
    return statement.origin !== "frame" && blockKey(statement) === this.key;
  }

  /** @param {import("./api.js").Statement} statement */
  add(statement) {
    this.#texts.push(statement.text);
    if (this.origin === "quote") {
      this.#body.replaceChildren(quoteLayout(this.#texts));
      if (this.#citations.length === 0) this.#caption.append(this.#cite(statement.citations, this.#texts));
    } else {
      if (!this.#body.firstChild) this.#body.append(h("p"));
      const paragraph = this.#body.firstChild;
      if (paragraph.firstChild) paragraph.append(" ");
      paragraph.append(statement.text, this.#cite(statement.citations, [statement.text]));
    }
  }

  /** @param {import("./api.js").Source[]} sources */
  resolve(sources) {
    for (const citation of this.#citations) {
      const source = sources.find(({ number }) => number === citation.number);
      if (source) citation.resolve(source);
    }
    const quoted =
      this.origin === "quote" && sources.filter(({ number }) => this.#citations.some((c) => c.number === number));
    if (quoted?.length) {
      this.#caption.firstChild.textContent = this.#t("label_quote", { source: quoted.map(sourceName).join(", ") });
    }
  }

  #cite(numbers, sentences) {
    const citations = numbers.map((number) => new Citation(number, sentences, this.#slot, this.#t));
    this.#citations.push(...citations);
    return h(
      "span",
      { class: "citations" },
      citations.flatMap(({ button }) => ["\u2060", button]),
    );
  }

  #makeCaption(language) {
    if (this.origin === "frame") return "";
    const label = { generated: "label_generated", rule: "label_rule", quote: "label_quote_pending" }[this.origin];
    return h("p", { class: "origin", ...spokenIn(language) }, h("span", {}, this.#t(label)));
  }
}

function blockKey({ origin, citations, language }) {
  return [origin, language, ...(origin === "quote" ? citations : [])].join();
}

/** List items have come one by one: several, at least one of them no whole sentence, read best as a list again. */
function quoteLayout(texts) {
  const isList = texts.length > 1 && texts.some((text) => !SENTENCE_END.test(text));
  if (isList)
    return h(
      "ul",
      {},
      texts.map((text) => h("li", {}, text)),
    );
  return h("p", { class: "quote-text" }, texts.join(" "));
}
