/** The catalogue of errors, with a search. */

import { element } from "./dom.js";
import { table } from "./members.js";
import { inline } from "./prose.js";

const RETRIES = { safe: "yes, as it is", after_fix: "after fixing it", never: "no" };

/** Return a search field and the table that it narrows. */
export function searchableErrors(contract) {
  const count = element("p", { class: "count", role: "status" });
  const heads = ["Code", "Status", "Message and meaning", "What to do", "Again?"];
  const codes = Object.entries(contract.codes);
  const errors = table("Error codes", heads, codes.map(([code, entry]) => [
    [element("code", {}, code), element("span", { class: "kind" }, entry.kind)],
    String(entry.status ?? "not stated"),
    [element("p", {}, entry.message ?? "no message documented"), element("p", { class: "faint" }, ...inline(entry.meaning))],
    inline(entry.remedy),
    RETRIES[entry.retry],
  ]));
  const rows = [...errors.querySelectorAll("tbody tr")];
  const narrow = (text) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
    count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} codes`;
  };
  const search = element("input", { type: "search", id: "search", placeholder: "token, size, 0103…", oninput: (event) => narrow(event.target.value) });
  narrow("");
  return [
    element("p", {}, "Every answer that is no success has a code. Go by the code: the statuses of many are not documented."),
    element("div", { class: "search" }, element("label", { for: "search" }, "Search the codes"), search, count),
    errors,
    element("h3", {}, "Kinds"),
    element("p", {}, "Codes that call for the same are of one kind; a status without a known code may be of one, too."),
    table("Kinds of errors", ["Kind", "Statuses", "Meaning", "What to do"], Object.entries(contract.kinds).map(([kind, entry]) => [
      element("code", {}, kind), entry.statuses.join(", ") || "none", inline(entry.meaning), inline(entry.remedy),
    ])),
  ];
}
