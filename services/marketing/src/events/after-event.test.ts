import type { JobContext } from "@guanxi/bus/app";
import { expect, test } from "vitest";
import { afterEventJob } from "./after-event.ts";

test("R068 whoever is told to stop while guests are left does not say that all is done", async () => {
  const stopping = new AbortController();
  let parts = 0;
  const context = {
    settingsOf: async () => ({ timeZone: "Asia/Shanghai", currencyCode: "CNY" }),
    act: async () => {
      if (++parts === 2) stopping.abort();
      return parts < 5;
    },
  } as unknown as JobContext;
  const due = { tenantId: "", subjectId: "", attempts: 0, signal: stopping.signal };
  await expect(afterEventJob.run(due, context)).rejects.toThrow("aborted");
  expect(parts).toBe(2);
});
