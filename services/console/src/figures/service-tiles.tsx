import { useQuery } from "@tanstack/react-query";
import { both } from "./filters.ts";
import { figureIn, type GroupAnswer } from "./figure-in.ts";
import { GroupTile } from "./group-tile.tsx";
import { backlogQuestion, complaintRatesQuestion, serviceQuestion } from "./questions.ts";
import { useShow } from "./sheet.ts";
import { useFiguresSearch } from "./use-search.ts";
import { useSpans } from "./use-span.ts";
import { useFigures } from "./words.ts";

const SOURCE = "GET /v1/serviceFigures";
const SHOWN = [
  "first_response_time_median",
  "resolution_time_median",
  "first_contact_resolution",
  "reopen_rate",
  "complaint_response_rate",
  "repeat_fault_rate",
] as const;

export function ServiceTiles() {
  const say = useFigures();
  const [{ filter }] = useFiguresSearch();
  const { span, before } = useSpans();
  const now = useQuery(serviceQuestion(span, undefined, filter)).data;
  const then = useQuery(serviceQuestion(before, undefined, filter)).data;
  const backlog = useQuery(backlogQuestion(filter)).data;
  return (
    <div className="figure-tiles">
      <Attainment now={now} before={then} />
      {SHOWN.map((figure) => (
        <GroupTile key={figure} figure={figure} source={SOURCE} now={now} before={then} />
      ))}
      <GroupTile figure="open_cases" source="GET /v1/backlogFigures" now={backlog} of={say("now")} />
      {!filter && <Rates />}
    </div>
  );
}

/** How many are broken, in the denominator already, and how many of these in cases that are still open. */
function Attainment({ now, before }: { now: GroupAnswer | undefined; before: GroupAnswer | undefined }) {
  const say = useFigures();
  const [{ filter = "" }] = useFiguresSearch();
  const { span } = useSpans();
  const stillOpen = useQuery(serviceQuestion(span, undefined, both(filter, "!has(end_time)"))).data;
  const count = brokenIn(now);
  const open = brokenIn(stillOpen);
  return (
    <GroupTile
      figure="sla_attainment"
      source={SOURCE}
      now={now}
      before={before}
      of={count === undefined || open === undefined ? undefined : say("breached", { count, open })}
    />
  );
}

function brokenIn(answer: GroupAnswer | undefined): number | undefined {
  const found = figureIn(answer?.groups[0], "sla_attainment");
  return found && found.denominator - found.numerator;
}

function Rates() {
  const say = useFigures();
  const show = useShow();
  const { span, before } = useSpans();
  const now = useQuery(complaintRatesQuestion(span)).data;
  const then = useQuery(complaintRatesQuestion(before)).data;
  const source = "GET /v1/complaintRates";
  const customers = figureIn(now?.groups[0], "complaint_rate_per_1000_customers")?.denominator;
  return (
    <>
      <GroupTile figure="complaint_rate" source={source} now={now} before={then} />
      <GroupTile
        figure="complaint_rate_per_1000_customers"
        source={source}
        now={now}
        before={then}
        kind="number"
        // Its numerator is a thousand times the complaints, so that the fraction would puzzle.
        of={say("customersN", { count: show(customers, "count") })}
      />
    </>
  );
}
