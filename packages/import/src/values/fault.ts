import type { RowFault } from "../fault.ts";

/** What a cell holds, or why it cannot be had. */
export type Parsed<T> = { readonly value: T } | { readonly fault: RowFault };

const SHOWN = 60;

/** `advice` goes on after the value: `"12/31" is no day: write it as 2016-12-31.` */
export function cellFault(reason: string, text: string, advice: string): { fault: RowFault } {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return { fault: { reason, message: `"${shown.toWellFormed()}" ${advice}` } };
}
