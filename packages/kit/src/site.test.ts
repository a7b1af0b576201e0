import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { site } from "./site.ts";

const parent = mkdtempSync(join(tmpdir(), "site-"));
const folder = join(parent, "web");
const code = "export const a = 1;\n".repeat(100);
mkdirSync(join(folder, "assets"), { recursive: true });
writeFileSync(join(parent, "secret.txt"), "secret");
writeFileSync(join(folder, "index.html"), '<meta nonce="__NONCE__"><style nonce="__NONCE__"></style>');
writeFileSync(join(folder, "favicon.svg"), "<svg/>");
writeFileSync(join(folder, "assets/main-1.js"), code);
writeFileSync(join(folder, "assets/main-1.js.br"), brotliCompressSync(code));
writeFileSync(join(folder, "assets/main-1.js.gz"), gzipSync(code));

const serve = site(folder);
const server = createServer((req, res) => {
  if (!serve(req, res)) res.writeHead(404).end("somebody else's");
});
await once(server.listen(0, "127.0.0.1"), "listening");
const { port } = server.address() as AddressInfo;
afterAll(() => {
  server.close();
  rmSync(parent, { recursive: true });
});

/** The path as it stands, which fetch would have made shorter. */
async function ask(path: string, headers: Record<string, string> = {}, method = "GET") {
  const [res] = (await once(request({ port, path, headers, method }).end(), "response")) as [IncomingMessage];
  const parts = (await res.toArray()) as Buffer[];
  return { status: res.statusCode, headers: res.headers, bytes: Buffer.concat(parts) };
}
const HTML = { accept: "text/html,application/xhtml+xml" };

test("a file of the build is kept for ever, in the best way that the browser can unpack", async () => {
  const plain = await ask("/assets/main-1.js");
  expect(plain.headers).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    vary: "accept-encoding",
  });
  expect(plain.bytes.toString()).toBe(code);
  const br = await ask("/assets/main-1.js?x=1", { "accept-encoding": "gzip, deflate, br;q=1.0" });
  expect([br.headers["content-encoding"], brotliDecompressSync(br.bytes).toString()]).toEqual(["br", code]);
  const gzip = await ask("/assets/main-1.js", { "accept-encoding": "gzip" });
  expect([gzip.headers["content-encoding"], gunzipSync(gzip.bytes).toString()]).toEqual(["gzip", code]);
});

test("what stands beside the index is asked for again", async () => {
  const { headers } = await ask("/favicon.svg");
  expect(headers).toMatchObject({ "content-type": "image/svg+xml", "cache-control": "no-cache" });
});

test("every address of a page is the index, with a number that is good once", async () => {
  const seen = new Set<string>();
  for (const path of ["/", "/customers/1?tab=people", "/v1x", "/sessions"]) {
    const { status, headers, bytes } = await ask(path, HTML);
    const policy = String(headers["content-security-policy"]);
    const [, nonce = ""] = /'nonce-([\w-]{24})'/.exec(policy) ?? [];
    expect([status, headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(bytes.toString()).toBe(`<meta nonce="${nonce}"><style nonce="${nonce}"></style>`);
    seen.add(nonce);
  }
  expect(seen.size).toBe(4);
});

test("the policy lets nothing in from elsewhere, and nobody frame the page", async () => {
  const { headers } = await ask("/");
  const policy = String(headers["content-security-policy"]).replace(/'nonce-[^']+'/, "'nonce'");
  expect(policy.split("; ")).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'nonce'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]);
  expect(headers).toMatchObject({
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": expect.stringContaining("camera=()"),
  });
});

test.for([
  "/assets/../../secret.txt",
  "/assets/..%2f..%2fsecret.txt",
  "/assets/%2e%2e/%2e%2e/secret.txt",
  "/../secret.txt",
  "/assets/main-1.js.br",
  "/assets/gone.js",
  "/assets/",
  "/v1/customers",
  "/v1",
  "/session",
  "/openapi.json",
  "/health/ready",
])("%s is no page, even for who would take one", async (path) => {
  const { status, bytes } = await ask(path, HTML);
  if (path === "/../secret.txt") expect(bytes.toString()).not.toContain("secret");
  else expect([status, bytes.toString()]).toEqual([404, "somebody else's"]);
});

test("the index as a file, with its mark in it, is not to be had", async () => {
  expect((await ask("/index.html")).status).toBe(404);
  expect((await ask("/index.html", HTML)).bytes.toString()).not.toContain("__NONCE__");
});

test("a program that wants no page gets none", async () => {
  for (const accept of ["application/json", "*/*", "image/avif,*/*"])
    expect((await ask("/customers/1", { accept })).status).toBe(404);
  expect((await ask("/customers/1", HTML, "POST")).status).toBe(404);
});

test("HEAD tells as much as GET, without the page", async () => {
  for (const path of ["/", "/assets/main-1.js"]) {
    const [get, head] = [await ask(path), await ask(path, {}, "HEAD")];
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
    expect(head.headers["content-length"]).toBe(String(get.bytes.length));
  }
});

test("without a build it says what to do", () => {
  expect(() => site(join(parent, "nowhere"))).toThrow("build the console, or leave it out");
});
