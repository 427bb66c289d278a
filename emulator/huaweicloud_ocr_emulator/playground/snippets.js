/** The same call from elsewhere: with the Python package, and with curl. */

/** Return a Python program that makes a call. Its strings are those of JSON, which Python reads alike. */
export function python(call) {
  const given = Object.entries(call.parameters).map(([name, value]) => `${name}=${literal(value)}`);
  const source = call.url === null ? `image=Path(${literal(call.file)})` : `url=${literal(call.url)}`;
  const { list, text, confidence, box } = call.operation.blocks;
  const lines = [
    call.sample ? `# curl -O ${call.origin}/samples/${call.sample}` : null,
    call.url === null ? "from pathlib import Path\n" : null,
    "from huaweicloud_ocr import Client, TokenAuth\n",
    "with Client(",
    `    endpoint=${literal(call.origin)},`,
    `    project_id=${literal(call.project)},`,
    `    auth=TokenAuth(${literal(call.token)}),`,
    ") as client:",
    `    response = client.${snake(call.operation.id)}(`,
    ...[source, ...given].map((argument) => `        ${argument},`),
    "    )\n",
    `for block in response.${list}:`,
    `    print(block.${text}, block.${confidence}, block.${box})`,
  ];
  return lines.filter((line) => line !== null).join("\n");
}

/** Return a command line for a POSIX shell that makes a call. */
export function curl(call) {
  const fetched = call.sample ? `curl -sSO ${quoted(`${call.origin}/samples/${call.sample}`)}\n` : "";
  const request = [
    `curl -sS ${quoted(call.address)}`,
    `-H ${quoted("Content-Type: application/json")}`,
    `-H ${quoted(`${call.tokenHeader}: ${call.token}`)}`,
  ];
  if (call.url !== null) {
    const body = JSON.stringify({ url: call.url, ...call.parameters });
    return [...request, `--data ${quoted(body)}`].join(" \\\n  ");
  }
  const rest = JSON.stringify(call.parameters).slice(1);
  const before = `printf '{"image":"'`;
  const after = `printf %s ${quoted(rest === "}" ? '"}' : `",${rest}`)}`;
  const body = `{ ${before}; base64 < ${quoted(call.file)} | tr -d '\\n'; ${after}; } |`;
  return `${fetched}${body}\n  ${[...request, "--data @-"].join(" \\\n  ")}`;
}

/** Return the name that a generated client gives to an operation. */
function snake(name) {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

function literal(value) {
  if (value === true) return "True";
  if (value === false) return "False";
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  return JSON.stringify(value);
}

/** Quote for a shell: within single quotes nothing has a meaning but the quote itself. */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
