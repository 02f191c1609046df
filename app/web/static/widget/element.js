/** `<amtslotse-chat>`: loads the town's texts, puts the window together, opens and closes it. */

import { fetchConfig } from "./api.js";
import { Conversation } from "./conversation.js";
import { disclosureCard, greeting } from "./intro.js";
import { Look, LOOKS } from "./look.js";
import { markCopied } from "./marking.js";
import { Session } from "./session.js";
import { buildShell } from "./shell.js";
import { translator } from "./texts.js";
import { buildUnavailable } from "./unavailable.js";

const FOCUSABLE = "a[href], button:not(:disabled), textarea:not(:disabled), select, summary";
const STANDING_MODES = ["inline", "page"]; // always open; any other value is the bubble in the corner

/** Attributes of the element, and with `data-` before them of the script tag; see widget.js. */
export const OPTIONS = ["tenant", "language", "mode", "greeting", ...LOOKS];

export class AmtslotseChat extends HTMLElement {
  static observedAttributes = ["mode", "language", ...LOOKS];
  /** URL of the service, ending in a slash. */
  static base = "";
  /** By option, from the script tag. */
  static defaults = {};

  #root = this.attachShadow({ mode: "open" });
  #look = new Look();
  #chosenLanguage = "";
  #config = null;
  #session = null;
  #service = null;
  #shell = null;
  #conversation = null;
  #t = translator();

  get #mode() {
    const mode = this.getAttribute("mode");
    return STANDING_MODES.includes(mode) ? mode : "bubble";
  }

  get #stands() {
    return this.#mode !== "bubble";
  }

  async connectedCallback() {
    if (this.#root.firstElementChild || this.#service) return; // moved within the page
    for (const [name, value] of Object.entries(AmtslotseChat.defaults)) {
      if (value && !this.hasAttribute(name)) this.setAttribute(name, value);
    }
    this.#look.apply(this);
    this.#root.adoptedStyleSheets = this.#look.sheets;
    this.#root.addEventListener("keydown", (event) => this.#onKey(event));
    this.#root.addEventListener("copy", (event) => markCopied(event, this.#root, this.#config?.name, this.#t));
    await this.#load(this.getAttribute("language") || document.documentElement.lang.split("-")[0]);
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.#config) return;
    if (LOOKS.includes(name)) this.#look.apply(this);
    else if (name === "mode") this.#render(this.#config);
    else this.#load(after);
  }

  disconnectedCallback() {
    this.#conversation?.stop();
  }

  /** Opens the window and moves the focus into it. */
  open() {
    if (!this.#shell) return;
    if (!this.#stands) this.#setOpen(true);
    if (this.#session?.accepted) this.#shell.composer.focus();
    else this.#shell.panel.querySelector(".intro .heading, .unavailable button")?.focus();
  }

  /** Closes the window and gives the focus back to its button; a running answer goes on. */
  close() {
    if (!this.#shell || this.#stands) return;
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
      if (!this.#config) this.#renderUnavailable(language);
    }
  }

  #fetchConfig(language) {
    return fetchConfig(AmtslotseChat.base, this.getAttribute("tenant"), language);
  }

  #render(config) {
    const messages = this.#conversation ? [...this.#shell.log.childNodes] : [];
    const draft = this.#conversation ? this.#shell.composer.text : "";
    this.#config = config;
    this.#session ??= new Session(config.tenant);
    this.#t = translator(config.texts);
    this.#service = {
      base: AmtslotseChat.base,
      config,
      session: this.#session,
      language: this.#chosenLanguage,
      style: this.#service?.style ?? "standard",
    };
    this.#shell = buildShell(
      config,
      { mode: this.#mode, plain: this.#service.style === "einfach" },
      {
        ask: (question) => this.#ask(question),
        stop: () => this.#conversation.stop(),
        toggle: () => this.#toggle(),
        close: () => this.close(),
        restart: () => this.#restart(),
        changeLanguage: (language) => this.#changeLanguage(language),
        changePlain: (plain) => this.#changePlain(plain),
      },
      this.#t,
    );
    this.#conversation = new Conversation(this.#service, this.#shell, this.#t);
    this.#shell.log.append(...messages);
    this.#shell.composer.text = draft;
    this.#showRestart(messages.length > 0);
    if (this.#session.accepted) this.#welcome(messages.length === 0 && this.#session.conversationId !== null);
    else this.#shell.intro.replaceChildren(disclosureCard(config, this.#mode, () => this.#accept(), this.#t));
    this.#show();
  }

  #renderUnavailable(language) {
    const retry = async () => {
      await this.#load(language);
      this.open();
    };
    const actions = { retry, toggle: () => this.#toggle(), close: () => this.close() };
    this.#shell = buildUnavailable(this.#mode, actions, this.#t);
    this.#show();
  }

  #show() {
    this.#root.replaceChildren(...[this.#shell.panel, this.#shell.launcher].filter(Boolean));
    this.toggleAttribute("open", !this.#shell.panel.hidden);
  }

  #accept() {
    this.#session.accept();
    this.#welcome(false);
    this.#shell.intro.parentElement.scrollTop = 0;
    if (matchMedia("(pointer: fine)").matches) this.#shell.composer.focus();
    else this.#shell.intro.querySelector(".greeting-text").focus(); // no keyboard over the suggestions on a phone
  }

  /** The page's own greeting counts until a visitor chooses another language. */
  #welcome(resumed) {
    const own = this.#chosenLanguage ? null : this.getAttribute("greeting");
    this.#shell.intro.replaceChildren(
      greeting(
        { ...this.#config, greeting: own || this.#config.greeting },
        { resumed, ask: (question) => this.#ask(question) },
        this.#t,
      ),
    );
    this.#shell.composer.lock(false);
    if (resumed) this.#conversation.restore();
    else this.#conversation.showTools();
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
    const wasOpen = !this.#shell.panel.hidden;
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
    if (!this.#stands) this.#setOpen(wasOpen);
    this.#shell.panel.querySelector("select").focus();
  }

  /** From the next question on; the conversation goes on. */
  #changePlain(plain) {
    this.#service.style = plain ? "einfach" : "standard";
    this.#shell.say(this.#t(plain ? "plain_language_on" : "plain_language_off"));
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
    if (this.#stands || this.#shell.panel.hidden) return;
    if (event.key === "Escape") this.close();
    if (event.key === "Tab" && matchMedia("(max-width: 30em)").matches) this.#wrapFocus(event);
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
