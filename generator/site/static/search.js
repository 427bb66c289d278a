// The search of the error codes: each row stays that has all words. Without this script the page is the whole list.
"use strict";

const form = document.getElementById("search");
const words = document.getElementById("words");
const count = document.getElementById("count");
const nothing = document.getElementById("nothing");
const rows = [...document.querySelectorAll("#codes > li")].map((row) => [row, row.textContent.toLowerCase()]);

function narrow() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const [row, text] of rows) {
    row.hidden = !wanted.every((word) => text.includes(word));
    shown += row.hidden ? 0 : 1;
  }
  count.textContent = `${shown} of ${rows.length} codes`;
  nothing.hidden = shown > 0;
}

// Whoever follows a link to a code wants to see it, whatever was searched for.
function showTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.hidden) {
    words.value = "";
    narrow();
    target.scrollIntoView();
  }
}

if (form) {
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", narrow);
  words.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      words.value = "";
      narrow();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && document.activeElement !== words) {
      event.preventDefault();
      words.focus();
    }
  });
  addEventListener("hashchange", showTarget);
  narrow();
}
