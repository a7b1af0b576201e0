// guanxi.pages.v1.Page: what somebody sees who follows a link of ours. Whoever answers so knows nothing of HTTP but what stands here.
import type { IncomingHttpHeaders } from "node:http";
import { fromBinary, toBinary, type JsonObject, type Message } from "@bufbuild/protobuf";
import { readForm } from "./body.ts";
import type { Exchange } from "./exchange.ts";
import { fieldOf } from "./fields.ts";
import { requestMessage } from "./request-json.ts";

export async function page(exchange: Exchange): Promise<void> {
  const { endpoint, req } = exchange;
  const form = endpoint.body ? formFields(exchange, await readForm(req)) : undefined;
  // Mail programs add to addresses what nobody asked for, so the query says nothing.
  const message = withHeaders(exchange, requestMessage({ ...exchange, query: "" }, form));
  const bytes = Buffer.from(toBinary(endpoint.method.input, message));
  answerPage(
    exchange,
    // Only endpoints that answer a Page come here: the descriptor says so, which types cannot.
    fromBinary(endpoint.method.output, await endpoint.send(exchange, bytes)) as unknown as Page,
  );
}

interface Page {
  contentType: string;
  data: Uint8Array;
  location: string;
}

/** List-Unsubscribe is list_unsubscribe; what the request does not know is left out. */
function formFields({ endpoint }: Exchange, form: Record<string, string>): JsonObject {
  const named = Object.entries(form).map(
    ([name, value]) => [name.toLowerCase().replaceAll("-", "_"), value] as const,
  );
  return Object.fromEntries(
    named.filter(([name]) => fieldOf(endpoint.method.input, name)?.fieldKind === "scalar"),
  );
}

const LONGEST_LANGUAGE = 1000;

/** Two more headers that stand for well-known fields; a message without the field ignores them. */
function withHeaders({ endpoint, req }: Exchange, message: Message): Message {
  const set = (name: string, value: unknown) => {
    const field = fieldOf(endpoint.method.input, name);
    if (field) Object.assign(message, { [field.localName]: value });
  };
  set("accept_language", (req.headers["accept-language"] ?? "").slice(0, LONGEST_LANGUAGE));
  set("prefetch", req.method === "HEAD" || looksAhead(req.headers));
  return message;
}

/** A browser that loads what its reader may click on next, and a preview of it. */
const looksAhead = (headers: IncomingHttpHeaders) =>
  ["purpose", "sec-purpose", "x-purpose", "x-moz"].some((name) =>
    /prefetch|preview|prerender/i.test(String(headers[name] ?? "")),
  );

function answerPage({ res }: Exchange, { contentType, data, location }: Page): void {
  res.setHeader("cache-control", "no-store");
  // The address of the page may be a key: where it leads to must not get to know it.
  res.setHeader("referrer-policy", "no-referrer");
  if (location) {
    if (!/^https?:\/\//i.test(location)) throw new Error("a page leads to something that is no web address");
    return void res.status(302).setHeader("location", new URL(location).href).end();
  }
  res.setHeader(
    "content-security-policy",
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  );
  res.setHeader("content-type", contentType || "application/octet-stream");
  res.setHeader("content-length", data.length);
  res.end(data);
}
