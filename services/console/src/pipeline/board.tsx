import { PlusOutlined } from "@ant-design/icons";
import type { Pipeline as PipelineRecord } from "@guanxi/client/gen/guanxi";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useMay } from "../api/session.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { Problem } from "../ui/problem.tsx";
import { usePipelineAddress } from "./address.ts";
import { Columns } from "./columns.tsx";
import { chosenPipeline, usePipelines } from "./data.ts";
import { DealDrawer } from "./deal-drawer.tsx";
import { DealTable } from "./deal-table.tsx";
import { EndingDialog } from "./ending.tsx";
import { Filters } from "./filters.tsx";
import { Forecast } from "./forecast.tsx";
import { useMoving } from "./moving.tsx";
import { NewDeal } from "./new-deal.tsx";
import { useWords } from "./words.ts";
import "./pipeline.css";

const NOTES = { open: "note", won: "noteWon", lost: "noteLost" } as const;

export function Pipeline() {
  const say = useWords();
  const [search] = usePipelineAddress();
  const [creating, setCreating] = useState(false);
  const pipelines = usePipelines();
  const pipeline = chosenPipeline(pipelines.data ?? [], search.pipeline);
  return (
    <Page
      title={say("pipeline")}
      note={say(NOTES[search.state ?? "open"])}
      actions={<Actions onCreate={pipeline && (() => setCreating(true))} />}
    >
      {pipelines.isPending && <Loading />}
      {pipelines.error && <Problem error={pipelines.error} again={() => void pipelines.refetch()} />}
      {pipeline && <Surface pipeline={pipeline} pipelines={pipelines.data ?? []} />}
      {pipeline && creating && <NewDeal pipeline={pipeline} onClose={() => setCreating(false)} />}
    </Page>
  );
}

function Actions({ onCreate }: { onCreate: (() => void) | undefined }) {
  const say = useWords();
  const may = useMay();
  const [search, change] = usePipelineAddress();
  return (
    <>
      <Segmented
        aria-label={say("view")}
        value={search.view ?? "board"}
        options={[
          { value: "board", label: say("board") },
          { value: "list", label: say("list") },
        ]}
        onChange={(view) => change(view === "list" ? { view: "list" } : BOARD)}
      />
      {may("opportunity", "create") && onCreate && (
        <Button type="primary" icon={<PlusOutlined />} onClick={onCreate}>
          {say("create")}
        </Button>
      )}
    </>
  );
}

/** What only the list knows is of no use on the board. */
const BOARD = { view: undefined, state: undefined, sort: undefined, stage: undefined };

function Surface({
  pipeline,
  pipelines,
}: {
  pipeline: PipelineRecord;
  pipelines: readonly PipelineRecord[];
}) {
  const may = useMay();
  const [search, change] = usePipelineAddress();
  const moving = useMoving(pipeline);
  const move = may("opportunity", "update") ? moving.move : undefined;
  return (
    <>
      <Filters pipelines={pipelines} pipeline={pipeline} />
      {!search.state && may("pipeline_figure", "read") && <Forecast pipeline={pipeline} />}
      {search.view === "list" ? (
        <DealTable pipeline={pipeline} move={move} />
      ) : (
        <Columns pipeline={pipeline} moving={moving.moving} move={move} />
      )}
      {moving.ending && (
        <EndingDialog pipeline={pipeline} ending={moving.ending} onClose={moving.endNothing} />
      )}
      <DealDrawer
        opportunityId={search.opportunity}
        pipelines={pipelines}
        move={move}
        onClose={() => change({ opportunity: undefined })}
      />
    </>
  );
}
