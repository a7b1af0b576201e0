import { useMemo } from "react";
import type { CustomersSearch } from "../search.ts";
import { DEFAULT_LAYOUT, type Layout, readLayout, useKept, writeLayout } from "./layout.ts";
import type { Book } from "./lookups.ts";

export type LayoutChoice = ReturnType<typeof useLayout>;

export function useLayout(book: Book, search: CustomersSearch, put: (columns: string | undefined) => void) {
  const isText = (value: unknown): value is string => typeof value === "string";
  const [kept, keep] = useKept("columns", DEFAULT_LAYOUT, isText);
  const [widths, setWidths] = useKept("widths", {}, isWidths);
  const known = useMemo(() => new Set(book.columns.map(({ key }) => key)), [book.columns]);
  const layout = useMemo(() => readLayout(search.columns ?? kept, known), [search.columns, kept, known]);
  const setLayout = (next: Layout | undefined) => {
    keep(next ? writeLayout(next) : DEFAULT_LAYOUT);
    if (!next) setWidths({});
    // From here on the choice is this person's own, not the link's.
    if (search.columns !== undefined) put(next && writeLayout(next));
  };
  return { layout, setLayout, widths, setWidths };
}

const isWidths = (value: unknown): value is Record<string, number> =>
  typeof value === "object" &&
  value !== null &&
  Object.values(value).every((each) => typeof each === "number");
