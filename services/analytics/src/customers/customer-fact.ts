// What is counted of a customer, and how a change of it changes the counts.

/** Stage, grade and source are numbers of the contract's enums, so that one which came later is counted all the same. */
export interface CustomerFact {
  readonly customerId: string;
  readonly stage: number;
  readonly grade: number;
  readonly source: number;
  /** The day of registration in the tenant's zone, as 2026-01-31. */
  readonly day: string;
  readonly archived: boolean;
  readonly ownerId: string | null;
  /** What people call the customer; personal. */
  readonly displayName: string;
  /** The country; empty where it is not known. */
  readonly regionCode: string;
  readonly version: number;
}

/** What figures of the relation want to know besides. */
export interface KnownCustomer extends CustomerFact {
  /** Absorbed by another, who counts instead. */
  readonly merged: boolean;
  /** Null unless the stage is DEPARTED, as is the reason. */
  readonly departDate: string | null;
  readonly churnReason: string | null;
  readonly referrerCustomerId: string | null;
  /** By its name or id, as somebody wrote it down. */
  readonly sourceCampaign: string | null;
  readonly relationshipLevel: string | null;
}

export type Bucket = Pick<CustomerFact, "day" | "stage" | "grade" | "source">;
export type Difference = Bucket & { readonly count: number };

/** Customers leave their old bucket and enter their new one; archived ones are in none. */
export function differences(before: readonly CustomerFact[], after: readonly CustomerFact[]): Difference[] {
  const sums = new Map<string, Difference>();
  const add = ({ archived, day, stage, grade, source }: CustomerFact, count: number) => {
    if (archived) return;
    const key = `${day} ${stage} ${grade} ${source}`;
    sums.set(key, { day, stage, grade, source, count: (sums.get(key)?.count ?? 0) + count });
  };
  for (const fact of before) add(fact, -1);
  for (const fact of after) add(fact, 1);
  // In one order, so that two processes which move the same counts never wait for each other.
  return [...sums]
    .filter(([, { count }]) => count !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, difference]) => difference);
}
