import base from "../../../vitest.config.ts";

// The rendered chart alone, without the servers that other tests need: its renderer is fetched and built, a minute the first time.
export default { ...base, test: { include: ["e2e/deploy/chart/rendered.test.ts"], testTimeout: 30_000 } };
