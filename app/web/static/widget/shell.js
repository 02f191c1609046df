/** The chat window itself: launcher, header, message area, status line, question field, foot. No behaviour of its own. */

import { Composer } from "./composer.js";
import { externalLink, h } from "./dom.js";
import { icon } from "./icons.js";

const SAID_FOR_MS = 8_000;

/**
 * @typedef {object} Shell
 * @property {HTMLElement | null} launcher null in inline mode
 * @property {HTMLElement} panel
 * @property {HTMLElement} intro place of the notice, later of the greeting
 * @property {HTMLElement} log complete messages; a live region
 * @property {HTMLElement} pending the answer that is being written; not live
 * @property {Composer} composer
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
 */

/**
 * @param {import("./api.js").Config} config
 * @param {boolean} inline
 * @param {Actions} actions
 * @param {import("./texts.js").Translate} t
 * @returns {Shell}
 */
export function buildShell(config, inline, actions, t) {
  const intro = h("div", { class: "intro-place" });
  const log = h("div", { class: "log", role: "log", "aria-label": t("log_label") });
  const pending = h("div", { class: "pending" });
  const scroller = h("div", { class: "scroller" }, intro, log, pending);
  const status = h("p", { class: "status", role: "status" });
  const say = sayer(status);
  const composer = new Composer({ ask: actions.ask, stop: actions.stop, say }, t);
  const panel = h(
    "section",
    {
      class: "panel",
      id: "panel",
      role: inline ? "region" : "dialog",
      "aria-labelledby": "title",
      lang: config.language,
      dir: config.dir,
      hidden: !inline,
    },
    header(config, inline, actions, t),
    scroller,
    status,
    composer.node,
    foot(config, actions, t),
  );
  return {
    launcher: inline ? null : launcherButton(actions.toggle, t("launcher_open")),
    panel,
    intro,
    log,
    pending,
    composer,
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

function header(config, inline, actions, t) {
  return h(
    "header",
    {},
    h("span", { class: "emblem" }, icon("compass")),
    h(
      "div",
      { class: "titles" },
      h("h2", { id: "title" }, t("title", { name: config.name })),
      h("p", {}, t("subtitle")),
    ),
    !inline &&
      h(
        "button",
        { type: "button", class: "icon-button", "aria-label": t("close"), title: t("close"), onclick: actions.close },
        icon("close"),
      ),
  );
}

function foot(config, actions, t) {
  const options = config.languages.map((code) => {
    const name = new Intl.DisplayNames([code], { type: "language" }).of(code);
    return h("option", { value: code, lang: code, selected: code === config.language }, name);
  });
  return h(
    "footer",
    {},
    externalLink(config.privacy.notice_url, t("new_window"), {}, t("privacy_short")),
    options.length > 1 &&
      h(
        "select",
        { "aria-label": t("language_choice"), onchange: (event) => actions.changeLanguage(event.target.value) },
        options,
      ),
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
