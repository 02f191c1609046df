/** The style sheets as objects to adopt: a strict Content-Security-Policy allows no style element. */

const NAMES = ["tokens", "base", "window", "composer", "intro", "messages", "cards", "adapt"]; // later ones win

/** @type {CSSStyleSheet[]} */
export const styles = await Promise.all(NAMES.map(load));

async function load(name) {
  const response = await fetch(new URL(`styles/${name}.css`, import.meta.url), { credentials: "omit" });
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return new CSSStyleSheet().replace(await response.text());
}
