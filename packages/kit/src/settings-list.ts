import type { z } from "zod";
import { descriptionOf, variableOf } from "./env.ts";

/** A setting as people read of it. */
export interface ListedSetting {
  readonly name: string;
  /** What it is for; empty where nobody has said it. */
  readonly what: string;
  /** What to write there. */
  readonly write: string;
  /** Empty where there is none. */
  readonly fallback: string;
  readonly required: boolean;
  readonly secret: boolean;
}

export function listSettings(schema: z.ZodObject): ListedSetting[] {
  return Object.entries(schema.shape).map(([key, type]) => listed(variableOf(key), type as z.ZodType));
}

function listed(name: string, type: z.ZodType): ListedSetting {
  const { what = "", secret = false } = (type.meta() ?? {}) as { what?: string; secret?: boolean };
  const without = type.safeParse(undefined);
  return {
    name,
    what,
    write: descriptionOf(type) ?? "a text",
    fallback: without.success && without.data !== undefined ? String(without.data) : "",
    required: !without.success,
    secret,
  };
}
