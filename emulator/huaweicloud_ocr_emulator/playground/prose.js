/** Descriptions, as they stand in the contract: paragraphs, lists, `code` and **strong**; nothing else has a meaning. */

import { element } from "./dom.js";

/** Return a text of the description as elements. */
export function prose(text = "") {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((block) => (/^- /.test(block) ? list(block) : element("p", {}, ...inline(block))));
}

/** Return what stands on one line as texts and elements. */
export function inline(text) {
  return text
    .replace(/\s+/g, " ")
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
    .map((part) => {
      if (/^`.+`$/.test(part)) return element("code", {}, part.slice(1, -1));
      if (/^\*\*.+\*\*$/.test(part)) return element("strong", {}, part.slice(2, -2));
      return part;
    });
}

/** Return what a list of the form "- `value`: meaning" says of a value, or nothing. */
export function meaningOf(text = "", value) {
  const line = text.split(/\n(?=- )|\n\s*\n/).find((item) => item.startsWith(`- \`${value}\`:`));
  return line ? line.slice(line.indexOf(":") + 1).trim() : "";
}

function list(block) {
  const items = block.split(/\n(?=- )/).map((item) => element("li", {}, ...inline(item.slice(2))));
  return element("ul", {}, ...items);
}
