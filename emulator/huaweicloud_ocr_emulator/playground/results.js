/** What came of a call: the text, what went wrong, and the views beside them. */

import { copyable, copyButton } from "./copying.js";
import { byId, element, rove } from "./dom.js";
import { coloured, pretty } from "./json_view.js";
import { inline } from "./prose.js";

const RETRIES = {
  safe: "Repeating the call as it is may succeed.",
  after_fix: "Repeating helps only once that is put right.",
  never: "Repeating the call as it is will not help.",
};

/** Return the blocks of text of an answer, as `x-text-blocks` says where they are. */
export function blocksOf(content, where) {
  const list = where.list.split(".").reduce((at, name) => at?.[name], content);
  if (!Array.isArray(list)) return [];
  return list.map((block) => ({
    text: String(block[where.text]),
    confidence: Number(block[where.confidence]),
    corners: block[where.box],
  }));
}

/** Let the tabs be tabs. */
export function prepareTabs() {
  const tabs = byId("tabs");
  const choose = (tab) => {
    for (const each of tabs.querySelectorAll("[role=tab]")) {
      const isChosen = each === tab;
      each.setAttribute("aria-selected", String(isChosen));
      each.setAttribute("tabindex", isChosen ? "0" : "-1");
      byId(each.getAttribute("aria-controls")).hidden = !isChosen;
    }
  };
  tabs.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) choose(tab);
  });
  rove(tabs, "[role=tab]", choose);
}

/** Show the lines of text; `active` is told which one is looked at, or -1. */
export function showText(blocks, active) {
  const lines = blocks.map(({ text, confidence }, index) => {
    const share = element("span", { class: "share", "aria-hidden": "true" }, element("span"));
    share.firstChild.style.inlineSize = `${Math.round(confidence * 100)}%`;
    return element(
      "li",
      {
        class: "line",
        "data-index": index,
        onpointerenter: () => active(index),
        onpointerleave: () => active(-1),
        onfocusin: () => active(index),
        onfocusout: () => active(-1),
      },
      element("button", { type: "button", class: "number", "aria-label": `Show box ${index + 1}` }, String(index + 1)),
      element("span", { class: "words", dir: "auto" }, text),
      element("span", { class: "confidence" }, share, confidence.toFixed(2)),
    );
  });
  const list = element("ol", { class: "lines", "aria-label": "Text in reading order" }, ...lines);
  const copy = copyButton("the text", () => blocks.map(({ text }) => text).join("\n"), list);
  byId("panel-text").replaceChildren(element("div", { class: "copyable" }, copy, list));
}

/** Show a sentence instead of text. */
export function showNote(...sentence) {
  byId("panel-text").replaceChildren(element("p", { class: "note" }, ...sentence));
}

/** Show what went wrong, what it means and what to do; take it away without an argument. */
export function showFailure(failure) {
  if (!failure) return byId("failure").replaceChildren();
  const { code, status, message, meaning, remedy, retry, kind, retryAfter, requestId } = failure;
  const facts = [
    ["Meaning", meaning && inline(meaning)],
    ["What to do", remedy && element("strong", {}, ...inline(remedy))],
    ["Again?", RETRIES[retry] && RETRIES[retry] + (retryAfter ? ` The service asks to wait ${retryAfter} s.` : "")],
    ["Exact reason", requestId && ["in the log of the service, under the request id ", element("code", {}, requestId)]],
  ].filter(([, value]) => value);
  return byId("failure").replaceChildren(
    element(
      "div",
      { class: "failure" },
      element(
        "p",
        { class: "failure-head" },
        code && element("code", { class: "code" }, code),
        status && element("span", { class: "tag" }, `HTTP ${status}`),
        kind && element("span", { class: "tag" }, kind),
      ),
      element("p", { class: "message" }, message),
      element("dl", {}, ...facts.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, ...[value].flat())])),
    ),
  );
}

/** Show how long a call took, and its identifier. */
export function showFigures(figures) {
  byId("figures").replaceChildren(
    ...figures.map(([name, value, copied]) =>
      element(
        "div",
        {},
        element("dt", {}, name),
        element("dd", {}, copied ? element("code", {}, value) : value, copied ? copyButton(name, () => value, byId("figures")) : null),
      ),
    ),
  );
}

/** Show an answer as it came. */
export function showJson(answer) {
  if (!answer) {
    byId("panel-json").replaceChildren(element("p", { class: "note" }, "The answer will stand here."));
    return;
  }
  const text = answer.content === null ? answer.text : pretty(answer.content);
  byId("panel-json").replaceChildren(copyable(text, "the JSON", answer.content === null ? [text] : coloured(text)));
}

/** Show the same call from elsewhere. */
export function showSnippets(python, curl) {
  byId("panel-python").replaceChildren(copyable(python, "the Python program"));
  byId("panel-curl").replaceChildren(copyable(curl, "the command line"));
}
