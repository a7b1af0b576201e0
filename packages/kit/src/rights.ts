import type { Statement } from "./flush.ts";
import { refuse } from "./refuse.ts";

/** A right, as it stands in (access) of a method. */
export interface Right {
  readonly resource: string;
  readonly action: string;
}

const REQUIRE = `select principal_id as "principalId", grants from require_rights($1::uuid[], $2, $3)`;

/**
 * Travels with the first question or the commit of the request, and raises inside it: no round trip of its own, no answer
 * to who lacks the right, and a right that was withdrawn holds for the very next request.
 */
export function requireRights(principals: readonly string[], { resource, action }: Right): Statement {
  return {
    name: "rights",
    text: REQUIRE,
    values: [principals, resource, action],
    refusal: (error) => (error.code === "GX403" ? forbidden({ resource, action }) : error),
  };
}

const forbidden = ({ resource, action }: Right) =>
  refuse("forbidden", "PERMISSION_DENIED", `This needs the right ${resource}:${action}.`);

export const covers = (grants: readonly string[], { resource, action }: Right) =>
  [`${resource}:${action}`, `${resource}:*`, `*:${action}`, "*:*"].some((right) => grants.includes(right));
