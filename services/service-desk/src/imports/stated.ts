// Promises whose outcome the source has stated: our clocks did not measure them, and do not.
import type { TypedRow } from "@guanxi/import/service/kind";
import type { CaseState } from "../cases/case-state.ts";
import { isOpen } from "../cases/case-status.ts";
import type { StoredTarget, TargetKind } from "../sla/clock.ts";
import type { StoredSla } from "../sla/sla-of.ts";

/** Of a case that was over before we heard of it: nothing was promised by us. */
export const UNMEASURED: StoredSla = {
  slaPolicyId: "",
  slaPolicyName: "",
  serviceCalendarId: "",
  entitlement: "",
  targets: [],
  kept: [],
};

type Times = Pick<CaseState, "status" | "firstResponseTime" | "resolveTime" | "closeTime">;

export function statedIn({ values }: TypedRow, state: Times): StoredTarget[] {
  const [timely, met] = [values.get("timely"), values.get("sla_met")];
  const solveTime = state.resolveTime ?? state.closeTime;
  return [
    ...(typeof timely === "boolean" ? [stated("FIRST_RESPONSE", timely, state.firstResponseTime)] : []),
    // That an open case has kept its promise so far is no outcome.
    ...(typeof met === "boolean" && !(met && isOpen(state)) ? [stated("RESOLUTION", met, solveTime)] : []),
  ];
}

const stated = (kind: TargetKind, met: boolean, time: Date | null): StoredTarget => ({
  kind,
  state: met ? "MET" : "BREACHED",
  targetSeconds: 0,
  dueTime: null,
  metTime: time?.toISOString() ?? null,
  breachTime: null,
  elapsedSeconds: 0,
  stated: true,
});
