/** Building DOM without markup: text from the network only ever becomes a text node. */

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [props] attributes; `onclick` and the like take a listener; null, undefined and
 *   false leave the attribute out, true sets it empty.
 * @param {...(Node | string | null | false | (Node | string | null | false)[])} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Text that only screen readers get. */
export function hidden(text) {
  return h("span", { class: "sr-only" }, text);
}

/** The URL when it is one that a citizen may safely follow (http, https), otherwise null. */
export function safeUrl(url) {
  try {
    const parsed = new URL(url);
    return ["http:", "https:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/**
 * A link that opens beside the chat, so that the conversation stays; without a safe URL, the children alone.
 * @param {string | null} url
 * @param {string} newWindow what screen readers say about it
 * @param {Record<string, unknown>} props
 * @param {...(Node | string)} children
 */
export function externalLink(url, newWindow, props, ...children) {
  const href = url && safeUrl(url);
  if (!href) return h("span", {}, ...children);
  return h("a", { ...props, href, target: "_blank", rel: "noopener" }, ...children, hidden(` ${newWindow}`));
}

/** The attributes of words in a language; none where it is not known. @param {string} [language] */
export function spokenIn(language) {
  return language ? { lang: language, dir: direction(language) } : {};
}

/** Writing direction of a language (ISO 639-1). */
export function direction(language) {
  return ["ar", "fa", "he", "ps", "ur", "yi"].includes(language) ? "rtl" : "ltr";
}

const NUMBER = /(\+?\d[\d ()/-]{3,}\d)/; // of several groups, such as phone numbers

/** Words whose numbers keep their order where sentences run from right to left. @returns {(Node | string)[]} */
export function numbersKept(text, language) {
  if (direction(language) === "ltr") return [text];
  return text.split(NUMBER).map((part, place) => (place % 2 ? h("bdi", { dir: "ltr" }, part) : part));
}
