// Runs the dependency cruiser and asks whether it saw anything: with a TypeScript that it cannot use it finds no
// module, breaks no rule, and says that all is well.
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";

interface Report {
  modules: { source: string; dependencies: unknown[] }[];
  summary: { violations: Violation[] };
}

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
  cycle?: { name: string }[];
}

const { modules, summary } = cruise();
const seen = new Map(modules.map(({ source, dependencies }) => [source, dependencies.length]));
const files = globSync("{packages,services}/*/src/**/*.ts").filter((path) => !path.includes("/gen/"));
const unseen = files.filter((path) => !seen.has(path));
const imports = files.reduce((sum, path) => sum + (seen.get(path) ?? 0), 0);

for (const path of unseen) console.log(`not seen by the cruiser: ${path}`);
if (imports < files.length) console.log(`only ${imports} imports seen in ${files.length} files`);
for (const violation of summary.violations) console.log(sentence(violation));
console.log(`${files.length} files, ${imports} imports`);
process.exitCode = unseen.length + summary.violations.length > 0 || imports < files.length ? 1 : 0;

function cruise(): Report {
  const args = [
    "packages",
    "services",
    "e2e",
    "--config",
    ".dependency-cruiser.cjs",
    "--output-type",
    "json",
  ];
  const { stdout, stderr } = spawnSync("node_modules/.bin/depcruise", args, {
    encoding: "utf8",
    maxBuffer: 256 * 2 ** 20,
  });
  if (!stdout.startsWith("{")) throw new Error(`The dependency cruiser did not run: ${stdout}${stderr}`);
  return JSON.parse(stdout) as Report;
}

function sentence({ from, to, rule, cycle }: Violation): string {
  return `${rule.name}: ${[from, ...(cycle?.map(({ name }) => name) ?? [to])].join(" -> ")}`;
}
