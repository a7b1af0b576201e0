// What a campaign is and how it may change.
import type { Campaign } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import type { Money } from "@guanxi/contract/google/type/money";
import { dayOf, isDay } from "@guanxi/kit/days";
import { isDeepStrictEqual } from "node:util";
import { microsOf } from "@guanxi/kit/micros";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import type { CampaignState, StoredAudience, StoredStep } from "./campaign-state.ts";

export interface Setting {
  readonly now: Date;
  readonly currencyCode: string;
}

const ATTRIBUTION_DAYS = 30;

export function plan(sent: Campaign, campaignId: string, setting: Setting): CampaignState {
  const { now, currencyCode } = setting;
  return {
    campaignId,
    ...particulars(sent),
    ...moneyOf(sent.budget, currencyCode),
    cost: 0n,
    attributionDays: sent.attributionDays || ATTRIBUTION_DAYS,
    status: "PLANNED",
    pauseReason: "",
    launchTime: null,
    endTime: null,
    createTime: now,
    updateTime: now,
    version: 0,
  };
}

/** `audienceRead` says that its members have been found, so that another audience would come too late. */
export function change(
  it: CampaignState,
  sent: Campaign,
  { now, audienceRead }: { readonly now: Date; readonly audienceRead: boolean },
): CampaignState {
  const money = moneyOf(sent.budget, it.currencyCode);
  if (it.cost !== 0n && money.currencyCode !== it.currencyCode) throw wrongCurrency(it.currencyCode);
  const after = {
    ...it,
    ...particulars(sent),
    ...money,
    attributionDays: sent.attributionDays || it.attributionDays,
    updateTime: now,
  };
  if (isOver(it)) throw campaignOver();
  const fixed: (keyof CampaignState)[] = audienceRead ? ["steps", "audience"] : ["steps"];
  if (it.status !== "PLANNED" && fixed.some((field) => !isDeepStrictEqual(it[field], after[field])))
    throw refuse(
      "precondition",
      "CAMPAIGN_LAUNCHED",
      "Whom a campaign is for and what it sends stays once it has been launched: plan another one.",
    );
  return after;
}

function particulars(sent: Campaign) {
  const startDate = sentDay("campaign.start_date", sent.startDate);
  const endDate = sentDay("campaign.end_date", sent.endDate);
  if (startDate && endDate && endDate < startDate)
    throw invalid([{ field: "campaign.end_date", description: "must not be before start_date" }]);
  return {
    name: sent.name,
    description: sent.description,
    kind: sent.kind,
    planId: sent.planId.toLowerCase(),
    targetId: sent.targetId.toLowerCase(),
    audience: audienceOf(sent),
    steps: stepsOf(sent),
    startDate,
    endDate,
    ownerId: sent.ownerId.toLowerCase() || null,
  };
}

const lower = (ids: readonly string[]) => [...new Set(ids.map((id) => id.toLowerCase()))];

export function audienceOf({ audience }: Pick<Campaign, "audience">): StoredAudience {
  return {
    segmentIds: lower(audience?.segmentIds ?? []),
    excludedSegmentIds: lower(audience?.excludedSegmentIds ?? []),
    excludedCustomerIds: lower(audience?.excludedCustomerIds ?? []),
    condition: audience?.condition.trim() ?? "",
  };
}

/** Without one only those are members who are added by hand or by a playbook. */
export const hasAudience = ({ segmentIds, condition }: StoredAudience): boolean =>
  segmentIds.length > 0 || condition !== "";

function stepsOf({ steps }: Campaign): StoredStep[] {
  const inOrder = steps.every(
    ({ step, waitDays }, index) => step === index + 1 && waitDays >= (steps[index - 1]?.waitDays ?? 0),
  );
  if (!inOrder)
    throw invalid([
      {
        field: "campaign.steps",
        description: "must be numbered from 1 without a hole, each due no earlier than the one before",
        reason: "INVALID_STEPS",
      },
    ]);
  return steps.map(({ step, templateId, waitDays }) => ({
    step,
    templateId: templateId.toLowerCase(),
    waitDays,
  }));
}

function sentDay(field: string, date: Campaign["startDate"]): string | null {
  if (!date) return null;
  if (!isDay(date))
    throw invalid([{ field, description: "must be a day of the calendar", reason: "INVALID_DATE" }]);
  return dayOf(date);
}

function moneyOf(budget: Money | undefined, currencyCode: string) {
  if (!budget) return { budget: null, currencyCode };
  requireAmount("campaign.budget", budget);
  if (budget.units < 0n || budget.nanos < 0)
    throw invalid([
      { field: "campaign.budget", description: "must not be negative", reason: "INVALID_AMOUNT" },
    ]);
  return { budget: microsOf(budget), currencyCode: budget.currencyCode };
}

const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));
const TOO_LARGE = 1_000_000_000_000n;

function requireAmount(field: string, { currencyCode, units, nanos }: Money): void {
  if (!CURRENCIES.has(currencyCode))
    throw invalid([
      { field, description: "needs a currency of ISO 4217, as in CNY", reason: "UNKNOWN_CURRENCY" },
    ]);
  const agree = !(units > 0n && nanos < 0) && !(units < 0n && nanos > 0) && Math.abs(nanos) < 1_000_000_000;
  if (!agree || nanos % 1000 !== 0 || units >= TOO_LARGE || units <= -TOO_LARGE)
    throw invalid([
      {
        field,
        description: "must be below a trillion, with at most six decimals, units and nanos of one sign",
        reason: "INVALID_AMOUNT",
      },
    ]);
}

export function addCost(it: CampaignState, amount: Money, now: Date): CampaignState {
  requireAmount("amount", amount);
  const isFirst = it.budget === null && it.cost === 0n;
  if (!isFirst && amount.currencyCode !== it.currencyCode) throw wrongCurrency(it.currencyCode);
  const cost = it.cost + microsOf(amount);
  if (cost < 0n)
    throw invalid([
      { field: "amount", description: "takes back more than was spent", reason: "INVALID_AMOUNT" },
    ]);
  return { ...it, cost, currencyCode: amount.currencyCode, updateTime: now };
}

const wrongCurrency = (currencyCode: string) =>
  refuse("precondition", "WRONG_CURRENCY", `This campaign counts in ${currencyCode}: say it in that.`);

const isOver = ({ status }: CampaignState) => status === "COMPLETED" || status === "ABORTED";

const campaignOver = () =>
  refuse("precondition", "CAMPAIGN_OVER", "This campaign is over: plan another one.");

export function requireGoesOn(it: CampaignState): void {
  if (isOver(it)) throw campaignOver();
}

export function launch(it: CampaignState, now: Date): CampaignState {
  requireGoesOn(it);
  if (it.status === "ACTIVE") return it;
  if (it.status === "PAUSED")
    throw refuse("precondition", "CAMPAIGN_PAUSED", "This campaign is held up: resume it.");
  if (it.steps.length === 0)
    throw refuse("precondition", "NO_STEPS", "Say what the campaign sends: it has no steps yet.");
  return { ...it, status: "ACTIVE", launchTime: now, updateTime: now };
}

const notLaunched = () =>
  refuse("precondition", "CAMPAIGN_NOT_LAUNCHED", "This campaign has not been launched.");

export function pause(it: CampaignState, now: Date, pauseReason: string): CampaignState {
  requireGoesOn(it);
  if (it.status === "PAUSED") return it;
  if (it.status === "PLANNED") throw notLaunched();
  return { ...it, status: "PAUSED", pauseReason, updateTime: now };
}

export function resume(it: CampaignState, now: Date): CampaignState {
  requireGoesOn(it);
  if (it.status === "ACTIVE") return it;
  if (it.status === "PLANNED") throw notLaunched();
  return { ...it, status: "ACTIVE", pauseReason: "", updateTime: now };
}

export function complete(it: CampaignState, now: Date): CampaignState {
  if (it.status === "COMPLETED") return it;
  requireGoesOn(it);
  if (it.status === "PLANNED") throw notLaunched();
  return { ...it, status: "COMPLETED", pauseReason: "", endTime: now, updateTime: now };
}

export function abort(it: CampaignState, now: Date): CampaignState {
  if (it.status === "ABORTED") return it;
  requireGoesOn(it);
  return { ...it, status: "ABORTED", pauseReason: "", endTime: now, updateTime: now };
}

const invalid = (violations: readonly Violation[]) =>
  refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);
