// A stage of the board: what it adds up to, and its cards, asked for as one scrolls.
import { useDroppable } from "@dnd-kit/core";
import type { Opportunity, Pipeline, Stage } from "@guanxi/client/gen/guanxi";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Skeleton, Typography } from "antd";
import { useEffect, useRef } from "react";
import { useFormat } from "../text/format.ts";
import { Problem } from "../ui/problem.tsx";
import { Card } from "./card.tsx";
import { useDeals, useNamesFor, useUserName } from "./data.ts";
import { withMoves } from "./moves.ts";
import type { PipelineSearch } from "./search.ts";
import { useStageName } from "./stage-name.ts";
import type { StageSum } from "./sums.ts";
import { useWords } from "./words.ts";

const CARD_PX = 108;
const AHEAD = 10;

interface Props {
  pipeline: Pipeline;
  stage: Stage;
  sum: StageSum | undefined;
  chosen: PipelineSearch;
  moving: ReadonlyMap<string, Opportunity>;
  move: ((deal: Opportunity, stage: Stage) => void) | undefined;
  draggable: boolean;
}

export function Column(props: Props) {
  const { stage } = props;
  const { setNodeRef, isOver } = useDroppable({ id: stage.stageId, data: { stage } });
  const nameOf = useStageName();
  return (
    <section ref={setNodeRef} className="column" data-over={isOver || undefined} aria-label={nameOf(stage)}>
      <ColumnHead stage={stage} sum={props.sum} />
      <Cards {...props} />
    </section>
  );
}

function ColumnHead({ stage, sum }: Pick<Props, "stage" | "sum">) {
  const say = useWords();
  const format = useFormat();
  const nameOf = useStageName();
  return (
    <div className="column-head">
      <div className="deal-line">
        <Typography.Title level={2} className="column-name" title={nameOf(stage)}>
          {nameOf(stage)}
        </Typography.Title>
        <span className="deal-faint">{sum && say("count", { count: sum.count })}</span>
      </div>
      {(sum?.sums ?? []).map(({ currencyCode, amount, weighted }) => (
        <div key={currencyCode} className="deal-line column-sum">
          <strong>{format.shortMoney(amount, currencyCode)}</strong>
          <span className="deal-faint">
            {say("weighted")} {format.shortMoney(weighted, currencyCode)}
          </span>
        </div>
      ))}
      {sum?.sums.length === 0 && <div className="column-sum">&nbsp;</div>}
      {!sum && <Skeleton.Input active size="small" block />}
    </div>
  );
}

function Cards({ pipeline, stage, chosen, moving, move, draggable }: Props) {
  const say = useWords();
  const userName = useUserName();
  const asked = { pipelineId: pipeline.pipelineId, type: "OPEN" as const, stageId: stage.stageId };
  const deals = useDeals({ ...asked, orderBy: "expected_close_date" }, chosen);
  const pages = deals.data?.pages ?? [];
  const { names, waiting } = useNamesFor(pages);
  const shown = withMoves(
    pages.flatMap(({ opportunities }) => opportunities),
    stage.stageId,
    moving,
  );
  const place = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => place.current,
    estimateSize: () => CARD_PX,
    getItemKey: (index) => shown[index]?.opportunityId ?? index,
    gap: 8,
    overscan: 6,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = deals;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= shown.length - AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, shown.length]);

  if (deals.isPending || waiting) return <Waiting />;
  if (deals.error && pages.length === 0)
    return <Problem error={deals.error} again={() => void deals.refetch()} />;
  if (shown.length === 0) return <div className="column-empty">{say("emptyStage")}</div>;
  return (
    <div ref={place} className="column-cards">
      <div role="list" style={{ height: rows.getTotalSize(), position: "relative" }}>
        {items.map(({ key, index, start }) => {
          const deal = shown[index]!;
          return (
            <div
              key={key}
              role="listitem"
              aria-posinset={index + 1}
              aria-setsize={hasNextPage ? -1 : shown.length}
              className="column-row"
              style={{ height: CARD_PX, transform: `translateY(${start}px)` }}
            >
              <Card
                deal={deal}
                pipeline={pipeline}
                customerName={names.get(deal.customerId) ?? (deal.customerId ? undefined : "—")}
                ownerName={userName(deal.ownerId)}
                move={move}
                draggable={draggable}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

const Waiting = () => (
  <div className="column-cards" aria-busy>
    {[0, 1, 2].map((each) => (
      <div key={each} className="deal" style={{ height: CARD_PX, marginBottom: 8 }}>
        <Skeleton active title={{ width: "70%" }} paragraph={{ rows: 2 }} />
      </div>
    ))}
  </div>
);
