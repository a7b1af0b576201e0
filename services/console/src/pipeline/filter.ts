// The conditions, in CEL, by which the services choose what these surfaces show.
import { startOfMonth, startOfNextMonth } from "./days.ts";
import type { Close, LeadsSearch, PipelineSearch } from "./search.ts";

/** So many months of the forecast stand for themselves; what comes after them is "later". */
export const MONTHS_SHOWN = 3;

export interface Moment {
  /** 2026-11-22 */
  today: string;
  /** The user who asks. */
  me: string;
}

/** Text in CEL is text in JSON. */
const quoted = (text: string) => JSON.stringify(text);

const all = (conditions: (string | undefined | false)[]): string => conditions.filter(Boolean).join(" && ");

export const ownerOf = (owner: string | undefined, { me }: Moment): string | undefined =>
  owner === "me" ? me : owner;

/** What is past its day stands under "overdue" alone, so that nothing is counted twice. */
export function closeCondition(close: Close, today: string): string {
  if (close === "none") return "!has(expected_close_date)";
  if (close === "overdue") return `expected_close_date < ${quoted(today)}`;
  if (close === "later") return `expected_close_date >= ${quoted(laterFrom(today))}`;
  const [from, to] = [startOfMonth(close), startOfNextMonth(close)];
  return all([
    `expected_close_date >= ${quoted(from < today && today < to ? today : from)}`,
    `expected_close_date < ${quoted(to)}`,
  ]);
}

function laterFrom(today: string): string {
  let from = startOfMonth(today.slice(0, 7));
  for (let month = 0; month < MONTHS_SHOWN; month++) from = startOfNextMonth(from.slice(0, 7));
  return from;
}

type Chosen = Pick<PipelineSearch, "owner" | "customer" | "close">;

/** Said of opportunities and of the facts that analytics keeps of them: both know these names. */
export function dealCondition({ owner, customer, close }: Chosen, moment: Moment): string {
  const ownerId = ownerOf(owner, moment);
  return all([
    ownerId && `owner_id == ${quoted(ownerId)}`,
    customer && `customer_id == ${quoted(customer)}`,
    close && closeCondition(close, moment.today),
  ]);
}

interface Place {
  pipelineId: string;
  type: "OPEN" | "WON" | "LOST";
  stageId?: string;
}

export const dealFilter = ({ pipelineId, type, stageId }: Place, chosen: Chosen, moment: Moment): string =>
  all([
    `pipeline_id == ${quoted(pipelineId)}`,
    `stage_type == ${quoted(type)}`,
    stageId && `stage_id == ${quoted(stageId)}`,
    dealCondition(chosen, moment),
  ]);

export function leadFilter({ status, owner, text }: LeadsSearch, moment: Moment): string {
  const ownerId = owner === "nobody" ? undefined : ownerOf(owner, moment);
  return all([
    status && `status == ${quoted(status)}`,
    owner === "nobody" && "!has(owner_id)",
    ownerId && `owner_id == ${quoted(ownerId)}`,
    text && `organisation_name.contains(${quoted(text)})`,
  ]);
}
