// What keeps messages of campaigns from leaving: campaigns that were given up, members who were taken out, and all who are never
// written to.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { on } from "@guanxi/bus/reaction";
import { MessageFailed } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import { CampaignAborted } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import { MemberSuppressed } from "@guanxi/contract/guanxi/marketing/v1/campaign_member_events";
import { Suppression_Kind } from "@guanxi/contract/guanxi/marketing/v1/suppression";
import {
  SuppressionCreated,
  SuppressionDeleted,
} from "@guanxi/contract/guanxi/marketing/v1/suppression_events";
import type { At } from "@guanxi/kit/at";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";
import { lockFound, named, record } from "@guanxi/kit/store";
import { interactions } from "../interactions/interactions.ts";
import { forbidden, type Obstacle } from "./forbidden.ts";

const CAMPAIGN_STOP = "campaign stop";
const BATCH = 200;

type Kind = "CAMPAIGN" | "MEMBER" | NameOf<typeof Suppression_Kind>;

interface Stop {
  readonly kind: Kind;
  /** An id, or an address or domain in lower case. */
  readonly value: string;
}

export const followAborted = on(CampaignAborted, ({ campaign }, at) =>
  campaign ? keep(at, campaign.campaignId, { kind: "CAMPAIGN", value: campaign.campaignId }) : undefined,
);

/** Other reasons are of a step that was not asked for, and leave alone what was. */
export const followRemoved = on(MemberSuppressed, ({ member }, at) =>
  member?.suppressedReason === "REMOVED"
    ? keep(at, member.memberId, { kind: "MEMBER", value: member.memberId })
    : undefined,
);

export const followSuppressed = on(SuppressionCreated, ({ suppression }, at) => {
  const kind = suppression && nameOf(Suppression_Kind, suppression.kind);
  if (kind) keep(at, suppression.suppressionId, { kind, value: suppression.value });
});

export const followUnsuppressed = on(SuppressionDeleted, ({ meta }, at) =>
  at.tell({
    name: "campaign stops forget",
    text: "delete from campaign_stops where stop_id = $1",
    values: [meta!.aggregateId],
  }),
);

function keep(at: At, stopId: string, { kind, value }: Stop): void {
  at.tell({
    name: "campaign stops keep",
    text: "insert into campaign_stops (stop_id, kind, value) values ($1, $2, $3) on conflict do nothing",
    values: [stopId, kind, value],
  });
  enqueue(at, CAMPAIGN_STOP, stopId);
}

const NEVER = { reason: "SUPPRESSED_ADDRESS", why: "Campaigns send nothing to the address." };

const OBSTACLES: Record<Kind, Obstacle> = {
  CAMPAIGN: { reason: "CAMPAIGN_ABORTED", why: "Its campaign was given up." },
  MEMBER: { reason: "REMOVED", why: "The customer was taken out of the campaign." },
  CUSTOMER: { reason: "SUPPRESSED_CUSTOMER", why: "Campaigns send nothing to the customer." },
  ADDRESS: NEVER,
  DOMAIN: NEVER,
};

interface Sent {
  readonly campaignId: string;
  readonly memberId: string;
  readonly customerId: string;
  readonly address: string;
}

/** Asked again when a message is about to leave: its request may have come behind what stops it. */
export async function stopped(at: At, sent: Sent): Promise<Obstacle | undefined> {
  const address = sent.address.toLowerCase();
  const [stop] = await named<{ kind: Kind }>(at, {
    name: "campaign stops find",
    text: `
with recursive they as (
  select $1::uuid as customer_id
  union
  select l.customer_id from customer_links l join they t on l.merged_into_id = t.customer_id)
select kind from campaign_stops where (kind, value) in (
  select 'CUSTOMER', customer_id::text from they
  union all
  values ('CAMPAIGN', $2), ('MEMBER', $3), ('ADDRESS', $4), ('DOMAIN', $5)) order by kind limit 1`,
    values: [
      sent.customerId || null,
      sent.campaignId,
      sent.memberId,
      address,
      address.slice(address.lastIndexOf("@") + 1),
    ],
  });
  return stop && OBSTACLES[stop.kind];
}

/** At once, so that whoever looks at the campaign sees it; a few at a time, since there may be thousands. */
export const campaignStopJob: Job = {
  name: CAMPAIGN_STOP,
  async run({ tenantId, subjectId, signal }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: "interaction/campaigns" };
    while (await act(as, (at) => stopSome(at, subjectId))) signal.throwIfAborted();
  },
};

const CONCERNED: Record<Kind, string> = {
  CAMPAIGN: "campaign_id = $1::uuid",
  MEMBER: "interaction_id in (select interaction_id from campaign_letters where member_id = $1::uuid)",
  CUSTOMER: "customer_id = $1::uuid",
  ADDRESS: "lower(party_address) = $1",
  DOMAIN: "right(lower(party_address), length($1) + 1) = '@' || $1",
};

async function stopSome(at: At, stopId: string): Promise<boolean> {
  const [stop] = await named<Stop>(at, {
    name: "campaign stops get",
    text: "select kind, value from campaign_stops where stop_id = $1",
    values: [stopId],
  });
  if (!stop) return false;
  const rows = await named<{ interactionId: string }>(at, {
    name: `interactions queued of ${stop.kind.toLowerCase()}`,
    text: `select interaction_id as "interactionId" from interactions
      where campaign_id is not null and delivery_state = 'QUEUED' and ${CONCERNED[stop.kind]}
      order by interaction_id limit $2`,
    values: [stop.value, BATCH],
  });
  const ids = rows.map(({ interactionId }) => interactionId);
  // The row of a job is locked before its message, by all.
  at.tell({
    name: "jobs forget messages of campaign",
    text: "delete from jobs where name = 'send_message' and subject_id = any($1::uuid[])",
    values: [ids],
  });
  const queued = (await lockFound(at, interactions, ids)).filter((it) => it.deliveryState === "QUEUED");
  record(
    at,
    interactions,
    queued.map((it) => forbidden(it, OBSTACLES[stop.kind], at.now)),
    MessageFailed,
  );
  return ids.length === BATCH;
}
