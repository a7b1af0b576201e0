import { Button, Flex, Segmented, Table, Tooltip, Typography } from "antd";
import { useState } from "react";
import { saveCsv } from "../../ui/save.ts";
import type { Outcome, Result } from "./run.ts";
import { useBulkWords } from "./words.ts";

interface Props {
  results: readonly Result[];
  onUndo?: () => void;
  onAgain?: () => void;
}

const OUTCOMES: readonly Outcome[] = ["done", "unchanged", "refused", "left"];

export function Results({ results, onUndo, onAgain }: Props) {
  const say = useBulkWords();
  const count = (outcome: Outcome) => results.filter((each) => each.outcome === outcome).length;
  const open = count("refused") + count("left");
  const [shown, setShown] = useState<Outcome | "all">(count("refused") > 0 ? "refused" : "all");
  const rows = results.filter(({ outcome }) => shown === "all" || outcome === shown);
  return (
    <Flex vertical gap={12}>
      <Typography.Text strong role="status">
        {count("left") > 0
          ? say("stopped", { left: count("left") })
          : say("finished", { all: results.length })}
      </Typography.Text>
      <Segmented
        value={shown}
        options={[
          { value: "all" as const, label: `${say("all")} ${results.length}` },
          ...OUTCOMES.filter((each) => count(each) > 0).map((each) => ({
            value: each,
            label: `${say(each)} ${count(each)}`,
          })),
        ]}
        onChange={(value) => setShown(value)}
      />
      <Table
        size="small"
        virtual
        scroll={{ x: 480, y: 320 }}
        pagination={false}
        rowKey={({ row }) => row.customerId}
        dataSource={rows}
        columns={[
          { title: say("customer"), width: 180, ellipsis: true, render: (_, { row }) => row.displayName },
          {
            title: say("outcome"),
            width: 96,
            render: (_, { outcome }) => (
              <Typography.Text
                type={outcome === "refused" ? "danger" : outcome === "done" ? "success" : "secondary"}
              >
                {say(outcome)}
              </Typography.Text>
            ),
          },
          {
            title: say("why"),
            width: 204,
            ellipsis: true,
            render: (_, { reason }) => <span title={reason}>{reason}</span>,
          },
        ]}
      />
      <Flex gap={8} wrap>
        <Download results={results} />
        {onAgain && open > 0 && <Button onClick={onAgain}>{say("retry", { count: open })}</Button>}
        {onUndo && count("done") > 0 && (
          <Tooltip title={say("undoHint")}>
            <Button onClick={onUndo}>{say("undo")}</Button>
          </Tooltip>
        )}
      </Flex>
    </Flex>
  );
}

function Download({ results }: { results: readonly Result[] }) {
  const say = useBulkWords();
  const download = () => {
    const head = [say("id"), say("customer"), say("outcome"), say("why"), say("trace")];
    const lines = results.map(({ row, outcome, reason = "", traceId = "" }) => [
      row.customerId,
      row.displayName,
      say(outcome),
      reason,
      traceId,
    ]);
    saveCsv(say("file"), [head, ...lines]);
  };
  return <Button onClick={download}>{say("download")}</Button>;
}
