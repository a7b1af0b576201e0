// A company of 85 accounts, 7 products, 35 agents and 8,800 opportunities, as its own files have it.
import {
  createFieldDefinition,
  createPipeline,
  type Import,
  listCustomers,
  listOpportunityFacts,
  type PipelineFigure,
  queryPipelineFigures,
  type QueryPipelineFiguresParams,
} from "@guanxi/client/gen/guanxi";
import { importFile, type Wish } from "@guanxi/cli/importing";
import { importPeople } from "@guanxi/cli/people";
import { dataBlob, dataPath } from "./data.ts";
import type { Figures } from "./figures.ts";
import { knowing } from "./wait.ts";

const SYSTEM = "maven";
const FIELDS = { year_established: "NUMBER", revenue: "DECIMAL", employees: "NUMBER", subsidiary_of: "TEXT" };

async function wishOf(
  kind: string,
  fileName: string,
  columns: Record<string, string[]>,
  more = {},
): Promise<Wish> {
  const mapping = Object.entries(columns).flatMap(([column, fields]) =>
    fields.map((field) => ({ column, field })),
  );
  const file = await dataBlob(`crm-maven/${fileName}`);
  return { kind, sourceSystem: SYSTEM, file, fileName, mapping, ...more };
}

/** Two countries are written as no register has them; what is no country is refused by name, or said to be another. */
const COUNTRIES = [
  { column: "office_location", from: "Philipines", to: "Philippines" },
  { column: "office_location", from: "Korea", to: "South Korea" },
];

const accounts = (mend = true) =>
  wishOf(
    "customer",
    "accounts.csv",
    {
      account: ["external_id", "display_name"],
      sector: ["industry"],
      year_established: ["custom.year_established"],
      revenue: ["custom.revenue"],
      employees: ["custom.employees"],
      office_location: ["address.country"],
      subsidiary_of: ["custom.subsidiary_of"],
    },
    { replacements: mend ? COUNTRIES : [] },
  );

const range = () =>
  wishOf("product", "products.csv", {
    product: ["external_id", "product_code", "display_name"],
    series: ["category"],
    sales_price: ["list_price"],
  });

/** In the pipeline, one product is called "GTXPro", which the price list calls "GTX Pro". */
const pipeline = (afterSequence: string, mend = true) =>
  wishOf(
    "opportunity",
    "sales_pipeline.csv",
    {
      opportunity_id: ["external_id", "display_name"],
      sales_agent: ["owner"],
      product: ["products"],
      account: ["customer"],
      deal_stage: ["stage"],
      engage_date: ["open_date"],
      close_date: ["close_date"],
      close_value: ["amount"],
    },
    { afterSequence, replacements: mend ? [{ column: "product", from: "GTXPro", to: "GTX Pro" }] : [] },
  );

/** Teams and agents as users, the fields and the stages that this company has. */
async function prepareMaven() {
  const people = await importPeople(dataPath("crm-maven/sales_teams.csv"));
  for (const [key, type] of Object.entries(FIELDS))
    await createFieldDefinition({ key, type: `TYPE_${type}` as never, labels: { en: key } });
  await createPipeline({
    displayName: "Maven",
    default: true,
    stages: [
      { stageId: "prospecting", displayName: "Prospecting", type: "TYPE_OPEN", defaultProbability: 10 },
      { stageId: "engaging", displayName: "Engaging", type: "TYPE_OPEN", defaultProbability: 50 },
      { stageId: "won", displayName: "Won", type: "TYPE_WON", defaultProbability: 100 },
      { stageId: "lost", displayName: "Lost", type: "TYPE_LOST", defaultProbability: 0 },
    ],
  });
  return people;
}

/** Counts as created/updated/unchanged/failed of read rows. */
export function countsOf({ counts }: Import): string {
  const { readRows = 0, createdRows = 0, updatedRows = 0, unchangedRows = 0, failedRows = 0 } = counts ?? {};
  return `${readRows} read = ${createdRows} created + ${updatedRows} updated + ${unchangedRows} unchanged + ${failedRows} failed`;
}

export async function maven(figures: Figures): Promise<void> {
  const people = await prepareMaven();
  figures.exact(
    "maven: agents and managers",
    "35 read = 35 created + 0 unchanged, 9 teams",
    peopleOf(people),
  );
  const strict = await importFile(await accounts(false));
  figures.exact("maven: accounts, two countries unknown", countsText(85, 83, 0, 0, 2), countsOf(strict));
  const customers = await importFile(await accounts());
  figures.exact("maven: once more, the two are named", countsText(85, 2, 0, 83), countsOf(customers));
  const products = await importFile(await range());
  figures.exact("maven: products", countsText(7, 7), countsOf(products));
  const after = latest(customers, products);
  const broken = await importFile(await pipeline(after, false));
  figures.exact("maven: pipeline, GTXPro unknown", countsText(8800, 7320, 0, 0, 1480), countsOf(broken));
  const mended = await importFile(await pipeline(after));
  figures.exact("maven: once more, GTXPro is GTX Pro", countsText(8800, 1480, 0, 7320), countsOf(mended));
  await pipelineFigures(figures, latest(broken, mended));
  const again = await importFile(await pipeline(after));
  figures.exact("maven: a third time changes nothing", countsText(8800, 0, 0, 8800), countsOf(again));
}

const peopleOf = ({ read, created, unchanged, teams }: Awaited<ReturnType<typeof importPeople>>) =>
  `${read} read = ${created} created + ${unchanged} unchanged, ${teams} teams`;

export const countsText = (read: number, created: number, updated = 0, unchanged = 0, failed = 0) =>
  `${read} read = ${created} created + ${updated} updated + ${unchanged} unchanged + ${failed} failed`;

export function latest(...imports: readonly Import[]): string {
  return String(imports.map(({ lastSequence }) => BigInt(lastSequence)).reduce((a, b) => (a > b ? a : b)));
}

const by = async (...groupBy: NonNullable<QueryPipelineFiguresParams["groupBy"]>) =>
  (await queryPipelineFigures({ groupBy })).rows;

/** What the company is told: each figure is known from elsewhere, to the digit. */
async function pipelineFigures(figures: Figures, sequence: string): Promise<void> {
  const { rows } = await knowing(sequence, () => queryPipelineFigures());
  const all = rows[0]!;
  figures.exact("maven: won", 4238, all.wonCount);
  figures.exact("maven: lost", 2473, all.lostCount);
  figures.exact("maven: won value", "10005534", all.wonAmount?.units ?? "");
  figures.exact("maven: win rate", "63.15 % of 6711", percent(all.winRate, all.winRateDenominator));
  figures.near("maven: mean cycle in days", 51.78, all.cycleMeanDays, 0.005);
  figures.exact("maven: median cycle in days", 57, all.cycleMedianDays ?? "none");
  figures.exact("maven: cycles counted", 4238, all.cycleDenominator);
  figures.near("maven: average won deal", 2360.91, moneyOf(all.averageWonAmount), 0.005);
  await byStageAndAgent(figures);
  await byTheRest(figures);
}

async function byStageAndAgent(figures: Figures): Promise<void> {
  const stages = new Map((await by("DIMENSION_STAGE")).map((row) => [row.stageId, row.count]));
  figures.exact("maven: engaging", 1589, stages.get("engaging") ?? 0);
  figures.exact("maven: prospecting", 500, stages.get("prospecting") ?? 0);
  const agents = await by("DIMENSION_AGENT");
  const best = agents.reduce((a, b) => (won(a) >= won(b) ? a : b));
  figures.exact("maven: best agent", "Darcel Schlecht 1153214", `${best.labels[0]} ${won(best)}`);
  figures.exact("maven: agents who sell", 30, agents.length);
}

async function byTheRest(figures: Figures): Promise<void> {
  for (const dimension of [
    "DIMENSION_AGENT",
    "DIMENSION_MANAGER",
    "DIMENSION_REGION",
    "DIMENSION_PRODUCT",
  ] as const)
    figures.exact(
      `maven: won value by ${dimension.slice(10).toLowerCase()}`,
      "10005534",
      total(await by(dimension)),
    );
  const accounts = await by("DIMENSION_CUSTOMER");
  const nobody = accounts.find(({ customerId }) => customerId === "");
  figures.exact("maven: without account", 1425, nobody?.count ?? 0);
  figures.exact("maven: rows behind them", 1425, await rowsBehind(nobody?.rowsFilter ?? ""));
  const { customers } = await listCustomers({ filter: 'industry == "technolgy"' });
  figures.exact("maven: sector technolgy, kept as written", 12, customers.length);
  const without = (await by("DIMENSION_PRODUCT")).filter(({ productId }) => productId === "");
  figures.exact("maven: without product", 0, without.length);
}

const won = ({ wonAmount }: PipelineFigure) => Number(wonAmount?.units ?? 0);
const total = (rows: readonly PipelineFigure[]) => rows.reduce((sum, row) => sum + won(row), 0);
const moneyOf = (money: PipelineFigure["wonAmount"]) => money && Number(money.units) + money.nanos / 1e9;
const percent = (value: number | undefined, denominator: number) =>
  `${((value ?? Number.NaN) * 100).toFixed(2)} % of ${denominator}`;

async function rowsBehind(filter: string): Promise<number> {
  let count = 0;
  for (let pageToken = ""; ; ) {
    const page = await listOpportunityFacts({ filter, pageSize: 200, pageToken });
    count += page.opportunityFacts.length;
    pageToken = page.nextPageToken;
    if (!pageToken) return count;
  }
}
