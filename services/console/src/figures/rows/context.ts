import { createContext, useContext } from "react";
import type { FactName } from "./kinds.ts";

/** Which rows are asked for. */
export interface RowsAsked {
  facts: FactName;
  filter: string;
  orderBy?: string;
  /** What the rows are behind. */
  title: string;
  hint?: string;
  /** How many there are, where the figure says so. */
  count?: number;
}

export const RowsContext = createContext<(asked: RowsAsked) => void>(() => {});

/** Opens the rows behind a figure. */
export const useRows = () => useContext(RowsContext);
