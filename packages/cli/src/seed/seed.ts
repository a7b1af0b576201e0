import {
  createTeam,
  createValueRun,
  getTenant,
  getValuePlan,
  listTeams,
  listUsers,
  updateUser,
  updateValuePlan,
} from "@guanxi/client/gen/guanxi";
import type { Import } from "@guanxi/client/gen/guanxi";
import { importFile } from "../importing.ts";
import { signIn } from "../sign-in.ts";
import { filesOf, type SeedFile } from "./files.ts";
import { generate } from "./generate.ts";
import { lifeFilesOf } from "./life-files.ts";
import { lifeOf } from "./life.ts";
import { SYSTEM } from "./made-up.ts";
import { planMarketing } from "./marketing.ts";
import { allCustomers, isOurs, restoreOurs } from "./our-customers.ts";
import { removeCompany } from "./remove.ts";
import { prepareService } from "./service-setting.ts";
import { giveTasks } from "./tasks.ts";

type Watch = (state: Import) => void;

export interface SeedOptions {
  readonly customers: string;
  readonly seed: string;
  readonly remove?: boolean;
}

/** Fills a tenant that has no customers with a made-up company, or takes that company away again. */
export async function seedCommand({ customers, seed, remove }: SeedOptions): Promise<void> {
  await signIn("lin");
  if (remove) return removeCompany(told);
  const known = await allCustomers();
  if (known.some((each) => each.state === "STATE_ACTIVE" || !isOurs(each)))
    return console.log("There are customers already: nothing was seeded.");
  await restoreOurs(known);
  await formTeams();
  const business = await fill(Number(seed), Number(customers));
  for (const line of business.map(told)) console.log(line);
  const { etag } = await getValuePlan();
  await updateValuePlan({ nightly: true }, { "If-Match": `"${etag}"` });
  await createValueRun({});
  for (const line of (await enliven(Number(seed), Number(customers), business)).map(told)) console.log(line);
}

/** Brings the company in as its own files, each when the service has heard of what the file refers to. */
export async function fill(seed: number, count: number, watch?: Watch): Promise<Import[]> {
  const company = generate(seed, count);
  const { timeZone } = await getTenant();
  const today = new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date());
  const firstDay = new Date(Date.parse(today) - company.days * 86_400_000);
  return bring(filesOf(company, firstDay), [], watch);
}

/** What goes on with the customers of a company whose files are in: leads, cases, contacts, answers, tasks, a campaign. */
export async function enliven(seed: number, count: number, business: readonly Import[]): Promise<Import[]> {
  const life = lifeOf(seed, generate(seed, count));
  const now = new Date();
  const [{ timeZone }, surveyIds] = await Promise.all([getTenant(), prepareService()]);
  const done = await bring(lifeFilesOf(life, now, surveyIds), business);
  const customers = (await allCustomers()).filter(isOurs);
  await Promise.all([giveTasks(customers, now, timeZone), planMarketing(now)]);
  return done;
}

async function bring(
  files: readonly SeedFile[],
  before: readonly Import[],
  watch?: Watch,
): Promise<Import[]> {
  const done: Import[] = [];
  for (const file of files) {
    const latest = [...before, ...done]
      .map(({ lastSequence }) => BigInt(lastSequence))
      .reduce((a, b) => (a > b ? a : b), 0n);
    const wish = { ...file, sourceSystem: SYSTEM, afterSequence: String(latest) };
    done.push(await importFile(wish, watch));
  }
  return done;
}

const TEAMS = [
  { region: "华东 East", team: "大客户部 Key accounts", manager: "陈静", members: ["林晓", "陈静"] },
  { region: "华南 South", team: "渠道部 Channels", manager: "陈静", members: ["王磊", "赵敏"] },
];

async function formTeams(): Promise<void> {
  const { users } = await listUsers({ pageSize: 200 });
  const { teams } = await listTeams({ pageSize: 200 });
  for (const { region, team, manager, members } of TEAMS) {
    if (teams.some(({ displayName }) => displayName === team)) continue;
    const { teamId: parentTeamId } = await createTeam({ displayName: region });
    const managerId = users.find(({ displayName }) => displayName === manager)?.userId ?? "";
    const { teamId } = await createTeam({ displayName: team, parentTeamId, managerId });
    for (const { userId, etag, displayName } of users)
      if (members.includes(displayName))
        await updateUser(userId, { teamIds: [teamId] }, { "If-Match": `"${etag}"` });
  }
}

function told({ kind, state, counts, undoCounts }: Import): string {
  if (state === "STATE_UNDONE")
    return `${kind}: ${undoCounts?.removedRecords} removed, ${undoCounts?.restoredRecords} as before, ${undoCounts?.keptRecords} kept`;
  return `${kind}: ${counts?.readRows} rows read, ${counts?.createdRecords} made, ${counts?.failedRows} refused`;
}
