// The grid: columns by TanStack Table, rows by TanStack Virtual. Only what is seen is in the page; the next page is asked for
// while there are still rows ahead, so that nobody scrolls into a blank.
import {
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  type ColumnSizingState,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useState } from "react";
import type { Choice } from "./choice.ts";
import type { Column } from "./columns.tsx";
import { GridRow, type Place } from "./grid-row.tsx";
import { HeadCell, type HeadDo } from "./head-cell.tsx";
import type { Layout } from "./layout.ts";
import type { Row } from "./rows.ts";
import { ROW_HEIGHT, useForesight, useKeys, useOpen } from "./use-keys.ts";
import { useListWords } from "./words.ts";
import "./list.css";

const OVERSCAN = 24;
/** Rows ahead of what is seen from where the next page is asked for. */
export const AHEAD = 400;
const CHOICE_WIDTH = 44;
/** Columns fill a wide window, up to so many times their width: beyond, a row is hard to follow with the eye. */
const WIDEST = 1.8;

const features = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnResizingFeature,
});
/** Rows are drawn by the virtualizer: the table keeps the columns. */
const NO_ROWS: never[] = [];

interface Props {
  columns: readonly Column[];
  layout: Layout;
  widths: ColumnSizingState;
  setWidths: (widths: ColumnSizingState) => void;
  rows: readonly Row[];
  choice: Choice;
  order: string;
  head: HeadDo;
  height: number;
  /** Rows to come: their places are kept. */
  pending: number;
  onAhead: () => void;
  scroller: RefObject<HTMLDivElement | null>;
}

export function Grid(props: Props) {
  const { columns, layout, rows, choice, height, pending, onAhead, scroller } = props;
  const say = useListWords();
  const places = usePlaces(props);
  const virtual = useVirtualizer({
    count: rows.length + pending,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    paddingStart: ROW_HEIGHT,
    scrollPaddingStart: ROW_HEIGHT,
  });
  const items = virtual.getVirtualItems();
  const end = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (end > rows.length - AHEAD) onAhead();
  }, [end, rows.length, onAhead]);
  const active = useKeys(rows, choice, (index) => virtual.scrollToIndex(index));
  const open = useOpen();
  const hold = useForesight();
  const minute = useMinute();
  const placed = places.map(({ key, size, left = "" }) => `${key} ${size} ${left}`).join();
  const total = CHOICE_WIDTH + places.reduce((sum, { size }) => sum + size, 0);
  const isAll = rows.length > 0 && rows.every(({ customerId }) => choice.rows.has(customerId));
  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={say("grid")}
      aria-description={say("gridHint")}
      aria-multiselectable
      aria-rowcount={pending > 0 ? -1 : rows.length + 1}
      aria-colcount={places.length + 1}
      aria-activedescendant={active.index >= 0 ? `customer-${rows[active.index]?.customerId}` : undefined}
      style={{ height }}
    >
      <div className="grid-head" role="row" aria-rowindex={1} style={{ width: total, minWidth: "100%" }}>
        <div
          role="columnheader"
          className="grid-cell pinned"
          style={{ width: CHOICE_WIDTH, left: 0, overflow: "visible" }}
        >
          <input
            ref={(box) => {
              if (box) box.indeterminate = !isAll && choice.rows.size > 0;
            }}
            type="checkbox"
            className="grid-check"
            aria-label={say("selectAll")}
            checked={isAll}
            onChange={() => (isAll ? choice.clear() : choice.add(rows))}
          />
        </div>
        {places.map((place) => (
          <HeadCell key={place.key} place={place} order={props.order} layout={layout} {...props.head} />
        ))}
      </div>
      <div
        role="rowgroup"
        style={{ height: virtual.getTotalSize() - ROW_HEIGHT, width: total, minWidth: "100%" }}
      >
        {items.map(({ index, start }) => (
          <GridRow
            key={rows[index]?.customerId ?? `pending ${index}`}
            row={rows[index]}
            index={index}
            top={start}
            width={total}
            minute={minute}
            places={places}
            placed={placed}
            say={say}
            columns={columns}
            chosen={choice.rows.has(rows[index]?.customerId ?? "")}
            active={active.index === index}
            onToggle={choice.toggle}
            onOpen={open}
            onHold={hold}
            onPoint={active.set}
          />
        ))}
      </div>
    </div>
  );
}

/** The columns in their order, with widths, and where those that stay begin. */
function usePlaces({ columns, layout, widths, setWidths, scroller }: Props): Place[] {
  const shown = new Set(layout.keys);
  const room = useRoom(scroller);
  const needed = columns.reduce((sum, { key, width }) => sum + (shown.has(key) ? width : 0), CHOICE_WIDTH);
  // By all columns as they are at first: while one is dragged the others must not move.
  const wider = Math.max(1, Math.min(WIDEST, (room - CHOICE_WIDTH) / (needed - CHOICE_WIDTH)));
  const definitions = useMemo(
    () =>
      columns.map(({ key, width }) => ({
        id: key,
        size: Math.floor(width * wider),
        minSize: 64,
        maxSize: 640,
      })),
    [columns, wider],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: NO_ROWS,
    columnResizeMode: "onChange",
    state: {
      columnVisibility: Object.fromEntries(columns.map(({ key }) => [key, shown.has(key)])),
      columnOrder: [...layout.keys],
      columnPinning: { start: [...layout.pinned], end: [] },
      columnSizing: widths,
    },
    onColumnSizingChange: (update) => setWidths(typeof update === "function" ? update(widths) : update),
  });
  const known = new Map(columns.map((column) => [column.key, column]));
  return table.getHeaderGroups()[0]!.headers.map((header): Place => {
    const { column } = header;
    const isPinned = column.getIsPinned() === "start";
    return {
      key: column.id,
      column: known.get(column.id)!,
      size: column.getSize(),
      ...(isPinned && { left: CHOICE_WIDTH + column.getStart("start") }),
      isLast: isPinned && column.getIsLastColumn("start"),
      drag: header.getResizeHandler(),
      resize: (size) => setWidths({ ...widths, [column.id]: Math.max(64, Math.min(640, size)) }),
      reset: () => column.resetSize(),
    };
  });
}

/** How wide the inside of the grid is. */
function useRoom(scroller: RefObject<HTMLDivElement | null>): number {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const grid = scroller.current;
    if (!grid) return undefined;
    const watch = new ResizeObserver(() => setRoom(grid.clientWidth));
    watch.observe(grid);
    setRoom(grid.clientWidth);
    return () => watch.disconnect();
  }, [scroller]);
  return room;
}

/** Rows are drawn again with each: ages that were said at different times contradict the order. */
function useMinute(): number {
  const [minute, setMinute] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setMinute((before) => before + 1), 60_000);
    return () => clearInterval(timer);
  }, []);
  return minute;
}
