import type { Case } from "@guanxi/client/gen/guanxi";
import { Typography } from "antd";
import { useLabel } from "../../text/texts.ts";
import { useNames } from "../data.ts";
import { useWords } from "../words.ts";

const FIELDS = [
  "status",
  "priority",
  "assigneeId",
  "queueId",
  "kind",
  "phase",
  "subject",
  "description",
  "topic",
  "resolution",
] as const;
type Field = (typeof FIELDS)[number];

export const changedFields = (before: Case, now: Case): Field[] =>
  FIELDS.filter((field) => before[field] !== now[field]);

const WORDS = {
  status: "status",
  priority: "priority",
  assigneeId: "assignee",
  queueId: "queue",
  kind: "kind",
  phase: "phase",
  subject: "subject",
  description: "description",
  topic: "topic",
  resolution: "resolution",
} as const;

/** What somebody else has changed, and beside it what one wanted oneself. */
export function Differences({ before, now, mine = {} }: { before: Case; now: Case; mine?: Partial<Case> }) {
  const say = useWords();
  const show = useShown();
  const changed = changedFields(before, now);
  if (changed.length === 0) return <Typography.Text type="secondary">{say("conflictOther")}</Typography.Text>;
  return (
    <ul style={{ margin: 0, paddingInlineStart: 20 }}>
      {changed.map((field) => (
        <li key={field}>
          {say("changed", {
            field: say(WORDS[field]),
            from: show(field, before[field]),
            to: show(field, now[field]),
          })}
          {mine[field] !== undefined && mine[field] !== now[field] && (
            <div>
              <Typography.Text type="secondary">
                {say("mine", { value: show(field, mine[field]) })}
              </Typography.Text>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

const ENUMS: Partial<Record<Field, string>> = {
  status: "CaseStatus",
  priority: "CasePriority",
  kind: "CaseKind",
  phase: "CasePhase",
  resolution: "CaseResolution",
};

function useShown(): (field: Field, value: string) => string {
  const label = useLabel();
  const nameOf = useNames();
  return (field, value) => {
    const name = ENUMS[field];
    if (name) return label(name, value) || "—";
    return (field === "assigneeId" || field === "queueId" ? nameOf(value) : value) || "—";
  };
}
