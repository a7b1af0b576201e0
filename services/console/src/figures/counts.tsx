// How many customers there are, and how they came.
import type { CustomerCount, QueryCustomerCountsRequestDimension } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Flex } from "antd";
import { useLabel } from "../text/texts.ts";
import { Nothing } from "../ui/empty.tsx";
import { Problem } from "../ui/problem.tsx";
import { barsHeight, barsOf } from "./bars.ts";
import { FigureCard } from "./card.tsx";
import type { FigureName } from "./figure-words.ts";
import { listConditionOf } from "./list-condition.ts";
import { NewCustomers } from "./new-customers.tsx";
import { customersQuestion } from "./questions.ts";
import { useShow } from "./sheet.ts";
import { useChartStyle } from "./style.ts";
import { Tile } from "./tile.tsx";
import { useSpans } from "./use-span.ts";
import { type FigureWord, useFigures } from "./words.ts";

const SOURCE = "GET /v1/customerCounts";
const ALL = {};

export function CustomerCounts() {
  const say = useFigures();
  const { span, before } = useSpans();
  const navigate = useNavigate();
  const all = useQuery(customersQuestion(ALL));
  const fresh = useQuery(customersQuestion(span)).data;
  const freshBefore = useQuery(customersQuestion(before)).data;
  if (all.error) return <Problem error={all.error} again={() => void all.refetch()} />;
  if (all.data?.total === 0) return <Nothing title={say("noCustomersYet")} hint={say("noCustomersHint")} />;
  const origin = { source: SOURCE, asOf: all.data?.asOfTime };
  return (
    <Flex vertical gap={16}>
      <div className="figure-tiles">
        <Tile
          figure="customers"
          origin={origin}
          kind="count"
          value={all.data?.total}
          of={say("now")}
          onRows={() => void navigate({ to: "/customers" })}
        />
        <Tile
          figure="new_customers"
          origin={origin}
          kind="count"
          value={fresh?.total}
          before={before && { value: freshBefore?.total }}
        />
      </div>
      <div className="figure-cards">
        <NewCustomers />
        <Split
          figure="customers_by_stage"
          dimension="DIMENSION_STAGE"
          field="stage"
          word="byLifecycle"
          name="LifecycleStage"
        />
        <Split
          figure="customers_by_grade"
          dimension="DIMENSION_GRADE"
          field="grade"
          word="byGrade"
          name="Grade"
        />
        <Split
          figure="customers_by_source"
          dimension="DIMENSION_SOURCE"
          field="source"
          word="bySource"
          name="SourceChannel"
        />
      </div>
    </Flex>
  );
}

interface SplitProps {
  figure: FigureName;
  dimension: QueryCustomerCountsRequestDimension;
  field: "stage" | "grade" | "source";
  word: FigureWord;
  /** Of the enum. */
  name: string;
}

/** Of all customers as they are now, whenever they came. */
function Split({ figure, dimension, field, word, name }: SplitProps) {
  const say = useFigures();
  const show = useShow();
  const label = useLabel();
  const style = useChartStyle();
  const navigate = useNavigate();
  const answer = useQuery(customersQuestion(ALL, dimension));
  const total = answer.data?.total ?? 0;
  const rows = answer.data?.rows ?? [];
  const nameOf = (row: CustomerCount) =>
    label(name, row[field]) || say(field === "grade" ? "notRated" : "unknown");
  return (
    <FigureCard
      figure={figure}
      origin={{ source: SOURCE, asOf: answer.data?.asOfTime }}
      error={answer.error}
      again={() => void answer.refetch()}
      note={`${say("n", { n: show(total, "count") })} · ${say("now")}`}
      sheet={
        answer.data && {
          columns: [
            { key: "name", title: say(word), kind: "text" },
            { key: "count", title: say("count"), kind: "count" },
            { key: "share", title: say("share"), kind: "share" },
          ],
          rows: rows.map((row) => [nameOf(row), row.count, row.count / total]),
        }
      }
      height={barsHeight(rows.length)}
      chart={barsOf(
        rows.map((row) => ({
          name: nameOf(row),
          value: row.count,
          label: `${show(row.count, "count")} · ${show(row.count / total, "share")}`,
        })),
        style,
        (value) => show(value, "count"),
      )}
      onPick={(place) => {
        const row = rows[place];
        if (row) void navigate({ to: "/customers", search: { filter: listConditionOf(field, row[field]) } });
      }}
    />
  );
}
