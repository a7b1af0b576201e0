// How customers are served: promises kept, times, what waits, and what complaints are about.
import { useQuery } from "@tanstack/react-query";
import { Flex } from "antd";
import { Nothing } from "../ui/empty.tsx";
import { Problem } from "../ui/problem.tsx";
import { Backlog } from "./backlog.tsx";
import { figureIn } from "./figure-in.ts";
import { OwnerChoice } from "./owner-choice.tsx";
import { serviceQuestion } from "./questions.ts";
import { Causes } from "./causes.tsx";
import { Promises } from "./promises.tsx";
import { ServiceTiles } from "./service-tiles.tsx";
import { useFiguresSearch } from "./use-search.ts";
import { useSpans } from "./use-span.ts";
import { useFigures } from "./words.ts";

export function Service() {
  const say = useFigures();
  const [{ filter }] = useFiguresSearch();
  const { span } = useSpans();
  const answer = useQuery(serviceQuestion(span, undefined, filter));
  const cases = figureIn(answer.data?.groups[0], "cases")?.numerator;
  return (
    <Flex vertical gap={16}>
      <Flex>
        <OwnerChoice field="assignee_id" />
      </Flex>
      {answer.error && <Problem error={answer.error} again={() => void answer.refetch()} />}
      {cases === 0 && <Nothing title={say("noCases")} hint={say("noCasesHint")} />}
      {cases !== undefined && cases > 0 && (
        <>
          <ServiceTiles />
          <div className="figure-cards">
            <Promises />
            <Backlog />
            <Causes />
          </div>
        </>
      )}
    </Flex>
  );
}
