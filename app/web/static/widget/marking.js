/** Marks of machine-made words that outlast the page: what is copied out of an answer says so, too (AI Act, Art. 50). */

import { h } from "./dom.js";

/** Whether a text can be read: three letters in a row, which nothing invisible has. @param {unknown} text */
export function legible(text) {
  return typeof text === "string" && /\p{L}{3}/u.test(text);
}

/**
 * Adds the marking to what is being copied, as plain text and as HTML, when it holds words of an answer.
 * @param {ClipboardEvent} event
 * @param {ShadowRoot} root
 * @param {string} town its name
 * @param {import("./texts.js").Translate} t
 */
export function markCopied(event, root, town, t) {
  const range = selectedRange(root);
  if (!range || !event.clipboardData || event.target.localName === "textarea") return;
  const words = [...root.querySelectorAll(".answer .words")].filter((node) => range.intersectsNode(node));
  if (!words.length) return;
  const source = words.map((node) => node.dataset.digitalSourceType).find(Boolean);
  const generated = words.some((node) => node.dataset.aiGenerated === "true");
  const mark = sentence(generated, town, t);
  const copy = h("div", { "data-ai-generated": String(generated), "data-digital-source-type": source }, range.cloneContents());
  for (const extra of copy.querySelectorAll("button, svg, .sr-only")) extra.remove();
  copy.append(h("p", {}, h("em", {}, `[${mark}]`)));
  event.clipboardData.setData("text/plain", `${selectionOf(root).toString().trim()}\n\n[${mark}]`);
  event.clipboardData.setData("text/html", new XMLSerializer().serializeToString(copy));
  event.preventDefault();
}

/** The sentence that goes with words of an answer. @param {{origin: string}[]} statements */
export function markOf(statements, town, t) {
  return sentence(statements.some(({ origin }) => origin === "generated"), town, t);
}

function sentence(generated, town, t) {
  return t(generated ? "copy_generated" : "copy_answer", { name: town });
}

function selectionOf(root) {
  return root.getSelection?.() ?? document.getSelection();
}

/** Browsers differ in how they tell what is selected inside a shadow root. */
function selectedRange(root) {
  const selection = selectionOf(root);
  const [composed] = selection.getComposedRanges?.({ shadowRoots: [root] }) ?? [];
  if (!composed) return selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  if (composed.collapsed) return null;
  const range = document.createRange();
  range.setStart(composed.startContainer, composed.startOffset);
  range.setEnd(composed.endContainer, composed.endOffset);
  return range;
}
