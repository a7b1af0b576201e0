// How many cases are open at an instant, and for how long.
import { both, type Condition, counting, type Measure, type Moment } from "../measures/measure.ts";

const BANDS = [0, 1, 3, 7, 14, 30];

/** Cases that are open at an instant, by the days since their opening. */
export const backlogMeasures = (moment: Moment): Measure[] => [
  counting({ figure: "open_cases", definition: "Cases that were open at the asked instant." }),
  ...BANDS.map((from, place) => bandOf(from, BANDS[place + 1], moment)),
];

export const openAt = ({ sql, cel }: Moment): Condition[] => [
  { sql: `f.open_time <= ${sql}`, cel: `open_time <= ${cel}` },
  { sql: `f.end_time is null or f.end_time > ${sql}`, cel: `!has(end_time) || end_time > ${cel}` },
];

function bandOf(from: number, until: number | undefined, { sql, cel }: Moment): Measure {
  const written = cel.slice('timestamp("'.length, -'")'.length);
  const before = (days: number) => ({
    sql: `${sql} - interval '${days * 24} hours'`,
    cel: `timestamp("${new Date(Date.parse(written) - days * 86_400_000).toISOString()}")`,
  });
  const [young, old] = [before(from), until === undefined ? undefined : before(until)];
  const atLeast = { sql: `f.open_time <= ${young.sql}`, cel: `open_time <= ${young.cel}` };
  const band = old
    ? both(atLeast, { sql: `f.open_time > ${old.sql}`, cel: `open_time > ${old.cel}` })
    : atLeast;
  const figure = until === undefined ? `open_from_${from}_days` : `open_${from}_to_${until}_days`;
  const days = until === undefined ? `${from} days or more` : `at least ${from} and less than ${until} days`;
  return counting({ figure, definition: `Of the open cases those opened ${days} of 24 hours before.` }, band);
}
