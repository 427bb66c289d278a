// An OpenAPI document on standard input as a Postman collection on standard output, the same each time.
import { readFileSync } from "node:fs";

// The converter invents values where the description has no example; these dice fall the same way each time.
let state = 1;
Math.random = () => {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
};

const { default: converter } = await import("openapi-to-postmanv2");

const options = {
  folderStrategy: "Tags",
  parametersResolution: "Example",
  includeAuthInfoInExample: false,
  enableOptionalParameters: true,
};
const input = { type: "json", data: JSON.parse(readFileSync(0, "utf8")) };
converter.convertV2(input, options, (problem, result) => {
  if (problem || !result.result) {
    process.stderr.write(String(problem?.message ?? result.reason));
    process.exitCode = 1;
    return;
  }
  process.stdout.write(JSON.stringify(result.output[0].data));
});
