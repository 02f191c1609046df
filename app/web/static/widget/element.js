/** `<amtslotse-chat>`: loads the town's texts, puts the window together, opens and closes it. */

import { fetchConfig } from "./api.js";
import { Conversation } from "./conversation.js";
import { disclosureCard, greeting } from "./intro.js";
import { markCopied } from "./marking.js";
import { Session } from "./session.js";
import { buildShell } from "./shell.js";
import { styles } from "./styles.js";
import { translator } from "./texts.js";
import { buildUnavailable } from "./unavailable.js";

const FOCUSABLE = "a[href], button:not(:disabled), textarea:not(:disabled), select, summary";

export class AmtslotseChat extends HTMLElement {
  /** From the script tag; see widget.js. */
  static defaults = { base: "", tenant: "", language: "" };

  #root = this.attachShadow({ mode: "open" });
  #chosenLanguage = "";
  #config = null;
  #session = null;
  #shell = null;
  #conversation = null;
  #t = translator();

  get #inline() {
    return this.getAttribute("mode") === "inline";
  }

  async connectedCallback() {
    if (this.#root.firstElementChild) return; // moved within the page
    this.#root.adoptedStyleSheets = styles;
    this.#root.addEventListener("keydown", (event) => this.#onKey(event));
    this.#root.addEventListener("copy", (event) => markCopied(event, this.#root, this.#config?.name, this.#t));
    await this.#load(
      this.getAttribute("language") || AmtslotseChat.defaults.language || document.documentElement.lang.split("-")[0],
    );
  }

  disconnectedCallback() {
    this.#conversation?.stop();
  }

  /** Opens the window and moves the focus into it. */
  open() {
    if (!this.#shell || this.#inline) return;
    this.#setOpen(true);
    if (this.#session?.accepted) this.#shell.composer.focus();
    else this.#shell.panel.querySelector("h3, .unavailable button")?.focus();
  }

  /** Closes the window and gives the focus back to its button; a running answer goes on. */
  close() {
    if (!this.#shell || this.#inline) return;
    this.#setOpen(false);
    this.#shell.launcher.focus();
  }

  #toggle() {
    if (this.#shell.panel.hidden) this.open();
    else this.close();
  }

  async #load(language) {
    try {
      this.#render(await this.#fetchConfig(language));
    } catch (error) {
      console.error("Amtslotse is not reachable", error);
      this.#renderUnavailable(language);
    }
  }

  #fetchConfig(language) {
    const { base, tenant } = AmtslotseChat.defaults;
    return fetchConfig(base, this.getAttribute("tenant") || tenant, language);
  }

  #render(config) {
    this.#config = config;
    this.#session ??= new Session(config.tenant);
    this.#t = translator(config.texts);
    const messages = this.#conversation ? [...this.#shell.log.childNodes] : [];
    const draft = this.#conversation ? this.#shell.composer.text : "";
    this.#shell = buildShell(
      config,
      this.#inline,
      {
        ask: (question) => this.#ask(question),
        stop: () => this.#conversation.stop(),
        toggle: () => this.#toggle(),
        close: () => this.close(),
        restart: () => this.#restart(),
        changeLanguage: (language) => this.#changeLanguage(language),
      },
      this.#t,
    );
    const service = {
      base: AmtslotseChat.defaults.base,
      config,
      session: this.#session,
      language: this.#chosenLanguage,
    };
    this.#conversation = new Conversation(service, this.#shell, this.#t);
    this.#shell.log.append(...messages);
    this.#shell.composer.text = draft;
    this.#showRestart(messages.length > 0);
    if (this.#session.accepted) this.#welcome(messages.length === 0 && this.#session.conversationId !== null);
    else this.#shell.intro.replaceChildren(disclosureCard(config, () => this.#accept(), this.#t));
    this.#root.replaceChildren(...[this.#shell.panel, this.#shell.launcher].filter(Boolean));
  }

  #renderUnavailable(language) {
    const retry = async () => {
      await this.#load(language);
      this.open();
    };
    const actions = { retry, toggle: () => this.#toggle(), close: () => this.close() };
    this.#shell = buildUnavailable(this.#inline, actions, this.#t);
    this.#root.replaceChildren(...[this.#shell.panel, this.#shell.launcher].filter(Boolean));
  }

  #accept() {
    this.#session.accept();
    this.#welcome(false);
    this.#shell.intro.parentElement.scrollTop = 0;
    if (matchMedia("(pointer: fine)").matches) this.#shell.composer.focus();
    else this.#shell.intro.querySelector(".greeting-text").focus(); // no keyboard over the suggestions on a phone
  }

  #welcome(resumed) {
    this.#shell.intro.replaceChildren(
      greeting(this.#config, { resumed, ask: (question) => this.#ask(question) }, this.#t),
    );
    this.#shell.composer.lock(false);
  }

  #ask(question) {
    this.#showRestart(true);
    return this.#conversation.ask(question);
  }

  #restart() {
    this.#conversation.clear();
    this.#showRestart(false);
    this.#shell.say(this.#t("new_conversation_done"));
    this.#shell.composer.focus();
  }

  async #changeLanguage(language) {
    this.#conversation.stop();
    try {
      const config = await this.#fetchConfig(language);
      this.#chosenLanguage = language;
      this.#render(config);
    } catch (error) {
      console.error("Amtslotse is not reachable", error);
      this.#shell.say(this.#t("error_unreachable"));
      this.#shell.panel.querySelector("select").value = this.#config.language;
      return;
    }
    if (!this.#inline) this.#setOpen(true);
    this.#shell.panel.querySelector("select").focus();
  }

  #showRestart(visible) {
    this.#shell.panel.querySelector(".restart").hidden = !visible;
  }

  #setOpen(open) {
    this.#shell.panel.hidden = !open;
    this.#shell.launcher.setAttribute("aria-expanded", String(open));
    this.toggleAttribute("open", open);
  }

  #onKey(event) {
    if (this.#inline || this.#shell.panel.hidden) return;
    if (event.key === "Escape") this.close();
    if (event.key === "Tab" && matchMedia("(max-width: 480px)").matches) this.#wrapFocus(event);
  }

  /** On a phone the window covers the page: the focus must not wander off behind it. */
  #wrapFocus(event) {
    const stops = [...this.#shell.panel.querySelectorAll(FOCUSABLE)].filter((node) => node.getClientRects().length);
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (this.#root.activeElement !== from) return;
    event.preventDefault();
    to.focus();
  }
}
