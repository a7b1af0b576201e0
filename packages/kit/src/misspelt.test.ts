import { expect, test } from "vitest";
import { z } from "zod";
import { misspelt } from "./misspelt.ts";

const schema = z.object({
  databasePoolSize: z.string(),
  databaseUrl: z.string(),
  natsUrl: z.string(),
  host: z.string(),
});

test.each([
  [{ DATABSE_POOL_SIZE: "20" }, ["DATABASE_POOL_SIZE"]],
  [{ DATABASE_POOLSIZE: "20" }, ["DATABASE_POOL_SIZE"]],
  [{ DATABASE_URLFILE: "/run/url" }, ["DATABASE_URL_FILE"]],
])("what looks like a setting that is not set is told: %o", (env, meant) => {
  expect(misspelt(schema, env)).toEqual(
    meant.map((name) => `${Object.keys(env)[0]} is no setting of this program: is ${name} meant?`),
  );
});

test.each([
  ["what is set", { DATABASE_URL: "x", DATABASE_URI: "y" }],
  ["what comes by a file", { DATABASE_URL_FILE: "x", DATABASE_URI: "y" }],
  ["an empty one", { DATABASE_URI: "" }],
  ["a short one", { HOME: "/root" }],
  ["a cluster's", { NATS_PORT: "tcp://10.0.0.1:4222", DATABASE_SERVICE_HOST: "10.0.0.2", HOSTNAME: "a" }],
])("nothing is said of %s", (_, env) => {
  expect(misspelt(schema, env)).toEqual([]);
});
