// Facts with the team of the user concerned, as it is today: people change teams without the fact.
import type { State } from "@guanxi/kit/columns";
import type { Table } from "@guanxi/kit/table";

/** What the case that a fact is about adds to it. */
const OF_CASE = [
  { field: "queueId", name: "queue_id", type: "uuid", nullable: true },
  { field: "grade", name: "grade", type: "text", nullable: true },
  { field: "phase", name: "phase", type: "text", nullable: true },
  { field: "priority", name: "priority", type: "text", nullable: true },
  { field: "topic", name: "topic", type: "text", nullable: true },
];
const TEAM = { field: "teamId", name: "team_id", type: "uuid", nullable: true };

export const withTeam = <S extends State>(table: Table<S>, user: string) =>
  seen(table, [TEAM], `left join users u on u.user_id = f.${user}`, "u.team_id");

export const withTeamAndCase = <S extends State>(table: Table<S>, user: string) =>
  seen(
    table,
    [TEAM, ...OF_CASE],
    `left join users u on u.user_id = f.${user} left join case_facts c on c.case_id = f.case_id`,
    `u.team_id, ${OF_CASE.map(({ name }) => `c.${name}`).join(", ")}`,
  );

/** The source of figures, and the table for `list`, which only reads. */
function seen<S extends State>(table: Table<S>, more: Table<S>["columns"], joins: string, values: string) {
  const columns = [...table.columns, ...more];
  const source = `(select f.*, ${values} from ${table.name} f ${joins})`;
  const select = columns.map(({ name, field }) => `o.${name} as "${field}"`).join(", ");
  return { source, table: { ...table, columns, select: `select ${select} from ${source} o` } as Table<S> };
}
