/** What went wrong, as a sentence, with what the citizen can do next. */

import { officeCard } from "./cards.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";

const WITH_OFFICE = new Set(["failed", "unreachable"]);

/**
 * @param {import("./api.js").Problem} problem
 * @param {import("./api.js").Office | null} office who helps when the chat can't
 * @param {(() => void) | null} retry
 * @param {import("./texts.js").Translate} t
 * @param {{silent?: boolean}} [options] `silent`: the answer has said it already, offer only the next step
 */
export function problemBox(problem, office, retry, t, { silent = false } = {}) {
  return h(
    "div",
    { class: "problem", "data-code": problem.code },
    !silent && h("p", { class: "problem-title" }, icon("warning"), t("error_heading")),
    !silent && h("p", {}, problem.detail || t(`error_${problem.code}`)),
    retry && retryButton(problem.retryAfterSeconds, retry, t),
    !silent && WITH_OFFICE.has(problem.code) && officeCard(office, t),
  );
}

/** Can be pressed once the service wants to be asked again. */
function retryButton(seconds, retry, t) {
  const button = h(
    "button",
    { type: "button", class: "outline-button", "aria-live": "off", onclick: retry },
    t("retry"),
  );
  if (seconds <= 0) return button;
  let left = seconds;
  const tick = () => {
    button.disabled = left > 0;
    button.textContent = left > 0 ? t("retry_in", { seconds: left }) : t("retry");
    left -= 1;
    if (left < -1) clearInterval(timer);
  };
  const timer = setInterval(tick, 1000);
  tick();
  return button;
}
