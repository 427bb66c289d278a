/** The form of a call: operation, where the picture comes from, and parameters, all as the description has them. */

import { byId, element } from "./dom.js";
import { inline, meaningOf, prose } from "./prose.js";

export class CallForm {
  #contract;
  #changed;
  #values = new Map(); // by name, so that what two operations have in common stays as it was set

  constructor(contract, changed) {
    this.#contract = contract;
    this.#changed = changed;
    this.operation = contract.operations[0];
    this.source = this.operation.sources[0].name;
    this.address = "";
    this.#drawOperations();
    this.#draw();
  }

  /** Parameters that are not as they would be anyway. */
  get parameters() {
    const set = this.operation.parameters.map(({ name }) => [name, this.#values.get(name)]);
    return Object.fromEntries(set.filter(([, value]) => value !== undefined));
  }

  /** The address of the picture, or null when the picture itself is sent. */
  get url() {
    return this.source === "url" ? this.address : null;
  }

  /** Set everything at once. */
  fill(operationId, parameters) {
    this.operation = this.#contract.operations.find(({ id }) => id === operationId) ?? this.operation;
    this.source = this.operation.sources[0].name;
    this.#values = new Map(Object.entries(parameters));
    this.#drawOperations();
    this.#draw();
  }

  /** Choose where the picture comes from. */
  take(source) {
    if (this.source === source) return;
    this.source = source;
    this.#draw();
  }

  #drawOperations() {
    const choices = this.#contract.operations.map((operation) =>
      element(
        "label",
        { class: "choice" },
        element("input", {
          type: "radio",
          name: "operation",
          value: operation.id,
          checked: operation === this.operation,
          onchange: () => {
            this.operation = operation;
            this.#draw();
            this.#changed();
          },
        }),
        element(
          "span",
          {},
          element("strong", {}, operation.summary),
          element("small", {}, ...inline(operation.description.split(/\n\s*\n/)[0])),
        ),
      ),
    );
    byId("operations").replaceChildren(
      element("fieldset", {}, element("legend", {}, "Operation"), element("div", { class: "choices" }, ...choices)),
    );
  }

  #draw() {
    byId("source").replaceChildren(this.#sources());
    byId("parameters").replaceChildren(
      element("h2", {}, "Parameters"),
      ...this.operation.parameters.map((parameter) => this.#parameter(parameter)),
    );
  }

  #sources() {
    const chips = this.operation.sources.map(({ name, title }) =>
      this.#chip("radio", "source", title, this.source === name, () => {
        this.source = name;
        byId("source").replaceChildren(this.#sources());
        byId("source").querySelector("input:checked").focus();
        this.#changed();
      }),
    );
    const described = this.operation.sources.find(({ name }) => name === this.source);
    const address = element("input", {
      id: "url",
      type: "text",
      inputmode: "url",
      value: this.address,
      placeholder: "https://…",
      spellcheck: "false",
      autocomplete: "off",
      "aria-describedby": "source-help",
      oninput: (event) => {
        this.address = event.target.value;
        this.#changed();
      },
    });
    return element(
      "fieldset",
      {},
      element("legend", {}, "Source"),
      element("div", { class: "chips" }, ...chips),
      this.source === "url" ? element("label", { class: "field" }, element("span", {}, "Address"), address) : null,
      element("div", { class: "help", id: "source-help" }, ...prose(described.description)),
    );
  }

  #parameter(parameter) {
    const help = `help-${parameter.name}`;
    const title = element("code", {}, parameter.name);
    if (parameter.type === "boolean") {
      return element(
        "div",
        { class: "parameter" },
        element(
          "label",
          { class: "switch" },
          element("input", {
            type: "checkbox",
            role: "switch",
            name: parameter.name,
            checked: this.#values.get(parameter.name) ?? parameter.default,
            "aria-describedby": help,
            onchange: (event) => this.#set(parameter, event.target.checked),
          }),
          title,
        ),
        element("div", { class: "help", id: help }, ...prose(parameter.description)),
      );
    }
    const several = parameter.type === "choices";
    if (!several && parameter.type !== "choice") return this.#text(parameter, title, help);
    const meaning = element("p", { class: "meaning" });
    const current = () => this.#values.get(parameter.name) ?? parameter.default ?? (several ? [] : null);
    const explain = () => {
      const chosen = several ? current() : [current()];
      meaning.replaceChildren(
        ...chosen.flatMap((value) => [element("code", {}, value), ": ", ...inline(meaningOf(parameter.meanings, value)), " "]),
      );
    };
    const chips = parameter.values.map((value) => {
      const isSet = several ? current().includes(value) : current() === value;
      return this.#chip(several ? "checkbox" : "radio", parameter.name, value, isSet, (checked) => {
        const others = several ? current().filter((each) => each !== value) : [];
        this.#set(parameter, several ? (checked ? [...others, value] : others) : value);
        explain();
      });
    });
    explain();
    return element(
      "fieldset",
      { class: "parameter", "aria-describedby": help },
      element("legend", {}, title),
      element("div", { class: "chips" }, ...chips),
      meaning,
      element("div", { class: "help", id: help }, ...prose(parameter.description)),
    );
  }

  #text(parameter, title, help) {
    const numeric = ["integer", "number"].includes(parameter.type);
    const input = element("input", {
      type: "text",
      name: parameter.name,
      value: this.#values.get(parameter.name) ?? parameter.default,
      "aria-describedby": help,
      oninput: ({ target: { value } }) =>
        this.#set(parameter, value === "" ? undefined : numeric && !Number.isNaN(Number(value)) ? Number(value) : value),
    });
    return element(
      "div",
      { class: "parameter" },
      element("label", { class: "field" }, title, input),
      element("div", { class: "help", id: help }, ...prose(parameter.description)),
    );
  }

  #chip(type, name, text, checked, changed) {
    return element(
      "label",
      { class: "chip" },
      element("input", { type, name, value: text, checked, onchange: (event) => changed(event.target.checked) }),
      element("span", {}, text),
    );
  }

  /** Remember a value; what would hold anyway is not sent. */
  #set({ name, default: usual }, value) {
    const isUsual = value === usual || (Array.isArray(value) && value.length === 0);
    if (isUsual || value === undefined) this.#values.delete(name);
    else this.#values.set(name, value);
    this.#changed();
  }
}
