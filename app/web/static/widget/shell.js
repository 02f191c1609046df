/** The chat window itself: launcher, header, toolbar, messages, status, question field, foot. No behaviour of its own. */

import { Composer } from "./composer.js";
import { externalLink, h } from "./dom.js";
import { icon } from "./icons.js";

const SAID_FOR_MS = 8_000;

/**
 * @typedef {object} Shell
 * @property {HTMLElement | null} launcher null where the chat stands in the page
 * @property {HTMLElement} panel
 * @property {HTMLElement} intro place of the notice, later of the greeting
 * @property {HTMLElement} log complete messages; a live region
 * @property {HTMLElement} pending the answer that is being written; not live
 * @property {Composer} composer
 * @property {HTMLElement} tools place of what can be done with the whole conversation; above the question field
 * @property {(text: string, options?: {busy?: boolean}) => void} say shows and announces a status
 * @property {(message: HTMLElement) => () => void} follow gives a function that keeps the message in view
 *
 * @typedef {object} Actions
 * @property {(question: string) => void} ask
 * @property {() => void} stop
 * @property {() => void} toggle
 * @property {() => void} close
 * @property {() => void} restart
 * @property {(language: string) => void} changeLanguage
 * @property {(plain: boolean) => void} changePlain
 */

/**
 * @param {import("./api.js").Config} config
 * @param {{mode: "bubble" | "inline" | "page", plain: boolean}} state `plain`: answers are wanted in plain language
 * @param {Actions} actions
 * @param {import("./texts.js").Translate} t
 * @returns {Shell}
 */
export function buildShell(config, { mode, plain }, actions, t) {
  const stands = mode !== "bubble";
  const intro = h("div", { class: "intro-place" });
  const log = h("div", { class: "log", role: "log", "aria-label": t("log_label") });
  const pending = h("div", { class: "pending" });
  const scroller = h("div", { class: "scroller" }, h("div", { class: "column" }, intro, log, pending));
  const status = h("p", { class: "status", role: "status" });
  const say = sayer(status);
  const composer = new Composer({ ask: actions.ask, stop: actions.stop, say }, t);
  const tools = h("div", { class: "tools" });
  const panel = h(
    "section",
    {
      class: `panel ${mode}`,
      id: "panel",
      role: stands ? "region" : "dialog",
      "aria-labelledby": "title",
      lang: config.language,
      dir: config.dir,
      hidden: !stands,
    },
    header(config, mode, actions, t),
    toolbar(config, plain, actions, t),
    scroller,
    status,
    tools,
    composer.node,
    foot(config, actions, t),
  );
  return {
    launcher: stands ? null : launcherButton(actions.toggle, t("launcher_open")),
    panel,
    intro,
    log,
    pending,
    composer,
    tools,
    say,
    follow: (message) => follower(scroller, message),
  };
}

/** The round button in the corner of the page. */
export function launcherButton(toggle, label) {
  return h(
    "button",
    {
      type: "button",
      class: "launcher",
      "aria-expanded": "false",
      "aria-controls": "panel",
      "aria-haspopup": "dialog",
      onclick: toggle,
    },
    icon("chat"),
    h("span", {}, label),
  );
}

function header(config, mode, actions, t) {
  return h(
    "header",
    { role: "none" }, // no landmark of the page around it
    h("span", { class: "emblem" }, icon("compass")),
    h(
      "div",
      { class: "titles" },
      h(mode === "page" ? "h1" : "h2", { id: "title" }, t("title", { name: config.name })),
      h("p", {}, t("subtitle")),
    ),
    mode === "bubble" &&
      h(
        "button",
        { type: "button", class: "icon-button", "aria-label": t("close"), title: t("close"), onclick: actions.close },
        icon("close"),
      ),
  );
}

/** In which language, and how simply, the chat speaks. */
function toolbar(config, plain, actions, t) {
  const options = config.languages.map((code) =>
    h("option", { value: code, lang: code, selected: code === config.language }, ownName(code)),
  );
  const choose = (event) => {
    const pressed = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(pressed));
    actions.changePlain(pressed);
  };
  return h(
    "div",
    { class: "toolbar" },
    options.length > 1 &&
      h(
        "span",
        { class: "language" },
        icon("globe"),
        h(
          "select",
          { "aria-label": t("language_choice"), onchange: (event) => actions.changeLanguage(event.target.value) },
          options,
        ),
      ),
    h(
      "button",
      { type: "button", class: "plain", "aria-pressed": String(plain), onclick: choose },
      h("span", { class: "knob", "aria-hidden": "true" }),
      t("plain_language"),
    ),
  );
}

/** "Deutsch", "Українська": as those who speak it write it. */
function ownName(code) {
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code);
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

function foot(config, actions, t) {
  return h(
    "footer",
    { role: "none" },
    externalLink(config.privacy.notice_url, t("new_window"), {}, t("privacy_short")),
    externalLink(config.accessibility_url, t("new_window"), {}, t("accessibility")),
    h(
      "button",
      { type: "button", class: "restart", hidden: true, onclick: actions.restart },
      icon("refresh"),
      t("new_conversation"),
    ),
  );
}

function sayer(status) {
  let timer;
  return (text, { busy = false } = {}) => {
    clearTimeout(timer);
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle("busy", busy);
    if (text && !busy) timer = setTimeout(() => (status.textContent = ""), SAID_FOR_MS);
  };
}

/** Scrolls until the question is at the top, so that an answer is read from its start; the citizen's own scrolling wins. */
function follower(scroller, message) {
  let following = true;
  for (const type of ["wheel", "touchmove", "keydown"]) {
    scroller.addEventListener(type, () => (following = false), { once: true, passive: true });
  }
  const follow = () => {
    if (following) scroller.scrollTop = message.offsetTop - 8;
  };
  follow();
  return follow;
}
