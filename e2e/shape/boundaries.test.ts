import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "./sources.ts";

/** A small tree with one mistake of each kind. */
const TREE: Record<string, string> = {
  "tsconfig.json": "{}",
  "node_modules/pg/package.json": '{ "name": "pg", "main": "index.js" }',
  "node_modules/pg/index.js": "module.exports = {};",
  "packages/kit/src/env.ts": "export const env = 1;",
  "packages/kit/src/one.ts": 'import { two } from "./two.ts";\nexport const one = () => two;',
  "packages/kit/src/two.ts": 'import type { one } from "./one.ts";\nexport const two: typeof one | 0 = 0;',
  "packages/kit/src/nosy.ts": 'import "../../../services/deal/src/deals.ts";',
  "packages/kit/src/lost.ts": 'import "./nowhere.ts";',
  "packages/testkit/src/fake.ts": "export const fake = 1;",
  "services/deal/src/deal.ts": 'import "pg";',
  "services/deal/src/deals.ts": 'import "pg";',
  "services/deal/src/handlers/win-deal.ts": 'import "pg";',
  "services/deal/src/main.ts": 'import "../../../packages/testkit/src/fake.ts";',
  "services/deal/test/deal.test.ts": 'import "../../../packages/testkit/src/fake.ts";',
  "services/lead/src/categories/table.ts": "export const table = 1;",
  "services/lead/src/categories/category.ts": 'import "../../../../packages/kit/src/env.ts";',
  "services/lead/src/spy.ts": 'import "../../deal/src/deals.ts";',
  "e2e/all.test.ts": 'import "../packages/testkit/src/fake.ts";',
};

let folder: string;
let found: string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "boundaries-"));
  for (const [path, text] of Object.entries(TREE)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const args = [
    "packages",
    "services",
    "e2e",
    "--config",
    join(root, ".dependency-cruiser.cjs"),
    "-T",
    "json",
  ];
  const { stdout } = spawnSync(join(root, "node_modules/.bin/depcruise"), args, {
    cwd: folder,
    encoding: "utf8",
  });
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
  found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort();
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Violation {
  rule: { name: string };
  from: string;
}

test("each mistake is found, and nothing else", () => {
  expect(found).toEqual([
    "handlers-leave-sql-to-the-kit: services/deal/src/handlers/win-deal.ts",
    "no-cycle: packages/kit/src/one.ts",
    "no-dead-end: packages/kit/src/lost.ts",
    "packages-know-no-service: packages/kit/src/nosy.ts",
    "rules-are-pure: services/deal/src/deal.ts",
    "rules-are-pure: services/lead/src/categories/category.ts",
    "services-know-no-other: services/lead/src/spy.ts",
    "testkit-is-for-tests: services/deal/src/main.ts",
  ]);
});
