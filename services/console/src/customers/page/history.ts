// A change of what a customer is to us, in words.
import type { HistoryEntry } from "@guanxi/client/gen/guanxi";
import type { Tools } from "./tools.ts";

const ENUMS: Readonly<Record<string, readonly [string, string]>> = {
  lifecycle_stage: ["LifecycleStage", "LIFECYCLE_STAGE_"],
  churn_reason: ["ChurnReason", "CHURN_REASON_"],
  loyalty: ["Loyalty", "LOYALTY_"],
  customer_class: ["CustomerClass", "CUSTOMER_CLASS_"],
  grade: ["Grade", "GRADE_"],
  relationship_level: ["RelationshipLevel", "RELATIONSHIP_LEVEL_"],
};

export function changeOf({ field, oldValue, newValue }: HistoryEntry, { label, name, say }: Tools): string {
  const known = ENUMS[field];
  const word = (value: string) => {
    if (!value) return say("nothingKnown");
    if (known) return label(known[0], known[1] + value);
    return field === "owner_id" ? name(value) || value : value;
  };
  return `${word(oldValue)} → ${word(newValue)}`;
}
