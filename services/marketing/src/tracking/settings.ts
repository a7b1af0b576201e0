import { about, secret, url } from "@guanxi/kit/env";
import { refuse } from "@guanxi/kit/refuse";
import { z } from "zod";

const SHORTEST_KEY = 24;

const keys = z
  .string()
  .transform((text) => text.split(",").map((key) => key.trim()))
  .refine((all) => all.every(({ length }) => length >= SHORTEST_KEY))
  .describe(`keys of at least ${SHORTEST_KEY} characters each, with commas between them`);

export const trackingSettings = {
  publicUrl: about(
    "Where customers reach the gateway from outside: links in messages begin with it. Without it no campaign sends.",
    url("https", "http").optional().describe("an address that begins with https:// or http://"),
  ),
  trackingKeys: secret(
    "By which links in messages are signed: the first signs, all of them hold, so that a key is renewed without breaking what was sent. Without it no campaign sends.",
    keys.optional(),
  ),
};

export interface Tracking {
  readonly publicUrl: string;
  /** The first signs. */
  readonly keys: readonly string[];
}

/** Settings of a job are those of the service, whose shape the bus does not know. */
export function trackingOf(settings: object): Tracking | undefined {
  const { publicUrl, trackingKeys } = settings as { publicUrl?: string; trackingKeys?: readonly string[] };
  return publicUrl && trackingKeys ? { publicUrl, keys: trackingKeys } : undefined;
}

/** A link to nowhere would be sent to customers, who could not unsubscribe by it either. */
export function requireTracking(settings: object): Tracking {
  const tracking = trackingOf(settings);
  if (tracking) return tracking;
  throw refuse(
    "precondition",
    "PUBLIC_URL_MISSING",
    "This installation does not know where customers reach it: set PUBLIC_URL and TRACKING_KEYS.",
  );
}
