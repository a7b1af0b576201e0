import { Need } from "@guanxi/contract/guanxi/service_desk/v1/need";
import { NeedIdentified } from "@guanxi/contract/guanxi/service_desk/v1/need_events";
import type {
  RecordNeedsRequest,
  RecordNeedsResponse,
} from "@guanxi/contract/guanxi/service_desk/v1/need_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { identify } from "../need.ts";
import { needs } from "../needs.ts";
import { present } from "../present.ts";
import { requireReferred } from "../referred.ts";

export const recordNeeds = command<RecordNeedsRequest, RecordNeedsResponse>(async (request, at) => {
  const { source, identifyTime, needs: found } = request;
  const identified = found.map(({ customerId, contactId, ...rest }) => {
    const asked = customerId ? { customerId, contactId } : request;
    const whose = { customerId: asked.customerId, contactId: asked.contactId };
    return identify(Need.fromPartial({ ...rest, ...whose, source, identifyTime }), at.newId(), at);
  });
  await Promise.all(identified.map((need) => requireReferred(at, need)));
  return { needs: record(at, needs, identified, NeedIdentified).map(present) };
});
