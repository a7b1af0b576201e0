// A browser brings a cookie whoever makes it ask. So a request that is believed for its cookie must come from our own pages.
import type { IncomingMessage } from "node:http";
import { status } from "@grpc/grpc-js";
import { Refused } from "./refused.ts";

/** A page of another origin would have to ask for leave to send it, and gets none. */
const OWN_HEADER = "x-guanxi-console";

type Asked = Pick<IncomingMessage, "method" | "headers">;

/** `publicUrl` is the address under which people come in; without one it is the host that they name. */
export function requireSameOrigin(req: Asked, publicUrl?: string): void {
  const reads = req.method === "GET" || req.method === "HEAD";
  if (!isOurs(req, reads, publicUrl) || (!reads && req.headers[OWN_HEADER] !== "1")) throw foreign();
}

function isOurs({ headers }: Asked, reads: boolean, publicUrl: string | undefined): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin" || (reads && site === "none"); // none: the person's own hand
  // Browsers leave that header out over plain HTTP to another machine, and the origin where they only read.
  const from = URL.parse(headers.origin ?? headers.referer ?? "");
  if (!from) return false;
  return publicUrl ? from.origin === new URL(publicUrl).origin : from.host === headers.host;
}

const foreign = () =>
  new Refused({
    code: status.PERMISSION_DENIED,
    reason: "CSRF",
    message: "A session is for the pages of this console: ask from there, or with a token of your own.",
    violations: [],
  });
