import type { Duplex } from "node:stream";
import { DatabaseError, type PoolClient, type QueryResult } from "pg";
import { packed } from "./arrays.ts";

export type Row = Record<string, unknown>;

export interface Statement {
  /** Prepared once per connection. Leave it out where the plan depends on the values. */
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
  /** Each value is a list with an entry for each row: statements of one name from several requests become one. */
  readonly rows?: boolean;
  /** Leaves something for the relay. */
  readonly wakes?: boolean;
  /** What the caller is told when exactly this statement fails. */
  readonly refusal?: (error: DatabaseError) => unknown;
}

const unanswered = new WeakSet<object>();
/** With these the server ends the connection, be it behind a COMMIT that it has done. */
const LAST_WORDS = /^(08|57P|58|XX)/;

const isLost = (error: Error) =>
  !(error instanceof DatabaseError) || error.severity === "FATAL" || LAST_WORDS.test(error.code ?? "");

/** The statements were sent, and the database has not said no to any: what they have done may be kept. */
export const isUnanswered = (error: unknown): boolean => unanswered.has(error as object);

/** Writes all statements at once. What stands behind a failed one fails as well, so the first error is the cause. */
export function flush(client: PoolClient, statements: readonly Statement[]): Promise<QueryResult[]> {
  const { promise, resolve, reject } = Promise.withResolvers<QueryResult[]>();
  // The driver keeps its socket to itself, and corking it is what makes one write of many statements.
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  const results: QueryResult[] = [];
  let failure: unknown;
  let left = statements.length;

  // With callbacks: a promise for each statement would cost a stack trace and four turns for each.
  const settle = (statement: Statement, error: Error | null, result: QueryResult) => {
    results.push(result);
    if (error && failure === undefined) {
      if (isLost(error)) unanswered.add(error);
      failure = (error instanceof DatabaseError && statement.refusal?.(error)) || error;
    }
    if (--left > 0) return;
    if (failure) reject(failure);
    else resolve(results);
  };
  const configs = statements.map(configOf);
  stream.cork();
  for (const [index, config] of configs.entries())
    client.query(config, (error, result) => settle(statements[index]!, error, result));
  stream.uncork();
  return promise;
}

/** Texts without a name are many, so what is known of them is not kept. */
function configOf({ name, text, values }: Statement) {
  if (!name) return { text, ...(values && { values: values as unknown[] }) };
  return { name: preparedName(name, text), text, ...(values && { values: packed(text, values) }) };
}

const texts = new Map<string, string[]>();

/**
 * One name has one text: the driver refuses a second text on its own side, where the COMMIT behind it would still go
 * through, and keep the transaction without that statement.
 */
function preparedName(name: string, text: string): string {
  const known = texts.get(name) ?? [];
  const index = known.indexOf(text);
  if (index > 0) return `${name} ${index + 1}`;
  if (index === 0) return name;
  texts.set(name, [...known, text]);
  return preparedName(name, text);
}

/** A connection goes back idle or not at all. */
export function giveBack(client: PoolClient): void {
  client.release(client.getTransactionStatus() !== "I");
}

export interface Merged {
  readonly statement: Statement;
  /** Which lists it came from, and at which place in each. */
  readonly from: readonly (readonly [list: number, place: number])[];
}

/**
 * Several requests' statements as one sequence that keeps the order of each. Those of one text at one place whose values
 * are rows become one statement: sixteen creates are one insert.
 */
export function mergeStatements(lists: readonly (readonly Statement[])[]): Merged[] {
  const merged: { statement: Statement; from: [number, number][] }[] = [];
  const longest = Math.max(0, ...lists.map((list) => list.length));
  for (let place = 0; place < longest; place += 1) {
    const open = new Map<string, { statement: Statement; from: [number, number][] }>();
    for (const [list, statements] of lists.entries()) {
      const statement = statements[place];
      if (!statement) continue;
      const mergeable = statement.rows && statement.name;
      const twin = mergeable ? open.get(statement.text) : undefined;
      if (twin) {
        twin.statement = joined(twin.statement, statement);
        twin.from.push([list, place]);
        continue;
      }
      const entry = { statement, from: [[list, place] as [number, number]] };
      merged.push(entry);
      if (mergeable) open.set(statement.text, entry);
    }
  }
  return merged;
}

const joined = (a: Statement, b: Statement): Statement => ({
  ...a,
  values: a.values!.map((value, index) => [...(value as unknown[]), ...(b.values![index] as unknown[])]),
});
