import type { PoolClient, QueryResult } from "pg";
import type { Db } from "./db.ts";
import { flush, giveBack, isUnanswered, mergeStatements, type Row, type Statement } from "./flush.ts";
import { begin, COMMIT, ROLLBACK } from "./session.ts";

/** A request's share of a transaction that several requests may have in common. */
export interface Share {
  ask(statement: Statement): Promise<Row[]>;
  tell(statement: Statement): void;
  /** Whether something that it writes has been sent: then its failure is everybody's. */
  readonly sent: () => boolean;
  /** Takes back what was told and not yet sent. */
  forget(): void;
}

export interface Transaction {
  share(): Share;
  /** Sends what was told, `closing`, and COMMIT, in one flush. */
  commit(closing: Statement[]): Promise<void>;
  /** Sends what was told as well, and takes all of it back. */
  tryOut(): Promise<void>;
  rollback(): Promise<void>;
  readonly begun: () => boolean;
  /** Something has been asked or told and not yet sent. */
  readonly pending: () => boolean;
  /** The database has refused something: nothing of this transaction can be kept. */
  readonly failed: () => boolean;
  /** COMMIT has been sent, and nobody has said what came of it: done again, it may be done twice. */
  readonly inDoubt: () => boolean;
}

interface Queue {
  statements: Statement[];
  waiting: (Waiting | undefined)[];
  writes: boolean;
  sent: boolean;
}

interface Waiting {
  resolve(rows: Row[]): void;
  reject(error: unknown): void;
}

function taken(queue: Queue): Statement[] {
  const { statements } = queue;
  queue.sent ||= queue.writes;
  queue.writes = false;
  queue.statements = [];
  queue.waiting = [];
  return statements;
}

/** A question may write as well, for what the write returns. Taken for one that does, it costs a neighbour one more turn. */
const WRITES = /\b(insert\s+into|delete\s+from|merge\s+into|update\s+\S+(\s+(as\s+)?\w+)?\s+set)\b/i;

/** What would be looked at with COMMIT only. */
const CHECK_ALL: Statement = { text: "set constraints all immediate" };

export interface TransactionOptions {
  readonly tenantId: string;
  /** Goes out right behind BEGIN, when it is known. */
  readonly opening: () => Statement[];
  readonly onOpened?: (results: QueryResult[]) => void;
  /** Each flush is a transaction of its own, and no connection is held in between. */
  readonly readOnly?: boolean;
}

/**
 * Statements are collected until the handlers have nothing more to do without an answer, and go out together: one write to
 * the socket, one turn of the database, however many requests and questions there are.
 */
export function transaction(db: Db, options: TransactionOptions): Transaction {
  const { tenantId, opening, onOpened, readOnly = false } = options;
  const queues: Queue[] = [];
  let client: Promise<PoolClient> | undefined;
  let opened = false;
  let failed = false;
  let inDoubt = false;
  let wakes = false;
  let due = false;

  async function send(closing: Statement[] = []): Promise<void> {
    due = false;
    const waiting = queues.map((queue) => queue.waiting);
    const merged = mergeStatements(queues.map(taken));
    const settle = (answer: (one: Waiting, index: number) => void) => {
      for (const [index, { from }] of merged.entries())
        for (const [list, place] of from) {
          const one = waiting[list]![place];
          if (one) answer(one, index);
        }
    };
    try {
      const results = await deliver(
        merged.map(({ statement }) => statement),
        closing,
      );
      settle((one, index) => one.resolve(results[index]!.rows as Row[]));
    } catch (error) {
      failed = true;
      inDoubt = closing.at(-1) === COMMIT && isUnanswered(error);
      settle((one) => one.reject(error));
      throw error;
    }
  }

  async function deliver(statements: Statement[], closing: Statement[]): Promise<QueryResult[]> {
    const first = !opened;
    opened = true;
    const before = first ? opening() : [];
    const all = [...before, ...statements, ...closing];
    wakes ||= all.some((statement) => statement.wakes);
    if (readOnly) return first ? open(before, await alone(all)) : alone(all);
    client ??= db.pool.connect();
    const head = first ? [begin(tenantId)] : [];
    const results = (await flush(await client, [...head, ...all])).slice(head.length);
    // A failed transaction answers COMMIT with ROLLBACK, and that is no error to the driver.
    if (closing.at(-1) === COMMIT && results.at(-1)?.command !== "COMMIT")
      throw new Error("the transaction had failed before");
    return open(before, results);
  }

  function open(before: Statement[], results: QueryResult[]): QueryResult[] {
    if (before.length > 0) onOpened?.(results.slice(0, before.length));
    return results.slice(before.length);
  }

  async function alone(statements: Statement[]): Promise<QueryResult[]> {
    const connection = await db.pool.connect();
    try {
      const results = await flush(connection, [begin(tenantId, "read only"), ...statements, COMMIT]);
      return results.slice(1, -1);
    } finally {
      giveBack(connection);
    }
  }

  /** After all promises have had their turn, so that handlers that wait for nothing else have all asked. */
  function sendSoon() {
    if (due) return;
    due = true;
    queueMicrotask(() => process.nextTick(() => void (due && send().catch(() => undefined))));
  }

  return {
    begun: () => opened,
    pending: () => queues.some(({ statements }) => statements.length > 0),
    failed: () => failed,
    inDoubt: () => inDoubt,
    share() {
      const queue: Queue = { statements: [], waiting: [], writes: false, sent: false };
      queues.push(queue);
      return {
        sent: () => queue.sent && !readOnly,
        ask(statement) {
          const { promise, resolve, reject } = Promise.withResolvers<Row[]>();
          queue.statements.push(statement);
          queue.writes ||= !readOnly && WRITES.test(statement.text);
          queue.waiting[queue.statements.length - 1] = { resolve, reject };
          sendSoon();
          return promise;
        },
        tell(statement) {
          if (readOnly) throw new Error("a query writes nothing");
          queue.statements.push(statement);
          queue.writes = true;
        },
        forget() {
          queue.writes = false;
          queue.statements = [];
          queue.waiting = [];
        },
      };
    },
    async commit(closing) {
      await send([...closing, ...(readOnly ? [] : [COMMIT])]);
      if (client) giveBack(await client);
      if (wakes) db.wake();
    },
    async tryOut() {
      await send([CHECK_ALL, ROLLBACK]);
      if (client) giveBack(await client);
    },
    async rollback() {
      const connection = await client?.catch(() => undefined);
      if (!connection) return;
      if (connection.getTransactionStatus() !== "I")
        await flush(connection, [ROLLBACK]).catch(() => undefined); // it is given back broken, that is: closed
      giveBack(connection);
    },
  };
}
