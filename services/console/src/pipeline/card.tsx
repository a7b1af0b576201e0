// One opportunity on the board. The card can be dragged anywhere on it; by keyboard its name is picked up.
import { useDraggable } from "@dnd-kit/core";
import { EllipsisOutlined } from "@ant-design/icons";
import type { Opportunity, Pipeline, Stage } from "@guanxi/client/gen/guanxi";
import { Link } from "@tanstack/react-router";
import { Button, Dropdown } from "antd";
import { useFormat } from "../text/format.ts";
import { daysBetween, dayText, todayText } from "./days.ts";
import { aboutOf, stageSince } from "./moves.ts";
import { useStageName } from "./stage-name.ts";
import { useWords } from "./words.ts";

export interface CardProps {
  deal: Opportunity;
  customerName: string | undefined;
  ownerName: string;
  pipeline: Pipeline;
  /** Undefined for who may not. */
  move: ((deal: Opportunity, stage: Stage) => void) | undefined;
  draggable: boolean;
}

export function Card(props: CardProps) {
  const { deal, draggable } = props;
  const say = useWords();
  const drag = useDraggable({ id: deal.opportunityId, data: { deal }, disabled: !draggable });
  const { onKeyDown, ...pointer } = drag.listeners ?? {};
  const name = draggable
    ? {
        ref: drag.setActivatorNodeRef,
        onKeyDown: onKeyDown as React.KeyboardEventHandler | undefined,
        "aria-describedby": drag.attributes["aria-describedby"],
        "aria-roledescription": say("dragKind"),
      }
    : {};
  return (
    <div ref={drag.setNodeRef} className="deal" data-lifted={drag.isDragging || undefined} {...pointer}>
      <div className="deal-head">
        <Link
          {...name}
          from="/pipeline"
          to="/pipeline"
          search={(before) => ({ ...before, opportunity: deal.opportunityId })}
          replace
          draggable={false}
          className="deal-name"
          title={deal.displayName}
        >
          {aboutOf(deal.displayName, props.customerName)}
        </Link>
        {props.move && <MoveMenu deal={deal} pipeline={props.pipeline} move={props.move} />}
      </div>
      <CardFacts {...props} />
    </div>
  );
}

/** What follows the pointer. */
export function LiftedCard(props: CardProps) {
  const { deal, customerName } = props;
  return (
    <div className="deal deal-lifted">
      <div className="deal-head">
        <span className="deal-name">{aboutOf(deal.displayName, customerName)}</span>
      </div>
      <CardFacts {...props} />
    </div>
  );
}

function CardFacts({ deal, customerName, ownerName }: CardProps) {
  const say = useWords();
  const format = useFormat();
  const since = stageSince(deal);
  return (
    <>
      <div className="deal-line deal-faint" title={customerName}>
        {customerName ?? "\u00a0"}
      </div>
      <div className="deal-line">
        <strong>{format.money(deal.amount) || <span className="deal-faint">{say("noAmount")}</span>}</strong>
        <ExpectedDay deal={deal} />
      </div>
      <div className="deal-line deal-faint">
        <span className="deal-cut">{ownerName}</span>
        {since && (
          <span title={say("daysHereLong", { days: daysBetween(since, todayText()) })}>
            {say("daysHere", { days: daysBetween(since, todayText()) })}
          </span>
        )}
      </div>
    </>
  );
}

/** Red once it is past, while there is still something to close. */
export function ExpectedDay({ deal: { expectedCloseDate, stageType } }: { deal: Opportunity }) {
  const say = useWords();
  const format = useFormat();
  const day = dayText(expectedCloseDate);
  const days = day ? daysBetween(day, todayText()) : 0;
  if (!day) return null;
  if (stageType !== "TYPE_OPEN" || days <= 0) return <span className="deal-faint">{format.date(day)}</span>;
  return (
    <span className="deal-late" title={say("late", { days })}>
      {format.date(day)}
    </span>
  );
}

interface MoveProps {
  deal: Opportunity;
  pipeline: Pipeline;
  move: (deal: Opportunity, stage: Stage) => void;
}

export function MoveMenu({ deal, pipeline, move }: MoveProps) {
  const say = useWords();
  const menu = useMoveItems({ deal, pipeline, move });
  return (
    <Dropdown trigger={["click"]} menu={menu} placement="bottomRight">
      <Button
        type="text"
        size="small"
        icon={<EllipsisOutlined />}
        aria-label={say("moveToOf", { name: deal.displayName })}
        title={say("moveTo")}
      />
    </Dropdown>
  );
}

export function useMoveItems({ deal, pipeline, move }: MoveProps) {
  const say = useWords();
  const nameOf = useStageName();
  const item = (stage: Stage) => ({
    key: stage.stageId,
    label: nameOf(stage),
    disabled: stage.stageId === deal.stageId,
  });
  const open = pipeline.stages.filter(({ type }) => type === "TYPE_OPEN");
  const closed = pipeline.stages.filter(({ type }) => type !== "TYPE_OPEN");
  return {
    items: [
      { type: "group" as const, label: say("moveTo"), children: open.map(item) },
      { type: "divider" as const },
      ...closed.map(item),
    ],
    onClick: ({ key }: { key: string }) => {
      const stage = pipeline.stages.find(({ stageId }) => stageId === key);
      if (stage) move(deal, stage);
    },
  };
}
