import { rowsIn } from "@guanxi/bus/held";
import { onState } from "@guanxi/bus/reaction";
import { ChurnReason } from "@guanxi/contract/guanxi/customer/v1/customer";
import { WinBack, WinBack_Outcome } from "@guanxi/contract/guanxi/customer/v1/win_back";
import { dayIn } from "@guanxi/kit/days";
import { nameOf } from "@guanxi/kit/enum-names";
import { copy, remove } from "@guanxi/kit/store";
import { newestOf } from "../newest.ts";
import { type WinBackFact, winBackFacts } from "./win-back-facts.ts";

function factOf(winBack: WinBack, version: number, dayOfTime: (time: Date) => string): WinBackFact {
  const { winBackId, customerId, ownerId, startTime, endTime } = winBack;
  if (!startTime) throw new Error(`the win-back ${winBackId} has no beginning`);
  return {
    winBackId,
    customerId,
    churnReason: nameOf(ChurnReason, winBack.churnReason),
    ownerId: ownerId || null,
    outcome: nameOf(WinBack_Outcome, winBack.outcome),
    startDate: dayOfTime(startTime),
    endDate: endTime ? dayOfTime(endTime) : null,
    version,
  };
}

const rows = rowsIn<WinBack, WinBackFact>(winBackFacts, (state, { version }, { timeZone }) => [
  factOf(state, version, dayIn(timeZone)),
]);

export const followWinBacks = onState(
  WinBack,
  [winBackFacts.name],
  (changes, at) => {
    const { there, gone } = newestOf(changes);
    const dayOfTime = dayIn(at.timeZone);
    copy(
      at,
      winBackFacts,
      there.map(({ state, version }) => factOf(state, version, dayOfTime)),
    );
    remove(at, winBackFacts, gone);
  },
  { rows: [rows] },
);
