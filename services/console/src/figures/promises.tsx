import type { FigureDimension, FigureGroup } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { useLabel } from "../text/texts.ts";
import { FROM_0_TO_1 } from "./axis.ts";
import { FigureCard } from "./card.tsx";
import { Choose } from "./choose.tsx";
import { useNames } from "./figure-words.ts";
import { figureIn } from "./figure-in.ts";
import { serviceQuestion } from "./questions.ts";
import { useRows } from "./rows/context.ts";
import { useShow } from "./sheet.ts";
import { useChartStyle } from "./style.ts";
import { useFiguresSearch } from "./use-search.ts";
import { useSpans } from "./use-span.ts";
import { type FigureWord, useFigures } from "./words.ts";

const DIMENSIONS = {
  month: { dimension: "FIGURE_DIMENSION_MONTH", word: "byMonth" },
  agent: { dimension: "FIGURE_DIMENSION_AGENT", word: "byAgent" },
  queue: { dimension: "FIGURE_DIMENSION_QUEUE", word: "byQueue" },
  kind: { dimension: "FIGURE_DIMENSION_KIND", word: "byKind" },
  priority: { dimension: "FIGURE_DIMENSION_PRIORITY", word: "byPriority" },
  grade: { dimension: "FIGURE_DIMENSION_GRADE", word: "byGrade" },
} satisfies Record<string, { dimension: FigureDimension; word: FigureWord }>;

type By = keyof typeof DIMENSIONS;

/** As groups name an enum's value: its name without what all of them begin with. */
const ENUMS: Partial<Record<By, readonly [name: string, prefix: string]>> = {
  kind: ["CaseKind", "KIND_"],
  priority: ["CasePriority", "PRIORITY_"],
  grade: ["Grade", "GRADE_"],
};

const FIGURES = [
  "sla_attainment",
  "sla_attainment_first_response",
  "sla_attainment_next_response",
  "sla_attainment_resolution",
] as const;

/** Promises kept, told apart by what is chosen; each bar says how many promises it is of. */
export function Promises() {
  const [search, change] = useFiguresSearch();
  const by = search.by && search.by in DIMENSIONS ? (search.by as By) : "month";
  const { span } = useSpans();
  const say = useFigures();
  const names = useNames();
  const show = useShow();
  const label = useLabel();
  const open = useRows();
  const style = useChartStyle();
  const answer = useQuery(serviceQuestion(span, DIMENSIONS[by].dimension, search.filter));
  const groups = (answer.data?.groups ?? []).filter((group) => of(group).denominator > 0);
  const nameOf = ({ values: [value = ""], labels: [words = ""] }: FigureGroup) => {
    const [name, prefix] = ENUMS[by] ?? [];
    if (by === "month") return value.slice(0, 7);
    return (name ? label(name, `${prefix}${value}`) : words) || say("unknown");
  };
  const percent = (value: number | undefined) => show(value, "share");
  const definition = answer.data?.definitions.find(({ figure }) => figure === "sla_attainment")?.definition;
  return (
    <FigureCard
      figure="sla_attainment"
      wide
      origin={{ source: "GET /v1/serviceFigures", definition, asOf: answer.data?.asOfTime }}
      error={answer.error}
      again={() => void answer.refetch()}
      choice={
        <Choose
          label={say("byDimension")}
          value={by}
          onChange={(value) => change({ by: value })}
          options={Object.entries(DIMENSIONS).map(([value, { word }]) => ({
            value: value as By,
            label: say(word),
          }))}
        />
      }
      sheet={
        answer.data && {
          columns: [
            { key: "name", title: say(DIMENSIONS[by].word), kind: "text" },
            ...FIGURES.map((figure) => ({ key: figure, title: names(figure), kind: "share" as const })),
            { key: "n", title: say("promises"), kind: "count" },
            { key: "broken", title: say("brokenPromises"), kind: "count" },
          ],
          rows: groups.map((group) => [
            nameOf(group),
            ...FIGURES.map((figure) => figureIn(group, figure)?.value),
            of(group).denominator,
            of(group).denominator - of(group).numerator,
          ]),
        }
      }
      chart={{
        xAxis: style.category(groups.map(nameOf)),
        yAxis: style.value(percent, FROM_0_TO_1),
        tooltip: {
          trigger: "axis",
          renderMode: "richText",
          confine: true,
          formatter: ([point]: { dataIndex: number }[]) => tipOf(point && groups[point.dataIndex]),
        },
        series: [
          {
            type: "bar",
            barMaxWidth: 40,
            data: groups.map((group) => of(group).value),
            label: {
              show: true,
              position: "top",
              color: style.text,
              formatter: ({ dataIndex }: { dataIndex: number }) => labelOf(groups[dataIndex]),
            },
          },
        ],
      }}
      onPick={(place) => {
        const group = groups[place];
        if (group) open({ facts: "cases", filter: of(group).rowsFilter, title: nameOf(group) });
      }}
    />
  );

  function labelOf(group: FigureGroup | undefined): string {
    if (!group) return "";
    return `${percent(of(group).value)}\nn = ${show(of(group).denominator, "count")}`;
  }

  function tipOf(group: FigureGroup | undefined): string {
    if (!group) return "";
    const lines = FIGURES.map((figure) => {
      const { value, numerator = 0, denominator = 0 } = figureIn(group, figure) ?? {};
      return `${names(figure)} ${percent(value)} (${say("of", { part: numerator, whole: denominator })})`;
    });
    return [nameOf(group), ...lines].join("\n");
  }
}

const of = (group: FigureGroup) =>
  figureIn(group, "sla_attainment") ?? { value: undefined, numerator: 0, denominator: 0, rowsFilter: "" };
