import { CustomerValue } from "@guanxi/contract/guanxi/analytics/v1/customer_value";
import { ValueDropped } from "@guanxi/contract/guanxi/analytics/v1/customer_value_events";
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { DateMessage } from "@guanxi/contract/google/type/date";
import { dayOf } from "@guanxi/kit/days";
import { nameOf } from "@guanxi/kit/enum-names";
import { followEvents, followItems } from "./follow-items.ts";

const day = (date: DateMessage | undefined) => (date ? dayOf(date) : null);

const followValues = followItems("analytics", CustomerValue, (value, { meta }) => {
  const { rfm, purchaseCycle, probabilityAlive, updateTime, clv } = value;
  return {
    kind: "customer_value",
    status: nameOf(Grade, value.grade) ?? "",
    open: false,
    time: updateTime ?? meta.time!,
    date: day(purchaseCycle?.nextPurchaseDate),
    amount: clv,
    body: {
      probabilityAliveMicros:
        probabilityAlive === undefined ? null : String(Math.round(probabilityAlive * 1_000_000)),
      ...scoresOf(rfm),
      cycleDays: purchaseCycle?.medianDays ?? 0,
      earliestDate: day(purchaseCycle?.earliestDate),
      latestDate: day(purchaseCycle?.latestDate),
    },
  };
});

const scoresOf = (rfm: CustomerValue["rfm"]) => ({
  rfmSegment: rfm?.segment || null,
  recencyScore: rfm?.recencyScore ?? 0,
  frequencyScore: rfm?.frequencyScore ?? 0,
  monetaryScore: rfm?.monetaryScore ?? 0,
});

/** The state alone does not say that it fell: it is the fact of an event, so it is kept under the event's id. */
const followDrops = followEvents(
  "analytics",
  ValueDropped,
  ({ dropShare, previousClv, cause }, { meta }) => ({
    itemId: meta.eventId,
    customerId: meta.customerId,
    kind: "value_drop",
    status: "",
    open: false,
    time: meta.time!,
    amount: previousClv,
    body: { dropShare, cause },
    version: meta.version,
  }),
);

export const analyticsItems = [followValues, followDrops];
