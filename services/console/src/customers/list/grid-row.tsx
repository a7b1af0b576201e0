import { memo, type MouseEvent } from "react";
import type { Column } from "./columns.tsx";
import type { Row } from "./rows.ts";
import type { ListSay } from "./words.ts";

/** Where a column stands. */
export interface Place {
  key: string;
  column: Column;
  size: number;
  /** Of one that stays. */
  left?: number;
  isLast: boolean;
  drag: (event: unknown) => void;
  resize: (size: number) => void;
  reset: () => void;
}

interface Props {
  /** Absent while it is on its way. */
  row: Row | undefined;
  index: number;
  top: number;
  width: number;
  minute: number;
  places: readonly Place[];
  /** What the places say. */
  placed: string;
  /** A row does not listen for the language itself: hundreds come and go while one scrolls. */
  say: ListSay;
  columns: readonly Column[];
  chosen: boolean;
  active: boolean;
  onToggle: (index: number, range: boolean) => void;
  onOpen: (row: Row, event: MouseEvent) => void;
  /** It is about to be opened. */
  onHold: (row: Row) => void;
  onPoint: (index: number) => void;
}

/** Places are made anew with every scroll; what they say seldom is. */
export const GridRow = memo(DrawnRow, (before, after) => SAME.every((key) => before[key] === after[key]));

const SAME = ["row", "index", "top", "width", "placed", "minute", "columns", "chosen", "active"] as const;

function DrawnRow(props: Props) {
  const { say, row, index, top, width, places, chosen, active, onToggle, onOpen, onHold, onPoint } = props;
  const style = { transform: `translateY(${top}px)`, top: 0, width, minWidth: "100%" };
  if (!row) return <Ghost places={places} style={style} index={index} />;
  const toggle = (event: MouseEvent) => {
    event.stopPropagation();
    onToggle(index, event.shiftKey);
  };
  return (
    // The keys of a row are those of the grid.
    <div
      id={`customer-${row.customerId}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={`grid-row${chosen ? " chosen" : ""}${active ? " active" : ""}`}
      style={style}
      onPointerDown={({ button }) => button === 0 && onHold(row)}
      onClick={(event) => {
        onPoint(index);
        onOpen(row, event);
      }}
    >
      <div
        role="gridcell"
        className="grid-cell pinned"
        style={{ width: 44, left: 0 }}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={toggle}
      >
        <input
          type="checkbox"
          className="grid-check"
          tabIndex={-1}
          checked={chosen}
          readOnly
          aria-label={say("select", { name: row.displayName })}
        />
      </div>
      {places.map(({ key, column, size, left, isLast }) => (
        <div
          key={key}
          role="gridcell"
          className={`grid-cell${left === undefined ? "" : " pinned"}${isLast ? " pinned-last" : ""}${column.right ? " right" : ""}`}
          style={{ width: size, left }}
        >
          {shown(column.cell(row))}
        </div>
      ))}
    </div>
  );
}

/** Plain text needs an element to be cut with an ellipsis, and says the rest when pointed at. */
const shown = (content: ReturnType<Column["cell"]>) =>
  typeof content === "string" ? <span title={content}>{content}</span> : content;

function Ghost({ places, style, index }: { places: readonly Place[]; style: object; index: number }) {
  return (
    <div role="row" aria-rowindex={index + 2} aria-busy className="grid-row" style={style}>
      <div role="gridcell" className="grid-cell pinned" style={{ width: 44, left: 0 }} />
      {places.map(({ key, size, left }) => (
        <div
          key={key}
          role="gridcell"
          className={`grid-cell${left === undefined ? "" : " pinned"}`}
          style={{ width: size, left }}
        >
          <span className="grid-ghost" />
        </div>
      ))}
    </div>
  );
}
