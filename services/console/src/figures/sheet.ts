// A figure as rows and columns: what a table shows, what a file holds, and what a screen reader reads instead of the chart.
import { useFormat } from "../text/format.ts";
import type { Cell } from "../ui/csv.ts";

export type Kind =
  | "text"
  | "count"
  | "number"
  | "money"
  /** To the cent, as rows have it. */
  | "amount"
  | "share"
  | "days"
  | "seconds"
  | "score"
  | "points"
  | "date";

export interface Column {
  key: string;
  title: string;
  kind: Kind;
}

export interface Sheet {
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
  /** Of what is money. */
  currency?: string;
}

export const isNumber = (kind: Kind): boolean => kind !== "text" && kind !== "date";

const isMoney = (kind: Kind): boolean => kind === "money" || kind === "amount";

const moneyOf = (amount: number, currencyCode: string) => {
  const units = Math.trunc(amount);
  return { currencyCode, units: String(units), nanos: Math.round((amount - units) * 1e9) };
};

export type Show = (cell: Cell, kind: Kind, currency?: string) => string;

/** A cell as people read it. */
export function useShow(): Show {
  const format = useFormat();
  const shown: Record<Kind, (value: number, currency: string) => string> = {
    text: String,
    date: String,
    count: (value) => format.number(value, 0),
    number: (value) => format.number(value, 1),
    money: (value, currency) => format.shortMoney(value, currency),
    amount: (value, currency) => format.money(moneyOf(value, currency)),
    share: (value) => format.percent(value),
    days: (value) => format.number(value, 1),
    seconds: (value) => format.duration(value),
    score: (value) => format.number(value, 2),
    points: (value) => format.number(value, 0),
  };
  return (cell, kind, currency = "CNY") => {
    if (cell === undefined || cell === "") return "–";
    if (typeof cell === "string") return kind === "date" ? format.date(cell) : cell;
    return shown[kind](cell, currency);
  };
}

export const linesOf = ({ columns, rows, currency }: Sheet): Cell[][] => [
  columns.map(({ title, kind }) => (isMoney(kind) && currency ? `${title} (${currency})` : title)),
  ...rows.map((row) => [...row]),
];
