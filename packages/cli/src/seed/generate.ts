import { chance } from "./chance.ts";
import { opportunityOf } from "./deals.ts";
import { linesOf, purchaseDays } from "./orders.ts";
import { contactOf, customerOf } from "./people.ts";

const DAYS = 730;

/** Two years of a made-up company: the same seed gives the same one. */
export function generate(seed: number, count: number) {
  const draw = chance(seed);
  const customers = Array.from({ length: count }, (_, index) => customerOf(index + 1, draw));
  const contacts = customers.flatMap((customer) =>
    customer.kind === "person"
      ? []
      : Array.from({ length: draw.between(1, 3) }, (_, index) => contactOf(customer, index + 1, draw)),
  );
  const opportunities = Array.from({ length: Math.round(count * 1.5) }, (_, index) =>
    opportunityOf(index + 1, draw.one(customers), DAYS, draw),
  );
  let orders = 0;
  const lines = customers.flatMap((customer) =>
    // Some only look.
    draw.happens(0.25)
      ? []
      : purchaseDays(DAYS, draw).flatMap((day) =>
          linesOf(`A${String((orders += 1)).padStart(6, "0")}`, customer, day, draw),
        ),
  );
  return { days: DAYS, customers, contacts, opportunities, lines };
}

export type Company = ReturnType<typeof generate>;
