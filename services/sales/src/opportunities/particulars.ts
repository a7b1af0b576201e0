// What somebody says of an opportunity, held against the rules and brought into the form of the row.
import type { DateMessage } from "@guanxi/contract/google/type/date";
import { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { type Opportunity, Opportunity_Type } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { ForecastCategory } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { amountViolations, sentMicros } from "../amounts.ts";
import { dayViolations, sentDay } from "../dates.ts";
import { externalIdViolations } from "../external-ids.ts";

/** What Create and Update have in common. */
export function particulars(sent: Opportunity) {
  const violations = [
    ...amountViolations("opportunity.amount", sent.amount),
    ...dayViolations("opportunity.open_date", sent.openDate),
    ...dayViolations("opportunity.expected_close_date", sent.expectedCloseDate),
    ...dayViolations("opportunity.next_step_date", sent.nextStepDate),
    ...externalIdViolations("opportunity.external_ids", sent.externalIds),
    ...forecastViolations(sent),
  ];
  if (violations.length > 0) throw invalid(violations);
  return {
    displayName: sent.displayName,
    customerId: sent.customerId.toLowerCase() || null,
    amount: sentMicros(sent.amount),
    currencyCode: sent.amount?.currencyCode ?? null,
    openDate: sentDay(sent.openDate),
    expectedCloseDate: sentDay(sent.expectedCloseDate),
    productIds: sent.productIds.map((id) => id.toLowerCase()),
    type: nameOf(Opportunity_Type, sent.type),
    nextStep: sent.nextStep,
    nextStepDate: sentDay(sent.nextStepDate),
    externalIds: sent.externalIds,
    competitorId: sent.competitorId.toLowerCase() || null,
  };
}

const forecastViolations = ({ forecastCategory }: Opportunity): Violation[] =>
  forecastCategory === ForecastCategory.CLOSED
    ? [
        {
          field: "opportunity.forecast_category",
          description: "is CLOSED where it was won",
          reason: "NOT_WON",
        },
      ]
    : [];

export function sourceOf({ source }: Opportunity, now: Date) {
  if (!source) return { source: null, sourceChannel: null };
  const { channel, detail, campaign, firstTouchTime = now } = source;
  if (firstTouchTime > now)
    throw invalid([
      {
        field: "opportunity.source.first_touch_time",
        description: "must not be in the future",
        reason: "IN_FUTURE",
      },
    ]);
  return {
    source: { detail, campaign, firstTouchTime: firstTouchTime.toISOString() },
    sourceChannel: nameOf(Source_Channel, channel),
  };
}

export function dayOrNone(date: DateMessage | undefined, field: string): string | null {
  const violations = dayViolations(field, date);
  if (violations.length > 0) throw invalid(violations);
  return sentDay(date);
}

export const invalid = (violations: readonly Violation[]) =>
  refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);
