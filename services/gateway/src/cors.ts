import type { Request, Response } from "express";
import { VERBS } from "./routes.ts";

const METHODS = VERBS.map((verb) => verb.toUpperCase()).join(", ");
const SENT =
  "Authorization, Content-Type, Accept-Language, If-Match, If-None-Match, Idempotency-Key, traceparent";
const READ = "ETag, Retry-After, Content-Language, traceparent";

export type Cors = (req: Request, res: Response) => void;

/** Only pages of exactly these origins may read answers; tokens travel in a header, so cookies are never asked for. */
export function cors(origins: string[]): Cors {
  const allowed = new Set(origins);
  return (req, res) => {
    if (allowed.size === 0) return;
    res.vary("origin");
    const { origin } = req.headers;
    if (!origin || !allowed.has(origin)) return;
    res.setHeader("access-control-allow-origin", origin);
    res.setHeader("access-control-expose-headers", READ);
    if (req.method !== "OPTIONS") return;
    res.setHeader("access-control-allow-methods", METHODS);
    res.setHeader("access-control-allow-headers", SENT);
    res.setHeader("access-control-max-age", 600);
  };
}
