// Which campaigns a sale is credited to, and with how much.
import { type Model, sharesOf, split } from "./models.ts";

/** Something that a campaign did to a customer, or a customer on account of it. */
export interface Touch {
  readonly campaignId: string;
  readonly time: Date;
  /** How long after it a sale is credited to it. */
  readonly attributionDays: number;
}

/** Something that a customer bought, or gave back. */
export interface Sale {
  readonly conversionId: string;
  readonly time: Date;
  readonly amount: bigint;
  /** Null where it is not known. */
  readonly margin: bigint | null;
}

export interface Credit {
  readonly conversionId: string;
  readonly campaignId: string;
  /** Millionths of the sale; those of all campaigns add up to one. */
  readonly share: bigint;
  readonly amount: bigint;
  readonly margin: bigint;
}

const DAY_MS = 86_400_000;

/** Of one customer. What is given back is taken from whom the last sale before it was credited to. */
export function creditsOf(model: Model, touches: readonly Touch[], sales: readonly Sale[]): Credit[] {
  const bought = sales.filter(({ amount }) => amount >= 0n);
  return sales.flatMap((sale) => {
    const origin = sale.amount >= 0n ? sale : lastBefore(bought, sale);
    return origin ? shared(model, touchesBefore(touches, origin.time), sale, origin.time) : [];
  });
}

const lastBefore = (bought: readonly Sale[], { time }: Sale): Sale | undefined =>
  bought
    .filter((sale) => sale.time <= time)
    .reduce<Sale | undefined>((last, sale) => (last && last.time > sale.time ? last : sale), undefined);

const touchesBefore = (touches: readonly Touch[], time: Date): Touch[] =>
  touches
    .filter(
      (touch) =>
        touch.time <= time && touch.time.getTime() >= time.getTime() - touch.attributionDays * DAY_MS,
    )
    .toSorted((a, b) => a.time.getTime() - b.time.getTime());

function shared(model: Model, touches: readonly Touch[], sale: Sale, time: Date): Credit[] {
  const shares = sharesOf(
    model,
    touches.map((touch) => time.getTime() - touch.time.getTime()),
  );
  if (shares.length === 0) return [];
  const amounts = split(sale.amount, shares);
  const margins = split(sale.margin ?? 0n, shares);
  return touches.flatMap(({ campaignId }, index) => {
    const [share, amount, margin] = [shares[index]!, amounts[index]!, margins[index]!];
    return share === 0n ? [] : [{ conversionId: sale.conversionId, campaignId, share, amount, margin }];
  });
}
