// The stages that an opportunity went through, and how long it stayed.
import type { Opportunity, Pipeline } from "@guanxi/client/gen/guanxi";
import { Timeline, Typography } from "antd";
import { useFormat } from "../text/format.ts";
import { useUserName } from "./data.ts";
import { todayText } from "./days.ts";
import { useShown } from "./shown.ts";
import { type Step, stepsOf } from "./way.ts";
import { useWords } from "./words.ts";

export function DealWay({ deal, pipeline }: { deal: Opportunity; pipeline: Pipeline }) {
  const { shown } = useShown(pipeline);
  const steps = stepsOf(deal.stageEntries, todayText());
  return (
    <Timeline
      items={steps.map((step, index) => ({
        key: `${index} ${step.entry.stageId}`,
        color: colorOf(step, index === steps.length - 1),
        content: (
          <StepText
            step={step}
            name={shown("stageId", step.entry.stageId)}
            last={index === steps.length - 1}
          />
        ),
      }))}
    />
  );
}

function colorOf({ entry: { stageType } }: Step, last: boolean): string {
  if (!last) return "gray";
  if (stageType === "TYPE_WON") return "green";
  return stageType === "TYPE_LOST" ? "red" : "blue";
}

function StepText({ step: { entry, day, days }, name, last }: { step: Step; name: string; last: boolean }) {
  const say = useWords();
  const format = useFormat();
  const userName = useUserName();
  const facts = [
    day ? format.date(day) : say("dayUnknown"),
    days !== undefined && say(last ? "daysSoFar" : "days", { days }),
    entry.userId && say("by", { name: userName(entry.userId) || say("unknown") }),
  ];
  return (
    <>
      <Typography.Text strong={last}>{name}</Typography.Text>
      <div className="deal-faint">{facts.filter(Boolean).join(" · ")}</div>
      {entry.reason && <div>{entry.reason}</div>}
    </>
  );
}
