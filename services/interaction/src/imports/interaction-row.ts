// What a row says of a contact.
import {
  type Channel,
  Direction,
  Interaction,
  type Interaction_Outcome,
  type SocialDetail,
} from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { ImportRun, TypedRow, Unit } from "@guanxi/import/service/kind";
import { rowFault } from "@guanxi/import/service/planned";
import type { Lookup } from "@guanxi/import/service/references";
import { referred } from "@guanxi/import/service/referred";
import { numberIn, textIn, timeIn } from "@guanxi/import/service/row-values";
import type { At } from "@guanxi/kit/at";
import { localDay } from "@guanxi/import/values/zone";
import type { NameOf } from "@guanxi/kit/enum-names";
import { withExternalId } from "../external-ids.ts";
import type { InteractionState } from "../interactions/interaction-state.ts";
import { take } from "../interactions/interaction.ts";
import { threadKeysOf } from "../interactions/keys.ts";
import { present } from "../interactions/present.ts";

interface Lookups {
  readonly customers: Lookup;
  readonly users: Lookup;
}

/** The contact as the row has it; what the file does not speak of stays as it was. */
export function contactOf(
  at: At,
  { rows: [row], before }: Unit<InteractionState>,
  run: ImportRun,
  lookups: Lookups,
): InteractionState {
  const base = before ?? blank(at, row!, run);
  const contact: InteractionState = {
    ...base,
    ...wordsOf(row!, base, run),
    ...timeOf(row!, base, at),
    ...peopleOf(row!, base, run, lookups),
    externalIds: withExternalId(base.externalIds, run.sourceSystem, textIn(row!, "external_id")),
    updateTime: at.now,
  };
  at.check(Interaction, present(contact), "interaction");
  return contact;
}

/** A mention names a thread or a network; what is written to us elsewhere without a word of how comes from a web site. */
function blank(at: At, row: TypedRow, { mapped, sourceSystem }: ImportRun): InteractionState {
  const [network, threadId] = [textIn(row, "network"), textIn(row, "thread")];
  const isMention = mapped.has("network") || mapped.has("thread");
  const channel = (textIn(row, "channel") || (isMention ? "SOCIAL" : "WEB_CHAT")) as NameOf<typeof Channel>;
  const told = take(Interaction.fromPartial({ direction: Direction.INBOUND }), at.newId(), at);
  const social: SocialDetail = { network: network || sourceSystem, threadId, url: "", public: true };
  return {
    ...told,
    channel,
    direction: (textIn(row, "direction") || "INBOUND") as NameOf<typeof Direction>,
    detail: channel === "SOCIAL" ? { $case: "social", value: social } : null,
  };
}

function wordsOf(row: TypedRow, base: InteractionState, { mapped }: ImportRun) {
  const said = <T>(field: string, value: T, before: T): T => (mapped.has(field) ? value : before);
  const text = (field: string) => textIn(row, field);
  const outcome = (text("outcome") || null) as NameOf<typeof Interaction_Outcome> | null;
  return {
    subject: said("subject", text("subject"), base.subject),
    body: said("body", text("body"), base.body),
    topic: said("topic", text("topic") || null, base.topic),
    partyName: said("party_name", text("party_name"), base.partyName),
    partyAddress: said("party_address", text("party_address"), base.partyAddress),
    outcome: said("outcome", outcome, base.outcome),
    durationSeconds: said(
      "duration_seconds",
      Math.round(numberIn(row, "duration_seconds") ?? 0),
      base.durationSeconds,
    ),
  };
}

function timeOf(row: TypedRow, base: InteractionState, { now, timeZone }: At) {
  const eventTime = timeIn(row, "event_time") ?? base.eventTime;
  if (eventTime > now)
    throw rowFault("event_time", "IN_THE_FUTURE", "A contact cannot have been in the future.");
  return { eventTime, eventDate: localDay(eventTime.getTime(), timeZone) };
}

function peopleOf(
  row: TypedRow,
  base: InteractionState,
  { mapped }: ImportRun,
  { customers, users }: Lookups,
) {
  return {
    customerId: mapped.has("customer") ? referred(row, "customer", customers) : base.customerId,
    userId: mapped.has("user") ? referred(row, "user", users) : base.userId,
  };
}

/** By which it belongs to others of the file and of before; none where nothing is known of who wrote and where. */
export const threadKeyOf = (it: InteractionState): string | undefined =>
  it.direction === "INTERNAL" ? undefined : threadKeysOf(it)[0];
