import type { HandOver } from "@guanxi/contract/guanxi/customer/v1/hand_over";
import type { GetHandOverRequest } from "@guanxi/contract/guanxi/customer/v1/hand_over_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { present } from "../hand-over.ts";
import { counted, handOvers } from "../hand-overs.ts";

export const getHandOver = query<GetHandOverRequest, HandOver>(async ({ handOverId }, at) => {
  const [handOver] = await counted(at, await get(at, handOvers, [handOverId]));
  return present(handOver!);
});
