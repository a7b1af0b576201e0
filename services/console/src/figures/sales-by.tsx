import type { QuerySalesFiguresRequestDimension, SalesFigure } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { barsHeight, barsOf, MOST_BARS } from "./bars.ts";
import { FigureCard } from "./card.tsx";
import { Choose } from "./choose.tsx";
import { useNames } from "./figure-words.ts";
import { MEASURES } from "./measures.ts";
import { salesQuestion } from "./questions.ts";
import { useRows } from "./rows/context.ts";
import { useShow } from "./sheet.ts";
import { useChartStyle } from "./style.ts";
import { useFiguresSearch } from "./use-search.ts";
import { useSpans } from "./use-span.ts";
import { useFigures } from "./words.ts";

const DIMENSIONS = {
  product: "DIMENSION_PRODUCT",
  agent: "DIMENSION_AGENT",
  region: "DIMENSION_REGION",
} satisfies Record<string, QuerySalesFiguresRequestDimension>;

type By = keyof typeof DIMENSIONS;

const WORDS = { product: "byProduct", agent: "byAgent", region: "byRegion" } as const;

export function SalesBy({ currency }: { currency: string }) {
  const [search, change] = useFiguresSearch();
  const by = search.by && search.by in DIMENSIONS ? (search.by as By) : "product";
  const { span } = useSpans();
  const open = useRows();
  const say = useFigures();
  const names = useNames();
  const show = useShow();
  const style = useChartStyle();
  const answer = useQuery(salesQuestion(span, DIMENSIONS[by]));
  const rows = (answer.data?.rows ?? [])
    .filter((row) => row.currencyCode === currency)
    .toSorted((a, b) => MEASURES.revenue.of(b) - MEASURES.revenue.of(a));
  const sum = rows.reduce((sum, row) => sum + MEASURES.revenue.of(row), 0);
  const nameOf = (row: SalesFigure) => row.labels[0] || row.productCode || say("unknown");
  const money = (value: number) => show(value, "money", currency);
  const rest = rows.length - MOST_BARS;
  return (
    <FigureCard
      figure="sales_by"
      wide
      origin={{ source: "GET /v1/salesFigures", asOf: answer.data?.asOfTime }}
      error={answer.error}
      again={() => void answer.refetch()}
      note={rest > 0 ? say("more", { count: rest }) : by === "product" && say("noProductRows")}
      choice={
        <Choose
          label={say("byDimension")}
          value={by}
          onChange={(value) => change({ by: value })}
          options={Object.entries(WORDS).map(([value, word]) => ({ value: value as By, label: say(word) }))}
        />
      }
      sheet={
        answer.data && {
          currency,
          columns: [
            { key: "name", title: say(WORDS[by]), kind: "text" },
            { key: "revenue", title: names("revenue"), kind: "money" },
            { key: "share", title: say("share"), kind: "share" },
            { key: "orders", title: names("order_count"), kind: "count" },
            { key: "margin", title: names("margin"), kind: "money" },
          ],
          rows: rows.map((row) => [
            nameOf(row),
            MEASURES.revenue.of(row),
            sum === 0 ? undefined : MEASURES.revenue.of(row) / sum,
            row.orderCount,
            MEASURES.margin.of(row),
          ]),
        }
      }
      height={barsHeight(rows.length)}
      chart={barsOf(
        rows.map((row) => ({
          name: nameOf(row),
          value: MEASURES.revenue.of(row),
          label: `${money(MEASURES.revenue.of(row))} · ${show(MEASURES.revenue.of(row) / sum, "share")}`,
        })),
        style,
        money,
      )}
      onPick={by === "product" ? undefined : (place) => pick(rows[place])}
    />
  );

  function pick(row: SalesFigure | undefined) {
    if (!row?.rowsFilter) return;
    const { rowsFilter: filter, orderCount: count } = row;
    open({ facts: "orders", filter, orderBy: "order_date desc", title: nameOf(row), count });
  }
}
