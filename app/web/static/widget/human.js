/** "Speak to a person": the ways to an office, and a form where the town takes questions over from the chat. */

import { externalLink, h, safeUrl } from "./dom.js";
import { icon } from "./icons.js";
import { hoursTable, mailUrl, phoneUrl } from "./cards.js";

const CONTACT = /^(?:[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+|\+?\d[\d ()/-]{4,28}\d)$/;
const MOST_CHARS = 2000;
let forms = 0;

/**
 * @param {object} offer
 * @param {import("./api.js").Office} offer.office
 * @param {string} offer.question what the chat could not answer
 * @param {number | null} offer.days how long the town keeps what the form sends; null without a form
 * @param {boolean} offer.prominent
 * @param {(sent: {question: string, contact: string, consent: true}) => Promise<{message: string}>} send
 * @param {import("./texts.js").Translate} t
 */
export function humanOffer({ office, question, days, prominent }, send, t) {
  const id = `human-${++forms}`;
  const place = h("div", { id, hidden: true });
  const toggle = () => {
    if (!place.firstChild) place.append(ways(office, t), days === null ? "" : form(question, days, send, t));
    place.hidden = !place.hidden;
    button.setAttribute("aria-expanded", String(!place.hidden));
  };
  const button = h(
    "button",
    { type: "button", class: prominent ? "outline-button" : "quiet-button", "aria-expanded": "false", "aria-controls": id, onclick: toggle },
    icon("person"),
    t("human_offer"),
  );
  return h("div", { class: "human" }, button, place);
}

function ways(office, t) {
  const way = (href, name, text) => h("li", {}, h("a", { class: "way", href }, icon(name), h("span", {}, text)));
  const appointment = office.appointment_url && safeUrl(office.appointment_url);
  return h(
    "div",
    { class: "ways" },
    h("p", { class: "overline" }, t("human_ways", { office: office.name })),
    h(
      "ul",
      {},
      way(phoneUrl(office.phone), "phone", t("human_call", { phone: apart(office.phone) })),
      way(mailUrl(office.email), "mail", t("human_mail", { address: apart(office.email) })),
      appointment && h("li", {}, externalLink(appointment, t("new_window"), { class: "way" }, icon("calendar"), t("office_appointment"))),
    ),
    h("details", {}, h("summary", {}, t("human_visit")), h("p", {}, office.address), hoursTable(office)),
  );
}

/** Left to right within a sentence of whichever direction. */
function apart(text) {
  return `\u2066${text}\u2069`;
}

function form(question, days, send, t) {
  const id = `human-form-${forms}`;
  const words = h("textarea", { id: `${id}-question`, rows: "3", maxlength: MOST_CHARS, "aria-describedby": `${id}-hint` });
  const contact = h("input", { id: `${id}-contact`, type: "text", autocomplete: "email", maxlength: 254 });
  const consent = h("input", { type: "checkbox", id: `${id}-consent` });
  words.value = question;
  const fields = [
    [words, () => words.value.trim(), "human_error_question"],
    [contact, () => CONTACT.test(contact.value.trim()), "human_error_contact"],
    [consent, () => consent.checked, "human_error_consent"],
  ];
  const failed = h("p", { class: "error", role: "alert" });
  const onsubmit = async (event) => {
    event.preventDefault();
    failed.textContent = "";
    const wrong = fields.filter(([field, right, key]) => !mark(field, right() ? "" : t(key)));
    if (wrong.length) return wrong[0][0].focus();
    submit.disabled = true;
    try {
      const { message } = await send({ question: words.value.trim(), contact: contact.value.trim(), consent: true });
      const told = h("p", { class: "notice", tabindex: "-1" }, message);
      made.replaceWith(told);
      told.focus();
    } catch (problem) {
      submit.disabled = false;
      failed.textContent = problem.detail || t("human_failed");
    }
  };
  const submit = h("button", { type: "submit", class: "primary-button" }, t("human_send"));
  const made = h(
    "form",
    { class: "form", novalidate: true, onsubmit },
    h("p", { class: "overline" }, t("human_form")),
    field(t("human_question"), words),
    h("p", { class: "hint", id: `${id}-hint` }, t("human_masked")),
    field(t("human_contact"), contact),
    h("div", {}, h("label", { class: "choice" }, consent, h("span", {}, t("human_consent", { days }))), errorOf(consent)),
    failed,
    submit,
  );
  return made;
}

function field(label, control) {
  return h("div", {}, h("label", { for: control.id }, label), control, errorOf(control));
}

function errorOf(control) {
  return h("p", { class: "error", id: `${control.id}-error`, hidden: true });
}

/** Says below a field what is wrong with it; true when nothing is. */
function mark(control, text) {
  const place = control.getRootNode().getElementById(`${control.id}-error`);
  place.textContent = text;
  place.hidden = !text;
  if (text) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  const before = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== place.id);
  const ids = text ? [...before, place.id] : before;
  if (ids.length) control.setAttribute("aria-describedby", ids.join(" "));
  else control.removeAttribute("aria-describedby");
  return !text;
}
