// By the kernel's rules for a root that has CAP_CHOWN and no other power, as the first container of compose.yaml has it.
import { afterAll, expect, test, vi } from "vitest";

const { owners, modes } = vi.hoisted(() => ({
  owners: new Map<string, number>(),
  modes: new Map<string, number>(),
}));

vi.mock("node:fs", async (original) => ({
  ...(await original<object>()),
  chownSync: (file: string, uid: number) => void owners.set(file, uid),
  chmodSync: (file: string, mode: number) => {
    if (owners.get(file) !== 0) throw new Error(`EPERM: operation not permitted, chmod '${file}'`);
    modes.set(file, mode);
  },
}));

afterAll(() => {
  vi.restoreAllMocks();
  vi.doUnmock("node:fs");
  vi.resetModules(); // the worker's next files want the real one
});

test("a file that a restore has left is handed out as before", async () => {
  vi.spyOn(process, "getuid").mockReturnValue(0);
  vi.resetModules(); // one before may have it with the real one
  const { hand } = await import("./setup-files.ts");
  owners.set("issuer.key.json", 10001);
  hand("issuer.key.json");
  expect([owners.get("issuer.key.json"), modes.get("issuer.key.json")]).toEqual([0, 0o440]);
});
