// The interactive reference of the document in this page, with the service on this machine as its first server.
"use strict";

const source = JSON.parse(document.getElementById("document").textContent);
const form = document.getElementById("service");
const address = document.getElementById("address");
const said = document.getElementById("said");
const LOOPBACK = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?\/?$/;

function configuration() {
  const local = { url: address.value.replace(/\/$/, ""), description: "The local service, on your machine" };
  return {
    content: { ...source, servers: [local, ...(source.servers ?? [])] },
    agent: { disabled: true },
    mcp: { disabled: true },
    documentDownloadType: "none",
    hideClientButton: true,
    hideDarkModeToggle: true,
    persistAuth: false,
    showDeveloperTools: "never",
    telemetry: false,
    theme: "none",
    withDefaultFonts: false,
  };
}

const reference = Scalar.createApiReference("#content", configuration());

// Its fields say that they open a list, but not whether it is open, which those ask for who hear the page.
new MutationObserver(() => {
  for (const field of document.querySelectorAll("[role=combobox]:not([aria-expanded])")) {
    field.setAttribute("aria-expanded", "false");
  }
}).observe(document.body, { childList: true, subtree: true });

form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const usable = LOOPBACK.test(address.value.trim());
  address.toggleAttribute("aria-invalid", !usable);
  if (!usable) {
    said.textContent = "That is no address of this machine: write one such as http://127.0.0.1:8765.";
    return;
  }
  address.value = address.value.trim();
  reference.updateConfiguration(configuration());
  said.textContent = `“Test request” calls ${address.value} unless you choose another server.`;
});
