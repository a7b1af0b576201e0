import { findNats } from "@guanxi/local/nats-binary";
import type { TestProject } from "vitest/node";
import { startPostgres } from "./postgres.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The superuser's URL of the run's Postgres: `inject("adminUrl")`. */
    adminUrl: string;
  }
}

/** What all test files of a run share, in order; gives back what takes it down. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [{ adminUrl, stop }] = await Promise.all([
    startPostgres(process.env.GUANXI_PG ?? "18"),
    findNats((line) => void process.stderr.write(`${line}\n`)), // fetched once, before two files look for it
  ]);
  project.provide("adminUrl", adminUrl);
  return stop;
}
