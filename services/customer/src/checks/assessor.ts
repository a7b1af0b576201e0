import type { At } from "@guanxi/kit/at";
import type { CustomerState } from "../customers/customer-state.ts";
import type { FactsState } from "../facts/facts.ts";

/** A customer as it is now, locked, and what it does. */
export interface Looked {
  readonly customer: CustomerState;
  readonly facts: FactsState;
}

/** What one rule found: when to look again where nothing happens before. */
export interface Finding {
  readonly again?: Date | undefined;
}

/**
 * Looks at active customers of which something is different, or for which it is time. Writes what follows from it in the same
 * transaction, by `record`, and answers for each when its answer may differ by the passing of time alone. It may be asked
 * again without a cause: of what is right already it writes nothing. Assessors are asked one after the other, and each is
 * given the customers as those before it have left them.
 */
export type Assessor = (
  at: At,
  looked: readonly Looked[],
) => Promise<ReadonlyMap<string, Finding>> | ReadonlyMap<string, Finding>;
