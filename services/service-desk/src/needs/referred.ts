import { requireCustomer } from "@guanxi/directory/require-customer";
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { find } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { cases } from "../cases/cases.ts";
import type { NeedState } from "./need-state.ts";

/** What a need refers to is there; what it referred to before is not asked for again. */
export async function requireReferred(at: At, need: NeedState, before?: NeedState): Promise<void> {
  const isNew = (field: "customerId" | "ownerId" | "caseId") => need[field] !== (before?.[field] ?? null);
  await Promise.all([
    isNew("customerId") && requireCustomer(at, need.customerId ?? "", "need.customer_id"),
    isNew("ownerId") && requireUser(at, need.ownerId ?? "", "need.owner_id"),
    isNew("caseId") && requireCase(at, need.caseId),
  ]);
}

async function requireCase(at: At, caseId: string | null): Promise<void> {
  if (caseId === null || (await find(at, cases, [caseId])).length > 0) return;
  throw refuse("invalid", "UNKNOWN_CASE", `There is no case ${caseId} here.`, [
    { field: "need.case_id", description: "is no case here", reason: "UNKNOWN_CASE" },
  ]);
}
