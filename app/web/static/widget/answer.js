/** One answer on the page, from its first event to its last. */

import { noticeList, officeCard, onlineServiceButton, reference, sourceList, topicButtons } from "./cards.js";
import { direction, h, hidden, spokenIn } from "./dom.js";
import { icon } from "./icons.js";
import { legible } from "./marking.js";
import { StatementBlock } from "./statements.js";

const EMERGENCY_NUMBER = /(?<!\d)(?:11[0267](?:\s?\d{3})?|0800(?:[\s/-]?\d{2,4}){2,4})(?!\d)/g;

/** Takes the events of one answer. `node` stands on the page; `status` is null until the answer is done. */
export class Answer {
  status = null;
  #t;
  #actions;
  #window;
  #blocks = [];
  #words = h("div", { class: "answer-words" });
  #disclosure = h("p", { class: "answer-disclosure" });
  #extras = null;
  #done = null;

  /**
   * @param {string} language that of the window; the service says later in which one it answers
   * @param {{ask: (question: string, language: string) => void, say: (text: string) => void}} actions
   * @param {import("./texts.js").Translate} t
   */
  constructor(language, actions, t) {
    this.#t = t;
    this.#actions = actions;
    this.#window = language;
    const badge = h("p", { class: "answer-badge", ...spokenIn(language) }, icon("compass"), h("span", {}, t("assistant_badge")));
    this.node = h(
      "article",
      { class: "message answer" },
      hidden(t("speaker_assistant")),
      badge,
      this.#words,
      this.#disclosure,
    );
    this.#speak(language);
  }

  /** @param {{type: string, data: any}} event other types than those below are for other clients */
  take({ type, data }) {
    if (type === "disclosure") {
      this.#speak(data.language);
      this.#disclose(data.text);
    } else if (type === "statement") {
      this.#add(data);
    } else if (type === "sources") {
      this.#extras = data;
      for (const block of this.#blocks) block.resolve(data.sources);
    } else if (type === "done") {
      this.#done = data;
      this.status = data.status;
    }
  }

  /**
   * Adds what belongs below the words, once they stand in the log. Not announced: a screen reader has just read the
   * words, and finds the rest by browsing.
   */
  finish() {
    if (this.status) this.node.dataset.status = this.status;
    this.node.classList.toggle("wordless", this.#blocks.length === 0);
    if (this.status === "emergency") linkNumbers(this.#words);
    const extras = this.#extras;
    const t = this.#t;
    const parts = [
      extras && noticeList(extras.notices, this.node.lang, t),
      extras && onlineServiceButton(extras.online_service, t),
      extras && topicButtons(t("suggestions"), extras.suggestions, (topic) => this.#actions.ask(topic, this.node.lang), t),
      extras && officeCard(extras.office, t),
      extras && sourceList(extras.sources, t),
    ].filter(Boolean);
    if (parts.length) this.#disclosure.before(h("div", { class: "extras", "aria-live": "off", ...spokenIn(this.#window) }, parts));
    if (this.#done)
      this.node.append(h("div", { "aria-live": "off", ...spokenIn(this.#window) }, reference(this.#done.answer_id, this.#actions.say, t)));
  }

  /** A sentence of the widget itself, such as that the answer was stopped. */
  remark(...content) {
    this.node.append(h("div", { class: "remark" }, ...content));
  }

  /** Never without: where the service's own words can't be read, the window's. */
  #disclose(text) {
    this.#disclosure.textContent = legible(text) ? text : this.#t("disclosure_short");
  }

  #speak(language) {
    this.node.lang = language;
    this.node.dir = direction(language);
  }

  /** @param {import("./api.js").Statement} statement */
  #add(statement) {
    if (!this.#disclosure.firstChild) this.#disclose("");
    const last = this.#blocks.at(-1);
    if (last?.accepts(statement)) {
      last.add(statement);
      return;
    }
    const block = new StatementBlock(statement, this.#window, this.#t);
    this.#blocks.push(block);
    this.#words.append(block.node);
  }
}

/** Who needs 112 should be one tap away from it. */
function linkNumbers(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const parts = [];
    let end = 0;
    for (const match of node.data.matchAll(EMERGENCY_NUMBER)) {
      parts.push(node.data.slice(end, match.index), h("a", { href: `tel:${match[0].replace(/\D/g, "")}` }, match[0]));
      end = match.index + match[0].length;
    }
    if (parts.length) node.replaceWith(...parts, node.data.slice(end));
  }
}
