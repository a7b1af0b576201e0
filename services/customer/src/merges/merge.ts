// How several customers become one, and apart again. All of it is a matter of states: no question is asked here.
import { refuse } from "@guanxi/kit/refuse";
import type { StoredConsent } from "../contact-points/consents.ts";
import type { CustomerState } from "../customers/customer-state.ts";
import { combine, conflictsOf, isPickable, type Part, partOf, type Picks } from "./survivorship.ts";
import { restored, type Slots, slotsOf, stored, type StoredSlots, withSlots } from "./slots.ts";
import { threeWay } from "./three-way.ts";
import { saidBetween, withWithdrawn } from "./withdrawn.ts";

/** What undoing a merge needs to know of it. The absorbed rows stand as they were when they were absorbed. */
export interface Merge {
  readonly mergeId: string;
  readonly survivorId: string;
  /** Of the survivor before it: merges of one survivor stand in this order. */
  readonly survivorVersion: number;
  readonly absorbed: readonly AbsorbedPart[];
  readonly picks: Picks;
  readonly before: StoredSlots;
  readonly merged: StoredSlots;
}

interface AbsorbedPart {
  readonly customerId: string;
  readonly state: "ACTIVE" | "ARCHIVED";
  readonly updateTime: string;
}

export interface Wish {
  readonly mergeId: string;
  readonly picks: Picks;
  readonly now: Date;
}

/** The absorbed come in the order of their ids. */
export function absorb(
  survivor: CustomerState,
  others: readonly CustomerState[],
  { mergeId, picks, now }: Wish,
) {
  const absorbed = others.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
  const parts = [survivor, ...absorbed].map(partOf);
  const merged = combine(parts, picks);
  const ids = absorbed.map(({ customerId }) => customerId);
  const merge: Merge = {
    mergeId,
    survivorId: survivor.customerId,
    survivorVersion: survivor.version,
    absorbed: absorbed.map(({ customerId, state, updateTime }) => ({
      customerId,
      state: state === "ARCHIVED" ? "ARCHIVED" : "ACTIVE",
      updateTime: updateTime.toISOString(),
    })),
    picks,
    before: stored(parts[0]!.slots),
    merged: stored(merged),
  };
  return {
    merge,
    survivor: {
      ...withSlots(survivor, merged),
      absorbedCustomerIds: [...survivor.absorbedCustomerIds, ...ids].sort(),
      updateTime: now,
    },
    absorbed: absorbed.map(
      (each): CustomerState => ({
        ...each,
        state: "MERGED",
        mergedIntoCustomerId: survivor.customerId,
        updateTime: now,
      }),
    ),
  };
}

/** Who can be one, as far as the customers themselves say it. */
export function requireMergeable(
  survivor: CustomerState,
  absorbed: readonly CustomerState[],
  { picks, despite }: { picks: Picks; despite: boolean },
): void {
  const all = [survivor, ...absorbed];
  if (survivor.state === "ARCHIVED")
    throw refuse("precondition", "CUSTOMER_ARCHIVED", "The survivor is in the archive: restore it first.");
  if (new Set(all.map(({ kind }) => kind)).size > 1)
    throw refuse("precondition", "KINDS_DIFFER", "A person and an organisation are never one customer.");
  const ids = new Set(all.map(({ customerId }) => customerId));
  const wrong = Object.entries(picks).filter(([field, id]) => !isPickable(field) || !ids.has(id));
  if (wrong.length > 0)
    throw refuse(
      "invalid",
      "INVALID_REQUEST",
      "Pick fields that PreviewMerge names, from customers that are merged.",
      wrong.map(([field]) => ({ field: `picks.${field}`, description: "names no such field or customer" })),
    );
  const explicit = conflictsOf(all).filter((conflict) => conflict.explicit);
  if (explicit.length > 0 && !despite)
    throw refuse(
      "precondition",
      "EXPLICIT_IDS_DIFFER",
      "Their ids say that they are not the same: to merge them all the same, set despite_different_ids and say why.",
      explicit.map(({ field, values }) => ({
        field,
        description: `differs between ${[...new Set(values.map(({ customerId }) => customerId))].join(" and ")}`,
      })),
    );
}

/** All that may change when a merge is undone. */
export interface World {
  /** The survivor, all into which it was merged since, and those whom they have absorbed. */
  readonly customers: ReadonlyMap<string, CustomerState>;
  /** In force. */
  readonly merges: readonly Merge[];
}

interface Undone {
  /** The survivor, and all into which it was merged since. */
  readonly survivors: readonly CustomerState[];
  readonly separated: readonly CustomerState[];
  /** Later merges, as if this one had not been before them. */
  readonly rebased: readonly Merge[];
}

export function undo(merge: Merge, world: World, now: Date): Undone {
  const gone = new Set(merge.absorbed.map(({ customerId }) => customerId));
  const known = new Map(world.customers);
  const rebased: Merge[] = [];
  const survivors: CustomerState[] = [];
  const said: StoredConsent[] = [];
  let step: Step | undefined = { last: merge, base: restored(merge.before) };
  while (step) {
    const { last, base }: Step = step;
    const from = restored(last.merged);
    const here = known.get(last.survivorId)!;
    const later = rebase(laterThan(last, world.merges), { base, from, known });
    rebased.push(...later.merges);
    said.push(...later.said, ...saidBetween(later.from, slotsOf(here)));
    const after: CustomerState = {
      ...withSlots(here, threeWay(later.base, later.from, slotsOf(here))),
      absorbedCustomerIds: here.absorbedCustomerIds.filter((id) => !gone.has(id)),
      updateTime: now,
    };
    known.set(after.customerId, after);
    survivors.push(after);
    step = above(after, world.merges, known);
    if (step) rebased.push({ ...step.last, merged: stored(step.base) });
  }
  const separated = merge.absorbed.map((each) => apart(each, world.customers, { said, now }));
  return { survivors, separated, rebased };
}

function apart(
  { customerId, state }: AbsorbedPart,
  known: World["customers"],
  { said, now }: { said: readonly StoredConsent[]; now: Date },
): CustomerState {
  const absorbed = known.get(customerId)!;
  const consents = withWithdrawn(absorbed.consents, said);
  return { ...absorbed, consents, state, mergedIntoCustomerId: null, updateTime: now };
}

/** What this merge has left of its survivor is to be `base` instead. */
interface Step {
  readonly last: Merge;
  readonly base: Slots;
}

const laterThan = ({ survivorId, survivorVersion }: Merge, merges: readonly Merge[]) =>
  merges
    .filter((each) => each.survivorId === survivorId && each.survivorVersion > survivorVersion)
    .toSorted((a, b) => a.survivorVersion - b.survivorVersion);

type Ground = {
  readonly base: Slots;
  readonly from: Slots;
  readonly known: ReadonlyMap<string, CustomerState>;
};

/** The same merges on another ground, one after the other. */
function rebase(merges: readonly Merge[], { base, from, known }: Ground) {
  const rebased: Merge[] = [];
  const said: StoredConsent[] = [];
  for (const merge of merges) {
    said.push(...saidBetween(from, restored(merge.before)));
    const before = threeWay(base, from, restored(merge.before));
    from = restored(merge.merged);
    base = again(merge, before, known);
    rebased.push({ ...merge, before: stored(before), merged: stored(base) });
  }
  return { base, from, merges: rebased, said };
}

/** What the merge makes of its survivor, had that been so before. */
function again(merge: Merge, before: Slots, known: ReadonlyMap<string, CustomerState>): Slots {
  const survivor: Part = { customerId: merge.survivorId, slots: before, updateTime: "" };
  const absorbed = merge.absorbed.map(
    ({ customerId, updateTime }): Part => ({
      customerId,
      slots: slotsOf(known.get(customerId)!),
      updateTime,
    }),
  );
  return combine([survivor, ...absorbed], merge.picks);
}

/** A survivor that was absorbed itself has brought what it had to the next one. */
function above(
  { customerId }: CustomerState,
  merges: readonly Merge[],
  known: ReadonlyMap<string, CustomerState>,
): Step | undefined {
  const last = merges.find(({ absorbed }) => absorbed.some((each) => each.customerId === customerId));
  return last && { last, base: again(last, restored(last.before), known) };
}
