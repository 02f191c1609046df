/** A town's own colour, made readable: contrasts are those of WCAG 2.2 (1.4.3), 4.5 for text. */

const TEXT = 4.5;
const STEP = 0.04;

/** @param {string | null} text `#rgb` or `#rrggbb` @returns {number[] | null} red, green and blue, 0 to 255 */
export function parseColour(text) {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text?.trim() ?? "")?.[1];
  if (!digits) return null;
  const whole = digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits;
  return [0, 2, 4].map((start) => parseInt(whole.slice(start, start + 2), 16));
}

/** The same colour, mixed with black or white until it can be read on each of these. */
export function readableOn(colour, ...surfaces) {
  const towards = luminance(surfaces[0]) > 0.2 ? 0 : 255;
  for (let share = 0; share < 1; share += STEP) {
    const mixed = colour.map((channel) => Math.round(channel + (towards - channel) * share));
    if (surfaces.every((surface) => contrast(mixed, surface) >= TEXT)) return mixed;
  }
  return [towards, towards, towards];
}

/** What is written on that colour: black or white, whichever stands out more. */
export function onColour(colour) {
  const [black, white] = [
    [0, 0, 0],
    [255, 255, 255],
  ];
  return contrast(colour, white) >= TEXT || contrast(colour, white) > contrast(colour, black) ? white : black;
}

/** As CSS writes it. */
export function hex(colour) {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = colour
    .map((channel) => channel / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
