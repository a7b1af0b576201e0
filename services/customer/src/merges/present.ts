import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  type Merge,
  MergePreview,
  type MergePreview_Field,
  type MergePreview_Value,
} from "@guanxi/contract/guanxi/customer/v1/merge_service";
import type { At } from "@guanxi/kit/at";
import { etagOf } from "@guanxi/kit/etag";
import { actorOf } from "@guanxi/kit/event";
import type { CustomerState } from "../customers/customer-state.ts";
import { answer } from "../customers/present.ts";
import { excessOf } from "./limits.ts";
import { absorb } from "./merge.ts";
import type { Holding, MergeState } from "./merges.ts";
import { isField, type Slots } from "./slots.ts";
import {
  conflictsOf,
  differs,
  fieldsOf,
  isPickable,
  type Part,
  partOf,
  pickOf,
  type Picks,
} from "./survivorship.ts";

export const present = (merge: MergeState, survivor?: Customer): Merge => ({
  mergeId: merge.mergeId,
  survivorCustomerId: merge.survivorId,
  absorbedCustomerIds: merge.absorbed.map(({ customerId }) => customerId),
  picks: { ...merge.picks },
  reason: merge.reason,
  createTime: merge.createTime,
  actor: { ...actorOf(merge.actor) },
  undoTime: merge.undoTime ?? undefined,
  undoActor: merge.undoActor ? actorOf(merge.undoActor) : undefined,
  undoReason: merge.undoReason,
  survivor,
});

/** The survivor is the first. */
export async function preview(
  at: At,
  customers: readonly CustomerState[],
  { picks, holdings }: { picks: Picks; holdings: readonly Holding[] },
): Promise<MergePreview> {
  const [survivor, ...others] = customers as [CustomerState, ...CustomerState[]];
  const parts = customers.map(partOf);
  const { survivor: merged } = absorb(survivor, others, { mergeId: "", picks, now: at.now });
  const excess = await excessOf(
    at,
    merged,
    others.map(({ customerId }) => customerId),
  );
  return MergePreview.fromPartial({
    survivorId: survivor.customerId,
    fields: fieldsOf(parts)
      .filter(isPickable)
      .map((field) => presentField(field, parts, picks)),
    conflicts: [
      ...conflictsOf(customers).map(({ values, ...conflict }) => ({ ...conflict, values: [...values] })),
      ...excess.map(({ field, description }) => ({
        field: field.replace(/^customer\./, ""),
        refusal: description,
      })),
    ],
    holdings: [...holdings],
    merged: answer(merged, at),
    etags: Object.fromEntries(customers.map((each) => [each.customerId, etagOf(each)])),
  });
}

const presentField = (field: string, parts: readonly Part[], picks: Picks): MergePreview_Field => ({
  field,
  values: parts.map((part) => presentValue(field, part)),
  pickedCustomerId: pickOf(field, parts, picks)?.customerId ?? "",
  differs: differs(field, parts),
});

const presentValue = (field: string, { customerId, slots }: Part): MergePreview_Value => ({
  customerId,
  value: textOf(field, slots),
});

/** Texts as they are; what has parts, as JSON. */
function textOf(field: string, slots: Slots): string {
  const said = isField(field) ? slots.get(field) : undefined;
  const [first] = Object.values(said ?? {}) as unknown[];
  if (first === null || first === undefined) return "";
  return typeof first === "object" ? JSON.stringify(first) : String(first);
}
