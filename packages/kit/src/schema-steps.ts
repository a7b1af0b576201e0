// What code and schema may differ by. A release expands the schema, a later one contracts it: whoever knows the
// expanded one works on both.

/** A migration, as code knows it and as the database remembers it. */
export interface Step {
  /** Ends in its stamp, by which migrations of a service stand in order. */
  readonly name: string;
  /**
   * Says that this one contracts: it drops or tightens what older code uses. The stamp of the schema that code has
   * to know at least to work on the result. A migration without it expands: older code goes on.
   */
  readonly needs?: string | undefined;
}

export interface SchemaVersion {
  /** The stamp of the last migration. */
  readonly version: string;
  /** The oldest schema that code may have been written for and still work. */
  readonly needs: string;
}

export const stampOf = ({ name }: Step) => name.replace(/\D/g, "");

export function schemaVersion(steps: readonly Step[]): SchemaVersion {
  const stamps = steps.map(stampOf).sort();
  const needs = steps.flatMap((step) => step.needs ?? []).sort();
  return { version: stamps.at(-1)!, needs: needs.at(-1) ?? stamps[0]! };
}

/** Why code that knows some steps cannot work where others were applied, and what to do; undefined where it can. */
export function schemaFault(known: readonly Step[], applied: readonly Step[]): string | undefined {
  const { version } = schemaVersion(known);
  const missing = without(known, applied);
  if (missing.length > 0) return `the schema lacks ${names(missing)}: run migrate`;
  const unknown = without(applied, known);
  const strange = unknown.filter((step) => stampOf(step) <= version);
  if (strange.length > 0)
    return `the schema has ${names(strange)}, which another line of releases has made: start a release of that line`;
  const tightened = unknown.filter(({ needs }) => needs !== undefined && needs > version);
  if (tightened.length === 0) return undefined;
  return `${names(tightened)} took away what this code uses (it knows ${version}): start a newer release`;
}

function without(steps: readonly Step[], others: readonly Step[]): Step[] {
  const known = new Set(others.map(({ name }) => name));
  return steps.filter(({ name }) => !known.has(name));
}

const names = (steps: readonly Step[]) => steps.map(({ name }) => name).join(", ");
