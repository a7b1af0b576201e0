// Without real data: the made-up company of `npx guanxi seed`, whose figures its generator knows by itself.
import {
  type FigureGroup,
  type Import,
  queryInteractionFigures,
  queryPipelineFigures,
  querySalesFigures,
  querySatisfactionFigures,
  queryServiceFigures,
  type ValueRun,
} from "@guanxi/client/gen/guanxi";
import { netPromoterScore } from "@guanxi/cli/seed/answers";
import { generate } from "@guanxi/cli/seed/generate";
import { lifeOf } from "@guanxi/cli/seed/life";
import { truth } from "@guanxi/cli/seed/orders";
import { enliven, fill } from "@guanxi/cli/seed/seed";
import { runOf } from "./cdnow.ts";
import type { Figures } from "./figures.ts";
import { countsOf, countsText, latest } from "./maven.ts";
import { knowing } from "./wait.ts";

const SEED = 7;
const CUSTOMERS = 2000;

export async function seeded(figures: Figures): Promise<void> {
  const company = generate(SEED, CUSTOMERS);
  const imports = await fill(SEED, CUSTOMERS);
  const rows = [12, CUSTOMERS, company.contacts.length, company.opportunities.length, company.lines.length];
  for (const [index, each] of imports.entries())
    figures.exact(`seed: ${each.kind}`, countsText(rows[index]!, rows[index]!), countsOf(each));
  await dealsOf(figures, company, latest(...imports));
  await salesOf(figures, company, latest(...imports));
  values(figures, company, await runOf({}));
  await livelyOf(figures, company, imports);
}

type Company = ReturnType<typeof generate>;

export async function dealsOf(figures: Figures, { opportunities }: Company, sequence: string): Promise<void> {
  const { rows } = await knowing(sequence, () => queryPipelineFigures());
  const won = opportunities.filter(({ stage }) => stage === "closed_won");
  figures.exact("seed: won", won.length, rows[0]!.wonCount);
  figures.exact(
    "seed: lost",
    opportunities.filter(({ stage }) => stage === "closed_lost").length,
    rows[0]!.lostCount,
  );
  figures.exact(
    "seed: won value",
    won.reduce((sum, { amount }) => sum + Number(amount), 0),
    rows[0]!.wonAmount!.units,
  );
}

export async function salesOf(figures: Figures, { lines }: Company, sequence: string): Promise<void> {
  const { rows } = await knowing(sequence, () => querySalesFigures());
  const sum = (of: (line: Company["lines"][number]) => bigint) =>
    lines.reduce((total, line) => total + of(line), 0n);
  const net = sum(({ quantity, listPrice, discount }) => BigInt(quantity) * listPrice - discount);
  const cost = sum(({ quantity, unitCost }) => BigInt(quantity) * unitCost);
  figures.exact("seed: orders", new Set(lines.map(({ order }) => order)).size, rows[0]!.orderCount);
  figures.exact("seed: revenue in millionths", net, micros(rows[0]!.netAmount));
  figures.exact("seed: margin in millionths", net - cost, micros(rows[0]!.marginAmount));
}

function micros(money: { units: string; nanos: number } | undefined): bigint {
  return money ? BigInt(money.units) * 1_000_000n + BigInt(money.nanos / 1000) : 0n;
}

/** The models find again how the made-up customers buy, as nearly as so few of them tell. */
function values(figures: Figures, { lines }: Company, run: ValueRun): void {
  figures.exact(
    "seed: customers who bought",
    new Set(lines.map(({ customer }) => customer)).size,
    run.customerCount,
  );
  figures.within("seed: r, found again", truth.r / 1.5, truth.r * 1.5, run.parameters["r"]);
  figures.within("seed: α, found again", truth.alpha / 1.6, truth.alpha * 1.6, run.parameters["alpha"]);
}

/** Leads, cases, contacts and answers are those of the files, and so are their figures. */
async function livelyOf(figures: Figures, company: Company, business: readonly Import[]): Promise<void> {
  const { leads, cases, talks, answers } = lifeOf(SEED, company);
  const complaints = cases.filter(({ kind }) => kind === "COMPLAINT");
  const imports = await enliven(SEED, CUSTOMERS, business);
  const rows = [leads, cases.slice(complaints.length), complaints, talks, answers].map(
    ({ length }) => length,
  );
  for (const [index, each] of imports.entries())
    figures.exact(`seed: ${each.kind}`, countsText(rows[index]!, rows[index]!), countsOf(each));
  const known = <T extends { streamSequence: string }>(ask: () => Promise<T>) =>
    knowing(latest(...imports), ask);
  const service = await known(() => queryServiceFigures());
  figures.exact("seed: cases", cases.length, valueOf(service.groups[0], "cases"));
  figures.exact("seed: complaints", complaints.length, valueOf(service.groups[0], "complaints"));
  const talked = await known(() => queryInteractionFigures());
  figures.exact("seed: contacts with customers", talks.length, valueOf(talked.groups[0], "contacts"));
  const said = await known(() => querySatisfactionFigures());
  const score = Number(valueOf(said.groups[0], "net_promoter_score"));
  figures.near("seed: net promoter score", netPromoterScore(answers), score, 1e-9);
}

const valueOf = (group: FigureGroup | undefined, name: string) =>
  group?.figures.find(({ figure }) => figure === name)?.value ?? "none";
