/** Statements on the page: neighbours of the same origin form one block, and each block says who worded it. */

import { Citation, sourceName } from "./citations.js";
import { h, numbersKept, spokenIn } from "./dom.js";

const SENTENCE_END = /[.!?…:]["“”»)]?$/;
const LISTABLE = new Set(["quote", "rule"]);

/** Consecutive statements of one origin and language; quotes only from the same passages. */
export class StatementBlock {
  #t;
  #texts = [];
  #lines = [];
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
    const quote = this.origin === "quote";
    this.#texts.push(statement.text);
    const cited = quote ? "" : this.#cite(statement.citations, [statement.text]);
    this.#lines.push({ text: statement.text, said: numbersKept(statement.text, statement.language), cited });
    if (quote && this.#citations.length === 0) this.#caption.append(this.#cite(statement.citations, this.#texts));
    this.#body.replaceChildren(...layout(this.#lines, this.origin));
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

/**
 * Lines have come one by one: several, at least one of them no whole sentence, read best as the list that they were,
 * below the line that announces it. As `answer_blocks.py` lays them out.
 */
function layout(lines, origin) {
  const lead = lines.length > 2 && lines[0].text.endsWith(":") ? lines[0] : null;
  const items = lead ? lines.slice(1) : lines;
  const isList = LISTABLE.has(origin) && items.length > 1 && items.some(({ text }) => !SENTENCE_END.test(text));
  if (!isList) {
    const words = lines.flatMap(({ said, cited }, index) => [index ? " " : "", ...said, cited]);
    return [h("p", origin === "quote" ? { class: "quote-text" } : {}, ...words)];
  }
  const list = h(
    "ul",
    {},
    items.map(({ said, cited }) => h("li", {}, ...said, cited)),
  );
  return lead ? [h("p", {}, ...lead.said, lead.cited), list] : [list];
}
