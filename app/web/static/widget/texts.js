/** The window's wording, as the service sends it. */

/**
 * @typedef {(key: string, values?: Record<string, string | number>) => string} Translate
 * gives the text of a key with its {placeholders} filled in.
 */

/** Until the service has sent its texts, and when it can't: all that the widget says on its own. */
const FALLBACK = {
  launcher_open: "Chat",
  close: "Schließen",
  error_unreachable: "Der Chat ist gerade nicht erreichbar. Bitte versuchen Sie es später noch einmal.",
  retry: "Noch einmal versuchen",
};

/**
 * @param {Record<string, string>} [texts]
 * @returns {Translate}
 */
export function translator(texts = FALLBACK) {
  return (key, values = {}) =>
    (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
