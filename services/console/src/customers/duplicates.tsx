// Customers that stand in the book more than once: pairs to judge, those that were judged, and merges to take back.
import { Button, Flex, Segmented, Typography } from "antd";
import { useState } from "react";
import { useMay } from "../api/session.ts";
import { useFormat } from "../text/format.ts";
import { Page } from "../ui/page.tsx";
import { Problem } from "../ui/problem.tsx";
import { Pairs } from "./duplicates/pairs.tsx";
import { RecentMerges } from "./duplicates/recent-merges.tsx";
import { useScan, useScanning } from "./duplicates/scan.ts";
import { useDuplicateWords } from "./duplicates/words.ts";

type View = "open" | "dismissed" | "merges";

export function Duplicates() {
  const say = useDuplicateWords();
  const may = useMay();
  const [view, setView] = useState<View>("open");
  const { scan, error, refetch, isRunning } = useScan();
  const { start, cancel } = useScanning();
  const mayMerge = may("customer", "merge");
  return (
    <Page
      title={say("title")}
      note={<ScanNote />}
      actions={
        mayMerge &&
        (isRunning ? (
          <Button loading={cancel.isPending} onClick={() => scan && cancel.mutate(scan.duplicateScanId)}>
            {say("cancel")}
          </Button>
        ) : (
          <Button type="primary" loading={start.isPending} onClick={() => start.mutate()}>
            {say("start")}
          </Button>
        ))
      }
    >
      {error && <Problem error={error} again={() => void refetch()} />}
      <Flex>
        <Segmented<View>
          value={view}
          options={(["open", "dismissed", "merges"] as const).map((value) => ({ value, label: say(value) }))}
          onChange={setView}
        />
      </Flex>
      {view === "merges" ? (
        <RecentMerges />
      ) : (
        <Pairs key={view} isDismissed={view === "dismissed"} wasScanned={Boolean(scan)} />
      )}
    </Page>
  );
}

/** What the newest scan has looked at, and found. */
function ScanNote() {
  const say = useDuplicateWords();
  const format = useFormat();
  const { scan } = useScan();
  if (scan === undefined) return <span> </span>;
  if (scan === null) return say("never");
  if (scan.state === "STATE_RUNNING") return <span role="status">{say("running")}</span>;
  if (scan.state === "STATE_FAILED")
    return <Typography.Text type="danger">{say("failed", { error: scan.error })}</Typography.Text>;
  if (scan.state === "STATE_CANCELLED") return say("cancelled");
  const summary = say("lastScan", {
    time: format.fromNow(scan.endTime),
    customers: scan.customerCount,
    kept: scan.keptCount,
  });
  return scan.newCount > 0 ? `${summary} · ${say("news", { count: scan.newCount })}` : summary;
}
