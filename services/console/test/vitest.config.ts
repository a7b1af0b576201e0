import { join } from "node:path";
import base, { BY_HAND } from "../../../vitest.config.ts";

// In a real browser, on a whole system with the demo company: minutes, so a suite of its own.
export default {
  ...base,
  test: {
    ...base.test,
    include: ["services/console/test/*.test.ts", ...BY_HAND],
    exclude: ["**/node_modules/**"],
    globalSetup: join(import.meta.dirname, "global-setup.ts"),
    // All files look at one system, and a browser takes both cores.
    fileParallelism: false,
    maxConcurrency: 3,
    testTimeout: 60_000,
  },
};
