// The interactive reference of the document in this page, with the service on this machine as its first server.
"use strict";

const source = JSON.parse(document.getElementById("document").textContent);
const form = document.getElementById("service");
const address = document.getElementById("address");
const said = document.getElementById("said");
const LOOPBACK = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?\/?$/;

// A link may name the service, but never one on another machine.
const named = new URLSearchParams(location.search).get("service");
if (named !== null && LOOPBACK.test(named)) address.value = named;

const local = { url: address.value.replace(/\/$/, ""), description: "The local service, on your machine" };
Scalar.createApiReference("#content", {
  content: { ...source, servers: [local, ...(source.servers ?? [])] },
  agent: { disabled: true },
  documentDownloadType: "none",
  hideClientButton: true,
  hideDarkModeToggle: true,
  mcp: { disabled: true },
  persistAuth: false,
  showDeveloperTools: "never",
  telemetry: false,
  theme: "none",
  withDefaultFonts: false,
});

form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const wanted = address.value.trim();
  const usable = LOOPBACK.test(wanted);
  address.toggleAttribute("aria-invalid", !usable);
  if (usable) {
    location.search = new URLSearchParams({ service: wanted });
  } else {
    said.textContent = "That is no address of this machine: write one such as http://127.0.0.1:8765.";
  }
});

// What the reference leaves out for those who hear the page, or have no mouse, and what it shows that misleads.
const MENDED = {
  "[role=combobox]:not([aria-expanded])": (field) => field.setAttribute("aria-expanded", "false"),
  "button[role=none]": (button) => button.removeAttribute("role"),
  ".cm-content[role=textbox]:not([aria-label])": (field) => field.setAttribute("aria-label", "Text"),
  ".cm-content[contenteditable=true]:not([tabindex])": (text) => text.setAttribute("tabindex", "0"),
  ".cm-scroller[tabindex='-1']:not(:has([contenteditable=true]))": (text) => text.setAttribute("tabindex", "0"),
  // Base64 that looks like a token that is filled in.
  "input[placeholder^=QUxMIF]": (field) => field.setAttribute("placeholder", "none yet"),
  ".response-card[role=region]": (card) => card.setAttribute("role", "group"),
};

function mend() {
  for (const [selector, change] of Object.entries(MENDED)) document.querySelectorAll(selector).forEach(change);
  for (const part of document.querySelectorAll("[aria-controls]")) {
    if (!document.getElementById(part.getAttribute("aria-controls"))) part.removeAttribute("aria-controls");
  }
  document.querySelectorAll("section[aria-label^=Notifications]").forEach((part, index) => {
    if (index > 0) part.setAttribute("aria-label", `Notifications ${index + 1}`);
  });
  // Nothing behind a dialog can be reached while it is open.
  const dialog = document.querySelector("[role=dialog]");
  for (const main of document.querySelectorAll("main")) main.inert = dialog !== null && !dialog.contains(main);
}

new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
