// What is reckoned of cases, by the definitions of the trade.
import {
  both,
  type Condition,
  counting,
  isOneOf,
  judged,
  known,
  mean,
  type Measure,
  median,
  type Moment,
  share,
  spreads,
} from "../measures/measure.ts";
import { CALLED_OFF, RESOLVED } from "./case-fact.ts";
import { COMPLAINTS, FAULT_DAYS, FAULTS, REPEAT_DAYS } from "./seen-cases.ts";

const resolved = isOneOf("status", RESOLVED);
const complaints: Condition = {
  sql: COMPLAINTS,
  cel: `kind == "COMPLAINT" && !(${isOneOf("status", CALLED_OFF).cel})`,
};

const everResolved: Condition = {
  sql: `${resolved.sql} or f.reopen_count > 0`,
  cel: `${resolved.cel} || reopen_count > 0`,
};
const reopened: Condition = { sql: "f.reopen_count > 0", cel: "reopen_count > 0" };
const solvedAtOnce: Condition = {
  sql: "f.customer_contact_count <= 1 and f.reopen_count = 0 and not f.is_repeated",
  cel: "customer_contact_count <= 1 && reopen_count == 0 && is_repeated == false",
};
const faults = both(isOneOf("kind", FAULTS), known("product_id"));
const repeatFault: Condition = { sql: "f.is_repeat_fault", cel: "is_repeat_fault == true" };

const DAYS_TO_CLOSE = {
  figure: "days_to_close",
  unit: "days",
  definition: "days by the wall clock from opening to closing, of the cases that are closed.",
  of: "extract(epoch from f.close_time - f.open_time) / 86400",
  rows: known("close_time").cel,
} as const;

const times = [
  ...spreads({
    figure: "first_response_time",
    unit: "seconds",
    definition:
      "business time from opening to the first public reply of a human being, of the cases that have one; automatic replies do not count, nor cases of which an import told the outcome only.",
    of: "f.response_seconds",
    rows: known("response_seconds").cel,
  }),
  ...spreads({
    figure: "resolution_time",
    unit: "seconds",
    definition:
      "business time from opening to resolution less the time in which the customer had to answer, of the cases that are resolved; one that was opened again goes on, and cases of which an import told the outcome only do not count.",
    of: "f.resolution_seconds",
    rows: known("resolution_seconds").cel,
  }),
  mean(DAYS_TO_CLOSE),
  median(DAYS_TO_CLOSE),
];

const KEPT = "met / (met + broken) at the asked instant; open but past its due time counts as broken.";
const PROMISES = [
  { promise: "response", figure: "first_response", words: "a first response" },
  { promise: "next_response", figure: "next_response", words: "a response to the customer's last word" },
  { promise: "resolution", figure: "resolution", words: "a resolution" },
];

const promises = (moment: Moment): Measure[] => [
  allPromises(moment),
  ...PROMISES.map(({ promise, figure, words }) => {
    const { of, met } = judged(promise, moment);
    return share(
      { figure: `sla_attainment_${figure}`, definition: `Promises of ${words}: ${KEPT}` },
      of,
      met,
    );
  }),
];

/** A case has up to three of them. */
function allPromises(moment: Moment): Measure {
  const all = PROMISES.map(({ promise }) => judged(promise, moment));
  const sum = (conditions: readonly Condition[]) =>
    `(${conditions.map(({ sql }) => `count(*) filter (where ${sql})`).join(" + ")})::int`;
  return {
    figure: "sla_attainment",
    unit: "ratio",
    definition: `All promises, up to three for each case: ${KEPT}`,
    numerator: sum(all.map(({ of, met }) => both(of, met))),
    denominator: sum(all.map(({ of }) => of)),
    rows: all.map(({ of }) => of.cel).join(" || "),
  };
}

const complaintResponse = (moment: Moment): Measure => {
  const { of, met } = judged("response", moment);
  const definition =
    "Complaints first answered in time / complaints whose time has passed or who were answered in time.";
  return share({ figure: "complaint_response_rate", definition }, both(complaints, of), met);
};

export const caseMeasures = (moment: Moment): Measure[] => [
  counting({ figure: "cases", definition: "Cases, cancelled and merged ones among them." }),
  counting(
    {
      figure: "complaints",
      definition: "Cases that are complaints; those that were merged into another one are counted there.",
    },
    complaints,
  ),
  ...times,
  ...promises(moment),
  share(
    {
      figure: "reopen_rate",
      definition: "Cases that were opened again / cases that are or were resolved.",
    },
    everResolved,
    reopened,
  ),
  share(
    {
      figure: "first_contact_resolution",
      definition: `Resolved cases with at most one word of the customer, never opened again, and no other case of the same customer and topic until ${REPEAT_DAYS} days after the resolution / resolved cases. Those resolved in the last ${REPEAT_DAYS} days may still leave.`,
    },
    resolved,
    solvedAtOnce,
  ),
  complaintResponse(moment),
  share(
    {
      figure: "repeat_fault_rate",
      definition: `Faults, returns, warranty and repair cases of a product that had one in the ${FAULT_DAYS} days before, of the same piece where both name it, else of the same customer / all that name a product.`,
    },
    faults,
    repeatFault,
  ),
];
