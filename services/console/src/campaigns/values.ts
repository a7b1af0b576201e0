// A campaign as its form holds it, and what of it somebody has changed.
import type { Campaign, CampaignInput, CampaignPatch } from "@guanxi/client/gen/guanxi";
import dayjs, { type Dayjs } from "dayjs";
import { dayOf } from "../text/day.ts";
import { moneyOf, typedOf } from "../text/money.ts";

export interface Values {
  name: string;
  description: string;
  kind: string;
  target: string;
  segmentIds?: string[];
  excludedSegmentIds?: string[];
  /** The form does not show them, and leaves them as they are. */
  excludedCustomerIds?: string[];
  condition?: string;
  steps: { templateId?: string; waitDays?: number }[];
  period?: [Dayjs | null, Dayjs | null] | null;
  budget?: string | null;
}

type AudienceKey = "segmentIds" | "excludedSegmentIds" | "excludedCustomerIds" | "condition";

export const audienceOf = (values: { [K in AudienceKey]?: Values[K] | undefined }) => ({
  segmentIds: values.segmentIds ?? [],
  excludedSegmentIds: values.excludedSegmentIds ?? [],
  excludedCustomerIds: values.excludedCustomerIds ?? [],
  condition: values.condition ?? "",
});

/** A campaign reckons in one currency: that of its budget or cost, else the company's. */
export const currencyOf = (campaign: Campaign | undefined, otherwise: string): string =>
  campaign?.cost?.currencyCode || campaign?.budget?.currencyCode || otherwise;

export function inputOf(values: Values, currencyCode: string): CampaignInput {
  const { name, description, kind, target, steps, period, budget } = values;
  const [planId = "", targetId = ""] = target.split("/");
  const [start, end] = period ?? [];
  const spent = moneyOf(budget, currencyCode);
  return {
    name,
    description,
    kind,
    planId,
    targetId,
    audience: audienceOf(values),
    steps: steps.map((each, index) => ({ ...each, step: index + 1 })),
    ...(start && { startDate: dateOf(start) }),
    ...(end && { endDate: dateOf(end) }),
    ...(spent && { budget: spent }),
  };
}

export function valuesOf(campaign: Campaign): Values {
  const { name, description, kind, planId, targetId, audience, steps, startDate, endDate, budget } = campaign;
  const day = (date: typeof startDate) => (date ? dayjs(dayOf(date)) : null);
  return {
    name,
    description,
    kind,
    target: `${planId}/${targetId}`,
    ...audienceOf(audience ?? {}),
    steps: steps.map(({ templateId, waitDays }) => ({ templateId, waitDays })),
    period: startDate || endDate ? [day(startDate), day(endDate)] : null,
    budget: typedOf(budget) || null,
  };
}

/** What of the record each part of the form fills. */
const FILLS = {
  name: ["name"],
  description: ["description"],
  kind: ["kind"],
  target: ["planId", "targetId"],
  segmentIds: ["audience"],
  excludedSegmentIds: ["audience"],
  excludedCustomerIds: ["audience"],
  condition: ["audience"],
  steps: ["steps"],
  period: ["startDate", "endDate"],
  budget: ["budget"],
} as const;

export type Part = keyof typeof FILLS;
const PARTS = Object.keys(FILLS) as Part[]; // Object.keys does not know that there are no others

/** A picker gives days a time of day. */
const plain = (values: Values, part: Part): string =>
  part === "period" ? daysOf(values) : JSON.stringify(values[part] ?? "");

export function daysOf({ period }: Values): string {
  const days = (period ?? []).map((day) => day?.format("YYYY-MM-DD") ?? "");
  return days.some(Boolean) ? days.join(" – ") : "";
}

export const changedParts = (before: Values, after: Values): Part[] =>
  PARTS.filter((part) => plain(before, part) !== plain(after, part));

/** Those parts of one, on all else of the other; JSON's null takes away what was there. */
export function patchOf(
  mine: Values,
  theirs: Values,
  parts: readonly Part[],
  currencyCode: string,
): CampaignPatch {
  const merged = { ...theirs, ...Object.fromEntries(parts.map((part) => [part, mine[part]])) };
  const input = inputOf(merged, currencyCode);
  const names = new Set(parts.flatMap((part) => FILLS[part]));
  return Object.fromEntries([...names].map((name) => [name, input[name] ?? null]));
}

const dateOf = (day: Dayjs) => ({ year: day.year(), month: day.month() + 1, day: day.date() });
