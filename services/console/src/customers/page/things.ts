// What is told of each kind of thing when its entry in the timeline is opened.
import {
  getCase,
  getContact,
  getFeedback,
  getInteraction,
  getNeed,
  getOpportunity,
  getOrder,
  getTask,
  getVisit,
  getWinBack,
  type HistoryEntry,
  type Learned,
  listCustomerHistory,
  type TimelineEntry,
} from "@guanxi/client/gen/guanxi";
import type { ReactNode } from "react";
import { textOf } from "./dates.ts";
import { changeOf } from "./history.ts";
import type { Facts, Tools } from "./tools.ts";

interface Thing {
  read: (id: string, entry: TimelineEntry, signal: AbortSignal) => Promise<unknown>;
  facts: (read: unknown, tools: Tools) => Facts;
}

function thing<T>(
  read: (id: string, entry: TimelineEntry, signal: AbortSignal) => Promise<T>,
  facts: (read: T, tools: Tools) => Facts,
): Thing {
  // What read gives is what facts is given.
  return { read, facts: facts as Thing["facts"] };
}

const learnedOf = (learned: Learned | undefined, { say }: Tools): ReactNode =>
  learned?.nothingNew ? say("fact.nothingNew") : (learned?.facts ?? []).join("\n");

export const THINGS: Readonly<Record<string, Thing>> = {
  interaction: thing(
    (id, _entry, signal) => getInteraction(id, undefined, { signal }),
    (read, tools) => [
      [tools.say("fact.body"), read.body],
      [tools.say("fact.duration"), read.durationSeconds > 0 && tools.format.duration(read.durationSeconds)],
      [tools.say("fact.outcome"), tools.label("InteractionOutcome", read.outcome)],
      [tools.say("fact.note"), read.outcomeNote],
      [tools.say("fact.learned"), learnedOf(read.learned, tools)],
    ],
  ),
  case: thing(
    (id, _entry, signal) => getCase(id, undefined, { signal }),
    (read, { say, label, name }) => [
      [say("fact.kind"), label("CaseKind", read.kind)],
      [say("fact.status"), label("CaseStatus", read.status)],
      [say("fact.priority"), label("CasePriority", read.priority)],
      [say("fact.assignee"), name(read.assigneeId)],
      [say("fact.description"), read.description],
    ],
  ),
  opportunity: thing(
    (id, _entry, signal) => getOpportunity(id, undefined, undefined, { signal }),
    (read, { say, format, name }) => [
      [say("fact.amount"), format.money(read.amount)],
      [say("fact.probability"), format.percent(read.probability / 100, 0)],
      [say("fact.close"), textOf(read.expectedCloseDate)],
      [say("fact.assignee"), name(read.ownerId)],
    ],
  ),
  order: thing(
    (id, _entry, signal) => getOrder(id, undefined, { signal }),
    (read, { say, format, label }) => [
      [say("fact.status"), label("OrderStatus", read.status)],
      [say("fact.amount"), format.money(read.netAmount)],
      [say("fact.margin"), format.money(read.marginAmount)],
      [
        say("fact.lines"),
        read.lines.map((line) => `${line.description || line.productCode} × ${line.quantity}`).join("\n"),
      ],
    ],
  ),
  task: thing(
    (id, _entry, signal) => getTask(id, undefined, { signal }),
    (read, { say, format, label, name }) => [
      [say("fact.kind"), label("TaskKind", read.kind)],
      [say("fact.status"), label("TaskState", read.state)],
      [say("fact.due"), format.time(read.dueTime)],
      [say("fact.assignee"), name(read.assigneeId)],
      [say("fact.note"), read.note],
      [say("fact.outcome"), read.outcome],
    ],
  ),
  feedback: thing(
    (id, _entry, signal) => getFeedback(id, undefined, { signal }),
    (read, { say, format }) => [
      [say("fact.text"), read.text],
      [say("fact.score"), read.score === undefined ? "" : format.number(read.score)],
      [say("fact.answer"), read.answer],
    ],
  ),
  need: thing(
    (id, _entry, signal) => getNeed(id, undefined, { signal }),
    (read, { say, label }) => [
      [say("fact.statement"), read.statement],
      [say("fact.status"), label("NeedStatus", read.status)],
    ],
  ),
  contact: thing(
    (id, _entry, signal) => getContact(id, undefined, { signal }),
    (read, { say }) => [[say("fact.name"), read.displayName]],
  ),
  visit: thing(
    (id, _entry, signal) => getVisit(id, undefined, { signal }),
    (read, tools) => [
      [tools.say("fact.place"), read.place],
      [tools.say("fact.outcome"), tools.label("InteractionOutcome", read.outcome)],
      [tools.say("fact.learned"), learnedOf(read.learned, tools)],
    ],
  ),
  win_back: thing(
    (id, _entry, signal) => getWinBack(id, undefined, { signal }),
    (read, { say, label }) => [
      [say("fact.measure"), read.measure],
      [say("fact.outcome"), label("WinBackOutcome", read.outcome)],
    ],
  ),
  customer: thing(
    (id, entry, signal) => historyOf(id, entry, signal),
    (read, tools) =>
      read.flatMap(
        (each): Facts => [
          [tools.say("fact.change"), changeOf(each, tools)],
          [tools.say("fact.reason"), each.reason],
        ],
      ),
  ),
};

/** What the history has of the very moment of an entry: one command writes both. */
async function historyOf(
  id: string,
  { toldTime }: TimelineEntry,
  signal: AbortSignal,
): Promise<HistoryEntry[]> {
  const { entries } = await listCustomerHistory(id, { pageSize: 200 }, { signal });
  return entries.filter(({ time }) => time === toldTime);
}
