/** Questions and answers of one chat window, one at a time. */

import { Answer } from "./answer.js";
import { Problem, streamAnswer } from "./api.js";
import { h, hidden } from "./dom.js";
import { problemBox } from "./problem.js";

const SLOW_AFTER_MS = 12_000;
const RETRY_STATUSES = new Set(["busy", "failed"]);

export class Conversation {
  #service;
  #shell;
  #t;
  #running = null;

  /**
   * @param {object} service
   * @param {string} service.base
   * @param {import("./api.js").Config} service.config
   * @param {import("./session.js").Session} service.session
   * @param {string} service.language the citizen's choice; empty lets the service detect it
   * @param {import("./shell.js").Shell} shell
   * @param {import("./texts.js").Translate} t
   */
  constructor(service, shell, t) {
    this.#service = service;
    this.#shell = shell;
    this.#t = t;
  }

  /**
   * Asks and shows the answer; settles when it is complete, stopped or failed. Ignored while another one runs.
   * @param {string} text
   * @param {string} [language] in which to answer; empty lets the service detect it
   */
  async ask(text, language = this.#service.language) {
    const question = text.trim();
    if (this.#running || !question) return;
    const { config } = this.#service;
    const { log, pending, composer, say } = this.#shell;
    const message = h(
      "div",
      { class: "message question", lang: config.language, dir: "auto", "aria-live": "off" },
      hidden(this.#t("speaker_citizen")),
      h("p", {}, question),
    );
    const answer = new Answer(config.language, { ask: (topic, spoken) => this.ask(topic, spoken), say }, this.#t);
    const again = () => {
      message.remove();
      answer.node.remove();
      composer.focus();
      this.ask(question, language);
    };
    this.#running = new AbortController();
    log.append(message);
    pending.append(answer.node);
    composer.busy = true;
    if (matchMedia("(pointer: fine)").matches) composer.focus();
    const follow = this.#shell.follow(message);
    let problem = null;
    try {
      await this.#receive(question, language, answer, message, follow);
    } catch (error) {
      problem = error;
    }
    this.#running = null;
    composer.busy = false;
    if (!message.isConnected) {
      answer.node.remove(); // the conversation was cleared meanwhile
      return;
    }
    say("");
    this.#keepFocus(() => log.append(answer.node)); // into the live region only now: announced once, whole
    answer.finish();
    if (problem) this.#explain(problem, answer, question, again);
    else if (RETRY_STATUSES.has(answer.status))
      answer.remark(problemBox(new Problem(answer.status), config.office, again, this.#t, { silent: true }));
    follow();
  }

  stop() {
    this.#running?.abort();
  }

  /** Forgets the conversation on this side; the service's record stays until it is erased there. */
  clear() {
    this.stop();
    this.#service.session.conversationId = null;
    this.#shell.log.replaceChildren();
  }

  async #receive(question, language, answer, message, follow) {
    const { base, config, session } = this.#service;
    const { say } = this.#shell;
    const body = { question };
    const conversation = session.beginConversation();
    if (conversation) body.conversation_id = conversation;
    if (language) body.language = language;
    const slow = () => setTimeout(() => say(this.#t("status_slow"), { busy: true }), SLOW_AFTER_MS);
    let timer = slow();
    say(this.#t("status_sent"), { busy: true });
    try {
      for await (const event of streamAnswer(base, config.tenant, body, this.#running.signal)) {
        clearTimeout(timer);
        timer = slow();
        if (event.type === "progress") say(event.data.text, { busy: true });
        if (event.type === "disclosure") message.lang = event.data.language;
        if (event.type === "done") session.conversationId = event.data.conversation_id;
        answer.take(event);
        follow();
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #explain(problem, answer, question, again) {
    const { composer } = this.#shell;
    if (!(problem instanceof Problem)) {
      if (problem?.name !== "AbortError") throw problem;
      answer.remark(h("p", {}, this.#t("stopped")));
      return;
    }
    const invalid = problem.code === "invalid";
    if (invalid && !composer.text) composer.text = question;
    answer.remark(problemBox(problem, this.#service.config.office, invalid ? null : again, this.#t));
  }

  /** Moving a node drops the focus inside it. */
  #keepFocus(move) {
    const root = this.#shell.log.getRootNode();
    const focused = root.activeElement;
    move();
    if (focused && root.activeElement !== focused) focused.focus({ preventScroll: true });
  }
}
