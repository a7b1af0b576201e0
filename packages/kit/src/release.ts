import { schemaFault, type Step } from "./schema-steps.ts";

/** A release as deploy/releases.json keeps it: by what it makes of each schema, never changed afterwards. */
export interface Release {
  readonly release: string;
  /** Its code is ready on its own schema only, and has no /version. So was the first. */
  readonly exact?: boolean;
  readonly contract: string;
  /** The migrations of each service in order; of one without a database there are none. */
  readonly services: Readonly<Record<string, readonly Step[]>>;
}

/** Whether the code of a release works where a service's schema has these steps. */
export function worksOn({ services, exact }: Release, service: string, schema: readonly Step[]): boolean {
  const known = services[service] ?? [];
  if (schema.length === 0) return known.length === 0;
  if (exact && schema.length !== known.length) return false;
  return schemaFault(known, schema) === undefined;
}
