import type { Statement } from "./flush.ts";
import { refuse } from "./refuse.ts";

/** A right, as it stands in (access) of a method. */
export interface Right {
  readonly resource: string;
  readonly action: string;
}

/** What a method asks of a person: a right, or no more than that they may sign in. */
export type Needed = Right & { readonly caller?: string };

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

// The function raises where its list is not empty; of a name that is older than this use. It stands to the left of the join,
// so it is asked even where none of the callers is known.
const REQUIRE_ACTIVE = `select p.principal_id as "principalId", p.grants
from refuse_stale(array(select unnest($1::uuid[]) except select principal_id from principals where active)) as r
left join principals p on p.principal_id = any($1)`;

/** As requireRights, for what is open to everybody who may sign in. */
const requireActive = (principals: readonly string[]): Statement => ({
  name: "active",
  text: REQUIRE_ACTIVE,
  values: [principals],
  refusal: (error) => (error.code === "GX412" ? shutOut() : error),
});

export const requireNeeded = (principals: readonly string[], needed: Needed): Statement =>
  needed.caller === "signed-in" ? requireActive(principals) : requireRights(principals, needed);

const shutOut = () =>
  refuse(
    "unauthenticated",
    "NOT_A_USER",
    "This account may not sign in, or not yet: ask whoever manages your users.",
  );

const forbidden = ({ resource, action }: Right) =>
  refuse("forbidden", "PERMISSION_DENIED", `This needs the right ${resource}:${action}.`);

export const covers = (grants: readonly string[], { resource, action }: Right) =>
  [`${resource}:${action}`, `${resource}:*`, `*:${action}`, "*:*"].some((right) => grants.includes(right));
