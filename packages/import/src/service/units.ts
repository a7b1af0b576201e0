// Rows that are one record. What comes out depends on the file and the mapping alone, so that a run which is begun anew
// counts the same units.
import type { RowFault } from "../fault.ts";
import type { FileRow, RowBatch } from "../types.ts";
import { tally } from "./tally.ts";
import type { ReadRow, Typing } from "./typing.ts";

export interface FileUnit {
  readonly key: string;
  readonly hashed: boolean;
  readonly content: string;
  /** One at least, in the order of the file. */
  readonly rows: readonly ReadRow[];
  /** Every row has one where the unit is refused as a whole. */
  readonly faults: ReadonlyMap<ReadRow, readonly RowFault[]>;
}

const MOST_ROWS = 10_000;

export interface UnitOptions {
  readonly grouped: boolean;
  /** As in Kind. */
  readonly repeats: boolean;
  readonly done: bigint;
}

/** Units of some thousand rows at a time, less those that a run has done before. */
export async function* unitsOf(
  batches: AsyncIterable<RowBatch>,
  typing: Typing,
  { grouped, repeats, done }: UnitOptions,
): AsyncGenerator<readonly FileUnit[]> {
  let left = Number(done);
  const skip = (units: readonly FileUnit[]) => {
    const skipped = Math.min(left, units.length);
    left -= skipped;
    return units.slice(skipped);
  };
  if (grouped) {
    for await (const units of groupsOf(batches, typing)) yield skip(units);
    return;
  }
  const numbered = numbering();
  const read = (row: FileRow) => (repeats ? numbered(typing.read(row)) : typing.read(row));
  for await (const { rows } of batches) {
    const skipped = Math.min(left, rows.length);
    left -= skipped;
    if (repeats) rows.slice(0, skipped).forEach(read); // those behind them are numbered as in the run before
    yield rows.slice(skipped).map((row) => unitOf([read(row)]));
  }
}

/** Of rows without an id that hold the same, the second is another record than the first. */
function numbering(): (row: ReadRow) => ReadRow {
  const count = tally();
  return (row) => {
    if (!row.hashed) return row;
    const time = count(BigInt(`0x${row.content.replaceAll("-", "").slice(0, 16)}`));
    return time === 1 ? row : { ...row, key: `${row.key} ${time}` };
  };
}

/**
 * Rows of one key within a batch are one unit. The one that the batch ends with may go on in the next, so it is held back;
 * a key that comes again after that is more of the same record.
 */
async function* groupsOf(batches: AsyncIterable<RowBatch>, typing: Typing): AsyncGenerator<FileUnit[]> {
  const groups = grouping(typing);
  try {
    for await (const { rows } of batches) {
      for (const row of rows) groups.add(row);
      yield groups.taken(true);
    }
  } catch (error) {
    yield groups.brokenOff();
    throw error;
  }
  yield groups.taken(false);
}

function grouping(typing: Typing) {
  let open = new Map<string, ReadRow[]>();
  let last = "";
  const tooLarge = new Set<string>();

  function unit([key, rows]: [string, ReadRow[]]): FileUnit {
    if (rows.length > MOST_ROWS) tooLarge.add(key);
    return tooLarge.has(key) ? refused(rows, TOO_MANY) : unitOf(rows);
  }
  return {
    add(row: FileRow) {
      const read = typing.read(row);
      last = read.key || `row ${read.number}`; // without a key it is alone
      const group = open.get(last);
      if (group) group.push(read);
      else open.set(last, [read]);
    },
    taken(goesOn: boolean): FileUnit[] {
      const held = goesOn ? open.get(last) : undefined;
      const keeps = held !== undefined && held.length <= MOST_ROWS;
      if (keeps) open.delete(last);
      const units = [...open].map(unit);
      open = new Map(keeps ? [[last, held]] : []);
      return units;
    },
    brokenOff(): FileUnit[] {
      const rows = open.get(last);
      open.delete(last);
      return [...[...open].map(unit), ...(rows ? [refused(rows, BROKEN_OFF)] : [])];
    },
  };
}

const TOO_MANY: RowFault = {
  reason: "TOO_MANY_ROWS",
  message: `More than ${MOST_ROWS} rows have this key: one record cannot have so many.`,
};
const BROKEN_OFF: RowFault = {
  reason: "FILE_BROKEN_OFF",
  message: "The file breaks off within this record, so some of its rows may be missing.",
};

function unitOf(rows: readonly ReadRow[]): FileUnit {
  const guilty = rows.find(({ faults }) => faults.length > 0);
  const fault = guilty && partRefused(guilty);
  const faults = guilty
    ? rows.map((row) => [row, row.faults.length > 0 ? row.faults : [fault!]] as const)
    : [];
  return { ...aboutOf(rows), rows, faults: new Map(faults) };
}

const refused = (rows: readonly ReadRow[], fault: RowFault): FileUnit => ({
  ...aboutOf(rows),
  rows,
  faults: new Map(rows.map((row) => [row, [fault]])),
});

const aboutOf = ([first]: readonly ReadRow[]) => ({
  key: first!.key,
  hashed: first!.hashed,
  content: first!.content,
});

const partRefused = ({ number }: ReadRow): RowFault => ({
  reason: "PART_REFUSED",
  message: `Row ${number} of the same record is refused, and the record is not taken without it.`,
});
