// What customers think of us. A result of a handful of answers is none.
import { useQuery } from "@tanstack/react-query";
import { Flex } from "antd";
import { Nothing } from "../ui/empty.tsx";
import { Loading } from "../ui/loading.tsx";
import { Problem } from "../ui/problem.tsx";
import { figureIn, type GroupAnswer } from "./figure-in.ts";
import { GroupTile } from "./group-tile.tsx";
import { feedbackQuestion, satisfactionQuestion } from "./questions.ts";
import { SatisfactionBy } from "./satisfaction-by.tsx";
import { SatisfactionTrend } from "./satisfaction-trend.tsx";
import { LEAST_ANSWERS } from "./scores.ts";
import { useSpans } from "./use-span.ts";
import { useFigures } from "./words.ts";

const SCORES = ["customer_satisfaction", "net_promoter_score", "customer_effort_score"] as const;
const FEEDBACK = [
  "feedback",
  "open_feedback",
  "feedback_response_rate",
  "feedback_in_time_rate",
  "closed_loop_rate",
  "feedback_response_time_median",
] as const;

export function Satisfaction() {
  return (
    <Flex vertical gap={16}>
      <Answers />
      <Feedback />
    </Flex>
  );
}

function Answers() {
  const say = useFigures();
  const { span, before } = useSpans();
  const { data: now, error, refetch } = useQuery(satisfactionQuestion(span));
  const then = useQuery(satisfactionQuestion(before)).data;
  if (error) return <Problem error={error} again={() => void refetch()} />;
  if (!now) return <Loading />;
  const common = { source: "GET /v1/satisfactionFigures", now, before: then };
  if (countIn(now, "answers") + countIn(now, "invited") === 0)
    return <Nothing title={say("noAnswers")} hint={say("noAnswersHint")} />;
  return (
    <>
      <div className="figure-tiles">
        {SCORES.map((figure) => (
          <GroupTile key={figure} {...common} figure={figure} least={LEAST_ANSWERS} />
        ))}
        <GroupTile {...common} figure="response_rate" />
      </div>
      <div className="figure-cards">
        <SatisfactionTrend />
        <SatisfactionBy />
      </div>
    </>
  );
}

function Feedback() {
  const say = useFigures();
  const { span, before } = useSpans();
  const { data: now, error, refetch } = useQuery(feedbackQuestion(span));
  const then = useQuery(feedbackQuestion(before)).data;
  if (error) return <Problem error={error} again={() => void refetch()} />;
  if (!now) return <Loading rows={2} />;
  if (countIn(now, "feedback") === 0)
    return <Nothing title={say("noFeedback")} hint={say("noFeedbackHint")} />;
  return (
    <div className="figure-tiles">
      {FEEDBACK.map((figure) => (
        <GroupTile key={figure} figure={figure} source="GET /v1/feedbackFigures" now={now} before={then} />
      ))}
    </div>
  );
}

const countIn = (answer: GroupAnswer, figure: string) => figureIn(answer.groups[0], figure)?.numerator ?? 0;
