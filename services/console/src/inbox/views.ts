// Which cases a view shows, as the condition that the service is asked with.
import type { View } from "./search.ts";

export interface Asked {
  view: View;
  words?: string | undefined;
  kind?: string | undefined;
}

interface Asker {
  userId: string;
  /** The queues that the asker is a member of. */
  queueIds: readonly string[];
}

const OPEN = 'status in ["NEW", "ASSIGNED", "IN_PROGRESS", "WAITING_CUSTOMER", "ON_HOLD"]';
const UNDER_WAY = 'status in ["NEW", "ASSIGNED", "IN_PROGRESS", "WAITING_CUSTOMER", "ON_HOLD", "RESOLVED"]';

/** Two hours: what one still can do something about before lunch, or before going home. */
const SOON = 'breached || due_time < now + duration("2h")';

export function caseFilter({ view, words, kind }: Asked, asker: Asker): string {
  return [...ofView(view, asker), kind && `kind == ${JSON.stringify(kind)}`, words && ofWords(words)]
    .filter((part) => part)
    .join(" && ");
}

function ofView(view: View, { userId, queueIds }: Asker): string[] {
  const views: Partial<Record<View, string[]>> = {
    mine: [UNDER_WAY, `assignee_id == ${JSON.stringify(userId)}`],
    queues: [OPEN, `queue_id in ${JSON.stringify(queueIds)}`],
    unassigned: [OPEN, "!has(assignee_id)"],
    due: [OPEN, `(${SOON})`],
    complaints: [UNDER_WAY, 'kind == "COMPLAINT"'],
    open: [OPEN],
    resolved: ['status == "RESOLVED"'],
  };
  return views[view] ?? [];
}

/** Who types a number wants that case; it may also be part of a subject. */
function ofWords(words: string): string {
  const text = words.trim();
  const subject = `subject.contains(${JSON.stringify(text)})`;
  const number = /^#?(\d{1,15})$/.exec(text)?.[1];
  return number ? `(number == ${Number(number)} || ${subject})` : subject;
}

export interface Section {
  /** What is late stands before all else: the service orders by what is still to run out, and has it at the end. */
  name: "late" | "rest";
  filter: string;
  orderBy: string;
}

/** What is late, the oldest first; then by what runs out first. What is over, by what happened last. */
export function sectionsOf(asked: Asked, asker: Asker): Section[] {
  const filter = caseFilter(asked, asker);
  if (asked.view === "all" || asked.view === "resolved")
    return [{ name: "rest", filter, orderBy: "update_time desc" }];
  return [
    { name: "late", filter: `${filter} && breached && status != "RESOLVED"`, orderBy: "open_time" },
    { name: "rest", filter: `${filter} && (!breached || status == "RESOLVED")`, orderBy: "due_time" },
  ];
}
