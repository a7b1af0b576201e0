// Where the import stands, and what one can do with it now.
import { DownloadOutlined } from "@ant-design/icons";
import type { Import } from "@guanxi/client/gen/guanxi";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, App, Button, Card, Flex, Progress, Typography } from "antd";
import type { FunctionComponent } from "react";
import { ifMatch, once, queries } from "../api/api.ts";
import { useMay } from "../api/session.ts";
import { useFormat } from "../text/format.ts";
import { save } from "../ui/save.ts";
import { useComplain } from "../ui/problem.tsx";
import type { Area } from "./areas.ts";
import { hasRun, listedOf, similarOf, underWay } from "./data.ts";
import { useImports } from "./words.ts";

interface Props {
  name: string;
  area: Area;
  data: Import;
}

export function Course({ name, area, data }: Props) {
  const say = useImports();
  const format = useFormat();
  const { error, fileExpireTime } = data;
  return (
    <Card>
      <Flex vertical gap={12}>
        {underWay(data) && <Running data={data} />}
        {error && <Alert type="error" showIcon title={error} />}
        {data.state === "STATE_CREATED" && <Alert type="info" showIcon title={say("noFile")} />}
        {hasRun(data) && <Outcome data={data} />}
        <Actions name={name} area={area} data={data} />
        {fileExpireTime && (
          <Typography.Text type="secondary" style={{ fontSize: 13 }}>
            {say("expires", { time: format.time(fileExpireTime) })}
          </Typography.Text>
        )}
      </Flex>
    </Card>
  );
}

const isOver = (data: Import) => hasRun(data) && !underWay(data) && data.state !== "STATE_UNDONE";

function Outcome({ data }: { data: Import }) {
  const say = useImports();
  const format = useFormat();
  const { counts, undoCounts, dryRun, state } = data;
  if (!counts) return null;
  const numbers = (count: object) =>
    Object.fromEntries(Object.entries(count).map(([key, value]) => [key, format.number(value as string)]));
  const { readRows, createdRows, updatedRows, unchangedRows, failedRows } = numbers(counts);
  return (
    <>
      {dryRun && !underWay(data) && <Alert type="info" showIcon title={say("tried")} />}
      <Typography.Text strong>
        {say("counts", {
          read: readRows!,
          created: createdRows!,
          updated: updatedRows!,
          unchanged: unchangedRows!,
          failed: failedRows!,
        })}
      </Typography.Text>
      {similarOf(data) > 0 && !underWay(data) && (
        <Alert type="warning" showIcon title={say("similar", { rows: similarOf(data) })} />
      )}
      {!dryRun && (
        <Typography.Text type="secondary">
          {say("records", {
            created: format.number(counts.createdRecords),
            updated: format.number(counts.updatedRecords),
          })}
        </Typography.Text>
      )}
      {state === "STATE_UNDONE" && undoCounts && (
        <Typography.Text>
          {say("undone", {
            removed: format.number(undoCounts.removedRecords),
            restored: format.number(undoCounts.restoredRecords),
            kept: format.number(undoCounts.keptRecords),
          })}
        </Typography.Text>
      )}
    </>
  );
}

function Running({ data: { readBytes, sizeBytes, counts } }: { data: Import }) {
  const say = useImports();
  const read = say("progress", { read: Number(counts?.readRows ?? 0) });
  const share = Number(sizeBytes) > 0 ? Number(readBytes) / Number(sizeBytes) : 0;
  return (
    <div aria-live="polite">
      <Progress percent={Math.floor(share * 100)} status="active" aria-label={read} />
      <Typography.Text type="secondary">{read}</Typography.Text>
    </div>
  );
}

function Actions({ name, area, data }: Props) {
  const may = useMay();
  const act = useAct(name, data);
  const shown = ACTIONS.filter(({ needs, fits }) => fits(data) && may(area.resource, needs));
  return (
    <Flex gap={8} wrap align="center">
      {shown.map(({ needs, Show }) => (
        <Show key={needs} name={name} area={area} data={data} act={act} />
      ))}
    </Flex>
  );
}

const ACTIONS: { needs: string; fits: (data: Import) => boolean; Show: FunctionComponent<ActionProps> }[] = [
  {
    needs: "create",
    fits: (data) => data.state === "STATE_UPLOADED" || (data.dryRun && isOver(data)),
    Show: Begin,
  },
  { needs: "create", fits: ({ state }) => state === "STATE_RUNNING", Show: Stop },
  { needs: "read_file", fits: (data) => !underWay(data) && listedOf(data) > 0, Show: Failures },
  { needs: "undo", fits: (data) => !data.dryRun && isOver(data), Show: Undo },
];

interface ActionProps extends Props {
  act: ReturnType<typeof useAct>;
}

function Begin({ name, area, data: { importId, etag, mapping }, act }: ActionProps) {
  const say = useImports();
  const run = (dryRun: boolean) => async () => {
    const configured = await area.configure(importId, { dryRun }, { ...ifMatch(etag), ...once() });
    // Kept whatever becomes of the run: the next try needs its etag.
    queries.setQueryData(["imports", name, importId], configured);
    return area.run(importId, {}, { ...ifMatch(configured.etag), ...once() });
  };
  const disabled = mapping.length === 0;
  return (
    <>
      <Button
        disabled={disabled}
        loading={act.isPending}
        onClick={() => act.mutate(run(true))}
        title={say("dryRunHint")}
      >
        {say("dryRun")}
      </Button>
      <Button
        type="primary"
        disabled={disabled}
        loading={act.isPending}
        onClick={() => act.mutate(run(false))}
      >
        {say("run")}
      </Button>
    </>
  );
}

function Stop({ area, data: { importId }, act }: ActionProps) {
  const say = useImports();
  return (
    <Button danger onClick={() => act.mutate(() => area.cancel(importId, {}, once()))}>
      {say("cancel")}
    </Button>
  );
}

function Failures({ area, data, act }: ActionProps) {
  const say = useImports();
  const download = async () => {
    save(await area.failures(data.importId), `${data.fileName}.failures.csv`);
    return data;
  };
  const [what, hint] =
    similarOf(data) > 0 ? (["toCheck", "toCheckHint"] as const) : (["failures", "failuresHint"] as const);
  return (
    <Button icon={<DownloadOutlined />} title={say(hint)} onClick={() => act.mutate(download)}>
      {say(what)}
    </Button>
  );
}

function Undo({ area, data: { importId, etag, kind }, act }: ActionProps) {
  const say = useImports();
  const { modal } = App.useApp();
  const undo = () => area.undo(importId, {}, { ...ifMatch(etag), ...once() });
  const ask = () =>
    void modal.confirm({
      title: say("undoAsk"),
      content: say("undoHint"),
      okText: say("undo"),
      onOk: () => act.mutate(undo),
    });
  return (
    <>
      <Button danger onClick={ask}>
        {say("undo")}
      </Button>
      {kind === "customer" && <Link to="/customers">{say("seeCustomers")}</Link>}
    </>
  );
}

/** Does it, and shows what came of it at once. */
function useAct(name: string, { importId }: Import) {
  const complain = useComplain();
  return useMutation({
    mutationFn: (what: () => Promise<Import>) => what(),
    onSuccess: (after) => {
      queries.setQueryData(["imports", name, importId], after);
      void queries.invalidateQueries({ queryKey: ["imports", name] });
    },
    onError: complain,
  });
}
