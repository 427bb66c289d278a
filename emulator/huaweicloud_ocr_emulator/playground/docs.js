/** The description for people, made from the very document that the service serves. */

import { Contract, demands } from "./contract.js";
import { copyable } from "./copying.js";
import { byId, element } from "./dom.js";
import { searchableErrors } from "./errors.js";
import { coloured, pretty } from "./json_view.js";
import { inline, prose } from "./prose.js";
import { deprecation, membersOf, table } from "./members.js";

async function start() {
  let contract;
  try {
    contract = await Contract.load();
  } catch (error) {
    byId("content").append(element("p", { class: "notice" }, `The description cannot be had: ${error.message}`));
    return;
  }
  const { info } = contract.document;
  byId("title").textContent = info.title;
  byId("service").textContent = `Documentation of version ${info.version}`;
  document.title = `${info.title} ${info.version}, documentation`;
  const sections = [
    ["about", "About", () => prose(info.description)],
    ...contract.operations.map((operation) => [operation.id, operation.summary, () => operationParts(contract, operation)]),
    ["authentication", "Authentication", () => authentication(contract)],
    ["errors", "Errors", () => searchableErrors(contract)],
  ];
  byId("contents").append(
    element("ul", {}, ...sections.map(([id, title]) => element("li", {}, element("a", { href: `#${id}` }, title)))),
  );
  byId("content").append(
    ...sections.map(([id, title, parts]) =>
      element("section", { class: "card", id, "aria-labelledby": `${id}-title` }, element("h2", { id: `${id}-title` }, title), ...parts()),
    ),
  );
  // The part that the address names was not there yet when the browser looked for it.
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

function operationParts(contract, operation) {
  const { request, response } = operation;
  return [
    element("p", { class: "address" }, element("strong", {}, operation.method), " ", element("code", {}, operation.path)),
    deprecation(operation.stated),
    ...prose(operation.description),
    operation.regions.length
      ? element("p", {}, "Known to be published in ", ...commas(operation.regions.map((region) => element("code", {}, region))), ".")
      : null,
    element("h3", {}, "The picture"),
    element("p", {}, demands(operation.limits)),
    element("h3", {}, "In the address"),
    table(`Parameters in the address: ${operation.summary}`, ["Name", "Type", "Meaning"], operation.pathParameters.map((parameter) => [
      element("code", {}, parameter.name),
      contract.resolve(parameter.schema).type,
      [deprecation(parameter), ...prose(parameter.description)],
    ])),
    element("h3", {}, "Request"),
    oneOf(request.schema),
    membersOf(contract, request.schema, `Members of the request: ${operation.summary}`),
    ...examples(contract, request.examples, operation),
    element("h3", {}, "Answer"),
    membersOf(contract, response.schema, `Members of the answer: ${operation.summary}`),
    ...examples(contract, response.examples, operation),
    element("h3", {}, "Other answers"),
    ...Object.entries(operation.stated.responses)
      .filter(([status]) => status !== "200")
      .map(([status, answer]) => element("div", { class: "other" }, element("strong", {}, status), ...prose(contract.resolve(answer).description))),
  ];
}

function oneOf(schema) {
  const names = (schema.oneOf ?? []).flatMap((choice) => choice.required ?? []);
  if (!names.length) return null;
  return element("p", {}, "Exactly one of ", ...commas(names.map((name) => element("code", {}, name))), " is required.");
}

function examples(contract, found, operation) {
  return Object.values(found).map((reference) => {
    const { summary, description, value } = contract.resolve(reference);
    const text = pretty(value);
    return element(
      "details",
      {},
      element("summary", {}, `Example: ${summary}`),
      ...prose(description),
      copyable(text, `the example: ${operation.summary}, ${summary}`, coloured(text)),
    );
  });
}

function authentication(contract) {
  const schemes = Object.entries(contract.document.components.securitySchemes);
  return [
    element("p", {}, "Any one of these:"),
    table("Ways to authenticate", ["Name", "Header", "Meaning"], schemes.map(([name, scheme]) => [
      name, element("code", {}, scheme.name), prose(scheme.description),
    ])),
    ...contract.document.servers.flatMap((server) => [
      element("h3", {}, "Servers of the operator"),
      element("p", {}, element("code", {}, server.url), ": ", ...inline(server.description)),
      ...Object.entries(server.variables ?? {}).flatMap(([name, variable]) => [
        element("p", {}, element("code", {}, name), " is one of ", ...commas(variable.enum.map((value) => element("code", {}, value))), "."),
        ...prose(variable.description),
      ]),
    ]),
  ];
}

function commas(elements) {
  return elements.flatMap((each, index) => (index ? [", ", each] : [each]));
}

start();
