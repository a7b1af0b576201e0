import { ArrowDownOutlined, ArrowUpOutlined, MoreOutlined } from "@ant-design/icons";
import { Button, Dropdown, type MenuProps } from "antd";
import { type KeyboardEvent, useState } from "react";
import type { Place } from "./grid-row.tsx";
import { type Layout, neighbour, withMoved, withPin, withShown } from "./layout.ts";
import { useListWords } from "./words.ts";

/** What one can do at the head of a column. */
export interface HeadDo {
  onOrder: (order: string | undefined) => void;
  onLayout: (layout: Layout) => void;
}

interface Props extends HeadDo {
  place: Place;
  order: string;
  layout: Layout;
}

export function HeadCell({ place, order, layout, onOrder, onLayout }: Props) {
  const { key, column, size, left, isLast, drag } = place;
  const [isOver, setOver] = useState(false);
  const sorted = sortedBy(column.order, order);
  const step = 16;
  const onKey = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? step : event.key === "ArrowLeft" ? -step : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    place.resize(size + by);
  };
  const say = useListWords();
  return (
    <div
      role="columnheader"
      aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
      className={`grid-cell${left === undefined ? "" : " pinned"}${isLast ? " pinned-last" : ""}${column.right ? " right" : ""}`}
      style={{
        width: size,
        left,
        ...(left === undefined && { position: "relative" }),
        ...(isOver && { boxShadow: "inset 2px 0 0 var(--ant-color-primary)" }),
      }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        onLayout(withMoved(layout, event.dataTransfer.getData("text/column"), key));
      }}
    >
      <button
        type="button"
        className="grid-title"
        draggable
        onDragStart={(event) => event.dataTransfer.setData("text/column", key)}
        title={column.title}
        aria-disabled={!column.order}
        onClick={() => column.order && onOrder(nextOrder(column.order, sorted))}
      >
        <span>{column.title}</span>
        {sorted === "asc" && <ArrowUpOutlined aria-hidden />}
        {sorted === "desc" && <ArrowDownOutlined aria-hidden />}
      </button>
      <HeadMenu place={place} layout={layout} order={order} onOrder={onOrder} onLayout={onLayout} />
      <span
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={say("widen", { column: column.title })}
        aria-valuenow={size}
        aria-valuemin={64}
        aria-valuemax={640}
        className="grid-resize"
        onMouseDown={drag}
        onTouchStart={drag}
        onDoubleClick={place.reset}
        onKeyDown={onKey}
      />
    </div>
  );
}

function HeadMenu({ place, layout, onOrder, onLayout }: Props) {
  const say = useListWords();
  const { key, column } = place;
  const isPinned = layout.pinned.includes(key);
  const items: MenuProps["items"] = [
    ...(column.order
      ? [
          { key: "asc", label: say("sortAscending") },
          { key: "desc", label: say("sortDescending") },
        ]
      : []),
    { key: "pin", label: say(isPinned ? "unpin" : "pin"), disabled: key === "name" },
    ...([["up", -1] as const, ["down", 1] as const].map(([name, step]) => ({
      key: name,
      label: say(name === "up" ? "moveUp" : "moveDown"),
      disabled: neighbour(layout, key, step) === undefined,
    })) ?? []),
    { key: "hide", label: say("hide"), disabled: key === "name" },
  ];
  const run: Record<string, () => void> = {
    asc: () => onOrder(column.order),
    desc: () => onOrder(`${column.order} desc`),
    pin: () => onLayout(withPin(layout, key, !isPinned)),
    up: () => onLayout(withMoved(layout, key, neighbour(layout, key, -1)!)),
    down: () => onLayout(withMoved(layout, key, neighbour(layout, key, 1)!)),
    hide: () => onLayout(withShown(layout, key, false)),
  };
  return (
    <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => run[key]?.() }}>
      <Button
        type="text"
        size="small"
        className="grid-more"
        icon={<MoreOutlined />}
        aria-label={say("columnMenu", { column: column.title })}
      />
    </Dropdown>
  );
}

function sortedBy(mine: string | undefined, order: string): "asc" | "desc" | undefined {
  const [field, direction = "asc"] = order.split(" ");
  if (!mine || field !== mine) return undefined;
  return direction === "desc" ? "desc" : "asc";
}

/** Up, down, and back to as it was. */
function nextOrder(field: string, sorted: "asc" | "desc" | undefined): string | undefined {
  if (sorted === undefined) return field;
  return sorted === "asc" ? `${field} desc` : undefined;
}
