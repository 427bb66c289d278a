/** JSON as people read it: a point of a box takes one line, and names and values have colours of their own. */

import { element } from "./dom.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/g;

/** Return a document as text; what is short takes one line. */
export function pretty(value, indent = "") {
  const plain = JSON.stringify(value);
  if (value === null || typeof value !== "object" || (Array.isArray(value) && plain.length <= 60)) {
    return plain.replaceAll(",", ", ").length <= 80 && Array.isArray(value) && isOfNumbers(value)
      ? plain.replaceAll(",", ", ")
      : plain;
  }
  const inner = `${indent}  `;
  const list = Array.isArray(value);
  const members = Object.entries(value).map(
    ([name, member]) => inner + (list ? "" : `${JSON.stringify(name)}: `) + pretty(member, inner),
  );
  if (!members.length) return plain;
  return `${list ? "[" : "{"}\n${members.join(",\n")}\n${indent}${list ? "]" : "}"}`;
}

/** Return text of JSON as texts and elements with colours. */
export function coloured(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    parts.push(text.slice(at, match.index));
    const [whole, string, colon] = match;
    const kind = colon ? "name" : string ? "string" : "value";
    parts.push(element("span", { class: `json-${kind}` }, string ?? whole), colon ?? "");
    at = match.index + whole.length;
  }
  parts.push(text.slice(at));
  return parts;
}

function isOfNumbers(value) {
  return Array.isArray(value) ? value.every(isOfNumbers) : typeof value === "number";
}
