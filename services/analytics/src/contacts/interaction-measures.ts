import {
  type Condition,
  counting,
  judged,
  known,
  mean,
  type Measure,
  type Moment,
  share,
  spreads,
} from "../measures/measure.ts";

const taught: Condition = { sql: "f.learned_count > 0", cel: "learned_count > 0" };
const spoken: Condition = { sql: "f.duration_seconds > 0", cel: "duration_seconds > 0" };

export const interactionMeasures = (moment: Moment): Measure[] => {
  const reply = judged("reply", moment);
  return [
    counting({ figure: "contacts", definition: "Contacts on all channels, in both directions." }),
    counting(
      { figure: "replies_asked", definition: "Contacts that asked for an answer." },
      known("reply_due_time"),
    ),
    ...spreads({
      figure: "response_time",
      unit: "seconds",
      definition:
        "time by the wall clock from a contact that asked for an answer to the answer, of those that have one; automatic answers do not count.",
      of: "f.response_seconds",
      rows: known("response_seconds").cel,
    }),
    share(
      {
        figure: "reply_in_time_rate",
        definition:
          "Contacts answered by the target of their channel / those answered in time or past their due time at the asked instant.",
      },
      reply.of,
      reply.met,
    ),
    share(
      {
        figure: "stated_learning_rate",
        definition:
          "Concluded contacts of which somebody said what they taught us, or that it was nothing new / concluded contacts.",
      },
      known("outcome"),
      known("learned_count"),
    ),
    share(
      {
        figure: "contacts_that_add_facts",
        definition:
          "Contacts that taught us at least one fact / contacts of which somebody has said what they taught us.",
      },
      known("learned_count"),
      taught,
    ),
    mean({
      figure: "handling_time",
      unit: "seconds",
      definition: "talk, hold and wrap-up of a contact, of those that took time.",
      of: "nullif(f.duration_seconds, 0)",
      rows: spoken.cel,
    }),
  ];
};
