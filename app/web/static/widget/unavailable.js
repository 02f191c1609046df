/** What stands in the window's place while the service can't be reached. */

import { h } from "./dom.js";
import { launcherButton } from "./shell.js";

/**
 * @param {boolean} inline
 * @param {{retry: () => void, toggle: () => void, close: () => void}} actions
 * @param {import("./texts.js").Translate} t
 * @returns {{panel: HTMLElement, launcher: HTMLElement | null}}
 */
export function buildUnavailable(inline, { retry, toggle, close }, t) {
  const panel = h(
    "section",
    {
      class: "panel unavailable",
      id: "panel",
      role: inline ? "region" : "dialog",
      "aria-label": t("launcher_open"),
      lang: "de",
      hidden: !inline,
    },
    h("p", {}, t("error_unreachable")),
    h("button", { type: "button", class: "primary-button", onclick: retry }, t("retry")),
    !inline && h("button", { type: "button", class: "outline-button", onclick: close }, t("close")),
  );
  return { panel, launcher: inline ? null : launcherButton(toggle, t("launcher_open")) };
}
