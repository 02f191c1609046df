/** What a citizen can do with one answer: copy, print, hear it; say whether it helped; ask a person. */

import { sendFeedback, sendHandover } from "./api.js";
import { h } from "./dom.js";
import { feedbackRow } from "./feedback.js";
import { humanOffer } from "./human.js";
import { icon } from "./icons.js";
import { markOf } from "./marking.js";
import { asText, print, readable, readablePage } from "./readable.js";
import { readAloudButton } from "./speech.js";

const PERSON_FIRST = new Set(["not_in_knowledge", "decided_by_staff", "failed", "busy"]);

/**
 * @param {import("./api.js").Exchange} exchange
 * @param {import("./answer.js").Context} context
 * @param {import("./texts.js").Translate} t
 * @returns {{person: HTMLElement | null, tools: HTMLElement, feedback: HTMLElement | null}}
 */
export function answerActions(exchange, { service, say }, t) {
  const { base, config } = service;
  const { answer } = exchange;
  const spoken = [{ text: t("disclosure_short"), language: config.language }, ...answer.statements];
  const tools = h(
    "div",
    { class: "answer-tools" },
    tool("copy", t("copy"), () => copy(exchange, config, say, t)),
    tool("print", t("print"), () => print(readablePage([exchange], config, t))),
    readAloudButton(spoken, t),
  );
  const own = answer.answer_id && answer.conversation_id?.length >= 16;
  const give = (given) => sendFeedback(base, config.tenant, answer, given);
  const feedback = own && answer.status !== "emergency" ? feedbackRow(exchange.feedback, give, say, t) : null;
  return { person: personOffer(exchange, service, t), tools, feedback };
}

/** @param {import("./api.js").Exchange} exchange its answer may be missing altogether */
export function personOffer({ question, answer }, { base, config, session, language }, t) {
  const office = answer.office ?? config.office;
  if (!office || answer.status === "emergency") return null;
  const offer = {
    office,
    question,
    days: config.handover?.form ? config.handover.retention_days : null,
    prominent: PERSON_FIRST.has(answer.status),
  };
  const about = { language: language || config.language, conversation_id: answer.conversation_id ?? session.conversationId };
  if (answer.answer_id && about.conversation_id) about.answer_id = answer.answer_id;
  return humanOffer(offer, (sent) => sendHandover(base, config.tenant, { ...sent, ...about }), t);
}

function tool(name, label, onclick) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick }, icon(name));
}

async function copy(exchange, config, say, t) {
  const mark = markOf(exchange.answer.statements, config.name, t);
  const text = asText(exchange, mark, t);
  const page = readable(exchange, t);
  page.append(h("p", {}, h("em", {}, `[${mark}]`)));
  const blob = (type, content) => new Blob([content], { type });
  try {
    const html = new XMLSerializer().serializeToString(page);
    const both = { "text/plain": blob("text/plain", text), "text/html": blob("text/html", html) };
    if (globalThis.ClipboardItem) await navigator.clipboard.write([new ClipboardItem(both)]);
    else await navigator.clipboard.writeText(text);
    say(t("copied"));
  } catch {
    say(t("copy_failed")); // no clipboard access: plain http, or refused
  }
}
