import type { QuerySalesFiguresResponse } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { useFormat } from "../text/format.ts";
import { useNames } from "./figure-words.ts";
import { KpiTile } from "./kpi-tile.tsx";
import { MEASURES } from "./measures.ts";
import { kpisQuestion, salesQuestion } from "./questions.ts";
import { useRows } from "./rows/context.ts";
import { Tile } from "./tile.tsx";
import { useSpans } from "./use-span.ts";
import { useFigures } from "./words.ts";

const SHOWN = ["revenue", "orders", "margin"] as const;
const OF_CUSTOMERS = ["repeat_purchase_rate", "retention_rate", "churn_rate"] as const;

export function SalesTiles({ currency }: { currency: string }) {
  return (
    <div className="figure-tiles">
      <Sums currency={currency} />
      <Rates currency={currency} />
    </div>
  );
}

const rowIn = (answer: QuerySalesFiguresResponse | undefined, currency: string) =>
  answer?.rows.find((each) => each.currencyCode === currency);

function Sums({ currency }: { currency: string }) {
  const { span, before } = useSpans();
  const openOrders = useOrders(currency);
  const say = useFigures();
  const names = useNames();
  const format = useFormat();
  const now = useQuery(salesQuestion(span)).data;
  const then = useQuery(salesQuestion(before)).data;
  const row = rowIn(now, currency);
  const rowThen = rowIn(then, currency);
  if (!row) return null;
  return SHOWN.map((key) => {
    const { name, kind, of } = MEASURES[key];
    return (
      <Tile
        key={key}
        figure={name}
        origin={{ source: "GET /v1/salesFigures", asOf: now?.asOfTime }}
        kind={kind}
        value={of(row)}
        currency={currency}
        of={key !== "orders" && say("ordersOf", { count: format.number(row.orderCount) })}
        before={then && { value: rowThen && of(rowThen) }}
        onRows={openOrders(names(name), row.orderCount)}
      />
    );
  });
}

function Rates({ currency }: { currency: string }) {
  const { span, before } = useSpans();
  const openOrders = useOrders(currency);
  const say = useFigures();
  const names = useNames();
  const now = useQuery(kpisQuestion(span)).data;
  const then = useQuery(kpisQuestion(before)).data;
  const sales = now?.rows.find(({ kpi }) => kpi === "average_order_value")?.denominator ?? 0;
  const common = { now, before: then, currency };
  return (
    <>
      <KpiTile
        {...common}
        kpi="average_order_value"
        onRows={openOrders(names("average_order_value"), sales, ' && kind == "SALE"')}
      />
      <KpiTile {...common} kpi="margin_rate" />
      {OF_CUSTOMERS.map((kpi) => (
        <KpiTile key={kpi} {...common} kpi={kpi} unit={say("customers")} />
      ))}
    </>
  );
}

/** Opens the orders that the sums are of. */
function useOrders(currency: string) {
  const { span } = useSpans();
  const open = useRows();
  const row = rowIn(useQuery(salesQuestion(span)).data, currency);
  return (title: string, count: number, more = "") =>
    row &&
    (() =>
      open({ facts: "orders", filter: row.rowsFilter + more, orderBy: "order_date desc", title, count }));
}
