import type { FigureDimension, FigureGroup } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Flex, Select } from "antd";
import { useState } from "react";
import { useLabel } from "../text/texts.ts";
import { barsHeight, barsOf } from "./bars.ts";
import { FigureCard } from "./card.tsx";
import { useNames } from "./figure-words.ts";
import { satisfactionQuestion } from "./questions.ts";
import { useRows } from "./rows/context.ts";
import { ScoreChoice } from "./satisfaction-trend.tsx";
import { SCORES, scoreIn, type ScoreName } from "./scores.ts";
import { useShow } from "./sheet.ts";
import { useChartStyle } from "./style.ts";
import { useFiguresSearch } from "./use-search.ts";
import { useSpans } from "./use-span.ts";
import { type FigureWord, useFigures } from "./words.ts";

const DIMENSIONS = {
  agent: { dimension: "FIGURE_DIMENSION_AGENT", word: "byAgent" },
  team: { dimension: "FIGURE_DIMENSION_TEAM", word: "byTeam" },
  product: { dimension: "FIGURE_DIMENSION_PRODUCT", word: "byProduct" },
  survey: { dimension: "FIGURE_DIMENSION_SURVEY", word: "bySurvey" },
  queue: { dimension: "FIGURE_DIMENSION_QUEUE", word: "byQueue" },
  topic: { dimension: "FIGURE_DIMENSION_TOPIC", word: "byTopic" },
  grade: { dimension: "FIGURE_DIMENSION_GRADE", word: "byGrade" },
} satisfies Record<string, { dimension: FigureDimension; word: FigureWord }>;

type By = keyof typeof DIMENSIONS;

export function SatisfactionBy() {
  const [search, change] = useFiguresSearch();
  const by = search.by && search.by in DIMENSIONS ? (search.by as By) : "agent";
  const { span } = useSpans();
  const [score, setScore] = useState<ScoreName>("csat");
  const say = useFigures();
  const names = useNames();
  const show = useShow();
  const label = useLabel();
  const open = useRows();
  const style = useChartStyle();
  const answer = useQuery(satisfactionQuestion(span, DIMENSIONS[by].dimension));
  const { figure, kind } = SCORES[score];
  const nameOf = ({ values: [value = ""], labels: [words = ""] }: FigureGroup) =>
    (by === "grade" ? label("Grade", `GRADE_${value}`) : words || value) || say("unknown");
  const rows = (answer.data?.groups ?? [])
    .map((group) => ({ name: nameOf(group), ...scoreIn(group, figure) }))
    .filter(({ n }) => n > 0)
    .toSorted((a, b) => b.n - a.n);
  return (
    <FigureCard
      figure="satisfaction_by"
      origin={{ source: "GET /v1/satisfactionFigures", asOf: answer.data?.asOfTime }}
      error={answer.error}
      again={() => void answer.refetch()}
      choice={
        <Flex gap={8} wrap>
          <ScoreChoice score={score} setScore={setScore} />
          <Select<By>
            aria-label={say("byDimension")}
            size="small"
            style={{ width: 120 }}
            value={by}
            onChange={(value) => change({ by: value })}
            options={Object.entries(DIMENSIONS).map(([value, { word }]) => ({
              value: value as By,
              label: say(word),
            }))}
          />
        </Flex>
      }
      sheet={
        answer.data && {
          columns: [
            { key: "name", title: say(DIMENSIONS[by].word), kind: "text" },
            { key: "value", title: names(figure), kind },
            { key: "n", title: "n", kind: "count" },
          ],
          rows: rows.map(({ name, value, n }) => [name, value, n]),
        }
      }
      height={barsHeight(rows.length)}
      chart={barsOf(
        rows.map(({ name, value, n }) => ({
          name,
          value,
          label: `${value === undefined ? say("tooFew") : show(value, kind)} · n = ${show(n, "count")}`,
        })),
        style,
        (value) => show(value, kind),
      )}
      onPick={(place) => {
        const row = rows[place];
        if (row) open({ facts: "answers", filter: row.rowsFilter, title: row.name, count: row.n });
      }}
    />
  );
}
