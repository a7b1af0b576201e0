import dayjs from "dayjs";
import { useMemo } from "react";
import { type Span, spanBefore, spanOf } from "./period.ts";
import { useFiguresSearch } from "./use-search.ts";

export interface Spans {
  span: Span;
  /** What it is compared with; absent where nothing is. */
  before?: Span;
}

export function useSpans(): Spans {
  const [{ period, from, to, compare }] = useFiguresSearch();
  return useMemo(() => {
    const search = { period, from, to };
    const span = spanOf(search, dayjs());
    return { span, before: compare === "none" ? undefined : spanBefore(search, span) };
  }, [period, from, to, compare]);
}
