import { rowsIn } from "@guanxi/bus/held";
import { onState, type StateChange } from "@guanxi/bus/reaction";
import { enqueue } from "@guanxi/bus/enqueue";
import { Case, Case_Kind } from "@guanxi/contract/guanxi/service_desk/v1/case";
import type { At } from "@guanxi/kit/at";
import { dayIn } from "@guanxi/kit/days";
import { copy, remove } from "@guanxi/kit/store";
import { newestOf } from "../newest.ts";
import { type CaseFact, caseFactOf } from "./case-fact.ts";
import { caseFacts } from "./case-facts.ts";
import { CAUSE_LOOK } from "./cause-look.ts";

const rows = rowsIn<Case, CaseFact>(caseFacts, (state, { version }, { timeZone }) => [
  caseFactOf(state, version, dayIn(timeZone)),
]);

const react = (changes: StateChange<Case>[], at: At) => {
  const { there, gone } = newestOf(changes);
  const dayOfTime = dayIn(at.timeZone);
  copy(
    at,
    caseFacts,
    there.map(({ state, version }) => caseFactOf(state, version, dayOfTime)),
  );
  remove(at, caseFacts, gone);
  if (there.some(({ state }) => state.kind === Case_Kind.COMPLAINT)) enqueue(at, CAUSE_LOOK, at.tenantId);
};

export const followCases = onState(Case, [caseFacts.name], react, { rows: [rows] });
