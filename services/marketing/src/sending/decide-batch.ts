// Decides on the steps of some members: each becomes a line of the ledger, requested or suppressed, and never anything else.
import { Customer_State } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  CampaignMessageRequested,
  CampaignMessageSuppressed,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_message_events";
import { MemberSuppressed } from "@guanxi/contract/guanxi/marketing/v1/campaign_member_events";
import type { At } from "@guanxi/kit/at";
import { find, lockFound, named, record } from "@guanxi/kit/store";
import type { CampaignState } from "../campaigns/campaign-state.ts";
import { madeId } from "@guanxi/kit/made-id";
import { endedBy, suppress } from "../members/member.ts";
import type { MemberState } from "../members/member-state.ts";
import { members } from "../members/members.ts";
import { campaignMessages } from "../messages/campaign-messages.ts";
import type { MessageState } from "../messages/message-state.ts";
import { policyOf } from "../policies/policies.ts";
import { zoneOf } from "@guanxi/directory/quiet-hours";
import { usersNamed } from "../projections/users.ts";
import { isRendered, render } from "../templates/render.ts";
import type { TemplateState } from "../templates/template-state.ts";
import { templates } from "../templates/templates.ts";
import { trackedLinks } from "../tracking/links.ts";
import type { Tracking } from "../tracking/settings.ts";
import { decide, PURPOSE, type Rules, type Way } from "./decide.ts";
import { type DueStep, forgetDue, keepDue, nextStep } from "./due-steps.ts";
import { type Known, knownOf } from "./situations.ts";

export interface Deciding {
  readonly campaign: CampaignState;
  readonly tracking: Tracking;
  /** Why nothing of it goes out any more; undefined where it does. */
  readonly over?: string;
}

/** The same line for a step of a campaign and a member, whoever writes it. */
const messageIdOf = (tenantId: string, { campaignId, step, memberId }: Ledgered): string =>
  madeId(tenantId, "campaign message", campaignId, String(step), memberId);

type Ledgered = Pick<MessageState, "campaignId" | "step" | "memberId">;

interface Ground extends Deciding {
  readonly rules: Rules;
  readonly known: ReadonlyMap<string, Known>;
  readonly templates: ReadonlyMap<string, TemplateState>;
  readonly owners: ReadonlyMap<string, string>;
  /** The customers whom another member of the campaign stands for too, by member and step. */
  readonly twins: ReadonlySet<string>;
}

/** The caller has locked the campaign. */
export async function decideBatch(at: At, deciding: Deciding, due: readonly DueStep[]): Promise<void> {
  await holdSending(at);
  const locked = await lockFound(at, members, due.map(({ memberId }) => memberId).toSorted());
  const byId = new Map(locked.map((member) => [member.memberId, member]));
  const ground = await groundOf(at, deciding, locked);
  const taken = due.flatMap((each) => {
    const member = byId.get(each.memberId);
    return member && !isUnheard(at, ground, member) ? [{ due: each, member }] : [];
  });
  const written = taken.map(({ due: { step }, member }) => lineOf(at, ground, member, step));
  keep(at, ground, written);
  suppressMembers(at, byId, written);
  const { campaign } = deciding;
  forgetDue(
    at,
    taken.map(({ member }) => member.memberId),
  );
  const next = taken.flatMap(({ due: { step }, member }) => nextStep(campaign, member, step) ?? []);
  keepDue(at, campaign.campaignId, next);
  putOff(at, campaign.campaignId, due, new Set(taken.map(({ member }) => member.memberId)));
}

/** One after the other, whatever campaign they are of: who decides on a customer has to know what others have decided. */
async function holdSending(at: At): Promise<void> {
  // Whoever waits is in nobody's way: longer than the usual second, and shorter than a statement may take.
  at.tell({ name: "sending patience", text: "select set_config('lock_timeout', '4s', true)" });
  await at.ask({
    name: "sending hold",
    text: "select pg_advisory_xact_lock(hashtextextended($1 || ' campaign sending', 0))",
    values: [at.tenantId],
  });
}

async function groundOf(at: At, deciding: Deciding, locked: readonly MemberState[]): Promise<Ground> {
  const { campaign } = deciding;
  const customerIds = [...new Set(locked.map(({ customerId }) => customerId))];
  const policy = await policyOf(at);
  const [known, found, twins] = await Promise.all([
    knownOf(at, customerIds, policy.capDays),
    find(at, templates, [...new Set(campaign.steps.map(({ templateId }) => templateId))]),
    twinsAmong(at, campaign.campaignId, customerIds),
  ]);
  const owners = [...known.values()].flatMap(({ customer }) => customer.ownerId ?? []);
  return {
    ...deciding,
    rules: { ...policy, timeZone: at.timeZone, now: at.now },
    known,
    templates: new Map(found.map((template) => [template.templateId, template])),
    owners: await usersNamed(at, [...new Set(owners)]),
    twins,
  };
}

/** Two members are one customer where two customers have been merged: the first one is written to. */
async function twinsAmong(at: At, campaignId: string, customerIds: readonly string[]): Promise<Set<string>> {
  const rows = await named<{ memberId: string }>(at, {
    name: "campaign members twice",
    text: `select member_id as "memberId" from (
        select member_id, row_number() over (partition by customer_id order by targeted_time, member_id) as place
        from campaign_members where campaign_id = $1 and customer_id = any($2::uuid[])) m
      where place > 1`,
    values: [campaignId, customerIds],
  });
  return new Set(rows.map(({ memberId }) => memberId));
}

const HEARD_MS = 3_600_000;
const AGAIN_MS = 30_000;

/**
 * A customer who is new may not have been heard of yet: then the decision waits, for an hour at most. A member whose customer
 * has become another one is that one's shortly.
 */
const isUnheard = (
  { now }: At,
  { known, over }: Ground,
  { customerId, targetedTime }: MemberState,
): boolean =>
  over === undefined &&
  (known.get(customerId)?.customer.state === Customer_State.MERGED ||
    (!known.has(customerId) && now.getTime() - targetedTime.getTime() < HEARD_MS));

function putOff(at: At, campaignId: string, due: readonly DueStep[], taken: ReadonlySet<string>): void {
  const dueTime = new Date(at.now.getTime() + AGAIN_MS);
  keepDue(
    at,
    campaignId,
    due.filter(({ memberId }) => !taken.has(memberId)).map((each) => ({ ...each, dueTime })),
  );
}

function lineOf(at: At, ground: Ground, member: MemberState, step: number): MessageState {
  const { campaign } = ground;
  const { templateId } = campaign.steps.find((each) => each.step === step)!;
  const { campaignId, memberId, customerId } = member;
  const blank: MessageState = {
    ...{ campaignId, memberId, step, customerId, templateId, purpose: PURPOSE },
    messageId: messageIdOf(at.tenantId, { campaignId, step, memberId }),
    ...{ channel: "", address: "", subject: "", text: "", html: "", unsubscribeUrl: "" },
    notBeforeTime: null,
    state: "SUPPRESSED",
    reason: "",
    interactionId: null,
    requestTime: at.now,
    sentTime: null,
    version: 0,
  };
  const known = ground.known.get(customerId);
  const ended =
    endedBy(member) ?? ground.over ?? (ground.twins.has(memberId) ? "DUPLICATE_MEMBER" : undefined);
  if (ended ?? !known) return { ...blank, reason: ended ?? "UNKNOWN_CUSTOMER" };
  return written(at, ground, blank, known);
}

function written(at: At, ground: Ground, blank: MessageState, known: Known): MessageState {
  const template = ground.templates.get(blank.templateId);
  const channels = [...new Set(template?.variants.map(({ channel }) => channel))];
  const decision = decide(known.situation(channels), ground.rules);
  if ("reason" in decision) return { ...blank, reason: decision.reason };
  const rendered = render(template!, addressed(at, ground, blank, known, decision));
  if (!isRendered(rendered)) return { ...blank, reason: rendered.reason };
  const { subject, text, html, unsubscribeUrl } = rendered;
  const { channel, address, notBefore } = decision;
  return {
    ...blank,
    ...{ channel, address, subject, text, html, unsubscribeUrl },
    notBeforeTime: notBefore > at.now ? notBefore : null,
    state: "REQUESTED",
  };
}

const addressed = (
  { tenantId }: At,
  { campaign, owners, tracking }: Ground,
  { messageId }: MessageState,
  { customer, policy }: Known,
  { channel }: Way,
) => ({
  customer: { ...customer, kind: customer.kind ?? "" },
  campaign,
  ownerName: owners.get(customer.ownerId ?? "") ?? "",
  segmentOffer: policy?.offer ?? "",
  channel,
  links: trackedLinks(tracking, { tenantId, messageId }),
});

/** The quiet hours go along: who sends it may be late. */
function keep(at: At, { known, rules }: Ground, lines: readonly MessageState[]): void {
  const of = (state: MessageState["state"]) => lines.filter((line) => line.state === state);
  const { quietFrom, quietUntil } = rules;
  const zone = ({ customerId }: MessageState) =>
    zoneOf(known.get(customerId)!.customer.timeZone, rules.timeZone);
  for (const [timeZone, some] of Map.groupBy(of("REQUESTED"), zone))
    record(at, campaignMessages, some, CampaignMessageRequested, { quietFrom, quietUntil, timeZone });
  record(at, campaignMessages, of("SUPPRESSED"), CampaignMessageSuppressed);
}

function suppressMembers(
  at: At,
  byId: ReadonlyMap<string, MemberState>,
  lines: readonly MessageState[],
): void {
  const after = lines.flatMap(({ memberId, state, reason }) => {
    const before = byId.get(memberId)!;
    const now = state === "SUPPRESSED" ? suppress(before, reason) : before;
    return now === before ? [] : [now];
  });
  record(at, members, after, MemberSuppressed);
}
