/** Questions and answers of one chat window, one at a time. */

import { Answer } from "./answer.js";
import { eraseConversation, fetchConversation, Problem, stopAnswer } from "./api.js";
import { h, hidden } from "./dom.js";
import { dataMenu } from "./mydata.js";
import { problemBox } from "./problem.js";
import { earlierExchanges } from "./restore.js";
import { silence } from "./speech.js";
import { streamAnswer } from "./stream.js";

const SLOW_AFTER_MS = 12_000;
const RETRY_STATUSES = new Set(["busy", "failed"]);
const SHORTEST_SECRET = 16; // the service lets shorter ids open nothing

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
   * @param {"standard" | "einfach"} [service.style] in which to answer
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
   * @param {string} [requestId] that of a question that is sent again
   */
  async ask(text, language = this.#service.language, requestId = crypto.randomUUID?.()) {
    const question = text.trim();
    if (this.#running || !question) return;
    const { config } = this.#service;
    const { log, pending, composer, say } = this.#shell;
    const message = this.#bubble(question, config.language);
    const answer = new Answer(question, this.#context, this.#t);
    const again = (id) => () => {
      message.remove();
      answer.node.remove();
      composer.focus();
      this.ask(question, language, id);
    };
    this.#running = new AbortController();
    log.append(message);
    pending.append(answer.node);
    composer.busy = true;
    if (matchMedia("(pointer: fine)").matches) composer.focus();
    const follow = this.#shell.follow(message);
    let problem = null;
    try {
      await this.#receive(this.#body(question, language, requestId), answer, message, follow);
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
    if (problem) this.#explain(problem, answer, question, again(requestId));
    else if (RETRY_STATUSES.has(answer.status))
      answer.remark(problemBox(new Problem(answer.status), config.office, again(), this.#t, { silent: true })); // a new request
    this.showTools();
    follow();
  }

  stop() {
    if (!this.#running) return;
    this.#running.abort();
    const { base, config, session } = this.#service;
    stopAnswer(base, config.tenant, { conversation_id: session.conversationId, request_id: session.requestId });
    session.requestId = null;
  }

  /** Forgets the conversation on this side; the service's record stays until it is erased there. */
  clear() {
    this.stop();
    silence();
    this.#service.session.conversationId = null;
    this.#shell.log.replaceChildren();
    this.showTools();
  }

  /**
   * Shows what was asked and answered before the page was loaded anew, as soon as the window can be seen: waits for the
   * answer that was under way then, and reads all from the service.
   */
  restore() {
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      this.#restoreNow();
    });
    seen.observe(this.#shell.composer.node);
  }

  /** The menu for the whole conversation, once there is one. */
  showTools() {
    const { base, config, session } = this.#service;
    const { log, tools, say } = this.#shell;
    const id = session.conversationId;
    if (!log.firstChild || !id || id.length < SHORTEST_SECRET) return tools.replaceChildren();
    if (tools.firstChild) return;
    const erase = async () => {
      await eraseConversation(base, config.tenant, session.conversationId);
      this.clear();
      this.#shell.panel.querySelector(".restart").hidden = true;
      say(this.#t("data_erased"));
      this.#shell.composer.focus();
    };
    const load = () => fetchConversation(base, config.tenant, session.conversationId);
    tools.append(dataMenu({ load, erase, say }, config, this.#t));
  }

  get #context() {
    return {
      service: this.#service,
      ask: (topic, spoken) => this.ask(topic, spoken),
      say: this.#shell.say,
    };
  }

  #bubble(question, language) {
    const attributes = { class: "message question", lang: language, dir: "auto", "aria-live": "off" };
    return h("div", attributes, hidden(this.#t("speaker_citizen")), h("p", {}, question));
  }

  #body(question, language, requestId) {
    const body = { question };
    const conversation = this.#service.session.beginConversation();
    if (conversation) body.conversation_id = conversation;
    if (conversation?.length >= SHORTEST_SECRET && requestId) body.request_id = requestId;
    if (language) body.language = language;
    if (this.#service.style === "einfach") body.style = "einfach";
    return body;
  }

  async #receive(body, answer, message, follow) {
    const { base, config, session } = this.#service;
    const { say } = this.#shell;
    const slow = () => setTimeout(() => say(this.#t("status_slow"), { busy: true }), SLOW_AFTER_MS);
    const broken = () => say(this.#t("status_reconnecting"), { busy: true });
    let timer = slow();
    say(this.#t("status_sent"), { busy: true });
    session.requestId = body.request_id ?? null;
    try {
      for await (const event of streamAnswer(base, config.tenant, body, this.#running.signal, broken)) {
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
      session.requestId = null;
    }
  }

  async #restoreNow() {
    const { session } = this.#service;
    const { log, composer, say } = this.#shell;
    if (this.#running || log.firstChild || !session.conversationId) return;
    this.#running = new AbortController();
    composer.busy = true;
    const kept = await earlierExchanges(this.#service, this.#running.signal, (text) => say(text, { busy: true }), this.#t);
    this.#running = null;
    composer.busy = false;
    say("");
    log.setAttribute("aria-live", "off"); // old messages are no news
    for (const exchange of kept) {
      const message = this.#bubble(exchange.question, exchange.answer.language);
      log.append(message, Answer.restored(exchange, this.#context, this.#t).node);
    }
    setTimeout(() => log.removeAttribute("aria-live"));
    if (kept.length) this.#shell.panel.querySelector(".restart").hidden = false;
    else this.#shell.intro.querySelector(".resumed")?.remove();
    this.showTools();
    log.lastElementChild?.previousElementSibling.scrollIntoView({ block: "start" });
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
    if (!invalid) answer.offerPerson();
  }

  /** Moving a node drops the focus inside it. */
  #keepFocus(move) {
    const root = this.#shell.log.getRootNode();
    const focused = root.activeElement;
    move();
    if (focused && root.activeElement !== focused) focused.focus({ preventScroll: true });
  }
}
