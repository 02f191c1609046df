/** What a citizen can do next, from the text that answered: documents to bring, fees, further questions. */

import { h, spokenIn } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @typedef {import("./texts.js").Translate} Translate
 * @typedef {import("./api.js").NextSteps} NextSteps
 */

/** A list to tick off; ticks live on this page only. @param {NextSteps} steps @param {Translate} t */
export function checklist(steps, t) {
  if (!steps.documents.length) return null;
  const rows = steps.documents.map((text) => h("li", {}, h("label", {}, h("input", { type: "checkbox" }), h("span", {}, text))));
  const heading = t("checklist_heading", { count: steps.documents.length });
  return card("list", heading, steps, steps.document_notes, t, h("ul", { class: "checklist" }, rows), h("p", { class: "hint" }, t("checklist_hint")));
}

/** @param {NextSteps} steps @param {string} language that of the window @param {Translate} t */
export function feeTable(steps, language, t) {
  if (!steps.fees.length) return null;
  const rows = steps.fees.map(({ what, amount }) => h("tr", {}, h("th", { scope: "row" }, what), h("td", {}, amount)));
  const head = h("tr", { lang: language }, h("th", { scope: "col" }, t("fee_what")), h("th", { scope: "col" }, t("fee_amount")));
  const table = h("table", spokenIn(steps.language), h("thead", {}, head), h("tbody", {}, rows));
  return card("coins", t("fees_heading", { count: steps.fees.length }), steps, steps.fee_notes, t, table);
}

/** Closed at first: the answer stands above, and a list may be long. */
function card(name, heading, steps, notes, t, content, ...hints) {
  return h(
    "details",
    { class: "card" },
    h("summary", {}, icon(name), h("span", {}, heading)),
    h("div", { class: "card-text", ...spokenIn(steps.language) }, content, notes.length > 0 && h("p", {}, notes.join(" "))),
    h("p", { class: "origin" }, t("label_quote", { source: steps.title })),
    ...hints,
  );
}
