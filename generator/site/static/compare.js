// Leads to the page of the two versions that are chosen. Without this script the list of all pairs does.
"use strict";

const form = document.getElementById("choose");

if (form) {
  const [from, to] = form.querySelectorAll("select");
  const told = document.getElementById("told");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // The versions stand in their order, and what changed is told from the older to the newer one.
    const [old, later] = [from, to].sort((one, other) => one.selectedIndex - other.selectedIndex);
    if (old.selectedIndex === later.selectedIndex) {
      told.textContent = "These are the same version: choose two.";
    } else {
      location.assign(`${form.dataset.root}compare/${encodeURIComponent(`${old.value}...${later.value}`)}.html`);
    }
  });
}
