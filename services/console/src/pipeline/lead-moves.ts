// What can be done with a lead in each status, as the sales service allows it: so that nobody is offered what is refused.
import type { Lead } from "@guanxi/client/gen/guanxi";
import type { LeadStatusName } from "./search.ts";

type Walked = "ASSIGNED" | "CONTACTING" | "NURTURING";

export interface Ways {
  walk: Walked[];
  assign: boolean;
  qualify: boolean;
  disqualify: boolean;
  recycle: boolean;
  convert: boolean;
  edit: boolean;
}

const WALK: Readonly<Record<LeadStatusName, readonly Walked[]>> = {
  NEW: ["ASSIGNED", "CONTACTING", "NURTURING"],
  ASSIGNED: ["CONTACTING", "NURTURING"],
  CONTACTING: ["ASSIGNED", "NURTURING"],
  NURTURING: ["ASSIGNED", "CONTACTING"],
  QUALIFIED: ["ASSIGNED", "CONTACTING", "NURTURING"],
  CONVERTED: [],
  DISQUALIFIED: [],
  RECYCLED: ["ASSIGNED", "CONTACTING", "NURTURING"],
};

const nameOf = (status: Lead["status"]) => status.slice("STATUS_".length) as LeadStatusName;

export function waysOf({ status, ownerId }: Pick<Lead, "status" | "ownerId">): Ways {
  const name = nameOf(status);
  const walk = (WALK[name] ?? []).filter((next) => next !== "ASSIGNED" || ownerId !== "");
  const open = name !== "CONVERTED";
  const alive = open && name !== "DISQUALIFIED";
  return {
    walk,
    assign: open,
    qualify: alive && name !== "QUALIFIED",
    disqualify: alive,
    recycle: name === "DISQUALIFIED",
    convert: name === "QUALIFIED",
    edit: open,
  };
}

/** What a lead is called: whom one speaks to stands after where they are. */
export const nameOfLead = ({
  organisationName,
  personName,
}: Pick<Lead, "organisationName" | "personName">): string =>
  [organisationName, personName].filter(Boolean).join(" · ");
