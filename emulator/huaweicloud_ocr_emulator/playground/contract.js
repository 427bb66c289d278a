/** What the description says, in the shape in which the pages need it. */

const METHODS = ["get", "put", "post", "delete", "patch"];

/** How a browser names the formats that have more than one name. */
const OTHER_NAMES = { JPEG: [".jpg"], TIFF: [".tif"] };

export class Contract {
  constructor(document) {
    this.document = document;
    this.operations = [...this.#operations()];
    const error = this.#schemaWith("x-error-codes");
    this.codes = error?.property["x-error-codes"] ?? {};
    this.kinds = error?.property["x-error-kinds"] ?? {};
    this.errorFields = error?.schema["x-error-fields"] ?? {};
  }

  /** Fetch the description that the service serves. */
  static async load() {
    const response = await fetch("/openapi.json");
    if (!response.ok) throw new Error(`/openapi.json answered ${response.status}`);
    return new Contract(await response.json());
  }

  /** Return what stands at a reference; what stands beside it counts more. */
  resolve(node) {
    if (!node?.$ref) return node ?? {};
    const { $ref, ...beside } = node;
    const keys = $ref.slice(2).split("/").map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
    return { ...this.resolve(keys.reduce((at, key) => at?.[key], this.document)), ...beside };
  }

  /** The header that a token is sent in. */
  get tokenHeader() {
    const schemes = Object.values(this.document.components.securitySchemes);
    return schemes.find((scheme) => scheme["x-token-endpoint"])?.name ?? "X-Auth-Token";
  }

  /** Return what is known about an error: its own entry of the catalogue, and that of its kind. */
  explain(code, status) {
    const entry = this.codes[code];
    const kind = entry?.kind ?? Object.keys(this.kinds).find((name) => this.kinds[name].statuses.includes(status));
    return { kind, ...this.kinds[kind], ...entry };
  }

  *#operations() {
    for (const [path, item] of Object.entries(this.document.paths)) {
      for (const method of METHODS.filter((name) => name in item)) {
        const found = this.#operation(path, method, item);
        if (found.limits) yield found;
      }
    }
  }

  #operation(path, method, item) {
    const stated = item[method];
    const body = this.resolve(stated.requestBody).content?.["application/json"] ?? {};
    const schema = this.resolve(body.schema);
    const response = this.resolve(stated.responses["200"]).content?.["application/json"] ?? {};
    const answer = this.resolve(response.schema);
    const sources = (schema.oneOf ?? [])
      .filter((choice) => choice.required?.length === 1)
      .map((choice) => ({ name: choice.required[0], title: choice.title }));
    const names = new Set(sources.map((source) => source.name));
    const parameters = Object.entries(schema.properties ?? {}).map(([name, property]) => this.#parameter(name, property));
    return {
      id: stated.operationId,
      path,
      method: method.toUpperCase(),
      summary: stated.summary,
      description: stated.description,
      regions: stated["x-published-in"]?.region ?? [],
      limits: schema["x-image-limits"],
      blocks: answer["x-text-blocks"],
      sources: sources.map((source) => ({ ...source, ...parameters.find(({ name }) => name === source.name) })),
      parameters: parameters.filter(({ name }) => !names.has(name)),
      pathParameters: [...(item.parameters ?? []), ...(stated.parameters ?? [])].map((each) => this.resolve(each)),
      stated,
      request: { schema, examples: body.examples ?? {} },
      response: { schema: answer, examples: response.examples ?? {} },
    };
  }

  #parameter(name, property) {
    const schema = this.resolve(property);
    const items = this.resolve(schema.items);
    const type = schema.type === "array" && items.enum ? "choices" : schema.enum ? "choice" : schema.type;
    const values = (type === "choices" ? items : schema).enum ?? [];
    const target = type === "choices" ? items : this.resolve({ $ref: property.$ref });
    return { name, type, values, description: schema.description, default: schema.default, meanings: target.description };
  }

  #schemaWith(extension) {
    for (const schema of Object.values(this.document.components.schemas)) {
      for (const property of Object.values(schema.properties ?? {})) {
        if (extension in property) return { schema, property };
      }
    }
    return null;
  }
}

/** What a file picker is to offer for the formats of an operation. */
export function accepted(formats) {
  return formats.flatMap((format) => {
    const name = format.toLowerCase();
    return [`image/${name}`, `.${name}`, ...(OTHER_NAMES[format] ?? [])];
  }).join(",");
}

/** What an operation demands of a picture, in words. */
export function demands({ formats, min_side: least, max_side: most, max_base64_length: length }) {
  const size = `${least} to ${most} pixels a side`;
  return `${formats.join(", ")} · ${size} · at most ${(length / 1048576).toFixed(0)} MB as Base64`;
}
