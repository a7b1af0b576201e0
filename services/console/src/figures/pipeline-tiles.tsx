import type { PipelineFigure, QueryPipelineFiguresResponse } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { amountOf, type Money } from "../text/format.ts";
import { type FigureName, useNames } from "./figure-words.ts";
import { both } from "./filters.ts";
import { KpiTile } from "./kpi-tile.tsx";
import { kpisQuestion, pipelineQuestion } from "./questions.ts";
import { useRows } from "./rows/context.ts";
import { type Kind, useShow } from "./sheet.ts";
import { Tile } from "./tile.tsx";
import { useFiguresSearch } from "./use-search.ts";
import { useSpans } from "./use-span.ts";
import { useFigures } from "./words.ts";

/** The opportunities that a number is of. */
interface Part {
  condition: string;
  count(row: PipelineFigure): number;
  /** As it is now, whatever the period, so that there is nothing before. */
  isNow?: boolean;
}

const OPEN: Part = { condition: 'stage_type == "OPEN"', count: ({ openCount }) => openCount, isNow: true };
const WON: Part = { condition: 'stage_type == "WON"', count: ({ wonCount }) => wonCount };
const DECIDED: Part = {
  condition: 'stage_type in ["WON", "LOST"]',
  count: ({ winRateDenominator }) => winRateDenominator,
};

interface Shown {
  figure: FigureName;
  kind: Kind;
  of(row: PipelineFigure): number | undefined;
  part: Part;
}

const amount = (money: Money | undefined) => money && amountOf(money);

const SHOWN: readonly Shown[] = [
  { figure: "open_amount", kind: "money", of: ({ openAmount }) => amount(openAmount), part: OPEN },
  {
    figure: "weighted_amount",
    kind: "money",
    of: ({ weightedAmount }) => amount(weightedAmount),
    part: OPEN,
  },
  { figure: "win_rate", kind: "share", of: ({ winRate }) => winRate, part: DECIDED },
  { figure: "sales_cycle_days", kind: "days", of: ({ cycleMedianDays }) => cycleMedianDays, part: WON },
  {
    figure: "average_deal_size",
    kind: "money",
    of: ({ averageWonAmount }) => amount(averageWonAmount),
    part: WON,
  },
];

const rowIn = (answer: QueryPipelineFiguresResponse | undefined, currency: string) =>
  answer?.rows.find((row) => row.currencyCode === currency);

export function PipelineTiles({ currency }: { currency: string }) {
  const { span, before } = useSpans();
  const [{ filter }] = useFiguresSearch();
  const say = useFigures();
  const now = useQuery(pipelineQuestion(span, undefined, filter)).data;
  const then = useQuery(pipelineQuestion(before, undefined, filter)).data;
  const row = rowIn(now, currency);
  if (!row) return null;
  return (
    <div className="figure-tiles">
      {SHOWN.map((shown) => (
        <PipelineTile
          key={shown.figure}
          shown={shown}
          row={row}
          asOf={now?.asOfTime}
          before={then && { row: rowIn(then, currency) }}
        />
      ))}
      <Tile
        figure="velocity"
        origin={{ source: SOURCE, asOf: now?.asOfTime }}
        kind="money"
        currency={currency}
        value={amount(row.velocityPerDay)}
        of={say("perDay")}
      />
      {!filter && <Leads />}
    </div>
  );
}

const SOURCE = "GET /v1/pipelineFigures";

interface Props {
  shown: Shown;
  row: PipelineFigure;
  asOf: string | undefined;
  before: { row: PipelineFigure | undefined } | undefined;
}

function PipelineTile({ shown: { figure, kind, of, part }, row, asOf, before }: Props) {
  const open = useRows();
  const name = useNames()(figure);
  const wordsOf = useDenominator();
  const count = part.count(row);
  const filter = both(row.rowsFilter, part.condition);
  return (
    <Tile
      figure={figure}
      origin={{ source: SOURCE, asOf }}
      kind={kind}
      currency={row.currencyCode}
      value={of(row)}
      of={wordsOf(figure, row, part)}
      before={before && !part.isNow ? { value: before.row && of(before.row) } : undefined}
      onRows={() => open({ facts: "opportunities", filter, orderBy: "amount desc", title: name, count })}
    />
  );
}

function useDenominator(): (figure: FigureName, row: PipelineFigure, part: Part) => string {
  const say = useFigures();
  const show = useShow();
  return (figure, row, part) => {
    const whole = show(part.count(row), "count");
    if (figure === "win_rate") return say("of", { part: show(row.wonCount, "count"), whole });
    if (figure === "sales_cycle_days") return say("n", { n: show(row.cycleDenominator, "count") });
    if (figure === "average_deal_size")
      return say("of", { part: show(amount(row.wonAmount), "money", row.currencyCode), whole });
    return `${say("n", { n: whole })} · ${say("now")}`;
  };
}

function Leads() {
  const { span, before } = useSpans();
  const now = useQuery(kpisQuestion(span)).data;
  const then = useQuery(kpisQuestion(before)).data;
  return <KpiTile kpi="lead_conversion_rate" now={now} before={then} />;
}
