/** Text with a button that copies it. */

import { element } from "./dom.js";

/** Return text as a block that scrolls, with a button that copies it. */
export function copyable(text, label, content = [text]) {
  const block = element("pre", { tabindex: "0", role: "region", "aria-label": label }, element("code", {}, ...content));
  return element("div", { class: "copyable" }, copyButton(label, () => text, block), block);
}

/** Return a button that copies a text; where a browser does not let a page copy, what stands there gets selected. */
export function copyButton(label, text, shown) {
  const said = element("span", { "aria-live": "polite" }, "Copy");
  const button = element("button", { type: "button", class: "quiet copy" }, said);
  button.append(element("span", { class: "visually-hidden" }, ` ${label}`));
  button.addEventListener("click", async () => {
    said.textContent = (await copied(text())) ? "Copied" : selected(shown);
    setTimeout(() => (said.textContent = "Copy"), 2000);
  });
  return button;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function selected(shown) {
  getSelection().selectAllChildren(shown);
  return "Press Ctrl+C";
}
