/** Finding a quoted sentence again in the passage that it came from. */

/**
 * Wraps the sentence in `<mark>` in every block that holds it; spaces may differ.
 * @param {HTMLElement[]} blocks
 * @param {string} sentence
 */
export function highlight(blocks, sentence) {
  const wanted = sentence
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!sentence.trim()) return;
  const pattern = new RegExp(wanted.join("\\s+"));
  const leaves = blocks.flatMap((block) =>
    block.children.length && /^[uo]l$/.test(block.localName) ? [...block.children] : [block],
  );
  for (const leaf of leaves) {
    const match = pattern.exec(leaf.textContent);
    if (match) markRange(leaf, match.index, match.index + match[0].length);
  }
}

function markRange(element, start, end) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  let offset = 0;
  for (const node of nodes) {
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, node.length);
    offset += node.length;
    if (from >= to) continue;
    const part = from > 0 ? node.splitText(from) : node;
    if (to - from < part.length) part.splitText(to - from);
    const mark = document.createElement("mark");
    part.replaceWith(mark);
    mark.append(part);
  }
}
