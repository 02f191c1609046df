/** Questions and answers as a plain page with all their marks: to print, to save, to copy. */

import { sourceName } from "./citations.js";
import { h, safeUrl, spokenIn } from "./dom.js";

/**
 * @typedef {import("./texts.js").Translate} Translate
 * @typedef {import("./api.js").Exchange} Exchange
 */

const LABELS = { generated: "label_generated", rule: "label_rule", quote: "label_quote_pending" };

/** @param {Exchange[]} exchanges @param {import("./api.js").Config} config @param {Translate} t */
export function readablePage(exchanges, config, t) {
  const page = document.implementation.createHTMLDocument(t("title", { name: config.name }));
  page.documentElement.lang = config.language;
  page.documentElement.dir = config.dir;
  page.head.prepend(h("meta", { charset: "utf-8" }));
  page.body.append(h("h1", {}, t("title", { name: config.name })), ...exchanges.map((each) => readable(each, t)));
  return page;
}

/** One question and its answer. @param {Exchange} exchange @param {Translate} t */
export function readable({ question, asked_at, answer }, t) {
  const when = asked_at && new Date(asked_at).toLocaleString(answer.language);
  return h(
    "section",
    spokenIn(answer.language),
    h("h2", { dir: "auto" }, question),
    h("p", {}, h("small", {}, [when, t("assistant_badge")].filter(Boolean).join(" · "))),
    ...answer.statements.map((statement) => words(statement, t)),
    h("p", {}, h("em", {}, answer.disclosure)),
    answer.sources.length > 0 && h("h3", {}, t("sources")),
    answer.sources.length > 0 && h("ol", {}, answer.sources.map(source)),
    h("p", {}, h("small", {}, `${t("reference")}: ${answer.answer_id}`)),
  );
}

/** The same as text. @param {Exchange} exchange @param {string} mark that a machine says it @param {Translate} t */
export function asText({ answer }, mark, t) {
  const said = answer.statements.map(({ text, citations }) => text + citations.map((number) => ` [${number}]`).join(""));
  const sources = answer.sources.map((each) => `[${each.number}] ${sourceName(each)}${each.url ? `, ${each.url}` : ""}`);
  return [said.join("\n"), sources.length ? `${t("sources")}:\n${sources.join("\n")}` : "", `[${mark}]`]
    .filter(Boolean)
    .join("\n\n");
}

/** Prints a page without what stands around the chat; nothing of it is loaded. @param {Document} page */
export function print(page) {
  const frame = h("iframe", { "aria-hidden": "true", tabindex: "-1", hidden: true });
  document.body.append(frame);
  const inside = frame.contentWindow;
  frame.contentDocument.documentElement.replaceWith(frame.contentDocument.adoptNode(page.documentElement));
  inside.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  inside.print();
}

/** Saves a text as a file of the citizen's. */
export function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** @param {import("./api.js").Statement} statement */
function words({ text, citations, origin, language, digital_source_type }, t) {
  const cited = citations.map((number) => ` [${number}]`).join("");
  const marks = { "data-ai-generated": String(origin === "generated"), "data-digital-source-type": digital_source_type };
  const label = LABELS[origin] && h("small", {}, ` (${t(LABELS[origin])})`);
  return h(origin === "quote" ? "blockquote" : "p", { ...spokenIn(language), ...marks }, text, cited, label);
}

function source(each) {
  const href = each.url && safeUrl(each.url);
  const name = h("span", spokenIn(each.language), sourceName(each));
  return h("li", { value: each.number }, name, href && " ", href && h("a", { href }, href));
}
