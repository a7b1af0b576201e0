import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { subcommand } from "./subcommand.ts";

afterEach(() => vi.restoreAllMocks());

async function told(words: string[]) {
  const done: string[] = [];
  const said: string[] = [];
  for (const out of [process.stdout, process.stderr])
    vi.spyOn(out, "write").mockImplementation((text) => said.push(String(text)) > 0);
  const commands = {
    serve: () => done.push("serves"),
    "rebuild <reader> | --check": (rest: readonly string[]) => done.push(`rebuilds ${rest.join()}`),
  };
  const version = () => ({ service: "teams", release: "1", revision: "", contract: "" });
  const before = process.exitCode;
  try {
    await subcommand({ name: "teams", version, settings: () => z.object({}), commands }, words);
    return { done, said: said.join(""), exitCode: process.exitCode };
  } finally {
    process.exitCode = before;
  }
}

test("nothing said is serve, and a command has the words behind it", async () => {
  expect((await told([])).done).toEqual(["serves"]);
  expect((await told(["rebuild", "--check", "people"])).done).toEqual(["rebuilds --check,people"]);
});

test("version and check-config are known to every program", async () => {
  expect(JSON.parse((await told(["version"])).said)).toMatchObject({ service: "teams" });
  expect(await told(["check-config"])).toMatchObject({ done: [], said: "complete\n" });
});

test.each(["migrat", "--check", "toString", ""])("%j is no command, and nothing is done", async (word) => {
  const { done, said, exitCode } = await told([word]);
  expect([done, exitCode]).toEqual([[], 64]);
  expect(said).toContain(
    `teams knows no command ${word}: serve, rebuild <reader> | --check, version, check-config\n`,
  );
});
