import { createHash } from "node:crypto";
import type { Db } from "@guanxi/kit/db";
import { type Share, transaction } from "@guanxi/kit/transaction";
import { dayNumber } from "../models/day-number.ts";
import { type Purchase, summarise } from "../models/summary.ts";
import { batchHash, type Book, bookWriter, type Entry } from "./book.ts";
import { dayBefore, type ValueRunState } from "./value-run.ts";

/** All that goes into a run, as it stood at one moment. */
export interface BookRead {
  readonly book: Book;
  /** Whose the entries of the book are, ascending. */
  readonly ids: readonly string[];
  /** Customers who bought, and are not of the cohort. */
  readonly outsiders: ReadonlySet<string>;
  readonly inputHash: string;
  readonly otherCurrencyOrderCount: number;
  readonly ordersWithoutCustomer: number;
  readonly streamSequence: bigint;
}

/** What the read is told of; the rest of a run does not change what is read. */
export type Reading = Pick<
  ValueRunState,
  "cutOffDate" | "holdOutStartDate" | "cohortEndDate" | "currencyCode"
>;

// One snapshot for all pages: orders come in while a million customers are read. The connection works all the time, but may
// be kept waiting while this process is busy.
const SNAPSHOT = [
  "set transaction isolation level repeatable read, read only",
  "set local statement_timeout = 0",
  "set local idle_in_transaction_session_timeout = '5min'",
].map((text) => ({ text }));

export async function readBook(
  db: Db,
  tenantId: string,
  reading: Reading,
  signal: AbortSignal,
): Promise<BookRead> {
  const tx = transaction(db, { tenantId, opening: () => SNAPSHOT });
  try {
    const share = tx.share();
    const counts = await countsOf(share, reading);
    const hash = createHash("sha256").update(JSON.stringify(headOf(reading)));
    const writer = bookWriter();
    const ids: string[] = [];
    const outsiders = new Set<string>();
    for await (const rows of wholeCustomers(pages(share, reading))) {
      signal.throwIfAborted();
      const { entries, outside } = entriesOf(rows, reading);
      hash.update(batchHash(entries));
      for (const entry of entries) {
        writer.add(entry);
        ids.push(entry.summary.customerId);
      }
      for (const id of outside) outsiders.add(id);
    }
    return { book: writer.taken(), ids, outsiders, inputHash: hash.digest("hex"), ...counts };
  } finally {
    await tx.rollback(); // nothing was written
  }
}

const headOf = ({ cutOffDate, holdOutStartDate, cohortEndDate, currencyCode }: Reading) => [
  cutOffDate,
  holdOutStartDate,
  cohortEndDate,
  currencyCode,
];

async function countsOf(share: Share, { cutOffDate, currencyCode }: Reading) {
  const values = [cutOffDate, currencyCode];
  const [row] = await share.ask({ name: "book counts", text: COUNTS, values });
  return row as Pick<BookRead, "otherCurrencyOrderCount" | "ordersWithoutCustomer" | "streamSequence">;
}

const COUNTS = `
select coalesce((select stream_sequence from sales_marks), 0) as "streamSequence",
  (select coalesce(sum(order_count), 0)::int from customer_days where day < $1 and currency_code <> $2)
    as "otherCurrencyOrderCount",
  (select coalesce(sum(order_count), 0)::int from sales_days where day < $1 and not with_customer)
    as "ordersWithoutCustomer"`;

interface DayRow {
  readonly customerId: string;
  readonly day: string;
  readonly net: bigint;
  readonly margin: bigint;
  readonly quantity: bigint;
  readonly isCosted: boolean;
}

const PAGE = 5_000; // 30 ms of work, during which this process answers nobody
const NOBODY = "00000000-0000-0000-0000-000000000000";

const DAYS = `
select customer_id as "customerId", day, net_micros as net, margin_micros as margin, quantity_micros as quantity,
  lines_without_cost = 0 as "isCosted"
from customer_days
where (customer_id, day) > ($1::uuid, $2::date) and currency_code = $3 and day < $4
order by customer_id, day limit ${PAGE}`;

async function* pages(share: Share, { cutOffDate, currencyCode }: Reading): AsyncGenerator<DayRow[]> {
  let [id, day] = [NOBODY, "-infinity"];
  for (;;) {
    const values = [id, day, currencyCode, cutOffDate];
    const rows = (await share.ask({ name: "book days", text: DAYS, values })) as unknown as DayRow[];
    yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    [id, day] = [last.customerId, last.day];
  }
}

/** The last customer of a page goes on with the next one. */
async function* wholeCustomers(all: AsyncIterable<DayRow[]>): AsyncGenerator<DayRow[]> {
  let held: DayRow[] = [];
  for await (const page of all) {
    const rows = [...held, ...page];
    const last = rows.at(-1)?.customerId;
    const cut = rows.findIndex(({ customerId }) => customerId === last);
    yield rows.slice(0, Math.max(cut, 0));
    held = rows.slice(Math.max(cut, 0));
  }
  yield held;
}

function entriesOf(rows: readonly DayRow[], reading: Reading) {
  const { cutOffDate, holdOutStartDate, cohortEndDate } = reading;
  const end = dayBefore(holdOutStartDate ?? cutOffDate);
  const purchases = rows.filter(isLeft).map(purchaseOf);
  const margins = Map.groupBy(rows, ({ customerId }) => customerId);
  const later = holdOutStartDate ? laterOf(purchases, dayBefore(cutOffDate), dayNumber(end)) : undefined;
  const cohortEnd = cohortEndDate ? dayNumber(cohortEndDate) : Number.POSITIVE_INFINITY;
  const entries: Entry[] = [];
  const outside: string[] = [];
  for (const summary of summarise(purchases, end)) {
    const { customerId, days } = summary;
    if (days[0]! >= cohortEnd) {
      outside.push(customerId);
      continue;
    }
    const counted = margins.get(customerId)!.filter(({ day }) => day <= end);
    const marginMicros = counted.reduce((sum, { margin }) => sum + margin, 0n);
    entries.push({ summary, marginMicros, ...(later?.get(customerId) ?? NOTHING_LATER) });
  }
  return { entries, outside };
}

/** What was bought and brought back on one day was no purchase; what was free was one. */
const isLeft = ({ net, quantity }: DayRow) => net !== 0n || quantity > 0n;

const purchaseOf = ({ customerId, day, net, margin, isCosted }: DayRow): Purchase => ({
  customerId,
  day,
  valueMicros: net,
  marginMicros: isCosted ? margin : undefined,
});

type Later = Pick<Entry, "laterPurchases" | "nextDay">;
const NOTHING_LATER: Later = { laterPurchases: 0, nextDay: 0 };

/** Purchases that a hold-out keeps back from the models. */
function laterOf(purchases: readonly Purchase[], lastDay: string, end: number): Map<string, Later> {
  return new Map(
    summarise(purchases, lastDay).map(({ customerId, days }) => {
      const later = days.filter((day) => day > end);
      return [customerId, { laterPurchases: later.length, nextDay: later[0] ?? 0 }];
    }),
  );
}
