/** The notice before the first question (AI Act Art. 50, GDPR Art. 13), and the greeting after it. */

import { noticeList, topicButtons } from "./cards.js";
import { externalLink, h } from "./dom.js";
import { icon } from "./icons.js";
import { legible } from "./marking.js";

/**
 * @param {import("./api.js").Config} config
 * @param {"bubble" | "inline" | "page"} mode of the window, whose heading stands above this one
 * @param {() => void} accept called when the citizen has confirmed the notice
 * @param {import("./texts.js").Translate} t
 * @returns {HTMLElement} its heading can take the focus, so that reading starts there
 */
export function disclosureCard(config, mode, accept, t) {
  const { privacy } = config;
  const row = (label, value) => h("div", {}, h("dt", {}, label), h("dd", {}, value));
  return h(
    "section",
    { class: "intro", "aria-label": t("intro_title") },
    h(mode === "page" ? "h2" : "h3", { class: "heading", tabindex: "-1" }, t("intro_title")),
    ...pauseNotices(config, t),
    h("p", { class: "disclosure" }, icon("compass"), h("span", {}, disclosure(config, t))),
    h("p", {}, t("intro_no_personal_data")),
    h("button", { type: "button", class: "primary-button", onclick: accept }, t("intro_accept")),
    h(
      "details",
      {},
      h("summary", {}, t("privacy_summary")),
      h(
        "dl",
        {},
        row(t("privacy_controller"), privacy.controller),
        row(t("privacy_officer"), privacy.data_protection_officer),
        row(t("privacy_purpose"), privacy.purpose),
        row(t("privacy_legal_basis"), privacy.legal_basis),
        row(t("privacy_retention"), t("privacy_retention_days", { days: privacy.retention_days })),
      ),
    ),
    h("p", {}, externalLink(privacy.notice_url, t("new_window"), {}, t("privacy_notice"))),
    h("p", {}, externalLink(config.transparency_url, t("new_window"), {}, t("transparency"))),
  );
}

/**
 * @param {import("./api.js").Config} config
 * @param {{resumed: boolean, ask: (question: string) => void}} options `resumed`: this tab asked before
 * @param {import("./texts.js").Translate} t
 */
export function greeting(config, { resumed, ask }, t) {
  const topics = config.suggested_questions.map((title) => ({ title }));
  return h(
    "div",
    { class: "greeting" },
    h("p", { class: "greeting-text", tabindex: "-1" }, config.greeting),
    ...pauseNotices(config, t),
    h("p", { class: "answer-disclosure" }, disclosure(config, t)),
    resumed && h("p", { class: "answer-disclosure resumed" }, t("session_resumed")),
    topicButtons(t("suggested_questions"), topics, ask, t),
  );
}

/** That a machine answers: in the service's words, or in the window's where those can't be read. */
function disclosure(config, t) {
  return legible(config.disclosure) ? config.disclosure : t("disclosure_short");
}

/** What the town says while the chat is paused, before anybody has typed a question in vain. */
function pauseNotices({ notices = [] }, t) {
  return notices.map(({ text, language }) => noticeList([text], language, t));
}
