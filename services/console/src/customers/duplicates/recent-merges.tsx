import { getMerge, type Merge } from "@guanxi/client/gen/guanxi";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Card, Flex, Typography } from "antd";
import { useMay } from "../../api/session.ts";
import { useFormat } from "../../text/format.ts";
import { Age } from "../../ui/age.tsx";
import { Nothing } from "../../ui/empty.tsx";
import { useUnmerge } from "../merge.tsx";
import { useRecentMerges } from "./recent.ts";
import { useDuplicateWords } from "./words.ts";

export function RecentMerges() {
  const say = useDuplicateWords();
  const kept = useRecentMerges();
  const merges = useQueries({
    queries: kept.map(({ mergeId }) => ({
      queryKey: ["merges", mergeId],
      retry: false, // of another system that this browser has seen
      queryFn: ({ signal }: { signal: AbortSignal }) => getMerge(mergeId, { signal }),
    })),
    combine: (all) => all.flatMap(({ data }) => data ?? []),
  });
  if (merges.length === 0)
    return (
      <Card>
        <Nothing title={say("noneMerged")} hint={say("mergesHint")} />
      </Card>
    );
  return (
    <Flex vertical gap={12}>
      <Typography.Text type="secondary">{say("mergesHint")}</Typography.Text>
      {merges.map((merge) => (
        <MergeCard
          key={merge.mergeId}
          merge={merge}
          absorbed={kept.find(({ mergeId }) => mergeId === merge.mergeId)?.absorbed ?? []}
        />
      ))}
    </Flex>
  );
}

function MergeCard({ merge, absorbed }: { merge: Merge; absorbed: readonly string[] }) {
  const say = useDuplicateWords();
  const format = useFormat();
  const may = useMay();
  const { modal } = App.useApp();
  const undo = useUnmerge();
  const { mergeId, survivor, survivorCustomerId, createTime, undoTime, reason } = merge;
  const ask = () =>
    modal.confirm({
      title: say("undoTitle"),
      content: say("undoBody"),
      okText: say("undo"),
      // The mutation has complained; the dialog closes all the same.
      onOk: () => undo.mutateAsync(mergeId).catch(() => undefined),
    });
  return (
    <Card size="small">
      <Flex justify="space-between" align="center" gap={12} wrap>
        <Flex vertical style={{ minWidth: 0 }}>
          <Link to="/customers/$customerId" params={{ customerId: survivorCustomerId }}>
            {say("mergedInto", { names: absorbed.join(", "), survivor: survivor?.displayName ?? "" })}
          </Link>
          <Typography.Text type="secondary">
            <Age time={createTime} />
            {reason && ` · ${reason}`}
          </Typography.Text>
        </Flex>
        {undoTime ? (
          <Typography.Text type="secondary">
            {say("undone", { time: format.fromNow(undoTime) })}
          </Typography.Text>
        ) : (
          may("customer", "merge") && (
            <Button loading={undo.isPending} onClick={() => void ask()}>
              {say("undo")}
            </Button>
          )
        )}
      </Flex>
    </Card>
  );
}
