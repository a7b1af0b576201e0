// Where the case has stood, whose it was, and why: newest first.
import type { Case, CaseChange } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Timeline, Typography } from "antd";
import { useFormat } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { Loading } from "../../ui/loading.tsx";
import { Problem } from "../../ui/problem.tsx";
import { changesQuery, useNames } from "../data.ts";
import { useWords } from "../words.ts";

export function History({ it }: { it: Case }) {
  const { data, error, refetch } = useQuery(changesQuery(it));
  if (error) return <Problem error={error} again={() => void refetch()} />;
  if (!data) return <Loading />;
  const items = data.map((change, index) => ({
    key: change.version,
    content: <Change change={change} before={data[index - 1]} />,
  }));
  return <Timeline style={{ paddingTop: 8 }} items={items.toReversed()} />;
}

function Change({ change, before }: { change: CaseChange; before: CaseChange | undefined }) {
  const say = useWords();
  const format = useFormat();
  const lines = useLines(change, before);
  return (
    <>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
      {change.reason && <div>“{change.reason}”</div>}
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {say("changedBy", { name: change.actor?.name || say("machine"), time: format.time(change.time) })}
      </Typography.Text>
    </>
  );
}

function useLines(change: CaseChange, before: CaseChange | undefined): string[] {
  const say = useWords();
  const label = useLabel();
  const nameOf = useNames();
  if (!before) return [say("made")];
  const moved = (from: string, to: string, name: string) =>
    from === to ? [] : [say("changed", { field: name, from: from || "—", to: to || "—" })];
  return [
    ...moved(label("CaseStatus", before.status), label("CaseStatus", change.status), say("status")),
    ...moved(label("CasePriority", before.priority), label("CasePriority", change.priority), say("priority")),
    ...moved(nameOf(before.queueId), nameOf(change.queueId), say("queue")),
    ...moved(nameOf(before.assigneeId), nameOf(change.assigneeId), say("assignee")),
    ...(change.escalationLevel > before.escalationLevel
      ? [say("escalated", { level: change.escalationLevel })]
      : []),
  ];
}
