/** Schemas as tables: a line for each member, those of members under their full name. */

import { element } from "./dom.js";
import { inline, prose } from "./prose.js";

/** Return a table with a caption for those who do not see it; it scrolls where there is no room. */
export function table(caption, heads, rows) {
  return element(
    "div",
    { class: "scrolls", tabindex: "0", role: "region", "aria-label": caption },
    element(
      "table",
      {},
      element("caption", { class: "visually-hidden" }, caption),
      element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
      element("tbody", {}, ...rows.map((cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, ...[cell].flat()))))),
    ),
  );
}

/** Return a table of all members of a schema. */
export function membersOf(contract, schema, caption) {
  return table(caption, ["Name", "Type", "Meaning"], [...lines(contract, schema, "")]);
}

/** Return why something is not to be used any more, and what takes its place; null where it may be used. */
export function deprecation(node) {
  if (!node.deprecated) return null;
  const { since, reason, replacement } = node["x-deprecated"] ?? {};
  const why = [reason?.replace(/\.$/, ""), replacement && `use ${replacement}`].filter(Boolean).join("; ");
  const text = `Deprecated${since ? ` since ${since}` : ""}${why ? `: ${why}` : ""}.`;
  return element("p", {}, element("strong", {}, ...inline(text)));
}

function* lines(contract, schema, within) {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const found = contract.resolve(property);
    const isRequired = (schema.required ?? []).includes(name);
    yield [
      [element("code", {}, within + name), isRequired ? element("span", { class: "tag" }, "required") : null],
      typeOf(contract, found),
      meaning(contract, property, found),
    ];
    const items = contract.resolve(found.items);
    if (found.type === "array" && items.properties) yield* lines(contract, items, `${within}${name}[].`);
    else yield* lines(contract, found, `${within}${name}.`);
  }
}

function typeOf(contract, schema) {
  if (schema.type !== "array") return schema.format ? `${schema.type} (${schema.format})` : schema.type;
  const items = typeOf(contract, contract.resolve(schema.items));
  const { minItems, maxItems } = schema;
  return `array of ${minItems && minItems === maxItems ? `${minItems} ` : ""}${items}`;
}

function meaning(contract, property, found) {
  const target = contract.resolve({ $ref: property.$ref }).description;
  const items = contract.resolve(found.items).description;
  const own = found.description ?? "";
  // What a schema says of itself follows what is said of the member, unless it is the same.
  const more = [target, items].filter((text) => text && text !== own && contract.resolve(found.items).type !== "object");
  return [
    deprecation(found),
    ...prose(own),
    ...more.flatMap((text) => prose(text)),
    found.default === undefined ? null : element("p", {}, "Default: ", element("code", {}, JSON.stringify(found.default))),
    found.minimum === undefined ? null : element("p", {}, ...inline(`At least ${found.minimum}${found.maximum === undefined ? "" : `, at most ${found.maximum}`}.`)),
    found.maxLength === undefined ? null : element("p", {}, `At most ${found.maxLength.toLocaleString("en")} characters.`),
  ];
}
