import { DndContext, DragOverlay, MeasuringStrategy, useDroppable } from "@dnd-kit/core";
import type { Opportunity, Pipeline, Stage } from "@guanxi/client/gen/guanxi";
import { Select } from "antd";
import { useState } from "react";
import { useNarrow } from "../ui/media.ts";
import { usePipelineAddress } from "./address.ts";
import { LiftedCard } from "./card.tsx";
import { Column } from "./column.tsx";
import { openStages, stageOfType, useStageSums, useUserName } from "./data.ts";
import { dealOf, stageUnder, useAnnouncements, useDragging } from "./drag.ts";
import { useStageName } from "./stage-name.ts";
import { useCustomerNames } from "../api/customers.ts";
import { useWords } from "./words.ts";

interface Props {
  pipeline: Pipeline;
  moving: ReadonlyMap<string, Opportunity>;
  move: ((deal: Opportunity, stage: Stage) => void) | undefined;
}

export function Columns({ pipeline, moving, move }: Props) {
  const say = useWords();
  const narrow = useNarrow();
  const [search, change] = usePipelineAddress();
  const [lifted, setLifted] = useState<Opportunity>();
  const { data: sums } = useStageSums(pipeline.pipelineId, search);
  const { sensors, collide, begin } = useDragging(pipeline.stages);
  const announcements = useAnnouncements(pipeline.stages);
  const stages = openStages(pipeline);
  const one = stages.find(({ stageId }) => stageId === search.stage) ?? stages[0];
  const shown = narrow && one ? [one] : stages;
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={collide}
      measuring={{ droppable: { strategy: MeasuringStrategy.Always } }}
      accessibility={{ announcements, screenReaderInstructions: { draggable: say("dragHow") } }}
      onDragStart={({ active }) => {
        begin();
        setLifted(dealOf(active));
      }}
      onDragCancel={() => setLifted(undefined)}
      onDragEnd={({ active, over }) => {
        setLifted(undefined);
        const [deal, stage] = [dealOf(active), stageUnder(over)];
        if (deal && stage) move?.(deal, stage);
      }}
    >
      {narrow && one && <StagePicker stages={stages} value={one} onChange={(stage) => change({ stage })} />}
      <div className="board" data-narrow={narrow || undefined}>
        {shown.map((stage) => (
          <Column
            key={stage.stageId}
            pipeline={pipeline}
            stage={stage}
            sum={sums && (sums.stages.get(stage.stageId) ?? { count: 0, sums: [] })}
            chosen={search}
            moving={moving}
            move={move}
            draggable={!narrow && move !== undefined}
          />
        ))}
      </div>
      {!narrow && <Zones pipeline={pipeline} shown={lifted !== undefined} />}
      <DragOverlay dropAnimation={null}>{lifted && <Lifted deal={lifted} pipeline={pipeline} />}</DragOverlay>
    </DndContext>
  );
}

function Lifted({ deal, pipeline }: { deal: Opportunity; pipeline: Pipeline }) {
  const names = useCustomerNames([deal.customerId]);
  const userName = useUserName();
  return (
    <LiftedCard
      deal={deal}
      pipeline={pipeline}
      customerName={names.get(deal.customerId)}
      ownerName={userName(deal.ownerId)}
      move={undefined}
      draggable={false}
    />
  );
}

function StagePicker({
  stages,
  value,
  onChange,
}: {
  stages: Stage[];
  value: Stage;
  onChange: (stageId: string) => void;
}) {
  const say = useWords();
  const nameOf = useStageName();
  return (
    <Select
      aria-label={say("stage")}
      value={value.stageId}
      onChange={onChange}
      options={stages.map((stage) => ({ value: stage.stageId, label: nameOf(stage) }))}
      style={{ width: "100%" }}
    />
  );
}

/** Where a card is dropped to be won or lost; there while one is dragged. */
function Zones({ pipeline, shown }: { pipeline: Pipeline; shown: boolean }) {
  const say = useWords();
  const won = stageOfType(pipeline, "TYPE_WON");
  const lost = stageOfType(pipeline, "TYPE_LOST");
  return (
    <div className="zones" data-shown={shown || undefined} aria-hidden={!shown}>
      {won && <Zone stage={won} kind="won" text={say("dropWin")} />}
      {lost && <Zone stage={lost} kind="lost" text={say("dropLose")} />}
    </div>
  );
}

function Zone({ stage, kind, text }: { stage: Stage; kind: "won" | "lost"; text: string }) {
  const { setNodeRef, isOver } = useDroppable({ id: stage.stageId, data: { stage } });
  return (
    <div ref={setNodeRef} className="zone" data-kind={kind} data-over={isOver || undefined}>
      {text}
    </div>
  );
}
