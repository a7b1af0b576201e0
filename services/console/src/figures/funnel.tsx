// How selling goes: what is open, what is won, where it sticks.
import { useQuery } from "@tanstack/react-query";
import { Flex } from "antd";
import { Nothing } from "../ui/empty.tsx";
import { Problem } from "../ui/problem.tsx";
import { LostReasons } from "./lost-reasons.tsx";
import { OwnerChoice } from "./owner-choice.tsx";
import { PipelineTiles } from "./pipeline-tiles.tsx";
import { pipelineQuestion } from "./questions.ts";
import { StageFunnel } from "./stage-funnel.tsx";
import { useFiguresSearch } from "./use-search.ts";
import { useSpans } from "./use-span.ts";
import { Wins } from "./wins.tsx";
import { useFigures } from "./words.ts";

export function PipelineFigures() {
  const say = useFigures();
  const [{ filter }] = useFiguresSearch();
  const { span } = useSpans();
  const { data, error, refetch } = useQuery(pipelineQuestion(span, undefined, filter));
  const currency = data?.rows.toSorted((a, b) => b.count - a.count)[0]?.currencyCode ?? "CNY";
  return (
    <Flex vertical gap={16}>
      <Flex>
        <OwnerChoice field="owner_id" />
      </Flex>
      {error && <Problem error={error} again={() => void refetch()} />}
      {data?.rows.length === 0 && (
        <Nothing title={say("noOpportunities")} hint={say("noOpportunitiesHint")} />
      )}
      {data && data.rows.length > 0 && (
        <>
          <PipelineTiles currency={currency} />
          <div className="figure-cards">
            <StageFunnel />
            <Wins currency={currency} />
            <LostReasons />
          </div>
        </>
      )}
    </Flex>
  );
}
