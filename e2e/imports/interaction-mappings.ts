// How the public files of mentions and questions become contacts; used by the tests of the service and by smoke.

const mapping = (columns: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(columns).flatMap(([column, fields]) => fields.map((field) => ({ column, field })));

/** Mentions of six airlines: the file says of no one who wrote, so the mentions of an airline are one thread. */
export const AIRLINE_TWEETS = {
  path: "airline-tweets/airline_tweets.csv",
  rows: 14_640,
  threads: 6,
  sent: {
    kind: "interaction",
    sourceSystem: "twitter",
    fileName: "airline_tweets.csv",
    mapping: mapping({
      row_id: ["external_id"],
      airline: ["thread"],
      text: ["body"],
      tweet_created: ["event_time"],
      negativereason: ["topic"],
    }),
  },
};

/** Questions to a bank without an id: what a row holds is what it is known by, so a repeated one is no new one. */
export const BANKING_QUESTIONS = {
  path: "banking77/train.csv",
  rows: 10_003,
  sent: {
    kind: "interaction",
    sourceSystem: "banking",
    fileName: "train.csv",
    mapping: mapping({ text: ["body"], category: ["topic"] }),
  },
};
