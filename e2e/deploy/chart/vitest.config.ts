import { defineConfig } from "vitest/config";

// The rendered chart alone, without the servers that other tests need: its renderer is fetched and built, a minute the first time.
const resolve = { conditions: ["source"] };

export default defineConfig({
  resolve,
  ssr: { resolve },
  environments: { __vitest__: { resolve } },
  test: {
    include: ["e2e/deploy/chart/rendered.test.ts"],
    testTimeout: 30_000,
  },
});
