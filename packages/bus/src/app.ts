import type { Service } from "@guanxi/kit/edge";
import type { At } from "@guanxi/kit/at";
import type { Db } from "@guanxi/kit/db";
import type { Log } from "@guanxi/kit/log";
import type { PageHandler } from "@guanxi/kit/management";
import type { Migration } from "@guanxi/kit/migrate";
import type { z } from "zod";
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
  open(context: Context<Shape>): Promise<Opened> | Opened;
  /** Subcommands besides serve, migrate, rebuild and replay. */
  readonly commands?: Readonly<Record<string, (context: Context<Shape>) => Promise<void>>>;
}

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

export interface Acting {
  readonly tenantId: string;
  /** As in identity/provision. */
  readonly actor: string;
  readonly timeZone: string;
  readonly currencyCode: string;
}

/** Keeps what the settings are, so that `open` knows them. */
export const app = <Shape extends z.ZodRawShape>(definition: App<Shape>): App<Shape> => definition;
