/** Line icons on a 24 px grid, drawn in the text's colour and hidden from screen readers. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  chat: ["M4 5.5h16v11H11l-4.5 3.5v-3.5H4z", "M8 9.5h8", "M8 12.5h5"],
  calendar: ["M4 6h16v14H4z", "M4 10h16", "M8 3.5V6", "M16 3.5V6"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  compass: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M15.5 8.5l-2 5-5 2 2-5z"],
  coins: ["M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14z", "M14.5 9.3a3.4 3.4 0 1 0 0 5.4", "M7.8 11.2h4.4", "M7.8 13h4.4"],
  copy: ["M9 9h10v11H9z", "M15 9V4H5v11h4"],
  external: ["M13 5h6v6", "M19 5l-9 9", "M17 14v5H5V7h5"],
  globe: [
    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
    "M3.5 12h17",
    "M12 3c2.5 2.6 3.8 5.6 3.8 9s-1.3 6.4-3.8 9c-2.5-2.6-3.8-5.6-3.8-9S9.5 5.6 12 3z",
  ],
  info: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M12 11v5.5", "M12 7.5v.5"],
  list: ["M9 6h11", "M9 12h11", "M9 18h11", "M4 6l1 1 1.5-2", "M4 12l1 1 1.5-2", "M4 18l1 1 1.5-2"],
  mail: ["M4 6h16v12H4z", "M4 7l8 6 8-6"],
  page: ["M6 3.5h8l4 4v13H6z", "M13.5 3.5V8H18", "M9 12h6", "M9 15.5h6"],
  person: ["M12 4a3.6 3.6 0 1 0 0 7.2A3.6 3.6 0 0 0 12 4z", "M5 20c0-4 3-6 7-6s7 2 7 6"],
  phone: ["M6 4h3l1.5 4.5-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2L20 15v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z"],
  pin: [
    "M12 21s-6.5-6.2-6.5-11a6.5 6.5 0 0 1 13 0c0 4.8-6.5 11-6.5 11z",
    "M12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  ],
  print: ["M7 9V4h10v5", "M7 17H4V9h16v8h-3", "M7 14h10v6H7z"],
  refresh: ["M19 12a7 7 0 1 1-2.1-5", "M17.5 3v4.2h-4.2"],
  send: ["M4.5 12L20 4.5 15.5 20l-3.5-6.5z", "M12 13.5L20 4.5"],
  speaker: ["M4 10v4h3.5L12 18V6L7.5 10z", "M15 9.5a3.5 3.5 0 0 1 0 5", "M17.5 7a7 7 0 0 1 0 10"],
  stop: ["M7 7h10v10H7z"],
  trash: ["M5 7h14", "M9.5 7V4.5h5V7", "M7 7l1 13h8l1-13", "M10.5 10.5v6", "M13.5 10.5v6"],
  warning: ["M12 4l9 16H3z", "M12 10v4.5", "M12 17v.5"],
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of [
    ["viewBox", "0 0 24 24"],
    ["class", "icon"],
    ["aria-hidden", "true"],
    ["focusable", "false"],
  ]) {
    svg.setAttribute(key, value);
  }
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
