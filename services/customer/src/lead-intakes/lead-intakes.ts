import { LeadIntake, LeadIntake_State } from "@guanxi/contract/guanxi/customer/v1/lead_intake";
import { etagOf } from "@guanxi/kit/etag";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { numberOf } from "@guanxi/kit/enum-names";
import type { LeadIntakeState } from "./lead-intake.ts";

const leadIntakeTable = new EntitySchema<LeadIntakeState>({
  name: "lead_intake",
  tableName: "lead_intakes",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    leadIntakeId: { name: "lead_intake_id", type: "uuid", primary: true },
    leadId: { name: "lead_id", type: "uuid" },
    state: { type: "text" },
    customerId: { name: "customer_id", type: "uuid" },
    contactId: { name: "contact_id", type: "uuid", nullable: true },
    refusal: { type: "text" },
    createTime: { name: "create_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

const present = ({ version, ...intake }: LeadIntakeState): LeadIntake => ({
  ...intake,
  state: numberOf(LeadIntake_State, intake.state),
  contactId: intake.contactId ?? "",
  etag: etagOf({ version }),
});

export const leadIntakes = table({
  entity: leadIntakeTable,
  message: LeadIntake,
  present,
  customerOf: ({ customerId }) => customerId,
});
