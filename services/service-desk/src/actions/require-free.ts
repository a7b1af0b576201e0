import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { find } from "@guanxi/kit/store";
import type { CaseState } from "../cases/case-state.ts";
import { actions } from "./actions.ts";

/** What another action answers stays with it: it has counted the case, or tells its customer when it is done. */
export async function requireFree(at: At, cases: readonly CaseState[]): Promise<void> {
  const ids = [...new Set(cases.flatMap(({ correctiveActionId }) => correctiveActionId ?? []))];
  const others = new Map((await find(at, actions, ids)).map((each) => [each.correctiveActionId, each]));
  for (const { number, correctiveActionId } of cases) {
    const other = others.get(correctiveActionId ?? "");
    if (!other || other.state === "CANCELLED") continue;
    const advice = other.state === "DONE" ? "it stays there, for that one is done" : "unlink it there first";
    throw refuse(
      "precondition",
      "LINKED_ELSEWHERE",
      `Case ${number} is linked to corrective action ${other.correctiveActionId}: ${advice} (“${other.title}”).`,
    );
  }
}
