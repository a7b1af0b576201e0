// The list on a phone: two lines a customer.
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Checkbox, Typography } from "antd";
import { type RefObject, useEffect } from "react";
import { useFormat } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import type { Choice } from "./choice.ts";
import type { Column } from "./columns.tsx";
import type { Row } from "./rows.ts";
import { AHEAD } from "./table.tsx";
import { useListWords } from "./words.ts";

const LINE_HEIGHT = 64;

interface Props {
  columns: readonly Column[];
  rows: readonly Row[];
  choice: Choice;
  height: number;
  onAhead: () => void;
  scroller: RefObject<HTMLDivElement | null>;
}

export function Lines({ columns, rows, choice, height, onAhead, scroller }: Props) {
  const say = useListWords();
  const format = useFormat();
  const label = useLabel();
  const owner = columns.find(({ key }) => key === "owner")!;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const end = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (end > rows.length - AHEAD) onAhead();
  }, [end, rows.length, onAhead]);
  return (
    <div ref={scroller} className="grid" role="list" tabIndex={0} aria-label={say("grid")} style={{ height }}>
      <div role="presentation" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows[index]!;
          return (
            <div
              key={row.customerId}
              role="listitem"
              className="customer-line"
              style={{ transform: `translateY(${start}px)` }}
            >
              <Checkbox
                checked={choice.rows.has(row.customerId)}
                aria-label={say("select", { name: row.displayName })}
                onChange={() => choice.toggle(index)}
              />
              <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>
                <span className="customer-name">{row.displayName}</span>
                <Typography.Text type="secondary" ellipsis>
                  {[label("Grade", row.grade), label("LifecycleStage", row.lifecycleStage), row.city]
                    .filter(Boolean)
                    .join(" · ")}
                  {" · "}
                  {owner.cell(row)}
                </Typography.Text>
              </Link>
              <Typography.Text type="secondary">{format.fromNow(row.updateTime)}</Typography.Text>
            </div>
          );
        })}
      </div>
    </div>
  );
}
