import { FeedbackPolicy } from "@guanxi/contract/guanxi/interaction/v1/feedback_policy";
import type { At } from "@guanxi/kit/at";
import { staleEtag } from "@guanxi/kit/etag";
import { find, lockFound } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { PolicyState } from "./feedback-state.ts";
import { presentPolicy } from "./present.ts";

const policyTable = new EntitySchema<PolicyState>({
  name: "feedback_policy",
  tableName: "feedback_policies",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    feedbackPolicyId: { name: "feedback_policy_id", type: "uuid", primary: true },
    responseDays: { name: "response_days", type: "int" },
    escalateToId: { name: "escalate_to_id", type: "uuid", nullable: true },
    surveyFatigueDays: { name: "survey_fatigue_days", type: "int" },
    updateTime: { name: "update_time", type: "timestamptz", nullable: true },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const policies = table({
  entity: policyTable,
  message: FeedbackPolicy,
  present: presentPolicy,
  violations: { feedback_policies_pkey: staleEtag }, // two first changes at once
});

const firstPolicy = (tenantId: string): PolicyState => ({
  feedbackPolicyId: tenantId,
  responseDays: 7,
  escalateToId: null,
  surveyFatigueDays: 30,
  updateTime: null,
  version: 0,
});

export const policyOf = async (at: At): Promise<PolicyState> =>
  (await find(at, policies, [at.tenantId]))[0] ?? firstPolicy(at.tenantId);

export const lockPolicy = async (at: At): Promise<PolicyState> =>
  (await lockFound(at, policies, [at.tenantId]))[0] ?? firstPolicy(at.tenantId);
