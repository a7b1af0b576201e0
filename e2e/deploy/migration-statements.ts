// What the SQL of a migration does to code that is older, and to whoever works meanwhile. It reads text, so it knows
// forms and not meanings: what it finds is said with `needs`, or done in another way.
import type { Migration } from "@guanxi/kit/migrate";

type Runner = Parameters<InstanceType<Migration>["up"]>[0];

export interface Findings {
  /** Statements that drop or tighten what older code uses. */
  readonly takes: string[];
  /** Statements that keep others from a table for as long as it is large. */
  readonly holds: string[];
}

export async function findingsOf(Made: Migration): Promise<Findings> {
  const migration = new Made();
  const texts: string[] = [];
  const runner = { query: async (text: string) => void texts.push(text) };
  await migration.up(runner as Partial<Runner> as Runner);
  return findingsIn(texts.flatMap(statementsOf));
}

export function findingsIn(statements: readonly string[]): Findings {
  const fresh = new Set(statements.flatMap((text) => MADE.exec(text)?.[1] ?? []));
  const old = statements.filter((text) => !fresh.has(targetOf(text)));
  return { takes: old.filter(takes), holds: old.filter(holds) };
}

const MADE = /^create (?:or replace )?(?:table|function) (?:if not exists )?(\w+)/;
const TARGETS = [
  /^alter table (?:if exists )?(?:only )?(\w+)/,
  /^create (?:unique )?index .*?\bon (?:only )?(\w+)/,
  /^revoke .*? on (?:table |function )?(\w+)/,
];

/** What a statement is about, of those that are harmless on what the same migration has made. */
const targetOf = (text: string) => TARGETS.map((form) => form.exec(text)?.[1]).find(Boolean) ?? "";

const TAKES = [
  /\bdrop (table|view|materialized view|function|procedure|type|schema|sequence|policy|index|column|trigger)\b/,
  /^alter table .*\bdrop (?!constraint|not null|default|identity|expression)\w/, // `drop name`, without the word column
  /\brename\b/,
  /\balter (column )?\w+ (set data )?type\b/,
  /\bset not null\b/,
  /\bdrop default\b/,
  /\badd (constraint|check|unique|primary key|foreign key|exclude)\b/,
  /^create unique /,
  /\brevoke\b/,
  /\btruncate\b/,
];

const addsNeeded = (text: string) =>
  text.startsWith("alter table") &&
  text.split(/,(?![^(]*\))/).some((part) => {
    const adds = /\badd (column )?/.test(part) && /\bnot null\b/.test(part);
    return adds && !/\bdefault\b|\bgenerated\b|\badd (constraint|check)\b/.test(part);
  });

const takes = (text: string) => addsNeeded(text) || TAKES.some((form) => form.test(text));

const holds = (text: string) =>
  /^create (unique )?index (?!concurrently)/.test(text) ||
  (/\badd (constraint \w+ )?(check|foreign key)\b/.test(text) && !/\bnot valid\b/.test(text)) ||
  (/\badd (constraint \w+ )?(unique|primary key)\b/.test(text) && !/\busing index\b/.test(text));

const TOKEN = /--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)([^]*?)\1|;|[^]/g;

/** In lower case, on one line each, without comments and texts. Of a function's body nothing, of a `do` all. */
export function statementsOf(text: string): string[] {
  const statements = [""];
  for (const [token, , body] of text.matchAll(TOKEN)) {
    const before = statements.at(-1)!;
    if (token === ";") statements.push("");
    else statements[statements.length - 1] = before + plain(token, body, before);
  }
  return statements.map((each) => each.toLowerCase().replace(/\s+/g, " ").trim()).filter(Boolean);
}

function plain(token: string, body: string | undefined, before: string): string {
  if (/^--|^\/\*/.test(token)) return " ";
  if (token.startsWith("'")) return "''";
  if (body === undefined) return token;
  return /^\s*do\b/i.test(before) ? body.replaceAll(";", " ") : "$$";
}
