import { Need } from "@guanxi/contract/guanxi/service_desk/v1/need";
import { NeedIdentified } from "@guanxi/contract/guanxi/service_desk/v1/need_events";
import type { CreateNeedRequest } from "@guanxi/contract/guanxi/service_desk/v1/need_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { identify } from "../need.ts";
import { needs } from "../needs.ts";
import { present } from "../present.ts";
import { requireReferred } from "../referred.ts";

export const createNeed = command<CreateNeedRequest, Need>(async (request, at) => {
  const need = identify(Need.fromPartial(request.need ?? {}), at.newId(), at);
  await requireReferred(at, need);
  return present(record(at, needs, need, NeedIdentified));
});
