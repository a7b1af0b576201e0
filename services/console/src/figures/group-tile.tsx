// A figure of the service's own answer, with its definition, its denominator and its rows.
import type { Figure, FigureDefinition } from "@guanxi/client/gen/guanxi";
import type { ReactNode } from "react";
import { figureIn, type GroupAnswer } from "./figure-in.ts";
import { type FigureName, useNames } from "./figure-words.ts";
import { kindOf } from "./kpi-tile.tsx";
import { useRows } from "./rows/context.ts";
import { FACTS_OF } from "./rows/kinds.ts";
import { type Kind, useShow } from "./sheet.ts";
import { Tile } from "./tile.tsx";
import { useFigures } from "./words.ts";

interface Props {
  figure: FigureName;
  source: string;
  now: GroupAnswer | undefined;
  before?: GroupAnswer;
  /** Fewer facts than this show no number. */
  least?: number;
  /** Instead of the denominator. */
  of?: ReactNode;
  kind?: Kind;
}

export function GroupTile(props: Props) {
  const { figure, now } = props;
  const found = figureIn(now?.groups[0], figure);
  const meant = now?.definitions.find((each) => each.figure === figure);
  return now && found && meant ? <Known {...props} now={now} found={found} meant={meant} /> : null;
}

interface KnownProps extends Props {
  now: GroupAnswer;
  found: Figure;
  meant: FigureDefinition;
}

function Known({ figure, source, now, before, least, of, kind, found, meant }: KnownProps) {
  const name = useNames()(figure);
  const open = useRows();
  const wordsOf = useDenominator();
  const count = meant.unit === "count" ? found.numerator : found.denominator;
  const facts = count > 0 ? FACTS_OF[meant.rowsMethod] : undefined;
  return (
    <Tile
      figure={figure}
      origin={{ source, definition: meant.definition, asOf: now.asOfTime }}
      kind={kind ?? kindOf(meant.unit)}
      value={found.value}
      of={of ?? wordsOf(found, meant.unit)}
      before={before && { value: figureIn(before.groups[0], figure)?.value }}
      few={least === undefined ? undefined : { n: found.denominator, least }}
      onRows={facts && (() => open({ facts, filter: found.rowsFilter, title: name, count }))}
    />
  );
}

function useDenominator(): (figure: Figure, unit: string) => string {
  const say = useFigures();
  const show = useShow();
  return ({ numerator, denominator }, unit) => {
    if (unit === "count" || denominator === 0) return "";
    const whole = show(denominator, "count");
    return unit === "ratio" ? say("of", { part: show(numerator, "count"), whole }) : say("n", { n: whole });
  };
}
