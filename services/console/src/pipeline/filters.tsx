import type { Pipeline } from "@guanxi/client/gen/guanxi";
import { Button, Flex, Select } from "antd";
import { usePipelineAddress } from "./address.ts";
import { useUsers } from "./data.ts";
import { CustomerPicker } from "../ui/customer-picker.tsx";
import { usePipelineName, useStageName } from "./stage-name.ts";
import { useLabel } from "../text/texts.ts";
import { useWords } from "./words.ts";

interface Props {
  pipelines: readonly Pipeline[];
  pipeline: Pipeline;
}

export function Filters({ pipelines, pipeline }: Props) {
  const say = useWords();
  const [search, change] = usePipelineAddress();
  const nameOf = usePipelineName();
  const chosen =
    search.owner || search.customer || search.close || search.state || (search.view && search.stage);
  return (
    <Flex gap={8} wrap align="center">
      {pipelines.length > 1 && (
        <Select
          aria-label={say("pipelineOf")}
          value={pipeline.pipelineId}
          onChange={(pipeline) => change({ pipeline, stage: undefined })}
          options={pipelines.map((each) => ({ value: each.pipelineId, label: nameOf(each) }))}
          style={{ minWidth: 160 }}
        />
      )}
      <OwnerFilter />
      <CustomerPicker
        label={say("anyCustomer")}
        value={search.customer}
        onChange={(customer) => change({ customer })}
        style={{ width: 240, maxWidth: "100%" }}
      />
      {search.view === "list" && <ListFilters pipeline={pipeline} />}
      {chosen && (
        <Button
          type="link"
          onClick={() =>
            change({
              owner: undefined,
              customer: undefined,
              close: undefined,
              state: undefined,
              ...(search.view && { stage: undefined }),
            })
          }
        >
          {say("clear")}
        </Button>
      )}
    </Flex>
  );
}

function OwnerFilter() {
  const say = useWords();
  const [search, change] = usePipelineAddress();
  const users = useUsers();
  return (
    <Select
      aria-label={say("owner")}
      value={search.owner ?? ""}
      onChange={(owner) => change({ owner: owner || undefined })}
      showSearch={{ optionFilterProp: "label" }}
      options={[
        { value: "", label: say("everybody") },
        { value: "me", label: say("mine") },
        ...users.map(({ userId, displayName }) => ({ value: userId, label: displayName })),
      ]}
      style={{ minWidth: 140 }}
    />
  );
}

const OPEN = "open" as const;
const STATES = [OPEN, "won", "lost"] as const;

function ListFilters({ pipeline }: { pipeline: Pipeline }) {
  const say = useWords();
  const label = useLabel();
  const nameOf = useStageName();
  const [search, change] = usePipelineAddress();
  const type = { open: "TYPE_OPEN", won: "TYPE_WON", lost: "TYPE_LOST" }[search.state ?? OPEN];
  return (
    <>
      <Select<(typeof STATES)[number]>
        aria-label={say("state")}
        value={search.state ?? OPEN}
        onChange={(state) => change({ state: state === OPEN ? undefined : state, stage: undefined })}
        options={STATES.map((value) => ({
          value,
          label: label("StageType", `TYPE_${value.toUpperCase()}`),
        }))}
        style={{ minWidth: 100 }}
      />
      <Select
        aria-label={say("stage")}
        placeholder={say("stage")}
        allowClear
        value={search.stage ?? null}
        onChange={(stage) => change({ stage: stage ?? undefined })}
        options={pipeline.stages
          .filter((stage) => stage.type === type)
          .map((stage) => ({ value: stage.stageId, label: nameOf(stage) }))}
        style={{ minWidth: 140 }}
      />
    </>
  );
}
