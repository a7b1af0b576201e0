import type { Notice } from "@guanxi/contract/guanxi/service_desk/v1/notice";
import type { GetNoticeRequest } from "@guanxi/contract/guanxi/service_desk/v1/notice_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { notices, presentNotice } from "../notices.ts";

export const getNotice = query<GetNoticeRequest, Notice>(async ({ noticeId }, at) =>
  presentNotice(await get(at, notices, noticeId)),
);
