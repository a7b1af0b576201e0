// A small OTLP collector: takes spans over HTTP in JSON, as the SDK's exporter sends them.
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

export interface Span {
  readonly service: string;
  readonly name: string;
  /** As OTLP numbers them: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
}

interface Export {
  readonly resourceSpans?: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Sent[] }[];
  }[];
}
type Sent = Omit<Span, "service" | "parentSpanId"> & { readonly parentSpanId?: string };
interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}

export async function startCollector() {
  const spans: Span[] = [];
  const server = createServer((req, res) => {
    void json(req).then((sent) => {
      spans.push(...spansOf(sent as Export));
      res.setHeader("content-type", "application/json").end("{}");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: spans as readonly Span[],
    close: () => server.close().closeAllConnections(),
  };
}

function spansOf({ resourceSpans = [] }: Export): Span[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = resource.attributes.find(({ key }) => key === "service.name")?.value.stringValue ?? "";
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ parentSpanId: "", ...span, service })));
  });
}
