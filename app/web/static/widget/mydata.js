/** What a citizen can do with the whole conversation: save it, print it, erase it. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { print, readablePage, save } from "./readable.js";

/**
 * @param {object} actions
 * @param {() => Promise<object>} actions.load everything that the service keeps of the conversation
 * @param {() => Promise<void>} actions.erase erases it there and here
 * @param {(text: string) => void} actions.say
 * @param {import("./api.js").Config} config
 * @param {import("./texts.js").Translate} t
 */
export function dataMenu({ load, erase, say }, config, t) {
  const withExport = (use) => async () => {
    try {
      use(await load());
    } catch {
      say(t("data_failed"));
    }
  };
  const page = (kept) => readablePage(kept.exchanges, config, t);
  const written = (kept) => new XMLSerializer().serializeToString(page(kept).documentElement);
  const asPage = (kept) => save("chat.html", "text/html", `<!doctype html>\n${written(kept)}`);
  const asData = (kept) => save("chat.json", "application/json", JSON.stringify(kept, null, 2));
  const place = h("div");
  const menu = h(
    "details",
    { class: "my-data" },
    h("summary", {}, t("data_heading")),
    h(
      "div",
      { class: "data-actions" },
      button("page", t("data_readable"), withExport(asPage)),
      button("list", t("data_json"), withExport(asData)),
      button("print", t("data_print"), withExport((kept) => print(page(kept)))),
      button("trash", t("data_erase"), () => place.firstChild || place.append(confirmation())),
    ),
    place,
  );
  const confirmation = () => {
    const back = () => {
      place.replaceChildren();
      menu.querySelector(".data-actions").lastElementChild.focus();
    };
    const yes = async () => {
      try {
        await erase();
        menu.open = false;
        place.replaceChildren();
      } catch {
        say(t("data_failed"));
      }
    };
    const question = h("p", { tabindex: "-1" }, t("data_erase_question"));
    setTimeout(() => question.focus());
    return h(
      "div",
      { class: "confirm", role: "group", "aria-label": t("data_erase") },
      question,
      h("button", { type: "button", class: "primary-button danger", onclick: yes }, t("data_erase_yes")),
      h("button", { type: "button", class: "outline-button", onclick: back }, t("data_erase_no")),
    );
  };
  return menu;
}

function button(name, label, onclick) {
  return h("button", { type: "button", class: "quiet-button", onclick }, icon(name), label);
}
