import type {
  ListCustomerSegmentsRequest,
  ListCustomerSegmentsResponse,
} from "@guanxi/contract/guanxi/customer/v1/segment_service";
import { query } from "@guanxi/kit/handler";
import { getLiving } from "../../customers/living.ts";
import { type JoinedSegment, segmentsOf } from "../memberships.ts";
import { present } from "../present.ts";
import { byRank } from "../segment.ts";

export const listCustomerSegments = query<ListCustomerSegmentsRequest, ListCustomerSegmentsResponse>(
  async ({ customerId: asked }, at) => {
    const { customerId } = await getLiving(at, asked);
    const found = await segmentsOf(at, customerId);
    const ordered = [...byRank(found), ...found.filter(({ policy }) => policy === null)];
    return { segments: ordered.map(joined) };
  },
);

const joined = ({ sinceTime, ...segment }: JoinedSegment) => ({ segment: present(segment), sinceTime });
