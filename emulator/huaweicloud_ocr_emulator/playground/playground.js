/** The playground: a picture goes in, a call is made, and what comes back is shown. */

import { blankSheet, extent, layBoxes } from "./boxes.js";
import { send, watchReadiness } from "./call.js";
import { accepted, Contract, demands } from "./contract.js";
import { byId, element } from "./dom.js";
import { CallForm } from "./form.js";
import { base64, readPicture, size } from "./picture.js";
import {
  blocksOf, prepareTabs, showFailure, showFigures, showJson, showNote, showSnippets, showText,
} from "./results.js";
import { curl, python } from "./snippets.js";

const READINESS = { ready: "ready", loading: "loading the models…", gone: "not answering" };

const state = { picture: null, sample: null, sending: null };
let contract;
let form;

/** What a call of the form as it stands consists of. */
function callOf() {
  const { operation, url, parameters } = form;
  const project = byId("project").value;
  const path = operation.path.replace("{project_id}", encodeURIComponent(project));
  return {
    operation,
    url,
    parameters,
    project,
    token: byId("token").value,
    tokenHeader: contract.tokenHeader,
    origin: location.origin,
    address: location.origin + path,
    file: state.picture?.name ?? "picture.jpg",
    sample: url === null ? state.sample : null,
  };
}

function formChanged() {
  const { formats } = form.operation.limits;
  byId("file").accept = accepted(formats);
  byId("formats").textContent = demands(form.operation.limits);
  const call = callOf();
  showSnippets(python(call), curl(call));
}

/** Take a picture and have it read at once. */
async function take(file, sample = null) {
  const picture = await readPicture(file);
  Object.assign(state, { picture, sample });
  form.take("image");
  showPicture(picture);
  formChanged();
  await recognise();
}

async function takeSample({ file, operation, parameters }) {
  const response = await fetch(`/samples/${file}`);
  form.fill(operation, parameters);
  await take(new File([await response.blob()], file), file);
}

function showPicture(picture) {
  const { name, format, width, height, file, canvas } = picture;
  const facts = [name, format, width ? `${width} × ${height}` : "", size(file.size)];
  byId("facts").replaceChildren(...facts.filter(Boolean).map((fact) => element("span", {}, fact)));
  if (canvas) return showSheet(canvas, width, height);
  return showSheet(blankSheet(width || 600, height || 200), width || 600, height || 200,
    `This browser does not show ${format || "such"} files: the boxes stand on an empty sheet of the picture's size.`);
}

/** Show a canvas in the middle of the stage, as large as there is room. */
function showSheet(canvas, width, height, caption = "") {
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", state.picture && form.url === null ? `The picture ${state.picture.name}` : "An empty sheet");
  const sheet = byId("sheet");
  sheet.style.aspectRatio = `${width} / ${height}`;
  // As wide as the height of the window allows, and small pictures no more than three times as large as they are.
  sheet.style.inlineSize = `min(100%, ${Math.max(width * 3, 240)}px, calc(62vh * ${width / height}))`;
  sheet.replaceChildren(canvas);
  byId("caption").textContent = caption;
  byId("caption").hidden = !caption;
  byId("figure").hidden = false;
  byId("invitation").hidden = true;
  byId("choose-another").hidden = false;
}

/** Look at one block: its box and its line stand out. */
function look(index, bringIntoView = false) {
  for (const each of document.querySelectorAll("[data-index]")) {
    const isActive = Number(each.dataset.index) === index;
    each.classList.toggle("is-active", isActive);
    if (isActive && bringIntoView && each.matches(".line")) each.scrollIntoView({ block: "nearest" });
  }
}

async function recognise() {
  const call = callOf();
  if (call.url === null && !state.picture) {
    tell("There is no picture yet: drop one, paste one, choose a file or take a sample.");
    byId("choose").focus();
    return;
  }
  state.sending?.abort();
  const sending = new AbortController();
  state.sending = sending;
  busy(true);
  try {
    const picture = call.url === null ? { image: await base64(state.picture.file) } : { url: call.url };
    const answer = await send({
      url: call.address,
      headers: { [call.tokenHeader]: call.token },
      body: { ...picture, ...call.parameters },
      signal: sending.signal,
    });
    if (!sending.signal.aborted) showAnswer(answer, call);
  } catch (error) {
    if (!sending.signal.aborted) showNoAnswer(error, isSendable(call));
  } finally {
    if (state.sending === sending) busy(false);
  }
}

function showAnswer(answer, call) {
  showFigures([
    ["Time", `${Math.round(answer.milliseconds)} ms`],
    ["Request id", answer.requestId, true],
  ]);
  showJson(answer);
  byId("sheet").querySelector(".boxes")?.remove();
  if (!answer.ok || answer.content === null) return showRefusal(answer);
  showFailure(null);
  const blocks = blocksOf(answer.content, call.operation.blocks);
  const shown = sheetFor(answer, call, blocks);
  if (blocks.length) {
    layBoxes(byId("sheet"), { ...shown, blocks, active: look });
    showText(blocks, look);
  } else {
    showNote("There is no text in the picture, which is a success.");
  }
  const count = blocks.length === 1 ? "1 block of text" : `${blocks.length} blocks of text`;
  return tell(`${count}, in ${Math.round(answer.milliseconds)} ms`);
}

/** Return width and height of what the boxes are laid over; for want of a picture, make an empty sheet. */
function sheetFor(answer, call, blocks) {
  const { picture } = state;
  if (call.url === null && picture.width) return picture;
  const size = answer.content.result?.extracted_data?.image_size ?? extent(blocks);
  const reason = call.url === null
    ? "This browser does not show the picture: the boxes stand on an empty sheet."
    : "The page loads nothing from outside, the service does: the boxes of the picture at that address stand on an empty sheet.";
  if (call.url !== null) byId("facts").replaceChildren(element("span", {}, call.url));
  showSheet(blankSheet(size.width, size.height), size.width, size.height, reason);
  return size;
}

function showRefusal(answer) {
  const { code, message } = contract.errorFields;
  const name = answer.content?.[code];
  const known = contract.explain(name, answer.status);
  const said = answer.content?.[message] ?? "The service answered with something that is not in the description.";
  showFailure({ ...known, code: name, status: answer.status, message: said, requestId: answer.requestId, retryAfter: answer.retryAfter });
  showNote("Nothing was read.");
  tell(`Error ${name ?? answer.status}: ${said} ${known.remedy ?? ""}`);
}

/** Whether a header can carry the token. */
function isSendable({ tokenHeader, token }) {
  try {
    return Boolean(new Headers({ [tokenHeader]: token }));
  } catch {
    return false;
  }
}

function showNoAnswer(error, wasSent) {
  showFigures([]);
  showJson(null);
  byId("sheet").querySelector(".boxes")?.remove();
  const failure = wasSent
    ? {
        message: "There was no answer.",
        meaning: `The service was not reached, or hung up before it had the whole call (${error.message}).`,
        remedy: "Start the service with `huaweicloud-ocr-emulator`, or send a smaller picture; then repeat.",
        retry: "safe",
      }
    : {
        message: "The token cannot be sent.",
        meaning: "It has characters that no header of HTTP can carry.",
        remedy: "Use letters, digits and signs of ASCII.",
      };
  showFailure(failure);
  showNote("Nothing was read.");
  tell(`${failure.message} ${failure.remedy}`);
}

function busy(isBusy) {
  if (isBusy) showFigures([["Time", "being read…"]]);
  byId("results").setAttribute("aria-busy", String(isBusy));
  byId("send").textContent = isBusy ? "Recognising…" : "Recognise";
  byId("drop").classList.toggle("is-busy", isBusy);
}

/** Say it to those who do not see the page. */
function tell(text) {
  byId("live").textContent = text;
}

async function drawSamples() {
  const samples = await (await fetch("/samples/index.json")).json();
  byId("samples").replaceChildren(
    ...samples.map((sample) =>
      element(
        "li",
        {},
        element(
          "button",
          { type: "button", class: "sample", onclick: () => takeSample(sample) },
          element("img", { src: `/samples/${sample.file}`, alt: "", loading: "lazy" }),
          element("span", {}, sample.title),
        ),
      ),
    ),
  );
}

function listen() {
  const drop = byId("drop");
  const picker = byId("file");
  for (const id of ["choose", "choose-another"]) byId(id).addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    if (picker.files[0]) take(picker.files[0]);
    picker.value = ""; // the same file again is a choice, too
  });
  // A picture that misses the stage must not make the browser leave the page.
  addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.toggle("is-over", event.dataTransfer.types.includes("Files"));
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("is-over");
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
  });
  addEventListener("paste", (event) => {
    if (event.clipboardData.files[0]) take(event.clipboardData.files[0]);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) recognise();
  });
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    // Where the form stands below what it makes, one has to go up to see it.
    if (matchMedia("(max-width: 1000px)").matches) byId("stage").scrollIntoView();
    recognise();
  });
  for (const id of ["token", "project"]) byId(id).addEventListener("input", formChanged);
}

async function start() {
  prepareTabs();
  showJson(null);
  showNote("The text will stand here, line by line, with how sure the recognition is of each.");
  watchReadiness((found) => {
    byId("readiness").dataset.state = found;
    byId("readiness").textContent = READINESS[found];
  });
  try {
    contract = await Contract.load();
  } catch (error) {
    showFailure({ message: "The description cannot be had.", meaning: error.message, remedy: "Start the service and load this page again." });
    return;
  }
  byId("service").textContent = `${contract.document.info.title} ${contract.document.info.version}, on your own machine`;
  form = new CallForm(contract, formChanged);
  formChanged();
  listen();
  await drawSamples();
}

start();
