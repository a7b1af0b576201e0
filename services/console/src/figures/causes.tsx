import type { ComplaintCause, QueryComplaintCausesResponse } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Flex, Tag, Tooltip } from "antd";
import { useState } from "react";
import { useLabel } from "../text/texts.ts";
import { Nothing } from "../ui/empty.tsx";
import { FigureCard } from "./card.tsx";
import { Choose } from "./choose.tsx";
import { paretoOf } from "./pareto.ts";
import { complaintCausesQuestion } from "./questions.ts";
import { useRows } from "./rows/context.ts";
import { useShow } from "./sheet.ts";
import { useChartStyle } from "./style.ts";
import { useSpans } from "./use-span.ts";
import { useFigures } from "./words.ts";

type By = "BY_ROOT_CAUSE" | "BY_TOPIC";

/** What complaints are about, the largest cause first, and which cause is on the rise. */
export function Causes() {
  const { span } = useSpans();
  const [by, setBy] = useState<By>("BY_ROOT_CAUSE");
  const say = useFigures();
  const show = useShow();
  const open = useRows();
  const style = useChartStyle();
  const answer = useQuery(complaintCausesQuestion(span, by));
  const causes = answer.data?.causes ?? [];
  const nameOf = useCauseName(by);
  return (
    <FigureCard
      figure="complaint_causes"
      origin={{ source: "GET /v1/complaintCauses", asOf: answer.data?.asOfTime }}
      error={answer.error}
      again={() => void answer.refetch()}
      note={answer.data && <Counted answer={answer.data} />}
      empty={
        answer.data &&
        causes.length === 0 && <Nothing title={say("noComplaints")} hint={say("noComplaintsHint")} />
      }
      choice={
        <Choose
          label={say("byDimension")}
          value={by}
          onChange={setBy}
          options={[
            { value: "BY_ROOT_CAUSE", label: say("byRootCause") },
            { value: "BY_TOPIC", label: say("byTopic") },
          ]}
        />
      }
      sheet={
        answer.data && {
          columns: [
            { key: "cause", title: say(by === "BY_TOPIC" ? "byTopic" : "byRootCause"), kind: "text" },
            { key: "count", title: say("complaints"), kind: "count" },
            { key: "share", title: say("share"), kind: "share" },
            { key: "cumulative", title: say("cumulative"), kind: "share" },
          ],
          rows: causes.map((cause) => [nameOf(cause), cause.count, cause.share, cause.cumulativeShare]),
        }
      }
      chart={paretoOf(
        causes.map((cause) => ({
          name: nameOf(cause),
          count: cause.count,
          cumulative: cause.cumulativeShare,
          color: cause.rise?.rising ? style.error : undefined,
        })),
        style,
        {
          count: say("complaints"),
          cumulative: say("cumulative"),
          percent: (ratio) => show(ratio, "share"),
          number: (count) => show(count, "count"),
        },
      )}
      onPick={(place) => {
        const cause = causes[place];
        if (cause)
          open({ facts: "cases", filter: cause.rowsFilter, title: nameOf(cause), count: cause.count });
      }}
    >
      <Rising causes={causes.filter(({ rise }) => rise?.rising)} nameOf={nameOf} />
    </FigureCard>
  );
}

function useCauseName(by: By): (cause: ComplaintCause) => string {
  const label = useLabel();
  return ({ cause }) => (by === "BY_TOPIC" ? cause : label("CaseRootCause", `ROOT_CAUSE_${cause}`));
}

function Counted({
  answer: { complaintCount, withoutCauseCount },
}: {
  answer: QueryComplaintCausesResponse;
}) {
  const say = useFigures();
  const counted = say("paretoOf", { count: complaintCount });
  return withoutCauseCount > 0
    ? `${counted} · ${say("withoutCause", { count: withoutCauseCount })}`
    : counted;
}

function Rising({ causes, nameOf }: { causes: ComplaintCause[]; nameOf: (cause: ComplaintCause) => string }) {
  const say = useFigures();
  const show = useShow();
  if (causes.length === 0) return null;
  return (
    <Flex gap={8} wrap>
      {causes.map((cause) => (
        <Tooltip
          key={cause.cause}
          title={say("risingHint", {
            count: cause.rise?.count ?? 0,
            expected: show(cause.rise?.expectedCount, "number"),
            limit: cause.rise?.limitCount ?? 0,
          })}
        >
          <Tag color="error">
            {nameOf(cause)} {say("rising")}
          </Tag>
        </Tooltip>
      ))}
    </Flex>
  );
}
