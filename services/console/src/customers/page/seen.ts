// The customer that the page is of, for all its parts.
import type { Customer, Portrait } from "@guanxi/client/gen/guanxi";
import { createContext, useContext } from "react";

export type Loaded = Portrait & { customer: Customer };

export interface Seen {
  portrait: Loaded;
  customer: Customer;
  customerId: string;
  may: (resource: string, action: string) => boolean;
  /** Neither in the archive nor out of reach. */
  mayChange: boolean;
}

export function seenOf(portrait: Loaded, may: Seen["may"]): Seen {
  const { customer } = portrait;
  const mayChange = customer.state === "STATE_ACTIVE" && may("customer", "update");
  return { portrait, customer, customerId: customer.customerId, may, mayChange };
}

export const SeenContext = createContext<Seen | undefined>(undefined);
export const useSeen = (): Seen => useContext(SeenContext)!;

const MASK = "***";

/** Whether the caller may not know it. */
export const isMasked = (value: string | undefined): boolean => value === MASK;
