import { useQuery } from "@tanstack/react-query";
import { amountOf } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { barsHeight, barsOf } from "../bars.ts";
import { FigureCard } from "../card.tsx";
import { useRows } from "../rows/context.ts";
import { useShow } from "../sheet.ts";
import { useChartStyle } from "../style.ts";
import { useFigures } from "../words.ts";
import { valuesQuestion } from "./questions.ts";

export function Segments() {
  const say = useFigures();
  const show = useShow();
  const label = useLabel();
  const open = useRows();
  const style = useChartStyle();
  const answer = useQuery(valuesQuestion("DIMENSION_SEGMENT"));
  const rows = (answer.data ?? []).toSorted((a, b) => amountOf(b.clv ?? {}) - amountOf(a.clv ?? {}));
  const currency = rows[0]?.revenue?.currencyCode;
  const money = (value: number | undefined) => show(value, "money", currency);
  const worth = (row: (typeof rows)[number]) => row.clv && amountOf(row.clv);
  return (
    <FigureCard
      figure="value_segments"
      wide
      origin={{ source: "GET /v1/valueFigures" }}
      error={answer.error}
      again={() => void answer.refetch()}
      sheet={
        answer.data && {
          currency,
          columns: [
            { key: "segment", title: say("segment"), kind: "text" },
            { key: "count", title: say("count"), kind: "count" },
            { key: "clv", title: say("clv"), kind: "money" },
            { key: "average", title: say("averageClv"), kind: "money" },
            { key: "revenue", title: say("revenue"), kind: "money" },
          ],
          rows: rows.map((row) => [
            label("RfmSegment", row.segment),
            row.count,
            worth(row),
            row.averageClv && amountOf(row.averageClv),
            row.revenue && amountOf(row.revenue),
          ]),
        }
      }
      height={barsHeight(rows.length)}
      chart={barsOf(
        rows.map((row) => ({
          name: label("RfmSegment", row.segment),
          value: worth(row),
          label: `${money(worth(row))} · ${show(row.count, "count")} ${say("customers")}`,
        })),
        style,
        money,
      )}
      onPick={(place) => {
        const row = rows[place];
        const title = label("RfmSegment", row?.segment);
        if (row) open({ facts: "values", filter: row.rowsFilter, title, count: row.count });
      }}
    />
  );
}
