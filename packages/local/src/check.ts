// `npm run check [gate …]`: what must hold of the tree besides its tests.
import { spawn } from "node:child_process";
import { join } from "node:path";

interface Gate {
  name: string;
  command: string[];
  /** What it says is for people to read, also where nothing is wrong. */
  tells?: boolean;
}

const bin = (name: string) => join("node_modules/.bin", name);
const script = (path: string) => [process.execPath, "--conditions=source", path];

const GATES: Gate[] = [
  { name: "types", command: [bin("tsc"), "-p", "tsconfig.json"] },
  { name: "pages", command: [bin("tsc"), "-p", "services/console/tsconfig.check.json"] },
  { name: "lint", command: [bin("oxlint"), "--report-unused-disable-directives"] },
  { name: "format", command: [bin("biome"), "format", "--reporter=summary"] },
  { name: "unused", command: [bin("knip"), "--no-progress", "--no-config-hints"] },
  { name: "boundaries", command: script("packages/local/src/gates/boundaries.ts") },
  { name: "protos", command: ["packages/contract/node_modules/.bin/buf", "lint", "proto"] },
  { name: "breaking", command: script("services/gateway/tools/breaking.ts") },
  { name: "generated", command: script("packages/local/src/gates/generated.ts") },
  { name: "sizes", command: script("packages/local/src/gates/sizes.ts"), tells: true },
];

const AT_ONCE = 2; // as many as the smallest machine has cores
const LONGEST = 5 * 60_000;

interface Outcome {
  gate: Gate;
  ok: boolean;
  seconds: number;
  output: string;
}

const wanted = process.argv.slice(2);
const gates = GATES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (gates.length < wanted.length) {
  console.error(`The gates are ${GATES.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}

const outcomes = await runAll([...gates]);
const failed = outcomes.filter(({ ok }) => !ok);
for (const { gate, output } of failed)
  console.log(`\n--- ${gate.name}: ${gate.command.join(" ")}\n${output}`);
console.log(`\ncheck: ${outcomes.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function runAll(queue: Gate[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const worker = async () => {
    for (let gate = queue.shift(); gate; gate = queue.shift()) {
      const outcome = await run(gate);
      outcomes.push(outcome);
      console.log(row(outcome));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return outcomes;
}

function row({ gate, ok, seconds }: Outcome): string {
  return `${gate.name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${ok ? "ok" : "FAILED"}`;
}

/** With nothing to read from, and no longer than five minutes. */
function run(gate: Gate): Promise<Outcome> {
  const began = performance.now();
  const [command, ...args] = gate.command as [string, ...string[]];
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], timeout: LONGEST });
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  child.stderr.on("data", (part: Buffer) => parts.push(part));
  return new Promise((resolve) => {
    const end = (ok: boolean, why: string) => {
      const output = `${Buffer.concat(parts).toString()}${why}`;
      resolve({ gate, ok, seconds: (performance.now() - began) / 1000, output });
    };
    child.on("error", ({ message }) => end(false, message));
    child.on("close", (code, signal) => end(code === 0, signal ? `ended by ${signal}` : ""));
  });
}
