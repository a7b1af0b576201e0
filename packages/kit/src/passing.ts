import { status } from "@grpc/grpc-js";
import { DatabaseError } from "pg";
import { Refusal, refuse } from "./refuse.ts";

// Lock timeout, serialisation and deadlock, cancelled or shut down, no connection, no room.
const CODES = /^(55P03|40|57|08|53)/;
// pg says these without a code.
const WORDS =
  /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered)/;

/** The database was busy or away, or what is needed has not arrived yet. Trying again may help. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Refusal) return error.code === status.UNAVAILABLE;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (error instanceof DatabaseError) return CODES.test(error.code ?? "");
  return /^(ECONN|EPIPE|ETIMEDOUT)/.test(String(code)) || WORDS.test(String(message));
}

/** It took too long, so a part of it may still be done. */
export const isTooMuch = (error: unknown) => error instanceof DatabaseError && error.code === "57014";

/** Wrong data, a violated constraint, a limit of the database. */
const DATA = /^(22|23|54)/;

/** However often it were tried: a rule or the database does not take it. */
export const isRefused = (error: unknown): error is Refusal | DatabaseError =>
  !isPassing(error) &&
  (error instanceof Refusal || (error instanceof DatabaseError && DATA.test(error.code ?? "")));

export const busy = () => refuse("unavailable", "BUSY", "The data is being worked on by others: try again.");
