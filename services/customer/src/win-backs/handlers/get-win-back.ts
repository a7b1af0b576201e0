import type { WinBack } from "@guanxi/contract/guanxi/customer/v1/win_back";
import type { GetWinBackRequest } from "@guanxi/contract/guanxi/customer/v1/win_back_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { present } from "../win-back.ts";
import { winBacks } from "../win-backs.ts";

export const getWinBack = query<GetWinBackRequest, WinBack>(async ({ winBackId }, at) =>
  present(await get(at, winBacks, winBackId)),
);
