import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Listening {
  port: number;
  /** Still answers, and lets each connection end with its answer, so that callers go elsewhere. */
  draining(): void;
  /** No new requests; those on their way have this long to be answered. */
  stop(graceMs: number): Promise<void>;
}

export async function listen(app: RequestListener, host: string, port: number): Promise<Listening> {
  let draining = false;
  // Uploads take long. Idle connections outlive those of the usual load balancer (60 s), so it never meets a closed one.
  const server = createServer({ requestTimeout: 900_000, keepAliveTimeout: 65_000 }, (req, res) => {
    if (draining) res.setHeader("connection", "close");
    app(req, res);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    draining: () => void (draining = true),
    stop: (graceMs) => stop(server, graceMs),
  };
}

async function stop(server: Server, graceMs: number): Promise<void> {
  // A kept connection is idle only after its last answer, so it is looked for again and again.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const limit = setTimeout(() => server.closeAllConnections(), graceMs);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(idle);
  clearTimeout(limit);
}
