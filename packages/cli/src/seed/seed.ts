import {
  createTeam,
  createValueRun,
  getTenant,
  getValuePlan,
  listCustomers,
  listTeams,
  listUsers,
  updateUser,
  updateValuePlan,
} from "@guanxi/client/gen/guanxi";
import type { Import } from "@guanxi/client/gen/guanxi";
import { areas } from "../areas.ts";
import { importFile, undoImport } from "../importing.ts";
import { signIn } from "../sign-in.ts";
import { filesOf } from "./files.ts";
import { generate } from "./generate.ts";

export interface SeedOptions {
  readonly customers: string;
  readonly seed: string;
  readonly remove?: boolean;
}

/** What --remove takes away: a word that nobody takes for files of their own. */
const SYSTEM = "guanxi_made_up";

/** Fills a tenant that has no customers with a made-up company, or takes that company away again. */
export async function seedCommand({ customers, seed, remove }: SeedOptions): Promise<void> {
  await signIn("lin");
  if (remove) return removeCompany();
  const { customers: known } = await listCustomers({ pageSize: 1, includeArchived: true });
  if (known.length > 0) return console.log("There are customers already: nothing was seeded.");
  await formTeams();
  const results = await fill(Number(seed), Number(customers));
  for (const line of results.map(told)) console.log(line);
  const { etag } = await getValuePlan();
  await updateValuePlan({ nightly: true }, { "If-Match": `"${etag}"` });
  await createValueRun({});
}

/** Brings the company in as its own files, each when the service has heard of what the file refers to. */
export async function fill(seed: number, count: number, watch?: (state: Import) => void): Promise<Import[]> {
  const company = generate(seed, count);
  const { timeZone } = await getTenant();
  const today = new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date());
  const firstDay = new Date(Date.parse(today) - company.days * 86_400_000);
  const done: Import[] = [];
  for (const file of filesOf(company, firstDay)) {
    const latest = done.map(({ lastSequence }) => BigInt(lastSequence)).reduce((a, b) => (a > b ? a : b), 0n);
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

/** The newest first, since the later ones refer to the earlier ones. */
async function removeCompany(): Promise<void> {
  const lists = await Promise.all(
    areas.map(async (area) => ({ area, ...(await area.list({ pageSize: 200 })) })),
  );
  const ours = lists
    .flatMap(({ area, imports }) => imports.map((each) => ({ area, each })))
    .filter(({ each }) => each.sourceSystem === SYSTEM && each.state !== "STATE_UNDONE")
    .sort((a, b) => b.each.createTime!.localeCompare(a.each.createTime!));
  if (ours.length === 0) return console.log("There is no demo company here.");
  let after = "0";
  for (const { area, each } of ours) {
    const undone = await undoImport(area, each.importId, after);
    console.log(told(undone));
    if (BigInt(undone.lastSequence) > BigInt(after)) after = undone.lastSequence;
  }
  await createValueRun({}); // so that nobody is worth anything any more
}

function told({ kind, state, counts, undoCounts }: Import): string {
  if (state === "STATE_UNDONE")
    return `${kind}: ${undoCounts?.removedRecords} removed, ${undoCounts?.restoredRecords} as before, ${undoCounts?.keptRecords} kept`;
  return `${kind}: ${counts?.readRows} rows read, ${counts?.createdRecords} made, ${counts?.failedRows} refused`;
}
