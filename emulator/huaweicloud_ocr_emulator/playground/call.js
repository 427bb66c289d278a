/** The call itself. */

/** Send a call, and return what came back; never throws for an answer, whatever its status. */
export async function send({ url, headers, body, signal }) {
  const began = performance.now();
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
    credentials: "omit",
    signal,
  });
  const text = await response.text();
  return {
    status: response.status,
    ok: response.ok,
    text,
    content: parsed(text),
    requestId: response.headers.get("X-Request-Id") ?? "",
    retryAfter: response.headers.get("Retry-After") ?? "",
    milliseconds: performance.now() - began,
  };
}

/** Ask again and again whether the service is ready, until it is; tell each change. */
export async function watchReadiness(tell) {
  for (;;) {
    const state = await readiness();
    tell(state);
    await new Promise((resolve) => setTimeout(resolve, state === "ready" ? 15000 : 1000));
  }
}

async function readiness() {
  try {
    const response = await fetch("/readyz", { cache: "no-store" });
    return response.ok ? "ready" : "loading";
  } catch {
    return "gone";
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
