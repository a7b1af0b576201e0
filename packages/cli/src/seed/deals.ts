import type { Chance } from "./chance.ts";
import type { Customer } from "./people.ts";
import { lostReasons, owners, products, stages } from "./words.ts";

export interface Opportunity {
  readonly id: string;
  readonly customer: string;
  readonly name: string;
  readonly owner: string;
  readonly product: string;
  /** As the file has it: prospecting … negotiation, closed_won, closed_lost. */
  readonly stage: string;
  readonly amount: string;
  /** Days on which it came into the stages, by id. */
  readonly entered: Readonly<Record<string, number>>;
  readonly openDay: number;
  readonly closeDay: number | undefined;
  readonly expectedDay: number;
  readonly lostReason: string;
  readonly nextStep: string;
}

/** `today` and all days are days since the beginning of the two years. */
export function opportunityOf(id: number, customer: Customer, today: number, draw: Chance): Opportunity {
  const product = draw.one(products);
  const openDay = draw.below(today);
  const way = wayOf(openDay, today, draw);
  const amount = Math.round(product[3] * draw.between(1, 8) * (0.85 + draw.below(16) / 100));
  return {
    id: `D${String(id).padStart(5, "0")}`,
    customer: customer.id,
    name: `${customer.name} ${product[1]}`,
    owner: customer.owner || draw.one(owners),
    product: product[0],
    amount: amount.toFixed(2),
    openDay,
    ...way,
    expectedDay: way.closeDay ?? openDay + draw.between(30, 120),
    lostReason: way.stage === "closed_lost" ? draw.one(lostReasons) : "",
    nextStep: way.closeDay === undefined && draw.happens(0.7) ? "电话跟进 Call back" : "",
  };
}

function wayOf(openDay: number, today: number, draw: Chance) {
  const entered: Record<string, number> = {};
  let day = openDay;
  for (const { id, goesOn, days } of stages) {
    entered[id] = day;
    day += 1 + Math.floor(draw.wait(1 / days));
    if (day >= today) return { stage: id, entered, closeDay: undefined };
    if (!draw.happens(goesOn)) return { stage: "closed_lost", entered, closeDay: day };
  }
  return { stage: "closed_won", entered, closeDay: day };
}
