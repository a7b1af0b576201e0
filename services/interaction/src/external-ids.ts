import type { ExternalId } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { Violation } from "@guanxi/kit/refuse";

export function externalIdViolations(field: string, externalIds: readonly ExternalId[]): Violation[] {
  const ids = externalIds.map(({ system, id }) => `${system} ${id}`);
  return new Set(ids).size < ids.length ? [{ field, description: "must not repeat one" }] : [];
}

/** With what a system calls it; an id that is not said changes nothing. */
export function withExternalId(before: readonly ExternalId[], system: string, id: string): ExternalId[] {
  const known = before.some((each) => each.system === system && each.id === id);
  return id === "" || known ? [...before] : [...before, { system, id }];
}
