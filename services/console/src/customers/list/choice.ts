// Which rows are chosen. They are kept whole: whoever is chosen stays chosen when the filter shows others.
import { useCallback, useRef, useState } from "react";
import type { Row } from "./rows.ts";

export interface Choice {
  rows: ReadonlyMap<string, Row>;
  toggle: (index: number, range?: boolean) => void;
  add: (rows: readonly Row[]) => void;
  clear: () => void;
}

export function useChoice(shown: readonly Row[]): Choice {
  const [rows, setRows] = useState<ReadonlyMap<string, Row>>(new Map());
  const last = useRef(0);
  const list = useRef(shown);
  list.current = shown;
  const toggle = useCallback((index: number, range = false) => {
    const row = list.current[index];
    if (!row) return;
    const [from, to] = range
      ? [Math.min(last.current, index), Math.max(last.current, index)]
      : [index, index];
    last.current = index;
    setRows((before) => {
      const after = new Map(before);
      if (!range && before.has(row.customerId)) after.delete(row.customerId);
      else for (const each of list.current.slice(from, to + 1)) after.set(each.customerId, each);
      return after;
    });
  }, []);
  const add = useCallback(
    (more: readonly Row[]) =>
      setRows((before) => new Map([...before, ...more.map((row) => [row.customerId, row] as const)])),
    [],
  );
  const clear = useCallback(() => setRows(new Map()), []);
  return { rows, toggle, add, clear };
}
