// Histories of customers who are created, changed, merged and separated at random, and what must be true of them: after every merge is
// undone, in whatever order, each is what it would have been had none been made. The oracle knows nothing of merges but who is in force.
import { deepStrictEqual } from "node:assert";
import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import fc from "fast-check";

/** The rules alone, or the service behind its front door. */
export interface Book {
  create(start: Start): Promise<string>;
  edit(customerId: string, edit: Edit): Promise<void>;
  merge(survivorId: string, absorbedIds: string[], picks: Record<string, string>): Promise<string>;
  unmerge(mergeId: string): Promise<void>;
  /** By any id that was ever given out. */
  read(customerId: string): Promise<Customer>;
  /** The ids of those who stand for them. */
  resolve(customerIds: string[]): Promise<string[]>;
  addContact(customerIds: string[]): Promise<string>;
  retitle(contactId: string, customerId: string, title: string): Promise<void>;
  /** Where the person works, and as what. */
  jobs(contactId: string): Promise<Job[]>;
}

type Job = readonly [customerId: string, title: string];

interface Start {
  readonly displayName: string;
  readonly industry: string;
  readonly tags: readonly string[];
  readonly emails: readonly string[];
  readonly externalIds: readonly { readonly system: string; readonly id: string }[];
}

export type Edit =
  | { readonly field: "displayName" | "industry"; readonly value: string }
  | { readonly field: "tags" | "emails"; readonly added?: string; readonly removed?: string }
  | { readonly field: "externalIds"; readonly added: { readonly system: string; readonly id: string } }
  | { readonly field: "consent"; readonly evidence: string };

export interface Step {
  readonly act: "create" | "edit" | "merge" | "unmerge" | "contact" | "retitle";
  readonly one: number;
  readonly other: number;
  readonly what: number;
}

const ACTS = ["create", "edit", "edit", "edit", "merge", "merge", "unmerge", "contact", "retitle"] as const;

export const histories = (most: number) =>
  fc.array(
    fc.record({ act: fc.constantFrom(...ACTS), one: fc.nat(999), other: fc.nat(999), what: fc.nat(999) }),
    { minLength: Math.floor(most / 2), maxLength: most },
  );

/** A customer as it would be without any merge. */
interface Alone {
  displayName: string;
  industry: string;
  tags: Set<string>;
  emails: Set<string>;
  externalIds: Set<string>;
  consent: string;
}

interface InForce {
  readonly mergeId: string;
  readonly survivorId: string;
  readonly absorbedIds: readonly string[];
}

const MOST_CUSTOMERS = 6;

export async function live(book: Book, steps: readonly Step[]): Promise<{ merges: number; undone: number }> {
  const alone = new Map<string, Alone>();
  const contacts = new Map<string, Map<string, string>>();
  let inForce: InForce[] = [];
  let fresh = 0;
  const figures = { merges: 0, undone: 0 };

  const rootOf = (id: string): string => {
    const above = inForce.find(({ absorbedIds }) => absorbedIds.includes(id));
    return above ? rootOf(above.survivorId) : id;
  };
  const roots = () => [...alone.keys()].filter((id) => rootOf(id) === id);

  /** Ids are only ever added, so whoever stands for several has exactly those of all of them, also halfway. */
  async function requireIdsOfAll(): Promise<void> {
    for (const root of roots()) {
      const all = [...alone]
        .filter(([id]) => rootOf(id) === root)
        .flatMap(([, each]) => [...each.externalIds]);
      deepStrictEqual([...seen(await book.read(root)).externalIds].sort(), all.sort());
    }
  }

  async function unmerge(one: InForce): Promise<void> {
    await book.unmerge(one.mergeId);
    inForce = inForce.filter((each) => each !== one);
    figures.undone += 1;
    await requireIdsOfAll();
  }

  const acts: Record<Step["act"], (step: Step) => Promise<void>> = {
    async create({ what }) {
      if (alone.size >= MOST_CUSTOMERS) return;
      const start = startOf(what, ++fresh);
      alone.set(await book.create(start), aloneOf(start));
    },
    async edit({ one, other, what }) {
      const ids = [...alone.keys()];
      const id = rootOf(ids[one % ids.length]!);
      const edit = editOf(await book.read(id), what, other, ++fresh);
      if (!edit) return;
      await book.edit(id, edit);
      apply(alone.get(id)!, edit);
    },
    async merge({ one, other, what }) {
      const free = roots();
      if (free.length < 2) return;
      const survivorId = free[one % free.length]!;
      const others = free.filter((id) => id !== survivorId);
      const absorbedIds = [...new Set([others[other % others.length]!, ...(what % 5 === 0 ? others : [])])];
      const picked = absorbedIds[what % absorbedIds.length]!;
      const picks = what % 3 === 0 ? { display_name: picked } : what % 3 === 1 ? { industry: picked } : {};
      const mergeId = await book.merge(survivorId, absorbedIds, picks as Record<string, string>);
      inForce.push({ mergeId, survivorId, absorbedIds });
      figures.merges += 1;
      await requireIdsOfAll();
    },
    async unmerge({ one }) {
      if (inForce.length > 0) await unmerge(inForce[one % inForce.length]!);
    },
    async contact({ one, other }) {
      const free = roots();
      const at = [...new Set([free[one % free.length]!, free[other % free.length]!])];
      contacts.set(await book.addContact(at), new Map(at.map((id) => [id, ""])));
    },
    async retitle({ one, other }) {
      const [contactId, jobs] = [...contacts][one % Math.max(1, contacts.size)] ?? [];
      if (!contactId || !jobs) return;
      // Where only one place of a person is left under this roof, it is known which one is meant.
      const homes = [...jobs.keys()];
      const home = homes[other % homes.length]!;
      if (homes.some((id) => id !== home && rootOf(id) === rootOf(home))) return;
      const title = `title ${++fresh}`;
      await book.retitle(contactId, rootOf(home), title);
      jobs.set(home, title);
    },
  };

  for (const step of [
    { act: "create", one: 0, other: 0, what: 1 },
    { act: "create", one: 0, other: 0, what: 2 },
    ...steps,
  ] as Step[]) {
    await acts[step.act](step);
    const ids = [...alone.keys()];
    deepStrictEqual(await book.resolve(ids), ids.map(rootOf));
  }
  for (let place = steps.length; inForce.length > 0; place += 1)
    await unmerge(inForce[(steps[place % steps.length]?.other ?? 0) % inForce.length]!);
  for (const [id, expected] of alone) {
    const customer = await book.read(id);
    deepStrictEqual([customer.customerId, seen(customer)], [id, expected]);
  }
  for (const [contactId, jobs] of contacts)
    deepStrictEqual((await book.jobs(contactId)).toSorted(byCustomer), [...jobs].toSorted(byCustomer));
  return figures;
}

const byCustomer = ([a]: Job, [b]: Job) => (a < b ? -1 : 1);

/** Some of it others say as well, so that a merge has something to unite. */
function startOf(what: number, fresh: number): Start {
  const id = { system: `system_${fresh}`, id: "1" };
  return {
    displayName: `name ${fresh}`,
    industry: ["", "steel", "paper"][what % 3]!,
    tags: ["vip", "old", "fair"].filter((_, index) => what & (1 << index)),
    emails: [`${fresh}@example.com`, ...(what % 2 ? ["info@example.com"] : [])],
    externalIds: what % 4 === 0 ? [id] : [],
  };
}

const aloneOf = ({ displayName, industry, tags, emails, externalIds }: Start): Alone => ({
  displayName,
  industry,
  tags: new Set(tags),
  emails: new Set(emails),
  externalIds: new Set(externalIds.map(({ system, id }) => `${system} ${id}`)),
  consent: "",
});

/** New values are said by nobody else: what is set back to what the merge had made of it counts as not changed since. */
function editOf(
  { tags, contactPoints }: Customer,
  what: number,
  other: number,
  fresh: number,
): Edit | undefined {
  const removed = tags[other % Math.max(1, tags.length)];
  const dropped = contactPoints[other % Math.max(1, contactPoints.length)]?.value;
  const edits: (Edit | undefined)[] = [
    { field: "displayName", value: `name ${fresh}` },
    { field: "industry", value: `industry ${fresh}` },
    { field: "tags", added: `tag ${fresh}` },
    removed === undefined ? undefined : { field: "tags", removed },
    { field: "emails", added: `${fresh}@example.org` },
    dropped === undefined ? undefined : { field: "emails", removed: dropped },
    { field: "externalIds", added: { system: `system_${fresh}`, id: "2" } },
    { field: "consent", evidence: `form ${fresh}` },
  ];
  return edits[what % edits.length];
}

function apply(alone: Alone, edit: Edit): void {
  if (edit.field === "consent") alone.consent = edit.evidence;
  else if (edit.field === "externalIds") alone.externalIds.add(`${edit.added.system} ${edit.added.id}`);
  else if ("value" in edit) alone[edit.field] = edit.value;
  else if (edit.added !== undefined) alone[edit.field].add(edit.added);
  else alone[edit.field].delete(edit.removed!);
}

const seen = ({ displayName, industry, tags, contactPoints, externalIds, consents }: Customer): Alone => ({
  displayName,
  industry,
  tags: new Set(tags),
  emails: new Set(contactPoints.map(({ value }) => value)),
  externalIds: new Set(externalIds.map(({ system, id }) => `${system} ${id}`)),
  consent: consents[0]?.evidence ?? "",
});
