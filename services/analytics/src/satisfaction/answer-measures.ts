// What is reckoned of answers to surveys, by the definitions of the trade.
import {
  ALL,
  both,
  type Condition,
  counting,
  isOneOf,
  known,
  mean,
  type Measure,
  share,
} from "../measures/measure.ts";

const ofKind = (kind: string) => isOneOf("question_kind", [kind]);
const onScale = (min: number, max: number): Condition => ({
  sql: `f.scale_min = ${min} and f.scale_max = ${max}`,
  cel: `scale_min == ${min} && scale_max == ${max}`,
});
/** The two best of the scale; a numerator, which no list asks for. */
const TOP_TWO: Condition = { sql: "f.score >= f.scale_max - 1", cel: "" };

const csat = ofKind("CSAT");
const nps = ofKind("NPS");
const easy = both(ofKind("CES"), onScale(1, 7));
const effort = both(ofKind("CES_EFFORT"), onScale(1, 5));
const otherScales: Condition = {
  sql: `f.question_kind in ('CES', 'CES_EFFORT') and not (${easy.sql}) and not (${effort.sql})`,
  cel: `question_kind in ["CES", "CES_EFFORT"] && !(${easy.cel}) && !(${effort.cel})`,
};

const count = (sql: string) => `count(*) filter (where ${nps.sql} and ${sql})`;
const LEAD = `(${count("f.score >= f.scale_max - 1")} - ${count("f.score < f.scale_max - 3")})`;

const netPromoters: Measure = {
  figure: "net_promoter_score",
  unit: "points",
  definition:
    "(Promoters − detractors) / answers to questions of the kind NPS × 100, from −100 to 100. The two best of the scale are promoters, the two below passive, all below detractors: 9 and 10, 7 and 8, 0 to 6.",
  numerator: `${LEAD}::int`,
  denominator: `(count(*) filter (where ${nps.sql}))::int`,
  value: `100 * ${LEAD}::float8 / nullif(count(*) filter (where ${nps.sql}), 0)`,
  rows: nps.cel,
};

/** A mean, whether its name says so or not. */
const scores = (figure: string, of: Condition, definition: string): Measure => ({
  ...mean({
    figure,
    unit: "score",
    definition,
    of: `case when ${of.sql} then f.score end`,
    rows: of.cel,
  }),
  figure,
});

export const answerMeasures = (): Measure[] => [
  counting({ figure: "answers", definition: "Scores that were given; each answered question is one." }),
  share(
    {
      figure: "customer_satisfaction",
      definition:
        "Answers that are one of the two best of the scale / answers to questions of the kind CSAT.",
    },
    csat,
    TOP_TWO,
  ),
  scores(
    "customer_satisfaction_mean",
    csat,
    "scores of questions of the kind CSAT, on whatever scale they have: another number than the share of those who are satisfied.",
  ),
  netPromoters,
  scores(
    "customer_effort_score",
    easy,
    "scores of questions of the kind CES on the scale from 1 to 7; 7 is easiest.",
  ),
  scores(
    "customer_effort_score_effort_form",
    effort,
    "scores of questions of the kind CES_EFFORT on the scale from 1 to 5; 1 is easiest.",
  ),
  counting(
    {
      figure: "effort_scores_on_other_scales",
      definition:
        "Answers about effort on a scale that is not the usual one of their kind; they are in neither of the two.",
    },
    otherScales,
  ),
];

/** Of all questions together it would mean nothing. */
export const questionMeasures = (): Measure[] => [
  ...answerMeasures(),
  scores("mean_score", ALL, "all scores of the question, whatever its kind."),
];

const sent = known("send_date");

export const invitationMeasures = (): Measure[] => [
  counting({ figure: "invited", definition: "Invitations that were sent in the period." }, sent),
  share(
    {
      figure: "response_rate",
      definition:
        "Invitations sent in the period that have been answered up to now / invitations sent in the period.",
    },
    sent,
    known("answer_date"),
  ),
];
