import { join } from "node:path";
import { defineConfig } from "vitest/config";

// Packages are tested from their sources. Three places, since Vite resolves for itself, for tests, and vitest
// for the global set-up in an environment of its own.
const resolve = { conditions: ["source"] };

/** The tests of faults and upgrades, which take minutes: npm run faults. */
export const FAULTS = [
  "e2e/main-job/*.test.ts",
  "e2e/stream/kills.test.ts",
  "e2e/system/{backup,kills,launch-kills,rolling}.test.ts",
  "e2e/upgrade/*.test.ts",
  "packages/import/test/service/interruptions.test.ts",
  "services/*/test/*-kills.test.ts",
];

/** What is seen in a browser, though it is not the console's alone: npm run browser. */
export const BY_HAND = ["e2e/journey/by-hand.test.ts"];

export default defineConfig({
  resolve,
  ssr: { resolve },
  environments: { __vitest__: { resolve } },
  test: {
    include: ["packages/**/*.test.ts", "services/**/*.test.ts", "e2e/**/*.test.ts"],
    // The rendered chart is a suite of its own: npm run chart.
    exclude: [
      "**/node_modules/**",
      "**/dist/**",
      "e2e/bench/**",
      "e2e/verify/**",
      "e2e/deploy/chart/rendered.test.ts",
      // In a browser, on a whole system: npm run browser.
      "services/console/test/**",
      ...BY_HAND,
      ...FAULTS,
    ],
    globalSetup: join(import.meta.dirname, "packages/testkit/src/servers/global-setup.ts"),
    pool: "forks",
    maxWorkers: 2, // a laptop's share: each file has servers of its own
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes at once, unless the machine is busy.
    expect: { poll: { timeout: 20_000, interval: 20 } },
  },
});
