import type { Chance } from "./chance.ts";
import { customerOf, personName } from "./people.ts";
import { inWords, interests } from "./sentences.ts";
import { jobTitles } from "./words.ts";

/** From a lead that nobody has looked at to one that came to nothing; those who bought are customers already. */
const statuses = ["NEW", "ASSIGNED", "CONTACTING", "NURTURING", "QUALIFIED", "DISQUALIFIED"] as const;
const dropReasons = ["NOT_INTERESTED", "CANNOT_CONTACT", "NO_BUDGET", "BAD_TIMING", "COMPETITOR"];

/** So many numbers are left for customers. */
const BEHIND_CUSTOMERS = 50_000;

export function leadOf(number: number, draw: Chance) {
  // Somebody like a customer, whom we do not know yet.
  const firm = customerOf(BEHIND_CUSTOMERS + number, draw);
  const status = statuses[number % statuses.length]!;
  return {
    id: `L${String(number).padStart(4, "0")}`,
    person: personName(firm.chinese, draw),
    organisation: firm.kind === "organisation" ? firm.name : "",
    title: draw.one(jobTitles),
    email: `lead${number}@example.com`,
    phone: firm.phone,
    city: firm.city,
    region: firm.region,
    source: firm.source,
    interest: inWords(draw.one(interests), firm.chinese),
    status,
    dropReason: status === "DISQUALIFIED" ? draw.one(dropReasons) : "",
    owner: status === "NEW" ? "" : firm.owner,
    minutesAgo: draw.between(60, 90 * 1440),
  };
}
