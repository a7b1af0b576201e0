import type { Need } from "@guanxi/contract/guanxi/service_desk/v1/need";
import type { GetNeedRequest } from "@guanxi/contract/guanxi/service_desk/v1/need_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { needs } from "../needs.ts";
import { present } from "../present.ts";

export const getNeed = query<GetNeedRequest, Need>(async ({ needId }, at) =>
  present(await get(at, needs, needId)),
);
