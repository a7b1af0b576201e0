import dayjs from "dayjs";
import { type Cell, csvOf } from "./csv.ts";

/** By then the browser has taken it; at once is too early for some. */
const TAKEN_MS = 10_000;

/** Gives the person a file: what it holds, or its address. */
export function save(content: Blob | string, name: string): void {
  const address = typeof content === "string" ? content : URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  if (typeof content !== "string") setTimeout(() => URL.revokeObjectURL(address), TAKEN_MS);
}

export const saveCsv = (name: string, rows: readonly (readonly Cell[])[]): void =>
  save(new Blob([csvOf(rows)], { type: "text/csv;charset=utf-8" }), fileName(name, "csv"));

export const savePicture = (name: string, address: string): void => save(address, fileName(name, "png"));

const fileName = (name: string, ending: string) =>
  `${name.replaceAll(/[\\/:*?"<>|\s]+/g, "-")}-${dayjs().format("YYYYMMDD")}.${ending}`;
