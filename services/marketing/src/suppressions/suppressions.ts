import { Suppression, Suppression_Kind } from "@guanxi/contract/guanxi/marketing/v1/suppression";
import { idsOf } from "@guanxi/directory/living";
import type { At } from "@guanxi/kit/at";
import { namesOf, numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { column } from "../columns.ts";
import { customerKey, type SuppressionState } from "./suppression.ts";

export const presentSuppression = (it: SuppressionState): Suppression => ({
  suppressionId: it.suppressionId,
  kind: numberOf(Suppression_Kind, it.kind),
  value: it.value,
  note: it.note,
  createTime: it.createTime,
  etag: etagOf(it),
});

export const suppressions = table({
  entity: new EntitySchema<SuppressionState>({
    name: "suppression",
    tableName: "suppressions",
    columns: {
      suppressionId: { name: "suppression_id", type: "uuid", primary: true },
      kind: { type: "text" },
      value: { type: "text" },
      note: { type: "text" },
      createTime: { name: "create_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: Suppression,
  present: presentSuppression,
  violations: {
    suppressions_by_value: () => refuse("exists", "ALREADY_EXISTS", "Nothing is sent there already."),
  },
});

/** What a condition over suppressions may name, as published at ListSuppressionsRequest.filter. */
export const suppressionFields = catalogue<SuppressionState>({ id: "suppression_id", side: "" }, [
  column("kind", "enum", ({ kind }) => kind, { values: namesOf(Suppression_Kind) }),
  column("create_time", "time", ({ createTime }) => createTime),
  column("value", "text", ({ value }) => value, { personal: true }),
]);

/** Which of these keys stand in the list. */
export async function suppressedAmong(at: At, keys: readonly string[]): Promise<Set<string>> {
  const parts = keys.map((key) => key.split(" ", 2));
  const rows = await named<{ key: string }>(at, {
    name: "suppressions among",
    text: `select s.kind || ' ' || s.value as key from unnest($1::text[], $2::text[]) as i (kind, value)
      join suppressions s on s.kind = i.kind and s.value = i.value`,
    values: [parts.map(([kind]) => kind), parts.map(([, value]) => value)],
  });
  return new Set(rows.map(({ key }) => key));
}

/** The keys of those customers who stand in the list, by their own id or by that of somebody who has become them. */
export async function suppressedCustomers(at: At, customerIds: readonly string[]): Promise<string[]> {
  const ids = await idsOf(at, customerIds);
  const listed = await suppressedAmong(at, [...ids.values()].flat().map(customerKey));
  return customerIds
    .filter((id) => ids.get(id)!.some((each) => listed.has(customerKey(each))))
    .map(customerKey);
}
