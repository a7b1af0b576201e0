// What is kept of a release: its database, filled, and what it answered when it was asked for its figures.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { type Door, each, type Json } from "./door.ts";

/** Asked of the front door, by one of the people who may. */
export interface Question {
  readonly who: string;
  readonly path: string;
  /** Sent where it is a question that is POSTed. */
  readonly body?: Json;
  /** All pages; of each row the fields named, or the whole row. */
  readonly pages?: readonly string[];
}

export interface Answered extends Question {
  readonly answer: unknown;
}

export interface Figures {
  readonly asked: readonly Answered[];
  /** Rows by the SQL that gave them. */
  readonly counted: Readonly<Record<string, unknown>>;
}

const FOLDER = path.join(import.meta.dirname, "fixtures");
const DUMP = ".sql.gz";

export const recorded = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(DUMP))
    .map((name) => name.slice(0, -DUMP.length));

export const readDump = (release: string): string => unpacked(`${release}${DUMP}`);
export const readFigures = (release: string) => JSON.parse(unpacked(`${release}.figures.json.gz`)) as Figures;

export function writeFixture(release: string, dump: string, figures: Figures): void {
  pack(`${release}${DUMP}`, dump);
  pack(`${release}.figures.json.gz`, JSON.stringify(figures));
}

const unpacked = (name: string) => gunzipSync(readFileSync(path.join(FOLDER, name))).toString();
const pack = (name: string, text: string) =>
  writeFileSync(path.join(FOLDER, name), gzipSync(text, { level: 9 }));

/** What people and the database are asked by; the same of the old release and of this one. */
export interface Asking {
  door(who: string): Door;
  sql<Row>(text: string): Promise<Row[]>;
}

export const answers = (questions: readonly Question[], { door }: Asking): Promise<Answered[]> =>
  each(questions, async (question) => ({ ...question, answer: await answer(door(question.who), question) }));

async function answer(door: Door, { path: asked, body, pages }: Question): Promise<unknown> {
  if (body) return door.post(asked, body);
  if (!pages) return door.get(asked);
  const rows = await door.all(asked);
  return pages.length === 0 ? rows : rows.map((row) => pages.map((field) => row[field]));
}

export async function counts(
  texts: readonly string[],
  { sql }: Pick<Asking, "sql">,
): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = {};
  for (const text of texts) rows[text] = await sql(text);
  return rows;
}
