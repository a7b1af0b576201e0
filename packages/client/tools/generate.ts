// The gateway's OpenAPI document -> src/gen/guanxi.ts. Does nothing while the contract and the tools are the same.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = join(import.meta.dirname, "..");
const root = join(here, "../..");
const gen = join(here, "src/gen");

/** True when something was made. */
async function generate(): Promise<boolean> {
  const stamp = join(gen, "stamp");
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;

  rmSync(gen, { recursive: true, force: true });
  mkdirSync(gen, { recursive: true });
  writeFileSync(join(gen, "openapi.json"), openApi());
  await generateClient();
  writeFileSync(stamp, wanted); // last: a run that was killed is done again
  return true;
}

/** What the document is made of stands for it: asking the gateway for it takes longer than all else at a start. */
function fingerprint(): string {
  const hash = createHash("sha256");
  const ours = globSync("{services/gateway/src,services/gateway/tools,packages/client/tools}/*.ts", {
    cwd: root,
  });
  for (const path of [...ours.sort(), "packages/contract/gen/contracts.binpb"])
    hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  const manifest = readFileSync(join(here, "node_modules/orval/package.json"), "utf8");
  return hash.update((JSON.parse(manifest) as { version: string }).version).digest("hex");
}

/** No package imports a service, so it is asked as a program. */
function openApi(): string {
  const program = join(root, "services/gateway/tools/openapi.ts");
  const run = spawnSync(process.execPath, ["--conditions=source", program], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.status !== 0) throw new Error(`there is no OpenAPI document:\n${run.stderr}`);
  return run.stdout;
}

async function generateClient(): Promise<void> {
  const { generate: orval } = await import("orval"); // late: it takes a second to load
  await orval(
    {
      input: join(gen, "openapi.json"),
      output: {
        target: join(gen, "guanxi.ts"),
        client: "fetch",
        headers: true,
        urlEncodeParameters: true, // off by default: an id with a slash would be another path
        override: {
          mutator: { path: join(here, "src/send.ts"), name: "send", extension: ".ts" },
          fetch: { includeHttpResponseReturnType: false },
        },
      },
    },
    here,
  );
}

console.log((await generate()) ? "generated" : "unchanged");
