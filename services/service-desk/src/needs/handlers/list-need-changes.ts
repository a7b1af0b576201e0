import type {
  ListNeedChangesRequest,
  ListNeedChangesResponse,
} from "@guanxi/contract/guanxi/service_desk/v1/need_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { get } from "@guanxi/kit/store";
import { differences } from "../differences.ts";
import { actorOf, needVersions, ofNeed, versionBefore, versionFields } from "../need-versions.ts";
import { needs } from "../needs.ts";

export const listNeedChanges = query<ListNeedChangesRequest, ListNeedChangesResponse>(
  async ({ needId, pageSize, pageToken }, at) => {
    const [{ items, nextPageToken }] = await Promise.all([
      list(at, needVersions, {
        request: { pageSize, pageToken },
        catalogue: versionFields,
        orders: ["version"],
        where: [ofNeed(needId)],
      }),
      get(at, needs, needId), // another tenant's need is not there
    ]);
    let before = await versionBefore(at, needId, items[0]?.version ?? 0);
    const changes = items.flatMap((item) => {
      const found = differences(before?.state, item.state);
      before = item;
      return found.map((each) => ({ ...each, version: item.version, time: item.time, actor: actorOf(item) }));
    });
    return { changes, nextPageToken };
  },
);
