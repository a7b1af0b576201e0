// What was imported, by whom, and what came of it.
import { UploadOutlined } from "@ant-design/icons";
import type { Import } from "@guanxi/client/gen/guanxi";
import { Link } from "@tanstack/react-router";
import { Button, Card, Flex, Table, Tag, Typography } from "antd";
import { useState } from "react";
import { useMay } from "../api/session.ts";
import { useFormat } from "../text/format.ts";
import { useLabel } from "../text/texts.ts";
import { Age } from "../ui/age.tsx";
import { Nothing } from "../ui/empty.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { Problem } from "../ui/problem.tsx";
import { AREAS } from "./areas.ts";
import { useNewest } from "./data.ts";
import { Start } from "./start.tsx";
import { useImports } from "./words.ts";

type Row = Import & { area: string };

export function Imports() {
  const say = useImports();
  const may = useMay();
  const [starting, setStarting] = useState(false);
  const { rows, loading, errors } = useNewest();
  const allowed = Object.values(AREAS).some(({ resource }) => may(resource, "create"));
  const start = allowed && (
    <Button type="primary" icon={<UploadOutlined />} onClick={() => setStarting(true)}>
      {say("start")}
    </Button>
  );
  return (
    <Page title={say("title")} note={say("note")} actions={start}>
      {errors.map((error) => (
        <Problem key={error.message} error={error} />
      ))}
      <Card styles={{ body: { padding: rows.length ? 0 : 24 } }}>
        {loading && rows.length === 0 && <Loading />}
        {!loading && rows.length === 0 && (
          <Nothing title={say("none")} hint={say("noneHint")} action={start} />
        )}
        {rows.length > 0 && <Rows rows={rows} />}
      </Card>
      {starting && <Start onEnd={() => setStarting(false)} />}
    </Page>
  );
}

function Rows({ rows }: { rows: Row[] }) {
  const say = useImports();
  const label = useLabel();
  const format = useFormat();
  return (
    <Table<Row>
      rowKey="importId"
      size="middle"
      dataSource={rows}
      pagination={false}
      scroll={{ x: "max-content" }}
      columns={[
        {
          title: say("file"),
          key: "file",
          width: 260,
          render: (_, { area, importId, fileName }) => (
            <Link to="/imports/$area/$importId" params={{ area, importId }}>
              <Typography.Text ellipsis={{ tooltip: fileName }} style={{ color: "inherit", maxWidth: 240 }}>
                {fileName}
              </Typography.Text>
            </Link>
          ),
        },
        { title: say("kind"), key: "kind", render: (_, { kind }) => label("ImportKind", kind) },
        { title: say("state"), key: "state", render: (_, row) => <State of={row} /> },
        {
          title: say("rows"),
          key: "rows",
          align: "right",
          render: (_, { counts }) => format.number(counts?.readRows ?? "0"),
        },
        {
          title: say("result"),
          key: "result",
          render: (_, { counts, state }) =>
            counts && state !== "STATE_UPLOADED" && state !== "STATE_CREATED" ? (
              <Brief counts={counts} />
            ) : (
              ""
            ),
        },
        { title: say("who"), key: "who", render: (_, { creator }) => creator?.name },
        { title: say("when"), key: "when", render: (_, { createTime }) => <Age time={createTime} /> },
      ]}
    />
  );
}

function Brief({ counts }: { counts: NonNullable<Import["counts"]> }) {
  const format = useFormat();
  const parts: [sign: string, value: string, type?: "danger"][] = [
    ["+", counts.createdRows],
    ["~", counts.updatedRows],
    ["=", counts.unchangedRows],
    ["×", counts.failedRows, "danger"],
  ];
  return (
    <Flex gap={10} style={{ whiteSpace: "nowrap" }}>
      {parts
        .filter(([, value]) => value !== "0")
        .map(([sign, value, type]) => (
          <Typography.Text key={sign} type={type}>
            {sign} {format.number(value)}
          </Typography.Text>
        ))}
    </Flex>
  );
}

const COLOURS: Partial<Record<Import["state"], string>> = {
  STATE_COMPLETED: "success",
  STATE_COMPLETED_WITH_ERRORS: "warning",
  STATE_FAILED: "error",
  STATE_RUNNING: "processing",
  STATE_UNDOING: "processing",
};

export function State({ of: { state, dryRun } }: { of: Import }) {
  const say = useImports();
  const label = useLabel();
  const ended = state === "STATE_COMPLETED" || state === "STATE_COMPLETED_WITH_ERRORS";
  return (
    <Tag color={COLOURS[state] ?? "default"} variant="filled">
      {dryRun && ended ? `${say("dryRun")} · ${label("ImportState", state)}` : label("ImportState", state)}
    </Tag>
  );
}
