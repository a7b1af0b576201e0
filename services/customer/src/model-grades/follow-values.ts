import { onState } from "@guanxi/bus/reaction";
import { CustomerValue } from "@guanxi/contract/guanxi/analytics/v1/customer_value";
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { GradeChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { At } from "@guanxi/kit/at";
import { nameOf } from "@guanxi/kit/enum-names";
import { copy, find, lock, record, remove } from "@guanxi/kit/store";
import { gradeByModel } from "../customers/customer.ts";
import type { CustomerState } from "../customers/customer-state.ts";
import { customers } from "../customers/customers.ts";
import { modelGrades } from "./model-grades.ts";

/** A customer's grade follows its value, whatever the event is called that tells of it (R026). */
export const followValues = onState(CustomerValue, [], async (changes, at) => {
  for (const { state, previous, meta } of changes) {
    const { aggregateId: customerId, version } = meta;
    const grade = state ? nameOf(Grade, state.grade) : null;
    if (grade) copy(at, modelGrades, [{ customerId, grade, version }]);
    else remove(at, modelGrades, [customerId]);
    const { modelVersion = "", valueRunId = "" } = state ?? previous ?? {};
    await follow(at, customerId, grade, `value model ${modelVersion}, run ${valueRunId}`);
  }
});

async function follow(at: At, customerId: string, grade: CustomerState["grade"], reason: string) {
  const [there] = await find(at, customers, [customerId]);
  // Gone meanwhile, or not of this company; or absorbed, and the survivor has a value of its own.
  if (!there || there.state === "MERGED") return;
  const before = await lock(at, customers, customerId);
  const after = gradeByModel(before, grade, at.now);
  if (after !== before) record(at, customers, after, GradeChanged, { reason });
}
