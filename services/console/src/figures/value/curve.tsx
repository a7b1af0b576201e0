import type { ValueCurve } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Flex, Select } from "antd";
import { amountOf } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { Nothing } from "../../ui/empty.tsx";
import { FigureCard } from "../card.tsx";
import { useShow } from "../sheet.ts";
import { useChartStyle } from "../style.ts";
import { useFiguresSearch } from "../use-search.ts";
import { useFigures } from "../words.ts";
import { CustomerPicker } from "../../ui/customer-picker.tsx";
import { bestQuestion, curveQuestion, ownNameQuestion, valuesQuestion } from "./questions.ts";

/** How the expected value builds up: of all, of a segment, of one customer. */
export function Curve() {
  const { answer, curve, name } = useCurve();
  const say = useFigures();
  const values = (curve?.points ?? []).map(({ clv }) => amountOf(clv ?? {}));
  const option = useOption(curve, values, name);
  return (
    <FigureCard
      figure="clv_curve"
      wide
      origin={{ source: "GET /v1/valueCurve" }}
      error={answer.error}
      again={() => void answer.refetch()}
      empty={answer.data && !curve && <Nothing title={say("noData")} hint={say("tooLittleForModel")} />}
      choice={<Whose />}
      note={curve && <Sum curve={curve} />}
      sheet={
        answer.data && {
          currency: curve?.currencyCode,
          columns: [
            { key: "week", title: say("weeks"), kind: "count" },
            { key: "clv", title: say("cumulativeClv"), kind: "money" },
            { key: "purchases", title: say("expectedPurchases"), kind: "number" },
          ],
          rows: (curve?.points ?? []).map(({ week, expectedPurchases }, place) => [
            week,
            values[place],
            expectedPurchases,
          ]),
        }
      }
      chart={option}
    />
  );
}

function useCurve() {
  const [{ segment, customer }] = useFiguresSearch();
  const say = useFigures();
  const label = useLabel();
  const answer = useQuery(curveQuestion(filterOf(customer, segment)));
  const ownName = useQuery(ownNameQuestion(customer)).data;
  // While a first run in another currency is under way there are two.
  const curve = answer.data?.toSorted((a, b) => b.customerCount - a.customerCount)[0];
  const name = segment ? label("RfmSegment", segment) : say("allCustomers");
  return { answer, curve, name: customer ? (ownName ?? "") : name };
}

/** What it comes to at the end. */
function Sum({ curve: { points, customerCount, currencyCode } }: { curve: ValueCurve }) {
  const say = useFigures();
  const show = useShow();
  const last = points.at(-1);
  return say("curveHint", {
    clv: show(amountOf(last?.clv ?? {}), "money", currencyCode),
    purchases: show(last?.expectedPurchases, "number"),
    count: customerCount,
  });
}

function useOption(curve: ValueCurve | undefined, values: number[], name: string) {
  const say = useFigures();
  const show = useShow();
  const style = useChartStyle();
  const points = curve?.points ?? [];
  const title = say("curveOf", { name, weeks: points.length - 1 });
  const money = (value: number) => show(value, "money", curve?.currencyCode);
  return {
    legend: { ...style.legend, left: 0, right: undefined, data: [title] },
    xAxis: style.category(
      points.map(({ week }) => String(week)),
      {
        boundaryGap: false,
        name: say("weeks"),
        nameLocation: "end",
        axisLabel: { color: style.muted, interval: style.narrow ? 12 : 3 },
      },
    ),
    yAxis: style.value(money),
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, valueFormatter: money },
    series: [{ name: title, type: "line", showSymbol: false, areaStyle: { opacity: 0.15 }, data: values }],
  };
}

const filterOf = (customer: string | undefined, segment: string | undefined): string => {
  if (customer) return `customer_id == "${customer}"`;
  return segment ? `segment == "${segment}"` : "";
};

function Whose() {
  const [{ segment, customer }, change] = useFiguresSearch();
  const say = useFigures();
  const label = useLabel();
  const segments = useQuery(valuesQuestion("DIMENSION_SEGMENT")).data ?? [];
  const best = useQuery(bestQuestion).data ?? [];
  return (
    <Flex gap={8} wrap>
      <Select
        aria-label={say("segment")}
        style={{ width: 180 }}
        value={segment ?? ""}
        options={[
          { value: "", label: say("allCustomers") },
          ...segments.map((row) => ({ value: row.segment, label: label("RfmSegment", row.segment) })),
        ]}
        onChange={(value) => change({ segment: value || undefined, customer: undefined })}
      />
      <CustomerPicker
        label={say("pickCustomer")}
        style={{ width: 240 }}
        value={customer}
        offered={best.map(({ id, name }) => ({ customerId: id, displayName: name }))}
        onChange={(value) => change({ customer: value, segment: undefined })}
      />
    </Flex>
  );
}
