// How feedback is answered.
import {
  ALL,
  type Condition,
  counting,
  isOneOf,
  judged,
  known,
  type Measure,
  type Moment,
  share,
  spreads,
} from "../measures/measure.ts";

const OPEN = ["NEW", "ACKNOWLEDGED", "IN_PROGRESS"];
const open = isOneOf("state", OPEN);
const responded = known("response_time");
const respondedOrOpen: Condition = {
  sql: `${responded.sql} or ${open.sql}`,
  cel: `${responded.cel} || ${open.cel}`,
};

export const noSpam: Condition = { sql: "f.state <> 'SPAM'", cel: 'state != "SPAM"' };

export const feedbackMeasures = (moment: Moment): Measure[] => {
  const { of, met } = judged("resolution", moment);
  return [
    counting({ figure: "feedback", definition: "Feedback of every source." }),
    counting({ figure: "open_feedback", definition: "Feedback that is not resolved yet." }, open),
    share(
      { figure: "feedback_response_rate", definition: "Feedback that we have answered / feedback." },
      ALL,
      responded,
    ),
    share(
      {
        figure: "feedback_accounted_for",
        definition:
          "Feedback that has a first word of ours, or stands open / feedback: less than all means that some was ended without a word.",
      },
      ALL,
      respondedOrOpen,
    ),
    share(
      {
        figure: "feedback_in_time_rate",
        definition:
          "Feedback resolved by its deadline / that resolved by its deadline or past it at the asked instant.",
      },
      of,
      met,
    ),
    share(
      {
        figure: "closed_loop_rate",
        definition: "Feedback whose giver knows what came of it / feedback.",
      },
      ALL,
      isOneOf("state", ["CLOSED"]),
    ),
    ...spreads({
      figure: "feedback_response_time",
      unit: "seconds",
      definition: "time by the wall clock from a feedback to our first word to it, of those that have one.",
      of: "f.response_seconds",
      rows: known("response_seconds").cel,
    }),
  ];
};
