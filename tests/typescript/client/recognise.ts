// Recognises a picture with types that openapi-typescript made of the contract, and openapi-fetch.
import { readFile } from "node:fs/promises";

import createClient from "openapi-fetch";

import type { components, paths } from "./contract.js";

const [endpoint, picture] = process.argv.slice(2);
if (endpoint === undefined || picture === undefined) {
  throw new Error("call it with the address of the service and the path of a picture");
}

const client = createClient<paths>({ baseUrl: endpoint, headers: { "X-Auth-Token": "any" } });
const path = { project_id: "0123456789abcdef0123456789abcdef" };

function told(error: components["schemas"]["Error"] | undefined): string {
  return error === undefined ? "no error" : `${error.error_code}: ${error.error_msg}`;
}

const { data, error } = await client.POST("/v2/{project_id}/ocr/handwriting", {
  params: { path },
  body: { image: (await readFile(picture)).toString("base64"), char_set: "digit", quick_mode: true },
});
if (data === undefined) throw new Error(told(error));
for (const block of data.result.words_block_list) {
  console.log(JSON.stringify({ words: block.words, confidence: block.confidence, corner: block.location[0] }));
}

const refused = await client.POST("/v2/{project_id}/ocr/web-image", {
  params: { path },
  body: { url: "http://127.0.0.1/picture.png", extract_type: ["image_size"] },
});
console.log(told(refused.error));

// What the contract does not allow does not compile; where it did, the directive above it would be an error.
export const mistakes: components["schemas"]["HandwritingRequest"][] = [
  // @ts-expect-error: there is no such set of characters
  { image: "", char_set: "roman" },
  // @ts-expect-error: it is a boolean
  { image: "", quick_mode: "true" },
  // @ts-expect-error: there is no such member
  { image: "", fast: true },
];
