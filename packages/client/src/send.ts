// What every generated call goes through: the address, the token, and a refusal as an error with its problem.

export interface Connection {
  /** Of the gateway, as in http://127.0.0.1:8080 */
  url: string;
  /** A Guanxi token, or what gets a fresh one: they last five minutes. A call's own authorization header wins. */
  token?: string | (() => string | Promise<string>);
  /** What every call says besides, unless it says otherwise itself; a function is asked anew for each. */
  headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>);
}

let connection: Connection = { url: "" };

/** All calls of this process go there from now on. */
export function connect(to: Connection): void {
  connection = to;
}

/** RFC 9457, as the gateway answers it. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  /** Stable; what a program decides by. */
  reason: string;
  /** Finds the request in the logs of all services. */
  traceId: string;
  detail?: string;
  violations?: { field: string; description: string; reason?: string }[];
}

export class ProblemError extends Error {
  readonly problem: ProblemDocument;
  constructor(problem: ProblemDocument) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

/** The generated calls are its only callers. @public */
export async function send<T>(path: string, init: RequestInit): Promise<T> {
  const { url, token, headers: always } = connection;
  const headers = new Headers(typeof always === "function" ? always() : always);
  for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
  if (token && !headers.has("authorization"))
    headers.set("authorization", `Bearer ${typeof token === "string" ? token : await token()}`);
  return ask(url + path, { ...init, headers });
}

/**
 * A Guanxi token for an id token of a trusted issuer (RFC 8693). It needs no connection and changes none, so that a
 * connection's `token` may ask for the next one here.
 */
export async function tokenFor(url: string, idToken: string): Promise<string> {
  const body = {
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: idToken,
    subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
  };
  const { access_token } = await ask<{ access_token: string }>(`${url}/v1/token:exchange`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return access_token;
}

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  const type = response.headers.get("content-type") ?? "";
  if (!response.ok) throw new ProblemError(await problemOf(response, type));
  return (await (type.startsWith("application/json") ? response.json() : response.blob())) as T;
}

/** A proxy in between may refuse too, and in its own words. */
async function problemOf(response: Response, type: string): Promise<ProblemDocument> {
  const text = await response.text();
  if (type.startsWith("application/problem+json")) return JSON.parse(text) as ProblemDocument;
  const { status, statusText } = response;
  return {
    type: "about:blank",
    title: statusText,
    status,
    reason: "",
    traceId: "",
    detail: text.slice(0, 500),
  };
}
