import type { Service } from "@guanxi/kit/edge";
import type { At } from "@guanxi/kit/at";
import type { Db } from "@guanxi/kit/db";
import type { Log } from "@guanxi/kit/log";
import type { PageHandler } from "@guanxi/kit/management";
import type { Migration } from "@guanxi/kit/migrate";
import type { Table } from "@guanxi/kit/table";
import type { TenantSettings } from "@guanxi/kit/tenants";
import type { z } from "zod";
import type { Acting } from "./act.ts";
import type { EventName } from "./event-log.ts";
import type { Reader } from "./reaction.ts";
import type { commonSettings } from "./settings.ts";

/** A service as its authors write it down: what it is called, keeps, answers and reads. */
export interface App<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** Its schema, roles and consumers are called after it; lower case, with `_`. */
  readonly name: string;
  /** What it is told besides what all services are. */
  readonly settings: Shape;
  readonly migrations: readonly Migration[];
  readonly readers: readonly Reader[];
  readonly jobs?: readonly Job[];
  /** What others keep copies of, so that they can ask how many there are. */
  readonly aggregates?: readonly Aggregate[];
  open(context: Context<Shape>): Promise<Opened> | Opened;
  /** Throws a ConfigFault where its settings do not go together; `open` does too. */
  checkSettings?(settings: Context<Shape>["settings"]): unknown;
  /** Subcommands besides serve, migrate, version, rebuild, checksum and replay. */
  readonly commands?: Readonly<
    Record<string, (context: Context<Shape>, words: readonly string[]) => Promise<void>>
  >;
}

/** A table whose states are public. */
export type Aggregate = Pick<Table<never>, "name" | "id" | "message">;

/** What a service answers, once it has what it needs. */
interface Opened {
  readonly services: readonly Service[];
  readonly managementRoutes?: Readonly<Record<string, PageHandler>>;
  close?(): void | Promise<void>;
}

export interface Context<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly settings: z.infer<z.ZodObject<Shape & typeof commonSettings>>;
  readonly db: Db;
  readonly log: Log;
  /** Does something in the service's own name, in one transaction: for subcommands, which nobody calls. */
  act<T>(as: Acting, work: (at: At) => Promise<T>): Promise<T>;
}

/** What is due some day, done by one process at a time and tried again until it is done. */
export interface Job {
  readonly name: string;
  /** Done when it returns; else it says when it is due again. It may be told to stop at any time, and be begun anew. */
  run(job: DueJob, context: JobContext): Promise<Again | void>;
}

/** At a time, or so much later by the clock of the database, which is the one that jobs are looked for by. */
export type Again = { readonly again: Date } | { readonly afterMs: number };

export interface DueJob {
  readonly tenantId: string;
  readonly subjectId: string;
  /** So often it has failed. */
  readonly attempts: number;
  /** Aborted when the process is to stop, or another may have taken the job over. */
  readonly signal: AbortSignal;
}

export interface JobContext extends Pick<Context, "db" | "log" | "act" | "settings"> {
  settingsOf(tenantId: string): Promise<TenantSettings>;
  /** Until the readers of this service have passed a place in the stream. */
  passed(streamSequence: bigint, signal: AbortSignal): Promise<void>;
  /** The last place in the stream of some of this service's events; undefined while not all of them are published. */
  lastPlace(tenantId: string, events: readonly EventName[]): Promise<bigint | undefined>;
}

/** Keeps what the settings are, so that `open` knows them. */
export const app = <Shape extends z.ZodRawShape>(definition: App<Shape>): App<Shape> => definition;
