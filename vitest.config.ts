import { defineConfig } from "vitest/config";

// Packages are tested from their sources. Three places, since Vite resolves for itself, for tests, and vitest
// for the global set-up in an environment of its own.
const resolve = { conditions: ["source"] };

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
    ],
    globalSetup: "packages/testkit/src/servers/global-setup.ts",
    pool: "forks",
    maxWorkers: 2, // a laptop's share: each file has servers of its own
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
