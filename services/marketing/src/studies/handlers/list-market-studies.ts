import type {
  ListMarketStudiesRequest,
  ListMarketStudiesResponse,
} from "@guanxi/contract/guanxi/marketing/v1/market_study_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentStudy } from "../present.ts";
import { studyFields, studies } from "../studies.ts";

export const listMarketStudies = query<ListMarketStudiesRequest, ListMarketStudiesResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, studies, {
      request,
      catalogue: studyFields,
      orders: ["create_time", "update_time", "title"],
    });
    return { marketStudies: items.map(presentStudy), nextPageToken };
  },
);
