/** The little Markdown that service texts use: paragraphs, lists, headings, bold, links. Builds nodes, never markup. */

import { externalLink, h } from "./dom.js";

const LIST_ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const HEADING = /^#{1,6}\s+(.*)$/;
const INLINE = /\*\*(.+?)\*\*|__(.+?)__|\[([^\]]+)\]\(([^)\s]+)\)|<(https?:[^>\s]+)>|`([^`]+)`/g;

/**
 * @param {string} text
 * @param {string} newWindow what screen readers say about links
 * @returns {HTMLElement[]} one element a block
 */
export function renderMarkdown(text, newWindow) {
  const blocks = [];
  let open = null; // the paragraph or list that the next line may continue
  for (const line of text.split("\n")) {
    const item = LIST_ITEM.exec(line);
    const heading = HEADING.exec(line);
    if (line.trim() === "") {
      open = null;
    } else if (heading) {
      blocks.push(h("p", { class: "md-heading" }, inline(heading[1], newWindow)));
      open = null;
    } else if (item) {
      const tag = item[1] ? "ol" : "ul";
      if (open?.localName !== tag) blocks.push((open = h(tag)));
      open.append(h("li", {}, inline(item[2], newWindow)));
    } else {
      const target = open?.localName === "p" ? open : (open?.lastElementChild ?? null);
      if (target) target.append(" ", ...inline(line.trim(), newWindow));
      else blocks.push((open = h("p", {}, inline(line.trim(), newWindow))));
    }
  }
  return blocks;
}

function inline(text, newWindow) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, bold, bold2, label, url, auto, code] = match;
    if (match.index > end) parts.push(text.slice(end, match.index));
    if (bold || bold2) parts.push(h("strong", {}, bold || bold2));
    else if (label) parts.push(externalLink(url, newWindow, {}, label));
    else if (auto) parts.push(externalLink(auto, newWindow, {}, auto));
    else parts.push(code);
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}
