import {
  ReconciliationServiceService,
  type ReconciliationServiceServer,
} from "@guanxi/contract/guanxi/event/v1/event_service";
import type { Db } from "@guanxi/kit/db";
import { implement, type Service } from "@guanxi/kit/edge";
import { direct } from "@guanxi/kit/handler";
import type { Share } from "@guanxi/kit/transaction";
import type { Aggregate } from "./app.ts";
import { readingIn } from "./compare.ts";
import type { EventLog } from "./event-log.ts";
import { type TallyRow, tallyOf, tallySql } from "./tally.ts";

/** Counted in the tables, and not in the log: it is what people see that a copy of it has to agree with. */
export function countsService(db: Db, events: EventLog, aggregates: readonly Aggregate[]): Service {
  return implement<ReconciliationServiceServer>(ReconciliationServiceService, {
    getCounts: direct(async ({ tenantId }, { signal }) => {
      const counts = await readingIn({ db }, tenantId, (share) =>
        Promise.all(aggregates.map((aggregate) => countOf(share, aggregate))),
      );
      return { counts, streamSequence: await events.saidBy(signal) };
    }),
  });
}

async function countOf(share: Share, { name, id, message }: Aggregate) {
  const text = `select ${tallySql(`${id.name}::text || ' ' || version`)} from ${name}`;
  const [row] = await share.ask({ text });
  // A row of the statement above, whose columns are the fields of TallyRow.
  const { count, checksum } = tallyOf(row as unknown as TallyRow);
  return { aggregateType: message!.$type, count: BigInt(count), checksum };
}
