/** "Did this help?": one click, and a reason for whoever wants to give one. */

import { h } from "./dom.js";

const REASONS = {
  not_my_question: "feedback_not_my_question",
  incomplete: "feedback_incomplete",
  wrong: "feedback_wrong",
  unclear: "feedback_unclear",
  other: "feedback_other",
};
const MOST_CHARS = 500;
let forms = 0;

/**
 * @param {{helpful: boolean, reason?: string | null, comment?: string | null} | null} before what was said earlier
 * @param {(given: {helpful: boolean, reason?: string, comment?: string}) => Promise<void>} send
 * @param {(text: string) => void} say
 * @param {import("./texts.js").Translate} t
 */
export function feedbackRow(before, send, say, t) {
  const id = `feedback-${++forms}`;
  const place = h("div");
  const give = async (given) => {
    try {
      await send(given);
    } catch {
      say(t("feedback_failed"));
      return false;
    }
    press(given.helpful);
    say(t("feedback_thanks"));
    return true;
  };
  const yes = vote(t("feedback_yes"), id, async () => (await give({ helpful: true })) && place.replaceChildren());
  const no = vote(t("feedback_no"), id, async () => {
    if ((await give({ helpful: false })) && !place.firstChild) place.append(why(id, give, () => place.replaceChildren(), no, t));
  });
  const press = (helpful) => {
    yes.setAttribute("aria-pressed", String(helpful === true));
    no.setAttribute("aria-pressed", String(helpful === false));
  };
  press(before?.helpful);
  const question = h("span", { id }, t("feedback_question"));
  return h("div", { class: "feedback" }, h("div", { class: "feedback-row", role: "group", "aria-labelledby": id }, question, h("span", {}, yes, no)), place);
}

function vote(label, question, onclick) {
  return h("button", { type: "button", class: "vote", "aria-describedby": question, onclick }, label);
}

/** Reasons and words; sent with another click, so that nobody has to. */
function why(id, give, close, back, t) {
  const comment = h("textarea", { id: `${id}-comment`, rows: "2", maxlength: MOST_CHARS });
  const onsubmit = async (event) => {
    event.preventDefault();
    const given = { helpful: false };
    const reason = new FormData(form).get("reason");
    if (reason) given.reason = reason;
    if (comment.value.trim()) given.comment = comment.value.trim();
    if (!(await give(given))) return;
    close();
    back.focus();
  };
  const form = h(
    "form",
    { class: "form", onsubmit },
    h(
      "fieldset",
      {},
      h("legend", {}, t("feedback_why")),
      Object.entries(REASONS).map(([value, key]) => h("label", { class: "choice" }, h("input", { type: "radio", name: "reason", value }), h("span", {}, t(key)))),
    ),
    h("label", { for: comment.id }, t("feedback_comment")),
    comment,
    h("button", { type: "submit", class: "outline-button" }, t("feedback_send")),
  );
  return form;
}
