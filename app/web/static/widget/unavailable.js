/** What stands in the window's place while the service can't be reached. */

import { h } from "./dom.js";
import { launcherButton } from "./shell.js";

/**
 * @param {"bubble" | "inline" | "page"} mode
 * @param {{retry: () => void, toggle: () => void, close: () => void}} actions
 * @param {import("./texts.js").Translate} t
 * @returns {{panel: HTMLElement, launcher: HTMLElement | null}}
 */
export function buildUnavailable(mode, { retry, toggle, close }, t) {
  const stands = mode !== "bubble";
  const panel = h(
    "section",
    {
      class: `panel ${mode} unavailable`,
      id: "panel",
      role: stands ? "region" : "dialog",
      "aria-label": t("launcher_open"),
      lang: "de",
      hidden: !stands,
    },
    h("p", {}, t("error_unreachable")),
    h("button", { type: "button", class: "primary-button", onclick: retry }, t("retry")),
    !stands && h("button", { type: "button", class: "outline-button", onclick: close }, t("close")),
  );
  return { panel, launcher: stands ? null : launcherButton(toggle, t("launcher_open")) };
}
