/** What stands below an answer's words: notices, next steps, office, topics, sources, reference number. */

import { sourceName } from "./citations.js";
import { externalLink, h, safeUrl, spokenIn } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @typedef {import("./texts.js").Translate} Translate
 * @typedef {import("./api.js").Office} Office
 */

/** @param {string[]} notices @param {string} language theirs @param {Translate} t */
export function noticeList(notices, language, t) {
  if (!notices.length) return null;
  return h(
    "div",
    { class: "notice", role: "note", "aria-label": t("notices") },
    icon("info"),
    h(
      "div",
      spokenIn(language),
      notices.map((notice) => h("p", {}, notice)),
    ),
  );
}

/** @param {{title: string, url: string | null} | null} service @param {Translate} t */
export function onlineServiceButton(service, t) {
  if (!service?.url || !safeUrl(service.url)) return null;
  const label = t("online_service", { title: service.title });
  return externalLink(
    service.url,
    t("new_window"),
    { class: "primary-button online-service" },
    h("span", {}, label),
    icon("external"),
  );
}

/** @param {string} address */
export function mailUrl(address) {
  return `mailto:${encodeURI(address)}`;
}

/** @param {string} number as people write it */
export function phoneUrl(number) {
  return `tel:${number.replace(/[^\d+]/g, "")}`;
}

/** @param {Office} office */
export function hoursTable(office) {
  const rows = office.hours.map(([day, hours]) => h("tr", {}, h("th", { scope: "row" }, day), h("td", {}, hours)));
  return h("table", {}, h("tbody", {}, rows));
}

/** A mail address that breaks behind its @ where the line is too narrow. @param {string} address */
function mailLink(address) {
  const [name, host] = address.split("@");
  return h("a", { href: mailUrl(address) }, `${name}@`, h("wbr"), host);
}

/** Says where it leads before anybody goes there: nothing of a map is loaded into the chat. */
function mapLink(office, map, t) {
  const url = map && safeUrl(map.replace("{address}", encodeURIComponent(office.address)));
  if (!url) return null;
  const label = t("office_map", { site: new URL(url).host });
  return externalLink(url, t("new_window"), { class: "quiet-button", referrerpolicy: "no-referrer" }, icon("pin"), label);
}

/**
 * @param {Office | null} office
 * @param {Translate} t
 * @param {{map?: string | null, past?: boolean}} [options] `map`: address of a map with `{address}` in it; `past`: what
 *   was open when the answer was given may be closed now
 */
export function officeCard(office, t, { map = null, past = false } = {}) {
  if (!office) return null;
  const row = (name, label, ...value) =>
    h("div", {}, h("dt", {}, icon(name), h("span", { class: "sr-only" }, label)), h("dd", {}, ...value));
  return h(
    "section",
    { class: "office", "aria-label": `${t("office_heading")}: ${office.name}` },
    h(
      "div",
      { class: "office-head" },
      h("p", { class: "office-name" }, h("span", { class: "overline" }, t("office_heading")), office.name),
      !past &&
        h(
          "p",
          { class: office.open_now ? "badge badge-open" : "badge badge-closed" },
          t(office.open_now ? "office_open" : "office_closed"),
        ),
    ),
    h(
      "dl",
      {},
      row("pin", t("office_address"), office.address),
      row("phone", t("office_phone"), h("a", { href: phoneUrl(office.phone), dir: "ltr" }, office.phone)),
      row("mail", t("office_email"), mailLink(office.email)),
    ),
    h("details", {}, h("summary", {}, t("office_hours")), hoursTable(office)),
    h(
      "div",
      { class: "office-actions" },
      office.appointment_url &&
        externalLink(office.appointment_url, t("new_window"), { class: "outline-button" }, t("office_appointment")),
      safeUrl(office.url) &&
        externalLink(office.url, t("new_window"), { class: "quiet-button" }, icon("external"), t("office_website")),
      mapLink(office, map, t),
    ),
  );
}

/**
 * @param {string} heading
 * @param {{title: string, question?: string, url?: string | null, language?: string}[]} topics `question`: what is
 *   asked, where that is more than the title
 * @param {(question: string) => void} ask
 * @param {Translate} t
 */
export function topicButtons(heading, topics, ask, t) {
  if (!topics.length) return null;
  const rows = topics.map(({ title, question = title, url, language }) =>
    h(
      "li",
      {},
      h("button", { type: "button", class: "topic", ...spokenIn(language), onclick: () => ask(question) }, title),
      url &&
        safeUrl(url) &&
        externalLink(
          url,
          t("new_window"),
          { class: "icon-button", "aria-label": `${t("suggestion_page", { title })} ${t("new_window")}` },
          icon("external"),
        ),
    ),
  );
  return h("div", { class: "topics" }, h("p", { class: "overline" }, heading), h("ul", {}, rows));
}

/** @param {import("./api.js").Source[]} sources @param {Translate} t */
export function sourceList(sources, t) {
  if (!sources.length) return null;
  const rows = sources.map((source) =>
    h("li", { value: source.number }, externalLink(source.url, t("new_window"), spokenIn(source.language), sourceName(source))),
  );
  return h("div", { class: "sources" }, h("p", { class: "overline" }, t("sources")), h("ol", {}, rows));
}

/**
 * The number under which the service desk finds the answer, with a button that copies it.
 * @param {string} id
 * @param {(text: string) => void} say tells the citizen how it went
 * @param {Translate} t
 */
export function reference(id, say, t) {
  const code = h("code", {}, id);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(id);
      say(t("reference_copied"));
    } catch {
      getSelection().selectAllChildren(code); // no clipboard access (plain http, or refused)
      say(t("reference_copy_failed"));
    }
  };
  return h(
    "p",
    { class: "reference" },
    h("span", {}, `${t("reference")}: `, code),
    h(
      "button",
      { type: "button", class: "quiet-button", onclick: copy },
      t("reference_copy"),
    ),
  );
}
