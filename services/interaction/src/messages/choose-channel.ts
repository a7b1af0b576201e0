// On which channel a message may reach a customer, and why not on another (R005).
import type { ChannelName } from "../interactions/interaction-state.ts";
import type { Reach, ReachChannel } from "../projections/reach.ts";

/** Channels that we can send on. */
export const CONNECTED: readonly ChannelName[] = ["EMAIL"];

export interface Wish {
  /** What is planned; what the customer prefers where it is null. */
  readonly channel: ChannelName | null;
  readonly purpose: string;
  readonly reach: Reach & {
    /** The addresses among the points that take no mail. */
    readonly bounced: readonly string[];
  };
}

export type Unreachable = "MESSAGE_UNWANTED" | "UNREACHABLE" | "ADDRESS_BOUNCED";

interface Obstacle {
  readonly reason: Unreachable;
  readonly why: string;
}

export type Choice =
  | { readonly channel: ChannelName; readonly address: string; readonly rerouteReason: string }
  | Obstacle;

/** The planned channel if it may and can be used; else the first other one that may, if that is allowed. */
export function chooseChannel({ channel: wished, purpose, reach }: Wish, allowReroute: boolean): Choice {
  const [preferred] = reach.preferredChannels;
  const planned = wished ?? preferred ?? "EMAIL";
  const obstacle = obstacleOn(planned, purpose, reach);
  if (!obstacle) return { channel: planned, address: addressesOn(planned, reach)[0]!, rerouteReason: "" };
  if (!allowReroute) return obstacle;
  const alive = { ...reach, points: reach.points.filter(({ value }) => !reach.bounced.includes(value)) };
  // Another address of the planned channel is nearer than another channel.
  const others: ChannelName[] = [planned, ...reach.preferredChannels, ...CONNECTED];
  const other = others.find((each) => !obstacleOn(each, purpose, alive));
  if (!other) return obstacle;
  return { channel: other, address: addressesOn(other, alive)[0]!, rerouteReason: obstacle.why };
}

/** Why a channel is not to be used: what the customer wants counts before what we can. */
function obstacleOn(channel: ChannelName, purpose: string, reach: Wish["reach"]): Obstacle | undefined {
  const unwanted = forbiddenOn(channel, purpose, reach) ?? lessLiked(channel, purpose, reach);
  return unwanted ? { reason: "MESSAGE_UNWANTED", why: unwanted } : blockedOn(channel, reach);
}

function blockedOn(channel: ChannelName, reach: Wish["reach"]): Obstacle | undefined {
  if (!CONNECTED.includes(channel))
    return { reason: "UNREACHABLE", why: `No message can be sent on ${channel} from here.` };
  const [address] = addressesOn(channel, reach);
  if (address === undefined) return { reason: "UNREACHABLE", why: `No address for ${channel} is known.` };
  if (reach.bounced.includes(address))
    return {
      reason: "ADDRESS_BOUNCED",
      why: `The last message to the address for ${channel} came back for good.`,
    };
  return undefined;
}

function forbiddenOn(channel: ChannelName, purpose: string, reach: Reach): string | undefined {
  const said = consentOn(channel, purpose, reach);
  if (said === "WITHDRAWN") return `The consent to ${purpose} on ${channel} was withdrawn.`;
  // The law of most countries asks for it: nobody is advertised to who has not agreed.
  if (purpose === "marketing" && said !== "GRANTED") return `There is no consent to marketing on ${channel}.`;
  return undefined;
}

/** A preference forbids nothing: it counts where a channel that is preferred can be used. */
function lessLiked(channel: ChannelName, purpose: string, reach: Wish["reach"]): string | undefined {
  const { preferredChannels } = reach;
  if (preferredChannels.includes(channel as ReachChannel)) return undefined;
  if (!preferredChannels.some((each) => !forbiddenOn(each, purpose, reach) && !blockedOn(each, reach)))
    return undefined;
  return `The customer prefers ${preferredChannels.join(", then ")}.`;
}

export const consentOn = (channel: ChannelName, purpose: string, { consents }: Reach) =>
  consents.find((each) => each.channel === channel && each.purpose === purpose)?.state;

const POINTS: Partial<Record<ChannelName, string>> = {
  EMAIL: "EMAIL",
  PHONE: "PHONE",
  SMS: "PHONE",
  WECHAT: "WECHAT",
  SOCIAL: "SOCIAL",
};

/** The primary one first. */
export function addressesOn(channel: ChannelName, { points }: Reach): string[] {
  const usable = points.filter(({ kind }) => kind !== null && kind === POINTS[channel]);
  return usable.toSorted((a, b) => Number(b.primary) - Number(a.primary)).map(({ value }) => value);
}
