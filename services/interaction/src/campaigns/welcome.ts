// When the message of a campaign may leave: in the hours at which the customer is welcome to be reached, and in no quiet ones.
import { firstLoud, type QuietHours as Hours } from "@guanxi/directory/quiet-hours";
import { nextWelcome } from "../messages/contact-hours.ts";
import type { StoredHours } from "../projections/reach.ts";

export interface QuietHours extends Hours {
  /** Of the customer. */
  readonly timeZone: string;
}

export const NEVER_QUIET: QuietHours = { quietFrom: "", quietUntil: "", timeZone: "" };

/** Enough for a week of contact hours that are all quiet ones. */
const MOST = 32;

/** The first moment that both allow. Where there is none the quiet hours count alone: all go by them, the others are a wish. */
export function firstAllowed(
  hours: readonly StoredHours[],
  tenantZone: string,
  quiet: QuietHours,
  from: Date,
): Date {
  let moment = from;
  for (let turn = 0; turn < MOST; turn += 1) {
    const welcome = nextWelcome(hours, tenantZone, moment);
    moment = firstLoud(quiet, quiet.timeZone, welcome);
    if (moment.getTime() === welcome.getTime()) return moment;
  }
  return firstLoud(quiet, quiet.timeZone, from);
}
