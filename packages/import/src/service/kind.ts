// What an area has to say of a kind of records, so that files can become such records.
import type { At } from "@guanxi/kit/at";
import type { Codec } from "@guanxi/kit/codec";
import type { State } from "@guanxi/kit/columns";
import type { Table } from "@guanxi/kit/table";
import type { FieldShape } from "../mapping.ts";

export type Field = FieldShape;

/**
 * Text, enum and reference are text; a number is a number; a date is 2026-01-31; a time is a moment. Money is micros, of the
 * currency that the field currency_code of the row says, or of the tenant's: a cell that says another one is refused.
 */
export type Value = string | bigint | number | boolean | Date;

/** A row, read by the mapping. */
export interface TypedRow {
  /** Its line in the file; the header is line 1. */
  readonly number: number;
  /** By field; a repeated field has the list of what its columns hold. An empty cell is absent. */
  readonly values: ReadonlyMap<string, Value | readonly Value[]>;
}

/** The rows that are one record. */
export interface Unit<S> {
  readonly key: string;
  /** One, unless the kind is grouped. */
  readonly rows: readonly TypedRow[];
  /** The record as it is, locked; undefined where there is none of this key. */
  readonly before: S | undefined;
  /** Rows of this key that this import has already written, for a group that comes back later in the file. */
  readonly continues: number;
  /** This import has made it, of rows before these. */
  readonly isMade: boolean;
}

/** Why all rows of a unit are refused. */
export interface Fault {
  /** The column is named by the field that it fills; left out where the row as a whole is meant. */
  readonly field?: string;
  /** Stable, in capitals: UNKNOWN_REFERENCE. */
  readonly reason: string;
  /** One sentence that says what to fix. */
  readonly message: string;
  /** The record that the row looks like, and in what: for those who may know. */
  readonly recordId?: string;
  readonly matchedFields?: readonly string[];
}

/** The record as it is to be, with the version of `before`, or 0; or why it cannot be. */
export type Planned<S> = { readonly state: S } | { readonly fault: Fault };

export interface ImportRun {
  readonly importId: string;
  readonly sourceSystem: string;
  /** Fields that have a column: one of them that is empty in a row is to be cleared, others stay as they are. */
  readonly mapped: ReadonlySet<string>;
}

export interface Kind<S extends State = State> {
  /** As in Import.kind. */
  readonly name: string;
  /** Running and undoing needs the rights to create and to update it. */
  readonly resource: string;
  /** What columns can fill. May depend on the tenant. */
  fields(at: At): Promise<readonly Field[]>;
  /**
   * Fields that name the record in the system it comes from; the values of several are one key with U+001F between them.
   * Rows where all are empty are known by what they hold: such keys begin with # and are never asked of `known`.
   */
  readonly key: readonly string[];
  /** Rows of one key are parts of one record. */
  readonly grouped?: true;
  /** Rows without a key that hold the same are as many records; without it they are one, and all but the first change nothing. */
  readonly repeats?: true;
  readonly table: Table<S>;
  readonly events: {
    readonly created: Codec<unknown>;
    readonly changed: Codec<unknown>;
    readonly removed: Codec<unknown>;
  };
  /** Which of these keys are records already, whoever made them: key to record id. */
  known(at: At, sourceSystem: string, keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Which of these records others depend on, so that undo leaves them, beyond what the database itself would refuse.
   */
  needed?(at: At, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Columns that services fill by themselves: what they write there is nobody's change, and no reason not to undo. */
  readonly derived?: readonly string[];
  /** What of them somebody has said all the same: SQL expressions of a row t, each of which is somebody's change where it changes. */
  readonly said?: readonly string[];
  /** Which of these records somebody has changed since this import wrote them, though all but what services derive is alike. */
  changedSince?(at: At, importId: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** One answer for each unit, in their order. Asks for what they refer to in one question for all. */
  plan(at: At, units: readonly Unit<S>[], run: ImportRun): Promise<readonly Planned<S>[]>;
  /**
   * Which of the records that are to be made look like one that is here, by their ids, and what is to be said of it. Asked in a
   * dry run.
   */
  alike?(at: At, created: readonly S[]): Promise<ReadonlyMap<string, Fault>>;
  /**
   * What records are to be that an undo takes back to what they were before, in their order, with the versions of `before`.
   * Without it what services derive stays as it is now, and all else is as it was.
   */
  restore?(at: At, records: readonly Restored<S>[], importId: string): Promise<readonly S[]>;
  /** What has to go with records that were just made, or taken away again, in the same transaction. */
  follow?(at: At, records: Followed<S>): Promise<void>;
}

export interface Restored<S> {
  /** As the import found it, less the version. */
  readonly before: S;
  readonly now: S;
}

export interface Followed<S> {
  readonly created: readonly S[];
  readonly removed: readonly S[];
}

/** Keeps what the state is while the kind is written. Cast, since to the import all kinds are alike: it gives back what it was given. */
export const importKind = <S extends State>(kind: Kind<S>): Kind => kind as unknown as Kind;
