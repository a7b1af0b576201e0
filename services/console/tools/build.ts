// Builds the pages into dist/web, where nothing has changed since in no time. Asked for by the bootstrap and by the image.
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "vite";

const here = fileURLToPath(new URL("..", import.meta.url));
const root = path.join(here, "../..");
const out = path.join(here, "dist/web");
const stamp = path.join(here, "dist/web.stamp");

const wanted = fingerprint();
if (!existsSync(out) || !existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  await build({ configFile: path.join(here, "vite.config.ts"), logLevel: "warn" });
  for (const file of globSync("**/*.{js,css,html,svg,json}", { cwd: out })) compress(path.join(out, file));
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Of everything that the pages are made from; what is installed is as the lockfile says. */
function fingerprint(): string {
  const inputs = [
    ...globSync("{src,public,tools}/**/*", { cwd: here }).map((file) => path.join(here, file)),
    ...["index.html", "vite.config.ts", "package.json"].map((file) => path.join(here, file)),
    ...globSync("packages/client/src/**/*.ts", { cwd: root }).map((file) => path.join(root, file)),
    path.join(root, "pnpm-lock.yaml"),
  ];
  const hash = createHash("sha256");
  for (const file of inputs.filter((each) => statSync(each).isFile()).toSorted())
    hash.update(`${path.relative(root, file)}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

/** Once here, instead of at each request. */
function compress(file: string): void {
  const bytes = readFileSync(file);
  if (bytes.length < 1_000) return;
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  // 9 instead of 11: a hundredth larger, and made in a tenth of the time, which a first start waits for.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
}
