// The search of the error codes and their kinds: what has all words stays, or else what has most, the best first.
// Without this script the page is the whole list.
"use strict";

const form = document.getElementById("search");
const words = document.getElementById("words");
const count = document.getElementById("count");
const nothing = document.getElementById("nothing");
const section = document.querySelector(".kinds");

// Words that whoever meets an error uses for one another.
const ALIKE = [
  ["picture", "image", "photo", "photograph", "pic"],
  ["big", "large", "larger", "longer", "huge", "size", "exceeds", "maximum"],
  ["small", "tiny", "size", "shorter", "minimum"],
  ["login", "sign", "signature", "authentication", "credentials", "token", "unauthorized"],
  ["password", "secret", "credentials"],
  ["forbidden", "permission", "allowed", "denied", "authorized"],
  ["throttling", "throttled", "limit", "ratelimit", "rate", "often", "quota", "many"],
  ["slow", "timeout", "timed"],
  ["expired", "expire", "expires", "old"],
  ["wrong", "invalid", "incorrect", "bad"],
  ["missing", "absent", "empty", "lacks", "required"],
  ["link", "url", "address", "download"],
  ["broken", "damaged", "corrupt", "decode", "decoded"],
];
// Words of a sentence that tell no error from another.
const IDLE = new Set("a an and are by can cannot do does for from i in is it my no not of on or such that the this to too was why with".split(" "));

// Of a text its words, so that an alike word counts whole: "time" is not meant by "sometimes".
const described = (row) => {
  const text = row.textContent.toLowerCase();
  return { row, text, found: new Set(text.match(/[\p{L}\p{N}]+/gu)) };
};
const rowsOf = (selector) => [...document.querySelectorAll(selector)].map(described);
const codes = rowsOf("#codes > li");
const kinds = rowsOf(".kinds .codes > li");

// How many of the words are in a text, or are alike one in it, and how well: a word itself counts more than one alike.
function weigh({ text, found }, wanted) {
  let known = 0;
  let weight = 0;
  for (const word of wanted) {
    const isThere = word.length < 3 ? found.has(word) : text.includes(word);
    if (isThere || ALIKE.some((group) => group.includes(word) && group.some((one) => found.has(one)))) {
      known += 1;
      weight += isThere ? 2 : 1;
    }
  }
  return { known, weight };
}

// Shows what has at least so many of the words, the best first; returns how many that are.
function show(weighed, least) {
  weighed.sort((one, other) => other.weight - one.weight || one.index - other.index);
  for (const { row, known } of weighed) {
    row.hidden = known < least;
    row.parentElement.append(row);
  }
  return weighed.filter(({ known }) => known >= least).length;
}

function narrow() {
  const all = words.value.toLowerCase().split(/[\s,;!?]+/).filter(Boolean);
  const telling = all.filter((word) => !IDLE.has(word));
  const wanted = telling.length > 0 ? telling : all;
  const [ofCodes, ofKinds] = [codes, kinds].map((rows) =>
    rows.map((one, index) => ({ row: one.row, index, ...weigh(one, wanted) })),
  );
  // Where nothing has all of the words, what has most of them does.
  const most = Math.max(...ofCodes.map(({ known }) => known));
  const least = wanted.length > 0 ? Math.max(1, most) : 0;
  const shown = show(ofCodes, least);
  const isPart = shown > 0 && least < wanted.length;
  count.textContent = `${shown} of ${codes.length} codes${isPart ? `, with ${least} of ${wanted.length} words` : ""}`;
  nothing.hidden = shown > 0;
  const kindsShown = show(ofKinds, least);
  if (section) section.hidden = kindsShown === 0;
}

// Whoever follows a link to a code or a kind wants to see it, whatever was searched for.
function showTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.closest("[hidden]")) {
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
