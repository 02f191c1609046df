/** The notice before the first question (AI Act Art. 50, GDPR Art. 13), and the greeting after it. */

import { topicButtons } from "./cards.js";
import { externalLink, h } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @param {import("./api.js").Config} config
 * @param {() => void} accept called when the citizen has confirmed the notice
 * @param {import("./texts.js").Translate} t
 * @returns {HTMLElement} its heading can take the focus, so that reading starts there
 */
export function disclosureCard(config, accept, t) {
  const { privacy } = config;
  const row = (label, value) => h("div", {}, h("dt", {}, label), h("dd", {}, value));
  return h(
    "section",
    { class: "intro", "aria-label": t("intro_title") },
    h("h3", { tabindex: "-1" }, t("intro_title")),
    h("p", { class: "disclosure" }, icon("compass"), h("span", {}, config.disclosure)),
    h("p", {}, t("intro_no_personal_data")),
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
    h("button", { type: "button", class: "primary-button", onclick: accept }, t("intro_accept")),
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
    h("p", { class: "answer-disclosure" }, config.disclosure),
    resumed && h("p", { class: "answer-disclosure" }, t("session_resumed")),
    topicButtons(t("suggested_questions"), topics, ask, t),
  );
}
