// What whoever deploys has to know of a migration that failed: where it stands, what it asked, what Postgres answered.
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { QueryFailedError } from "typeorm";

export class MigrationFault extends Error {
  readonly migration: string;
  /** File and line; of what failed outside of its own code, such as at the commit, there is none. */
  readonly place: string | undefined;
  readonly statement: string | undefined;
  readonly hint: string | undefined;
  /** Postgres' own. */
  readonly code: string | undefined;

  constructor(service: string, migration: string, cause: unknown) {
    const { message, stack = "" } = cause as Error;
    const { code, hint, position } = driverErrorOf(cause);
    const place = placeOf(stack);
    const advice = hint ? ` (${hint})` : "";
    super(
      `${service}: migration ${migration} failed${place ? ` at ${place}` : ""}: ${message}${advice}. ` +
        "Those before it stand; mend it and run migrate again.",
      { cause },
    );
    Object.assign(this, { name: "MigrationFault" });
    this.migration = migration;
    this.place = place;
    this.statement = cause instanceof QueryFailedError ? statementOf(cause.query, position) : undefined;
    this.hint = hint;
    this.code = code;
  }
}

interface DriverError {
  readonly code?: string;
  readonly hint?: string;
  /** Counted from 1, in what was sent. */
  readonly position?: string;
}

const driverErrorOf = (cause: unknown): DriverError =>
  cause instanceof QueryFailedError ? (cause.driverError as DriverError) : {};

const FRAME = /^ *at (?:async )?(?:(.+?) \()?((?:file:\/\/)?\/[^()]+):(\d+):\d+\)?$/;

/** Not of a package that somebody else has written. */
function isOurs(file: string): boolean {
  const from = file.lastIndexOf("/node_modules/");
  return from < 0 || file.startsWith("/node_modules/@guanxi/", from);
}

/** The migration's own line, also where it was a helper's that failed. */
function placeOf(stack: string): string | undefined {
  const frames = stack.split("\n").flatMap((line) => {
    const [, name = "", at = "", number] = FRAME.exec(line) ?? [];
    const file = at.startsWith("file:") ? fileURLToPath(at) : at;
    const between = /\/kit\/(src|dist)\/migrate\.[jt]s$/.test(file);
    return file && isOurs(file) && !between ? [{ name, place: `${nearest(file)}:${number}` }] : [];
  });
  return (frames.find(({ name }) => name.endsWith(".up")) ?? frames[0])?.place;
}

/** As seen from where the process was started, if it lies below. */
function nearest(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith("..") ? file : path;
}

const LONGEST = 300;

/** On one line: of several statements in one text the one that failed, where Postgres says where that was. */
function statementOf(text: string, position: string | undefined): string {
  const line = (position ? around(text, Number(position)) : text).replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function around(text: string, position: number): string {
  const before = Array.from(text)
    .slice(0, position - 1)
    .join("");
  const end = text.indexOf(";", before.length);
  return text.slice(before.lastIndexOf(";") + 1, end < 0 ? undefined : end);
}
