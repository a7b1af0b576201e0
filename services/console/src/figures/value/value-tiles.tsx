import { useQuery } from "@tanstack/react-query";
import { amountOf } from "../../text/format.ts";
import { useNames } from "../figure-words.ts";
import { useRows } from "../rows/context.ts";
import { useShow } from "../sheet.ts";
import { Tile } from "../tile.tsx";
import { useFigures } from "../words.ts";
import { runsQuestion, valuesQuestion } from "./questions.ts";
import { lastForUse } from "./runs.tsx";

export function ValueTiles() {
  const say = useFigures();
  const names = useNames();
  const show = useShow();
  const open = useRows();
  const rows = useQuery(valuesQuestion()).data ?? [];
  const run = lastForUse(useQuery(runsQuestion).data);
  const origin = { source: "GET /v1/valueFigures", asOf: run?.endTime };
  return (
    <div className="figure-tiles">
      {rows.map(({ clv, revenue, count, averageClv, rowsFilter }) => {
        const currency = revenue?.currencyCode;
        const rowsOf = (title: string) => () => open({ facts: "values", filter: rowsFilter, title, count });
        const customers = `${show(count, "count")} ${say("customers")}`;
        return [
          <Tile
            key={`${currency} clv`}
            figure="clv_total"
            origin={origin}
            kind="money"
            currency={currency}
            value={clv && amountOf(clv)}
            of={customers}
            onRows={rowsOf(names("clv_total"))}
          />,
          <Tile
            key={`${currency} average`}
            figure="average_clv"
            origin={origin}
            kind="money"
            currency={currency}
            value={averageClv && amountOf(averageClv)}
            of={customers}
          />,
          <Tile
            key={`${currency} revenue`}
            figure="historic_revenue"
            origin={origin}
            kind="money"
            currency={currency}
            value={revenue && amountOf(revenue)}
            of={customers}
            onRows={rowsOf(names("historic_revenue"))}
          />,
        ];
      })}
    </div>
  );
}
