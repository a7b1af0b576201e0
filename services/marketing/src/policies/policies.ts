// How often and when anybody may be written to: one row for each tenant, and what holds where there is none.
import { SendingPolicy } from "@guanxi/contract/guanxi/marketing/v1/sending_policy";
import type { At } from "@guanxi/kit/at";
import { etagOf, staleEtag } from "@guanxi/kit/etag";
import { find, lockFound } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

export interface PolicyState {
  readonly sendingPolicyId: string;
  readonly capMessages: number;
  readonly capDays: number;
  readonly quietFrom: string;
  readonly quietUntil: string;
  readonly updateTime: Date | null;
  readonly version: number;
}

export const presentPolicy = (it: PolicyState): SendingPolicy => ({
  sendingPolicyId: it.sendingPolicyId,
  capMessages: it.capMessages,
  capDays: it.capDays,
  quietFrom: it.quietFrom,
  quietUntil: it.quietUntil,
  updateTime: it.updateTime ?? undefined,
  etag: etagOf(it),
});

export const policies = table({
  entity: new EntitySchema<PolicyState>({
    name: "sending_policy",
    tableName: "sending_policies",
    columns: {
      sendingPolicyId: { name: "sending_policy_id", type: "uuid", primary: true },
      capMessages: { name: "cap_messages", type: "int" },
      capDays: { name: "cap_days", type: "int" },
      quietFrom: { name: "quiet_from", type: "text" },
      quietUntil: { name: "quiet_until", type: "text" },
      updateTime: { name: "update_time", type: "timestamptz", nullable: true },
      version: { type: "int" },
    },
  }),
  message: SendingPolicy,
  present: presentPolicy,
  violations: { sending_policies_pkey: staleEtag }, // two first changes at once
});

const firstPolicy = (tenantId: string): PolicyState => ({
  sendingPolicyId: tenantId,
  capMessages: 3,
  capDays: 7,
  quietFrom: "21:00",
  quietUntil: "08:00",
  updateTime: null,
  version: 0,
});

export const policyOf = async (at: At): Promise<PolicyState> =>
  (await find(at, policies, [at.tenantId]))[0] ?? firstPolicy(at.tenantId);

export const lockPolicy = async (at: At): Promise<PolicyState> =>
  (await lockFound(at, policies, [at.tenantId]))[0] ?? firstPolicy(at.tenantId);
