import type {
  ListNoticesRequest,
  ListNoticesResponse,
} from "@guanxi/contract/guanxi/service_desk/v1/notice_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { noticeFields, notices, presentNotice } from "../notices.ts";

export const listNotices = query<ListNoticesRequest, ListNoticesResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, notices, {
    request,
    catalogue: noticeFields,
    orders: ["create_time"],
  });
  return { notices: items.map(presentNotice), nextPageToken };
});
