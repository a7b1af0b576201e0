import type { Kpi, QueryKpisResponse } from "@guanxi/client/gen/guanxi";
import { type FigureName } from "./figure-words.ts";
import { type Kind, useShow } from "./sheet.ts";
import { Tile } from "./tile.tsx";
import { useFigures } from "./words.ts";

const KINDS: Readonly<Record<string, Kind>> = {
  ratio: "share",
  days: "days",
  seconds: "seconds",
  points: "points",
  score: "score",
  count: "count",
};

/** What is neither of these is a currency. */
export const kindOf = (unit: string): Kind => KINDS[unit] ?? "money";

interface Props {
  kpi: FigureName;
  now: QueryKpisResponse | undefined;
  before?: QueryKpisResponse;
  currency?: string;
  /** What the denominator counts. */
  unit?: string;
  onRows?: () => void;
}

const rowIn = (answer: QueryKpisResponse | undefined, kpi: string, currency: string) =>
  answer?.rows.find((row) => row.kpi === kpi && (!row.currencyCode || row.currencyCode === currency));

export function KpiTile({ kpi, now, before, currency = "", unit = "", onRows }: Props) {
  const wordsOf = useFraction();
  const row = rowIn(now, kpi, currency);
  if (!now || !row) return null;
  return (
    <Tile
      figure={kpi}
      origin={{ source: "GET /v1/kpis", definition: row.definition, asOf: now.asOfTime }}
      kind={kindOf(row.unit)}
      value={row.value}
      currency={currency}
      of={row.denominator > 0 && `${wordsOf(row)} ${unit}`}
      before={before && { value: rowIn(before, kpi, currency)?.value }}
      onRows={onRows}
    />
  );
}

/** Of what the number is made. */
function useFraction(): (row: Kpi) => string {
  const say = useFigures();
  const show = useShow();
  return ({ unit, currencyCode, numerator, denominator }) => {
    const kind = kindOf(unit);
    if (kind === "days") return say("n", { n: show(denominator, "count") });
    const isMoney = currencyCode !== "";
    const part = show(numerator, isMoney ? "money" : "count", currencyCode);
    const whole = show(denominator, isMoney && kind === "share" ? "money" : "count", currencyCode);
    return say("of", { part, whole });
  };
}
