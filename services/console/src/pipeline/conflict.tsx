import type { Opportunity, Pipeline } from "@guanxi/client/gen/guanxi";
import { Alert, Button, Flex } from "antd";
import { problemOf } from "../api/api.ts";
import { Problem } from "../ui/problem.tsx";
import { useShown } from "./shown.ts";
import { useWords } from "./words.ts";

interface Props {
  fields: { label: string; theirs: string; mine: string }[];
  onMine: () => void;
  onTheirs: () => void;
}

/** Somebody else was quicker: both values, and the choice. */
export function ConflictNote({ fields, onMine, onTheirs }: Props) {
  const say = useWords();
  return (
    <Alert
      type="warning"
      showIcon
      title={say("conflict")}
      description={
        <Flex vertical gap={8}>
          {fields.map(({ label, theirs, mine }) => (
            <div key={label}>
              {say("conflictField", {
                field: label,
                theirs: theirs || say("empty"),
                mine: mine || say("empty"),
              })}
            </div>
          ))}
          <Flex gap={8}>
            <Button size="small" type="primary" onClick={onMine}>
              {say("useMine")}
            </Button>
            <Button size="small" onClick={onTheirs}>
              {say("useTheirs")}
            </Button>
          </Flex>
        </Flex>
      }
    />
  );
}

/** Why a dialog was refused; where somebody else was quicker, how it stands now, for the next try goes over that. */
export function Refused({
  error,
  now,
}: {
  error: unknown;
  now: readonly (readonly [label: string, value: string])[];
}) {
  const say = useWords();
  if (problemOf(error).status !== 412) return <Problem error={error} />;
  return (
    <Alert
      type="warning"
      showIcon
      title={say("changedBefore")}
      description={now.map(([field, value]) => (
        <div key={field}>{say("nowField", { field, value: value || say("empty") })}</div>
      ))}
    />
  );
}

interface DealRefusedProps {
  error: unknown;
  deal: Opportunity;
  pipeline: Pipeline;
}

export function DealRefused({ error, deal, pipeline }: DealRefusedProps) {
  const { labelOf, shown } = useShown(pipeline);
  const fields = ["stageId", "amount"] as const;
  return <Refused error={error} now={fields.map((field) => [labelOf(field), shown(field, deal[field])])} />;
}
