import { DatabaseError } from "pg";
import { refuse } from "./refuse.ts";

/** The database was busy or away: lock timeout, deadlock, cancelled or shut down, no connection. Trying again may help. */
export function isPassing(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  if (error instanceof DatabaseError) return /^(55P03|40|57|08|53)/.test(error.code ?? "");
  return typeof code === "string" && /^(ECONN|EPIPE|ETIMEDOUT)/.test(code);
}

export const busy = () => refuse("unavailable", "BUSY", "The data is being worked on by others: try again.");
