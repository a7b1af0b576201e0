// Cases with what belongs to them today: the agent's team, and whether other cases make them one of several. Others come and go
// without the case, so they are looked up with each question.
import type { Table } from "@guanxi/kit/table";
import { CALLED_OFF, type CaseFact } from "./case-fact.ts";
import { caseFacts } from "./case-facts.ts";

export interface SeenCase extends CaseFact {
  readonly teamId: string | null;
  readonly isRepeated: boolean;
  readonly isRepeatFault: boolean;
}

/** Days within which the same topic again means that it was not solved, and the same fault again that it was not mended. */
export const REPEAT_DAYS = 7;
export const FAULT_DAYS = 90;
export const FAULTS = ["INCIDENT", "RETURN", "WARRANTY", "REPAIR"];

const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(", ");
const COUNTS = `o.status not in (${list(CALLED_OFF)})`;

/** Merged ones go on in another. */
export const COMPLAINTS = `f.kind = 'COMPLAINT' and f.status not in (${list(CALLED_OFF)})`;

const REPEATED = `exists (select from case_facts o
  where o.customer_id = f.customer_id and o.topic = f.topic and ${COUNTS}
    and o.open_time >= f.open_time and o.open_time <= f.resolve_time + interval '${REPEAT_DAYS} days'
    and (o.open_time, o.case_id) > (f.open_time, f.case_id))`;

const SAME_PIECE = `o.serial_number = f.serial_number
    or (o.serial_number is null or f.serial_number is null) and o.customer_id = f.customer_id`;
const REPEAT_FAULT = `f.kind in (${list(FAULTS)}) and exists (select from case_facts o
  where o.product_id = f.product_id and o.kind in (${list(FAULTS)}) and ${COUNTS}
    and o.open_time >= f.open_time - interval '${FAULT_DAYS} days' and o.open_time <= f.open_time
    and (o.open_time, o.case_id) < (f.open_time, f.case_id) and (${SAME_PIECE}))`;

export const SEEN_CASES = `(
select f.*, u.team_id, ${REPEATED} as is_repeated, ${REPEAT_FAULT} as is_repeat_fault
from case_facts f left join users u on u.user_id = f.assignee_id)`;

const columns = [
  ...caseFacts.columns,
  { field: "teamId", name: "team_id", type: "uuid", nullable: true },
  { field: "isRepeated", name: "is_repeated", type: "bool", nullable: false },
  { field: "isRepeatFault", name: "is_repeat_fault", type: "bool", nullable: false },
];

/** For `list`, which only reads. */
export const seenCases = {
  ...caseFacts,
  columns,
  select: `select ${columns.map(({ name, field }) => `o.${name} as "${field}"`).join(", ")} from ${SEEN_CASES} o`,
} as Table<SeenCase>;
