/**
 * How one chat looks and where it stands, by the attributes of its element. Style sheets as objects, because a strict
 * Content-Security-Policy allows no style element and no style attribute.
 */

import { hex, onColour, parseColour, readableOn } from "./colours.js";
import { css } from "./css.js";

const SHEETS = ["base", "window", "composer", "intro", "messages", "cards", "actions", "adapt"]; // later ones win
const DARK = { auto: "(prefers-color-scheme: dark)", dark: "all", light: "not all" };
const LIGHT_SURFACES = ["#e8f0fb", "#ffffff"].map(parseColour);
const DARK_SURFACES = ["#22314a", "#1a212c"].map(parseColour);
const MOST_OFFSET_PX = 400;

/** Attributes that can change while the chat is shown. */
export const LOOKS = ["theme", "position", "offset", "accent", "header"];

const shared = SHEETS.map((name) => sheet(css[name]));
const host = sheet(css.host);
const tokens = sheet(css.tokens);

export class Look {
  #own = sheet("");
  #dark = sheet(css.dark);
  #ownDark = sheet("");

  /** @type {CSSStyleSheet[]} to adopt; they follow `apply` */
  sheets = [host, tokens, this.#dark, this.#own, this.#ownDark, ...shared];

  /** Reads the attributes of LOOKS; what cannot be understood counts as not given. @param {HTMLElement} element */
  apply(element) {
    const dark = DARK[element.getAttribute("theme")] ?? DARK.auto;
    this.#dark.media.mediaText = dark;
    this.#ownDark.media.mediaText = dark;
    const accent = parseColour(element.getAttribute("accent"));
    const header = parseColour(element.getAttribute("header")) ?? accent;
    this.#own.replaceSync(rule([...place(element), ...colours(accent, header, LIGHT_SURFACES)]));
    this.#ownDark.replaceSync(rule(colours(accent, parseColour(element.getAttribute("header")), DARK_SURFACES)));
  }
}

function sheet(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

function rule(declarations) {
  return `:host{${declarations.map(([name, value]) => `--amtslotse-${name}:${value}`).join(";")}}`;
}

function colours(accent, header, surfaces) {
  const found = [];
  if (accent) {
    const readable = readableOn(accent, ...surfaces);
    found.push(["accent", hex(readable)], ["on-accent", hex(onColour(readable))]);
  }
  if (header) found.push(["header", hex(header)], ["on-header", hex(onColour(header))]);
  return found;
}

/** `position` is a side of the screen; without one, the chat stands where lines of the page end. */
function place(element) {
  const given = element.getAttribute("position");
  const side = given === "left" || given === "right" ? given : defaultSide(element);
  const [aside, below = aside] = (element.getAttribute("offset") ?? "")
    .split(/\s+/)
    .map((part) => (/^\d{1,3}(px)?$/.test(part) ? `${Math.min(parseInt(part, 10), MOST_OFFSET_PX)}px` : null));
  return [
    ["left", side === "left" ? "var(--amtslotse-offset-side)" : "auto"],
    ["right", side === "right" ? "var(--amtslotse-offset-side)" : "auto"],
    ...(aside ? [["offset-side", aside]] : []),
    ...(below ? [["offset-bottom", below]] : []),
  ];
}

function defaultSide(element) {
  const around = element.parentElement ?? document.documentElement;
  return getComputedStyle(around).direction === "rtl" ? "left" : "right";
}
