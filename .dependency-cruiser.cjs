// Who may import whom. e2e/shape/boundaries.test.ts shows each rule at work.
const { existsSync, globSync } = require("node:fs");
const { dirname, basename } = require("node:path");

const TESTS = "\\.test\\.ts$|^[^/]+/[^/]+/test/|^e2e/";
const EDGES = "node_modules/(@grpc|typeorm|express|@nats-io|pg)/";

const plural = (name) => `${name.replace(/y$/, "ie")}s`;

/** customer.ts beside customers.ts, or beside table.ts in customers/: what the thing may do, and nothing else. */
const RULE_FILES = globSync("services/*/src/**/*.ts").filter((path) => {
  const folder = dirname(path);
  const collection = plural(basename(path, ".ts"));
  const table = basename(folder) === collection && existsSync(`${folder}/table.ts`);
  return table || existsSync(`${folder}/${collection}.ts`);
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    { name: "no-dead-end", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "packages-know-no-service",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: "^services/" },
    },
    {
      name: "services-know-no-other",
      severity: "error",
      from: { path: "^services/([^/]+)/" },
      to: { path: "^services/", pathNot: "^services/$1/" },
    },
    {
      name: "rules-are-pure",
      severity: "error",
      from: { path: RULE_FILES.map((path) => `^${path.replaceAll(".", "\\.")}$`).concat("^no rule file$") },
      to: { path: `${EDGES}|^packages/kit/src/(env|db|serve|transaction)\\.ts$` },
    },
    {
      name: "handlers-leave-sql-to-the-kit",
      severity: "error",
      from: { path: "^services/.*/handlers/" },
      to: { path: "node_modules/(pg|typeorm)/" },
    },
    {
      name: "testkit-is-for-tests",
      severity: "error",
      from: { pathNot: `${TESTS}|^packages/testkit/` },
      to: { path: "^packages/testkit/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(gen|dist)/" },
    tsPreCompilationDeps: true, // type imports are imports too
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["source", "import", "node", "default"],
    },
  },
};
