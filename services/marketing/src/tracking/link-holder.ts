// What whoever holds a link of a message may do: they have no token of ours, so the link says which company it is.
import type { Context } from "@guanxi/bus/app";
import type { At } from "@guanxi/kit/at";
import { Refusal, refuse } from "@guanxi/kit/refuse";
import { lockFound } from "@guanxi/kit/store";
import { tenantSettings } from "@guanxi/kit/tenants";
import type { MemberState } from "../members/member-state.ts";
import { members } from "../members/members.ts";
import { campaignMessages } from "../messages/campaign-messages.ts";
import type { MessageState } from "../messages/message-state.ts";
import { trackingOf } from "./settings.ts";
import { type Link, type LinkKind, readLink } from "./token.ts";

export interface Held {
  readonly message: MessageState;
  readonly member: MemberState;
}

export interface LinkHolder {
  /** Refuses a token that is none of ours. */
  read(token: string, kind: LinkKind): Link;
  /** One transaction in the name of whoever holds the link; undefined where the message is there no more. */
  hold<T>(link: Link, work: (at: At, held: Held) => T): Promise<T | undefined>;
}

const ACTOR = "marketing/message-link";

export function linkHolder({
  db,
  act,
  settings,
}: Pick<Context, "db" | "act"> & { settings: object }): LinkHolder {
  const settingsOf = tenantSettings(db);
  const keys = trackingOf(settings)?.keys ?? [];
  return {
    read(token, kind) {
      const link = readLink(token, kind, keys);
      if (!link) throw unknownLink();
      return link;
    },
    async hold({ tenantId, messageId }, work) {
      const { timeZone, currencyCode } = await settingsOf(tenantId).catch(hideTenant);
      const principal = { kind: "service", id: ACTOR, name: ACTOR } as const;
      return act({ tenantId, timeZone, currencyCode, principal, actor: ACTOR }, async (at) => {
        const [message] = await lockFound(at, campaignMessages, [messageId]);
        const [member] = message ? await lockFound(at, members, [message.memberId]) : [];
        return message && member ? work(at, { message, member }) : undefined;
      });
    },
  };
}

/** Whether there is such a company is nobody's business. */
function hideTenant(error: unknown): never {
  throw error instanceof Refusal && error.reason === "UNKNOWN_TENANT" ? unknownLink() : error;
}

export const unknownLink = () => refuse("notFound", "UNKNOWN_LINK", "There is nothing behind this link.");
