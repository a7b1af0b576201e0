import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { integer, port, settings, url, words } from "./env.ts";

const folder = mkdtempSync(join(tmpdir(), "env-"));
afterAll(() => rmSync(folder, { recursive: true }));

const schema = z.object({
  httpPort: port(),
  databaseUrl: url("postgres", "postgresql"),
  corsOrigins: words(),
  maxRows: integer(1, 100).default(50),
  signingKey: z.string().min(8).describe("the key, at least eight characters"),
});

test("variables are read under their usual names, and numbers are numbers", () => {
  const env = { HTTP_PORT: "8080", DATABASE_URL: "postgres://a:b@h/d", CORS_ORIGINS: "https://a, https://b" };
  expect(settings(schema, { ...env, SIGNING_KEY: "12345678", MAX_ROWS: "" })).toEqual({
    httpPort: 8080,
    databaseUrl: "postgres://a:b@h/d",
    corsOrigins: ["https://a", "https://b"],
    maxRows: 50,
    signingKey: "12345678",
  });
});

test("a variable may be the name of a file", () => {
  const path = join(folder, "key");
  writeFileSync(path, "from-a-file\n");
  const env = { HTTP_PORT: "1", DATABASE_URL: "postgres://h/d", SIGNING_KEY_FILE: path };
  expect(settings(schema, env).signingKey).toBe("from-a-file");
});

test("all faults come at once, each with what to write, and none tells a value", () => {
  const missing = join(folder, "missing");
  const env = {
    HTTP_PORT: "80x",
    DATABASE_URL: "mysql://u:secret@h/d",
    SIGNING_KEY_FILE: missing,
    MAX_ROWS: "101",
  };
  expect(() => settings(schema, env)).toThrow(
    [
      "The configuration is not complete:",
      `  - SIGNING_KEY_FILE: ${missing} cannot be read (ENOENT).`,
      "  - HTTP_PORT is not valid: write a port, as in 8080.",
      "  - DATABASE_URL is not valid: write an address that begins with postgres:// or postgresql://.",
      "  - MAX_ROWS is not valid: write a whole number from 1 to 100.",
    ].join("\n"),
  );
  expect(() => settings(schema, {})).toThrow(
    /HTTP_PORT is missing.*DATABASE_URL is missing.*SIGNING_KEY is missing/s,
  );
});

test("a process that is not configured exits with 78", () => {
  const program = `
    import { settingsOrExit, port } from ${JSON.stringify(join(import.meta.dirname, "env.ts"))};
    import { z } from "zod";
    settingsOrExit(z.object({ grpcPort: port() }));`;
  const run = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: import.meta.dirname,
    env: { PATH: process.env.PATH },
    encoding: "utf8",
  });
  expect(run.stderr).toBe(
    "The configuration is not complete:\n  - GRPC_PORT is missing: write a port, as in 8080.\n",
  );
  expect(run.status).toBe(78);
});
