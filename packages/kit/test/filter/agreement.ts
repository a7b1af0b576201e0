import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type pg from "pg";
import type { Catalogue } from "../../src/filter/catalogue.ts";
import type { Filter } from "../../src/filter/compile.ts";
import type { toSql } from "../../src/filter/sql.ts";
import { customer, NOW, type Tree, TODAY, tree } from "./arbitraries.ts";
import { type Customer, customers } from "./customers.ts";
import { means, write } from "./oracle.ts";
import { insert } from "./rows.ts";

const TENANT = "11111111-1111-4111-8111-111111111111";
const MOMENT = { now: NOW, today: TODAY };

export interface Tally {
  cases: number;
  rows: number;
  selected: number;
  /** Expressions that take some of the rows and leave others. */
  mixed: number;
}

export interface Compiler {
  compile: (text: string, catalogue: Catalogue<Customer>) => Pick<Filter<Customer>, "predicate" | "matches">;
  toSql: typeof toSql;
}

interface How {
  runs: number;
  seed: number;
  /** Tried before the random ones. */
  examples?: [Customer[], Tree][];
  /** Whether to fail without looking for a smaller example first. */
  endOnFailure?: boolean;
}

/** SQL, the CEL library and the oracle select the same customers, for random customers and expressions. */
export async function agree(app: pg.Client, compiler: Compiler, how: How): Promise<Tally> {
  const tally: Tally = { cases: 0, rows: 0, selected: 0, mixed: 0 };
  const rows = fc.uniqueArray(customer, { minLength: 1, maxLength: 12, selector: (one) => one.customerId });
  const property = fc.asyncProperty(rows, tree, async (all, expression) => {
    const expected = ids(all.filter((one) => means(expression, one)));
    const { predicate, matches } = compiler.compile(write(expression), customers);
    const where = compiler.toSql(predicate, customers, { from: 2, alias: "c" });
    const inProcess = ids(all.filter((one) => matches(one, MOMENT)));
    const inDatabase = await select(app, all, where.text, where.values(MOMENT));
    count(tally, all.length, expected.length);
    compare("process", expression, inProcess, expected);
    compare("SQL", expression, inDatabase, expected);
  });
  await fc.assert(property, { numRuns: how.runs, ...how });
  return tally;
}

function count(tally: Tally, rows: number, selected: number): void {
  tally.cases += 1;
  tally.rows += rows;
  tally.selected += selected;
  tally.mixed += selected > 0 && selected < rows ? 1 : 0;
}

function compare(who: string, expression: Tree, got: string[], expected: string[]): void {
  if (isDeepStrictEqual(got, expected)) return;
  throw new Error(`${who} selects ${got.length} instead of ${expected.length} for: ${write(expression)}`);
}

/** Everything is sent without waiting; the transaction leaves nothing behind. */
async function select(app: pg.Client, all: Customer[], where: string, values: unknown[]): Promise<string[]> {
  const statement = `select c.customer_id from customers c where c.tenant_id = $1 and ${where}`;
  const [, , , found] = await Promise.all([
    app.query("begin"),
    app.query("select set_config('app.tenant', $1, true)", [TENANT]),
    insert(app, TENANT, all),
    app.query<{ customer_id: string }>(statement, [TENANT, ...values]),
    app.query("rollback"),
  ]);
  return found.rows.map((row) => row.customer_id).sort();
}

const ids = (all: Customer[]) => all.map((one) => one.customerId).sort();
