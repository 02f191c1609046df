/** One answer on the page, from its first event to its last. */

import { answerActions, personOffer } from "./actions.js";
import { noticeList, officeCard, onlineServiceButton, reference, sourceList, topicButtons } from "./cards.js";
import { direction, h, hidden, spokenIn } from "./dom.js";
import { icon } from "./icons.js";
import { legible } from "./marking.js";
import { StatementBlock } from "./statements.js";
import { checklist, feeTable } from "./steps.js";

const EMERGENCY_NUMBER = /(?<!\d)(?:11[0267](?:\s?\d{3})?|0800(?:[\s/-]?\d{2,4}){2,4})(?!\d)/g;
const NO_EXTRAS = { sources: [], office: null, online_service: null, suggestions: [], next_steps: null, notices: [] };

/**
 * @typedef {object} Context
 * @property {{base: string, config: import("./api.js").Config, session: import("./session.js").Session,
 *   language: string}} service
 * @property {(question: string, language: string) => void} ask
 * @property {(text: string) => void} say
 */

/** Takes the events of one answer. `node` stands on the page; `status` is null until the answer is done. */
export class Answer {
  status = null;
  #t;
  #context;
  #window;
  #exchange;
  #blocks = [];
  #words = h("div", { class: "answer-words" });
  #disclosure = h("p", { class: "answer-disclosure" });

  /**
   * @param {string} question
   * @param {Context} context
   * @param {import("./texts.js").Translate} t
   */
  constructor(question, context, t) {
    this.#t = t;
    this.#context = context;
    this.#window = context.service.config.language; // that of the window; the service says later in which one it answers
    this.#exchange = { question, asked_at: new Date().toISOString(), answer: this.#nothingYet() };
    const badge = h("p", { class: "answer-badge", ...spokenIn(this.#window) }, icon("compass"), h("span", {}, t("assistant_badge")));
    this.node = h("article", { class: "message answer" }, hidden(t("speaker_assistant")), badge, this.#words, this.#disclosure);
    this.#speak(this.#window);
  }

  /**
   * An answer that was given before.
   * @param {import("./api.js").Exchange} exchange
   * @param {Context} context
   * @param {import("./texts.js").Translate} t
   */
  static restored(exchange, context, t) {
    const { answer } = exchange;
    const made = new Answer(exchange.question, context, t);
    made.take({ type: "disclosure", data: { text: answer.disclosure, language: answer.language } });
    for (const statement of answer.statements) made.take({ type: "statement", data: statement });
    made.take({ type: "sources", data: answer });
    made.take({ type: "done", data: answer });
    made.#exchange = exchange;
    made.finish({ past: true });
    return made;
  }

  /** @param {{type: string, data: any}} event other types than those below are for other clients */
  take({ type, data }) {
    const { answer } = this.#exchange;
    if (type === "disclosure") {
      if (answer.disclosure) this.#startAgain();
      this.#speak(data.language);
      this.#disclose(data.text);
    } else if (type === "statement") {
      answer.statements.push(data);
      this.#add(data);
    } else if (type === "sources") {
      Object.assign(answer, data);
      for (const block of this.#blocks) block.resolve(data.sources);
    } else if (type === "done") {
      Object.assign(answer, data);
      this.status = data.status;
    }
  }

  /**
   * Adds what belongs below the words, once they stand in the log. Not announced: a screen reader has just read the
   * words, and finds the rest by browsing.
   * @param {{past?: boolean}} [options] `past`: it was given before
   */
  finish({ past = false } = {}) {
    const { answer } = this.#exchange;
    const t = this.#t;
    if (this.status) this.node.dataset.status = this.status;
    this.node.classList.toggle("wordless", this.#blocks.length === 0);
    if (this.status === "emergency") linkNumbers(this.#words);
    const done = this.status && answerActions(this.#exchange, this.#context, t);
    const steps = answer.next_steps;
    const ask = (question) => this.#context.ask(question, this.node.lang);
    const nextTopics = (steps?.follow_ups ?? []).map(({ label, question }) => ({ title: label, question, language: answer.language }));
    const map = this.#context.service.config.map_url;
    const parts = [
      noticeList(answer.notices, this.node.lang, t),
      onlineServiceButton(answer.online_service, t),
      steps && checklist(steps, t),
      steps && feeTable(steps, this.#window, t),
      topicButtons(t("suggestions"), answer.suggestions, ask, t),
      officeCard(answer.office, t, { map, past }),
      done?.person,
      topicButtons(t("follow_ups"), nextTopics, ask, t),
      sourceList(answer.sources, t),
    ].filter(Boolean);
    if (parts.length) this.#disclosure.before(h("div", { class: "extras", "aria-live": "off", ...spokenIn(this.#window) }, parts));
    if (!done) return;
    const copied = reference(answer.answer_id, this.#context.say, t);
    const foot = h("div", { class: "answer-foot", "aria-live": "off", ...spokenIn(this.#window) }, done.feedback, done.tools, copied);
    this.node.append(foot);
  }

  /** The way to a person, for an answer that failed. */
  offerPerson() {
    const offer = personOffer(this.#exchange, this.#context.service, this.#t);
    if (offer) this.node.append(h("div", { "aria-live": "off", ...spokenIn(this.#window) }, offer));
  }

  #nothingYet() {
    return { statements: [], disclosure: "", language: this.#window, ...NO_EXTRAS };
  }

  /** The service has lost the answer and was asked once more. */
  #startAgain() {
    this.#exchange.answer = this.#nothingYet();
    this.#blocks = [];
    this.#words.replaceChildren();
  }

  /** A sentence of the widget itself, such as that the answer was stopped. */
  remark(...content) {
    this.node.append(h("div", { class: "remark" }, ...content));
  }

  /** Never without: where the service's own words can't be read, the window's. */
  #disclose(text) {
    this.#disclosure.textContent = legible(text) ? text : this.#t("disclosure_short");
    this.#exchange.answer.disclosure = this.#disclosure.textContent;
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
      parts.push(node.data.slice(end, match.index), h("a", { href: `tel:${match[0].replace(/\D/g, "")}`, dir: "ltr" }, match[0]));
      end = match.index + match[0].length;
    }
    if (parts.length) node.replaceWith(...parts, node.data.slice(end));
  }
}
