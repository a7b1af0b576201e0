import { on } from "@guanxi/bus/reaction";
import type { ReturnVisit } from "@guanxi/contract/guanxi/interaction/v1/return_visit";
import { ReturnVisitRecorded } from "@guanxi/contract/guanxi/interaction/v1/return_visit_events";
import { Need, NeedSource_Kind } from "@guanxi/contract/guanxi/service_desk/v1/need";
import { NeedIdentified } from "@guanxi/contract/guanxi/service_desk/v1/need_events";
import type { At } from "@guanxi/kit/at";
import { record } from "@guanxi/kit/store";
import { identify } from "./need.ts";
import type { NeedState } from "./need-state.ts";
import { knownSourceKeys, needs } from "./needs.ts";

/** What a customer said they need when we asked how it goes is written down as their need (R066, R087), each once. */
export const noteStatedNeeds = on(ReturnVisitRecorded, async ({ returnVisit }, at) => {
  if (!returnVisit) return;
  const stated = statedNeeds(returnVisit, at);
  const known = await knownSourceKeys(
    at,
    stated.map(({ sourceKey }) => sourceKey!),
  );
  record(
    at,
    needs,
    stated.filter(({ sourceKey }) => !known.has(sourceKey!)),
    NeedIdentified,
  );
});

function statedNeeds(visit: ReturnVisit, at: At): NeedState[] {
  const { returnVisitId, customerId, contactId, userId, eventTime } = visit;
  // Another clock may be ahead of ours.
  const identifyTime = eventTime && eventTime < at.now ? eventTime : at.now;
  return visit.needs.map(({ statement, productId }, position) => {
    const source = { kind: NeedSource_Kind.RETURN_VISIT, id: returnVisitId };
    const said = { statement, productId, customerId, contactId, ownerId: userId, source, identifyTime };
    return identify(Need.fromPartial(said), at.newId(), at, `return_visit ${returnVisitId} ${position}`);
  });
}
