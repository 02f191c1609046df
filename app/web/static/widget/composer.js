/** The question field with its one button: send, or stop while an answer comes. */

import { h, hidden } from "./dom.js";
import { icon } from "./icons.js";

const MAX_HEIGHT_PX = 140;

export class Composer {
  #t;
  #busy = false;

  /**
   * @param {{ask: (question: string) => void, stop: () => void, say: (text: string) => void}} actions
   * @param {import("./texts.js").Translate} t
   */
  constructor(actions, t) {
    this.#t = t;
    this.field = h("textarea", {
      id: "question",
      rows: "1",
      autocomplete: "off",
      enterkeyhint: "send",
      oninput: () => this.#grow(),
      onkeydown: (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.node.requestSubmit();
      },
    });
    this.sendButton = h(
      "button",
      { type: "submit", class: "send", "aria-label": t("send"), title: t("send") },
      icon("send"),
    );
    this.stopButton = h(
      "button",
      {
        type: "button",
        class: "send stop",
        "aria-label": t("stop"),
        title: t("stop"),
        hidden: true,
        onclick: actions.stop,
      },
      icon("stop"),
    );
    this.node = h(
      "form",
      {
        class: "composer",
        onsubmit: (event) => {
          event.preventDefault();
          if (this.#busy || this.field.disabled) return;
          const question = this.text;
          if (!question.trim()) {
            actions.say(t("input_empty"));
            return;
          }
          this.text = "";
          actions.ask(question);
        },
      },
      h("label", { for: "question" }, hidden(t("input_label"))),
      this.field,
      this.sendButton,
      this.stopButton,
    );
    this.lock(true);
  }

  /** Before the notice is confirmed nothing can be typed. */
  lock(locked) {
    this.field.disabled = locked;
    this.sendButton.disabled = locked;
    this.field.placeholder = this.#t(locked ? "input_locked" : "input_placeholder");
  }

  /** While an answer comes, the button stops it; typing the next question stays possible. */
  set busy(busy) {
    const focused = this.stopButton.matches(":focus") || this.sendButton.matches(":focus");
    this.#busy = busy;
    this.sendButton.hidden = busy;
    this.stopButton.hidden = !busy;
    if (focused) this.field.focus();
  }

  get text() {
    return this.field.value;
  }

  set text(value) {
    this.field.value = value;
    this.#grow();
  }

  focus() {
    this.field.focus();
  }

  #grow() {
    this.field.style.height = "auto";
    const borders = this.field.offsetHeight - this.field.clientHeight;
    if (this.field.scrollHeight)
      this.field.style.height = `${Math.min(this.field.scrollHeight + borders, MAX_HEIGHT_PX)}px`;
  }
}
