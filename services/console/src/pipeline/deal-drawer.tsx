// One opportunity with everything that is known of it, beside the board or the list that it was opened from.
import {
  getOpportunity,
  type Opportunity,
  type Pipeline,
  type Stage,
  updateOpportunity,
  type OpportunityPatch,
} from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Drawer, Dropdown, Flex, Tag, Typography } from "antd";
import { DownOutlined } from "@ant-design/icons";
import { useState } from "react";
import { queries } from "../api/api.ts";
import { useMay } from "../api/session.ts";
import { useFormat } from "../text/format.ts";
import { useLabel } from "../text/texts.ts";
import { Loading } from "../ui/loading.tsx";
import { Problem } from "../ui/problem.tsx";
import { useUi } from "../ui/words.ts";
import { useMoveItems } from "./card.tsx";
import { ConflictNote } from "./conflict.tsx";
import { DealChanges } from "./deal-changes.tsx";
import { DealFields } from "./deal-fields.tsx";
import { DealWay } from "./deal-way.tsx";
import { changed } from "./heard.ts";
import { ReopenDialog } from "./reopen.tsx";
import { useSaving } from "./saving.ts";
import { useShown } from "./shown.ts";
import { useStageName } from "./stage-name.ts";
import { useWords } from "./words.ts";

interface Props {
  opportunityId: string | undefined;
  pipelines: readonly Pipeline[];
  move: ((deal: Opportunity, stage: Stage) => void) | undefined;
  onClose: () => void;
}

export function DealDrawer({ opportunityId = "", pipelines, move, onClose }: Props) {
  const ui = useUi();
  const deal = useQuery({
    queryKey: ["opportunity", opportunityId],
    enabled: opportunityId !== "",
    queryFn: ({ signal }) => getOpportunity(opportunityId, undefined, undefined, { signal }),
  });
  const pipeline = pipelines.find(({ pipelineId }) => pipelineId === deal.data?.pipelineId);
  return (
    <Drawer
      open={opportunityId !== ""}
      onClose={onClose}
      size={720}
      title={<span title={deal.data?.displayName}>{deal.data?.displayName ?? ui("loading")}</span>}
      styles={{ wrapper: { maxWidth: "100vw" } }}
      destroyOnHidden
    >
      {deal.isPending && <Loading rows={10} />}
      {deal.error && <Problem error={deal.error} again={() => void deal.refetch()} />}
      {deal.data && pipeline && (
        <DealDetail key={opportunityId} deal={deal.data} pipeline={pipeline} move={move} />
      )}
    </Drawer>
  );
}

interface DetailProps {
  deal: Opportunity;
  pipeline: Pipeline;
  move: Props["move"];
}

function DealDetail({ deal, pipeline, move }: DetailProps) {
  const say = useWords();
  const may = useMay();
  const saving = useSaving<Opportunity, OpportunityPatch>(deal, {
    update: (patch, headers) => updateOpportunity(deal.opportunityId, patch, headers),
    read: () => getOpportunity(deal.opportunityId),
    saved: async (after) => {
      queries.setQueryData(["opportunity", deal.opportunityId], after);
      await changed(after);
    },
  });
  const { labelOf, shown } = useShown(pipeline);
  const open = deal.stageType === "TYPE_OPEN";
  return (
    <Flex vertical gap={24}>
      <Head deal={deal} pipeline={pipeline} move={move} />
      {saving.conflict && (
        <ConflictNote
          fields={Object.keys(saving.conflict.change).map((field) => ({
            label: labelOf(field),
            theirs: shown(field, saving.conflict?.theirs[field as keyof Opportunity]),
            mine: shown(field, saving.conflict?.change[field as keyof OpportunityPatch]),
          }))}
          onMine={() => void saving.useMine()}
          onTheirs={saving.useTheirs}
        />
      )}
      {!open && <Alert type="info" showIcon title={say("closedNote")} />}
      <Part title={say("facts")}>
        <DealFields
          deal={deal}
          pipeline={pipeline}
          save={open && may("opportunity", "update") ? saving.save : undefined}
        />
      </Part>
      <Part title={say("way")}>
        <DealWay deal={deal} pipeline={pipeline} />
      </Part>
      <Part title={say("changes")}>
        <DealChanges deal={deal} pipeline={pipeline} />
      </Part>
    </Flex>
  );
}

export function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <Typography.Title level={2} style={{ fontSize: 15, margin: "0 0 12px" }}>
        {title}
      </Typography.Title>
      {children}
    </section>
  );
}

function Head({ deal, pipeline, move }: DetailProps) {
  const say = useWords();
  const format = useFormat();
  const may = useMay();
  const [reopening, setReopening] = useState(false);
  const open = deal.stageType === "TYPE_OPEN";
  return (
    <Flex vertical gap={8}>
      <Flex gap={12} align="center" wrap>
        <Typography.Text strong style={{ fontSize: 22 }}>
          {format.money(deal.amount) || say("noAmount")}
        </Typography.Text>
        <StageTag deal={deal} pipeline={pipeline} />
        <span style={{ flex: 1 }} />
        {open && move && <MoveButton deal={deal} pipeline={pipeline} move={move} />}
        {!open && may("opportunity", "update") && (
          <Button onClick={() => setReopening(true)}>{say("reopen")}</Button>
        )}
      </Flex>
      {open && <Typography.Text type="secondary">{say("rules")}</Typography.Text>}
      {reopening && <ReopenDialog deal={deal} pipeline={pipeline} onClose={() => setReopening(false)} />}
    </Flex>
  );
}

/** The stage; and what it means, where its name does not say so. */
function StageTag({ deal: { stageId, stageType }, pipeline }: Pick<DetailProps, "deal" | "pipeline">) {
  const label = useLabel();
  const nameOf = useStageName();
  const stage = pipeline.stages.find((each) => each.stageId === stageId);
  const name = stage ? nameOf(stage) : stageId;
  const type = stageType === "TYPE_OPEN" ? name : label("StageType", stageType);
  return (
    <Tag variant="filled" color={stageType === "TYPE_WON" ? "success" : "default"} style={{ fontSize: 13 }}>
      {name === type ? name : `${name} · ${type}`}
    </Tag>
  );
}

function MoveButton(props: {
  deal: Opportunity;
  pipeline: Pipeline;
  move: (deal: Opportunity, stage: Stage) => void;
}) {
  const say = useWords();
  const menu = useMoveItems(props);
  return (
    <Dropdown trigger={["click"]} menu={menu} placement="bottomRight">
      <Button type="primary">
        {say("moveTo")} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
