// A projection and its source side by side: what each counts, what differs, and the mending of it.
import { type ApplyOptions } from "./apply.ts";
import { type Comparing, compare, type Difference, type HeldAgainst, readingIn } from "./compare.ts";
import { compareSums, type SumsHeldAgainst } from "./compare-sums.ts";
import { type Broken, mend } from "./mend.ts";
import { type Checked, checkSource, type SourceCheck, toldFrom } from "./source-check.ts";
import type { Tally } from "./tally.ts";

/** Of one kind of aggregate, or of sums, where `aggregateType` is empty. */
export interface Finding {
  readonly area: string;
  readonly aggregateType: string;
  readonly tables: readonly string[];
  /** By the source's own tables: undefined where it does not count these. */
  readonly source: Tally | undefined;
  readonly versionsHere: Tally | undefined;
  readonly told: Tally;
  readonly here: Tally;
  readonly streamSequence: string;
  readonly differences: readonly Difference[];
  /** Whether the source's tables are what its events make of them; undefined with `source`. */
  readonly sourceCheck: SourceCheck | undefined;
}

export async function holdAgainst(options: ApplyOptions, comparing: Comparing): Promise<Finding[]> {
  const { streamSequence } = await comparing.archive.counts(comparing.tenantId);
  await comparing.passed(streamSequence);
  const place = Number(streamSequence);
  const told = toldFrom(place);
  const against = await compare(options, comparing, told.see);
  const types = against.map(({ held }) => held.aggregateType);
  const checked = await checkSource(comparing, { told, place, types });
  const of = { area: options.reader.area, streamSequence: String(streamSequence) };
  const rows = against.map((each) => ({ ...of, ...findingOf(each, checked.get(each.held.aggregateType)) }));
  const sums = await sumsOf(options, comparing.tenantId);
  return [...rows, ...sums.map((each) => ({ ...of, ...ofSums(each) }))];
}

const findingOf = (
  { held, versionsHere, allThere, allHere, differences }: HeldAgainst,
  checked: Checked | undefined,
) => ({
  aggregateType: held.aggregateType,
  tables: held.rows.map(({ table }) => table),
  source: checked?.source,
  versionsHere,
  told: allThere,
  here: allHere,
  differences,
  sourceCheck: checked?.check,
});

const sumsOf = (options: ApplyOptions, tenantId: string): Promise<SumsHeldAgainst[]> =>
  readingIn(options, tenantId, (share) =>
    Promise.all(
      options.reader.reactions
        .flatMap(({ held }) => held?.sums ?? [])
        .map((sums) => compareSums(share, sums)),
    ),
  );

const ofSums = ({ table, anew, here, differences }: SumsHeldAgainst) => ({
  aggregateType: "",
  tables: [table],
  source: undefined,
  versionsHere: undefined,
  told: anew,
  here,
  differences,
  sourceCheck: undefined,
});

/** Exactly what was found to differ. */
export async function mendFound(
  options: ApplyOptions,
  comparing: Comparing,
  findings: readonly Finding[],
): Promise<void> {
  const helds = options.reader.reactions.flatMap(({ held }) => held ?? []);
  const wrong = new Map(
    findings
      .filter(({ differences }) => differences.length > 0)
      .map((each) => [keyOf(each), each.differences]),
  );
  const broken = helds.flatMap((held): Broken[] => {
    const differences = wrong.get(keyOf({ aggregateType: held.aggregateType, tables: [] })) ?? [];
    const sumsDiffer = held.sums.some(({ table }) =>
      wrong.has(keyOf({ aggregateType: "", tables: [table] })),
    );
    if (differences.length === 0 && !sumsDiffer) return [];
    return [{ held, ids: differences.map(({ id }) => id) }];
  });
  if (broken.length > 0) await mend(options, comparing, broken);
}

const keyOf = ({ aggregateType, tables }: Pick<Finding, "aggregateType" | "tables">) =>
  aggregateType || `sums ${tables[0]}`;
