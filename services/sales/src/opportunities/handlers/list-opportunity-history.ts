import type {
  ListOpportunityHistoryRequest,
  ListOpportunityHistoryResponse,
} from "@guanxi/contract/guanxi/sales/v1/opportunity_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { get } from "@guanxi/kit/store";
import { differences } from "../differences.ts";
import { opportunities } from "../opportunities.ts";
import {
  actorOf,
  ofOpportunity,
  opportunityVersions,
  versionBefore,
  versionFields,
} from "../opportunity-versions.ts";

export const listOpportunityHistory = query<ListOpportunityHistoryRequest, ListOpportunityHistoryResponse>(
  async ({ opportunityId, pageSize, pageToken }, at) => {
    const [{ items, nextPageToken }] = await Promise.all([
      list(at, opportunityVersions, {
        request: { pageSize, pageToken },
        catalogue: versionFields,
        orders: ["version"],
        where: [ofOpportunity(opportunityId)],
      }),
      get(at, opportunities, opportunityId), // another tenant's opportunity is not there
    ]);
    let before = await versionBefore(at, opportunityId, items[0]?.version ?? 0);
    const changes = items.flatMap((item) => {
      const found = differences(before?.state, item.state);
      before = item;
      return found.map((each) => ({ ...each, version: item.version, time: item.time, actor: actorOf(item) }));
    });
    return { changes, nextPageToken };
  },
);
