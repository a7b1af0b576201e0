import type { z } from "zod";
import { variableOf } from "./env.ts";

const MOST_SLIPS = 2;
/** Shorter names are near to too many others: HOME is no misspelt HOST. */
const LEAST_LENGTH = 8;

/**
 * Variables that look like a setting that is not set, one sentence each. Those of others are not looked at: a cluster tells
 * every container of all its services, and they may be called as they like.
 */
export function misspelt(
  schema: z.ZodObject,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string[] {
  const settings = Object.keys(schema.shape).map(variableOf);
  const known = new Set(settings.flatMap((name) => [name, `${name}_FILE`]));
  const unset = settings.filter((name) => !env[name] && !env[`${name}_FILE`]);
  const wanted = unset
    .flatMap((name) => [name, `${name}_FILE`])
    .filter((name) => name.length >= LEAST_LENGTH);
  return Object.keys(env)
    .filter((name) => env[name] && !known.has(name))
    .flatMap((name) => {
      const meant = wanted.find((other) => slips(name, other) <= MOST_SLIPS);
      return meant ? [`${name} is no setting of this program: is ${meant} meant?`] : [];
    });
}

/** How many letters are added, left out or changed from one to the other. */
function slips(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > MOST_SLIPS) return MOST_SLIPS + 1;
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const changed = above[column - 1]! + Number(one[row - 1] !== other[column - 1]);
      line.push(Math.min(changed, above[column]! + 1, line[column - 1]! + 1));
    }
    above = line;
  }
  return above.at(-1)!;
}
