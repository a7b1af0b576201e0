// The pages of a console, as its build has left them in a folder. In memory, so that a build that is done anew meanwhile takes
// nothing away from those who have the old pages open; and a path that is no file of the build cannot be one of the disk.
import { randomBytes } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";
import { ConfigFault } from "./env.ts";

/** Answers a request for a page or a part of one; false where it is somebody else's. */
export type Site = (req: IncomingMessage, res: ServerResponse) => boolean;

interface Part {
  readonly type: string;
  readonly cacheControl: string;
  readonly bytes: Buffer;
  /** The same, compressed when it was built; the better one first. */
  readonly packed: readonly { readonly encoding: string; readonly bytes: Buffer }[];
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};
const PACKED = [
  { suffix: ".br", encoding: "br" },
  { suffix: ".gz", encoding: "gzip" },
];

/** What is never a page, whatever a browser says that it would take. */
const NO_PAGE = /^\/(v1|session|health|assets|openapi\.json)(\/|$)/;

const INDEX = "index.html";
const NONCE = "__NONCE__";
const NONCE_BYTES = 18;

export function site(folder: string): Site {
  const index = readIndex(folder);
  const parts = readParts(folder);
  return (req, res) => {
    if (req.method !== "GET" && req.method !== "HEAD") return false;
    const path = (req.url ?? "/").split("?", 1)[0]!;
    const part = parts.get(path);
    if (part) answerPart(req, res, part);
    else if (isPage(path, req.headers.accept)) answerIndex(req, res, index);
    else return false;
    return true;
  };
}

function readIndex(folder: string): string[] {
  const file = join(folder, INDEX);
  if (!existsSync(file))
    throw new ConfigFault([`CONSOLE_FOLDER: there is no ${file}; build the console, or leave it out.`]);
  return readFileSync(file, "utf8").split(NONCE);
}

function readParts(folder: string): Map<string, Part> {
  const names = globSync("**/*", { cwd: folder }).filter((name) => statSync(join(folder, name)).isFile());
  const read = (name: string) => readFileSync(join(folder, name));
  const whole = names.filter((name) => name !== INDEX && TYPES[extname(name)]);
  return new Map(
    whole.map((name) => {
      const path = `/${name.split(sep).join("/")}`;
      const packed = PACKED.filter(({ suffix }) => names.includes(name + suffix));
      const part = {
        type: TYPES[extname(name)]!,
        // What is in assets/ has its content in its name; what is beside the index has not.
        cacheControl: path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        bytes: read(name),
        packed: packed.map(({ suffix, encoding }) => ({ encoding, bytes: read(name + suffix) })),
      };
      return [path, part];
    }),
  );
}

/** A page of the console has whatever address it likes; only a browser that goes there asks for one by text/html. */
const isPage = (path: string, accept = "") =>
  path === "/" || (!NO_PAGE.test(path) && accept.toLowerCase().includes("text/html"));

function answerPart(req: IncomingMessage, res: ServerResponse, part: Part): void {
  const accepted = (req.headers["accept-encoding"] ?? "")
    .split(",")
    .map((each) => each.split(";", 1)[0]!.trim());
  const packed = part.packed.find(({ encoding }) => accepted.includes(encoding));
  if (part.packed.length > 0) res.setHeader("vary", "accept-encoding");
  if (packed) res.setHeader("content-encoding", packed.encoding);
  res.setHeader("cache-control", part.cacheControl);
  answer(req, res, part.type, packed?.bytes ?? part.bytes);
}

/** The policy stands with the page: what it loads, and who may show it in a frame, which is nobody. */
function answerIndex(req: IncomingMessage, res: ServerResponse, index: string[]): void {
  const nonce = randomBytes(NONCE_BYTES).toString("base64url");
  res.setHeader("cache-control", "no-store");
  res.setHeader("content-security-policy", policyOf(nonce));
  answer(req, res, "text/html; charset=utf-8", Buffer.from(index.join(nonce)));
}

function answer(req: IncomingMessage, res: ServerResponse, type: string, bytes: Buffer): void {
  for (const [name, value] of Object.entries(ALWAYS)) res.setHeader(name, value);
  res.setHeader("content-type", type);
  res.setHeader("content-length", bytes.length);
  res.end(req.method === "HEAD" ? undefined : bytes);
}

const ALWAYS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy":
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
};

// antd writes its styles into the page, which the nonce allows, and on elements, which no nonce can.
const policyOf = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
