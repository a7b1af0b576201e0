// How the public file of a satisfaction survey becomes answers; used by the tests of the service and by smoke.

const CODES = Array.from({ length: 10 }, (_, index) => `q${index + 1}`);

/** To be created and activated before the import: a file of answers belongs to a survey that is there. */
export const YELLOW_PAGES_SURVEY = {
  displayName: "Yellow pages advertisers",
  languageCode: "en",
  trigger: "TRIGGER_MANUAL",
  questions: CODES.map((code) => ({
    code,
    // The first is the overall one, and reckoned as NPS.
    kind: code === "q1" ? "KIND_NPS" : "KIND_SCORE",
    text: code === "q1" ? "How satisfied are you, all in all?" : `Question ${code.slice(1)} of the survey`,
    scaleMin: 1,
    scaleMax: 10,
    required: true,
  })),
};

/** 1,811 people; nobody has an id, and who answered alike is as many answers. Without a column for it, the one survey that asks q1 to q10. */
export const YELLOW_PAGES = {
  path: "csat-yellowpages/customerSat.csv",
  rows: 1_811,
  sent: {
    kind: "survey_answer",
    sourceSystem: "bayesm",
    fileName: "customerSat.csv",
    mapping: CODES.map((code) => ({ column: code, field: `question.${code}` })),
  },
};
