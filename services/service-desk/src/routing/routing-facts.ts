// What a rule may ask of a case, or of a call that is none yet.
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  Case_Kind,
  Case_Origin,
  Case_Phase,
  Case_Priority,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import type { CaseGrade, CaseKind, CaseOrigin, CasePhase, CasePriority } from "../cases/case-state.ts";
import { column } from "../columns.ts";

/** Absent is null. */
export interface RoutingFacts {
  readonly kind: CaseKind | null;
  readonly phase: CasePhase | null;
  readonly origin: CaseOrigin | null;
  /** As somebody said it: the policy gives one to what has none. */
  readonly priority: CasePriority | null;
  readonly topic: string | null;
  readonly grade: CaseGrade | null;
  readonly customerId: string | null;
  readonly productId: string | null;
  readonly tags: readonly string[];
  readonly requiredSkills: readonly string[];
}

/** Conditions are asked of one case, never of a table. */
export const routingFields = catalogue<RoutingFacts>({ id: "", side: "" }, [
  column("kind", "enum", ({ kind }) => kind, { values: namesOf(Case_Kind) }),
  column("phase", "enum", ({ phase }) => phase, { values: namesOf(Case_Phase) }),
  column("origin", "enum", ({ origin }) => origin, { values: namesOf(Case_Origin) }),
  column("priority", "enum", ({ priority }) => priority, { values: namesOf(Case_Priority) }),
  column("topic", "text", ({ topic }) => topic),
  column("grade", "enum", ({ grade }) => grade, { values: namesOf(Grade) }),
  column("customer_id", "id", ({ customerId }) => customerId),
  column("product_id", "id", ({ productId }) => productId),
  { name: "tags", type: "tags", stored: { kind: "tag" }, read: ({ tags }) => tags },
  {
    name: "required_skills",
    type: "tags",
    stored: { kind: "skill" },
    read: ({ requiredSkills }) => requiredSkills,
  },
]);
