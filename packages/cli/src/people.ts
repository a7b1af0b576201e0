import { createReadStream } from "node:fs";
import {
  createTeam,
  createUser,
  listTeams,
  listUsers,
  type Team,
  type User,
} from "@guanxi/client/gen/guanxi";
import { FileFault } from "@guanxi/import/fault";
import { detectFormat } from "@guanxi/import/format";
import { readRows } from "@guanxi/import/rows";
import { Advice } from "@guanxi/local/advice";

interface Person {
  readonly name: string;
  readonly manager: string;
  readonly office: string;
}

/** As in Import.counts: the first four add up. */
interface Counts {
  read: number;
  created: number;
  unchanged: number;
  teams: number;
}

const COLUMNS = {
  name: ["sales_agent", "agent", "name", "user", "姓名", "员工"],
  manager: ["manager", "经理", "主管"],
  office: ["regional_office", "office", "region", "team", "区域", "大区"],
};

/**
 * People and whom they work for: a team for each office, below it one for each manager, in it the manager's people. Who is
 * there already, by name, stays as they are. They sign in as first.last of the laptop's issuer.
 */
export async function importPeople(file: string): Promise<Counts> {
  const people = await peopleOf(file).catch((error: unknown) => {
    if (error instanceof FileFault) throw new Advice(`${file}: ${error.message}`);
    if ((error as NodeJS.ErrnoException).syscall) throw new Advice(`${file} cannot be read.`);
    throw error;
  });
  const book = await openBook();
  const counts = { read: people.length, created: 0, unchanged: 0, teams: 0 };
  for (const { name, manager, office } of people) {
    const region = office && (await book.team(office, {}));
    const lead = manager && (await book.user(manager, region ? [region] : []));
    const team = lead ? await book.team(manager, { parentTeamId: region, managerId: lead }) : region;
    const known = book.has(name);
    await book.user(name, team ? [team] : []);
    counts[known ? "unchanged" : "created"] += 1;
  }
  return { ...counts, teams: book.teamCount() };
}

async function peopleOf(file: string): Promise<Person[]> {
  const [head = new Uint8Array()] = await createReadStream(file, { end: 65_535 }).toArray();
  const people: Person[] = [];
  for await (const { columns, rows } of readRows(
    createReadStream(file),
    detectFormat(head as Uint8Array, file),
  )) {
    const place = (names: readonly string[]) =>
      columns.findIndex((column) => names.includes(column.trim().toLowerCase()));
    const [name, manager, office] = [place(COLUMNS.name), place(COLUMNS.manager), place(COLUMNS.office)];
    if (name < 0) throw new Advice(`${file} has no column with names: one of ${COLUMNS.name.join(", ")}.`);
    for (const { values } of rows)
      people.push({
        name: values[name] ?? "",
        manager: values[manager] ?? "",
        office: values[office] ?? "",
      });
  }
  return people.filter((person) => person.name);
}

/** The people and teams that are there, found by name, made where they are missing. */
async function openBook() {
  const users = new Map((await allUsers()).map((user) => [user.displayName, user.userId]));
  const teams = new Map((await allTeams()).map((team) => [team.displayName, team.teamId]));
  return {
    has: (name: string) => users.has(name),
    teamCount: () => teams.size,
    async user(displayName: string, teamIds: string[]): Promise<string> {
      const known = users.get(displayName);
      if (known) return known;
      const subject = displayName.trim().toLowerCase().replaceAll(/\s+/g, ".");
      const { userId } = await createUser({
        displayName,
        issuer: "urn:guanxi:laptop",
        subject,
        job: "representative",
        teamIds,
      });
      users.set(displayName, userId);
      return userId;
    },
    async team(displayName: string, place: { parentTeamId?: string; managerId?: string }): Promise<string> {
      const known = teams.get(displayName);
      if (known) return known;
      const { teamId } = await createTeam({ displayName, ...place });
      teams.set(displayName, teamId);
      return teamId;
    },
  };
}

async function allUsers(): Promise<User[]> {
  const found: User[] = [];
  for (let pageToken = ""; ; ) {
    const page = await listUsers({ pageSize: 200, pageToken });
    found.push(...page.users);
    pageToken = page.nextPageToken;
    if (!pageToken) return found;
  }
}

async function allTeams(): Promise<Team[]> {
  const found: Team[] = [];
  for (let pageToken = ""; ; ) {
    const page = await listTeams({ pageSize: 200, pageToken });
    found.push(...page.teams);
    pageToken = page.nextPageToken;
    if (!pageToken) return found;
  }
}
