// What rules move though files and people say it too: the stage, the class, the owner, and in its own way the grade. Who said
// what last stands in the customer's history.
import type { Planned, Restored, Unit } from "@guanxi/import/service/kind";
import type { At } from "@guanxi/kit/at";
import { find, named } from "@guanxi/kit/store";
import { CHECKS } from "../checks/check-later.ts";
import { gradeByModel, withDerived } from "../customers/customer.ts";
import type { CustomerState } from "../customers/customer-state.ts";
import { modelGrades } from "../model-grades/model-grades.ts";

/** By the field of the history. */
const MOVED = {
  lifecycle_stage: ["lifecycleStage", "lifecycleStageSinceTime", "churnReason", "churnNote"],
  customer_class: ["customerClass", "customerClassSinceTime"],
  owner_id: ["ownerId", "ownerSinceTime"],
} as const satisfies Record<string, readonly (keyof CustomerState)[]>;

type Moved = keyof typeof MOVED;

const FIELDS = Object.keys(MOVED) as Moved[];

/** Columns that rules fill. Nothing of them alone says that somebody has changed the customer. */
export const DERIVED = [
  "lifecycle_stage",
  "lifecycle_stage_since_time",
  "churn_reason",
  "churn_note",
  "loyalty",
  "customer_class",
  "customer_class_since_time",
  "owner_id",
  "owner_since_time",
  "completeness", // the owner counts in it
  "touches",
  "grade",
  "grade_since_time",
  "grade_source",
];

/** A grade is somebody's word unless the value model gave it. */
export const SAID = ["case when t.grade_source is distinct from 'MODEL' then t.grade end"];

/** Whose stage, class or owner somebody has changed since the import wrote them; an import that was undone has changed nothing. */
export async function changedSince(at: At, importId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await named<{ id: string }>(at, {
    name: "import customers changed",
    text: `
select distinct h.customer_id as id
from import_writes w
join customer_history h on h.customer_id = w.record_id and h.version > w.version
where w.import_id = $1 and w.record_id = any($2::uuid[])
  and h.field = any($3::text[]) and h.actor_id <> '${CHECKS}'
  and not exists (
    select from import_writes l
    where l.import_id = case when h.actor_kind = 'import' then h.actor_id::uuid end
      and l.record_id = w.record_id and l.outcome = 'RESTORED')`,
    values: [importId, ids, [...FIELDS, "churn_reason"]],
  });
  return new Set(rows.map(({ id }) => id));
}

/** What the file did not change is as rules have left it; what it did is as before, and the rules go on from there. */
export async function restore(
  at: At,
  records: readonly Restored<CustomerState>[],
  importId: string,
): Promise<CustomerState[]> {
  const ids = records.map(({ now }) => now.customerId);
  const [written, grades] = await Promise.all([writtenBy(at, importId, ids), find(at, modelGrades, ids)]);
  const found = new Map(grades.map(({ customerId, grade }) => [customerId, grade]));
  return records.map(({ before, now }) => {
    const left = FIELDS.filter((field) => !written.has(`${before.customerId} ${field}`));
    const { loyalty, touches } = now;
    const restored = { ...withFieldsOf(now, left, before), loyalty, touches };
    return withDerived(withGrade(restored, now, found.get(before.customerId) ?? null, at.now));
  });
}

/** Of the class, which follows the facts only when these change, what they have said since holds. */
async function writtenBy(at: At, importId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await named<{ id: string; field: Moved }>(at, {
    name: "import customers written",
    text: `
select h.customer_id as id, h.field
from import_writes w
join customer_history h on h.customer_id = w.record_id and h.version >= w.version
where w.import_id = $1 and w.record_id = any($2::uuid[]) and h.field = any($3::text[])
group by h.customer_id, h.field
having bool_or(h.actor_kind = 'import' and h.actor_id = $1::text)
  and not bool_or(h.field = 'customer_class' and h.actor_id = '${CHECKS}')`,
    values: [importId, ids, FIELDS],
  });
  return new Set(rows.map(({ id, field }) => `${id} ${field}`));
}

const withFieldsOf = (from: CustomerState, fields: readonly Moved[], to: CustomerState): CustomerState => ({
  ...to,
  ...Object.fromEntries(fields.flatMap((field) => MOVED[field]).map((key) => [key, from[key]])),
});

/** The grade as before where the file said another one; the model's last word where nobody had said any. */
function withGrade(
  before: CustomerState,
  now: CustomerState,
  found: CustomerState["grade"],
  time: Date,
): CustomerState {
  if (saidGrade(before) !== saidGrade(now)) return gradeByModel(before, found, time);
  const { grade, gradeSinceTime, gradeSource } = now;
  return { ...before, grade, gradeSinceTime, gradeSource };
}

const saidGrade = ({ grade, gradeSource }: CustomerState) => (gradeSource === "MODEL" ? null : grade);

/** Says a file only what was said last, then it is nothing new, and what rules have made of it since stays. */
export async function withoutRepeated(
  at: At,
  units: readonly Unit<CustomerState>[],
  planned: readonly Planned<CustomerState>[],
): Promise<readonly Planned<CustomerState>[]> {
  const changes = planned.map((each, index) => {
    const before = units[index]!.before;
    if (!before || !("state" in each)) return [];
    return FIELDS.filter((field) => before[MOVED[field][0]] !== each.state[MOVED[field][0]]);
  });
  const asked = units.flatMap(({ before }, index) =>
    before && changes[index]!.length > 0 ? [before.customerId] : [],
  );
  if (asked.length === 0) return planned;
  const last = await lastWords(at, asked);
  return planned.map((each, index) => {
    const before = units[index]!.before;
    if (!before || !("state" in each)) return each;
    const { state } = each;
    const repeated = changes[index]!.filter(
      (field) => last.get(`${before.customerId} ${field}`) === (state[MOVED[field][0]] ?? ""),
    );
    if (repeated.length === 0) return each;
    return { state: withDerived(withFieldsOf(before, repeated, state)) };
  });
}

/** What somebody said last, and not the rules. */
async function lastWords(at: At, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await named<{ id: string; field: string; word: string }>(at, {
    name: "import customers last words",
    text: `
select distinct on (customer_id, field) customer_id as id, field, new_value as word
from customer_history
where customer_id = any($1::uuid[]) and field = any($2::text[]) and actor_id <> '${CHECKS}'
order by customer_id, field, version desc, history_id desc`,
    values: [ids, FIELDS],
  });
  return new Map(rows.map(({ id, field, word }) => [`${id} ${field}`, word]));
}
