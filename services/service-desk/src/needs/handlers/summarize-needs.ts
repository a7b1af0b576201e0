import type {
  SummarizeNeedsRequest,
  SummarizeNeedsResponse,
} from "@guanxi/contract/guanxi/service_desk/v1/need_service";
import { query } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { type NeedSums, type SumKey, sumNeeds } from "../needs.ts";

const DEFAULT_SIZE = 50;

export const summarizeNeeds = query<SummarizeNeedsRequest, SummarizeNeedsResponse>(
  async ({ pageSize, pageToken }, at) => {
    const size = pageSize || DEFAULT_SIZE;
    const [total, ...found] = await sumNeeds(at, size + 1, pageToken ? readKey(pageToken) : undefined);
    const products = found.slice(0, size);
    return {
      total: summaryOf(total!),
      products: products.map(summaryOf),
      nextPageToken: found.length > size ? writeKey(products.at(-1)!) : "",
    };
  },
);

const writeKey = ({ needCount, productId }: NeedSums) =>
  Buffer.from(`${needCount} ${productId ?? ""}`).toString("base64url");

const KEY = /^(\d{1,9}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/;

function readKey(token: string): SumKey {
  const [, needCount, productId] = KEY.exec(Buffer.from(token, "base64url").toString()) ?? [];
  if (needCount !== undefined) return { needCount: Number(needCount), productId: productId ?? null };
  const violation = { field: "page_token", description: "is of another list", reason: "PAGE_TOKEN" };
  throw refuse("invalid", "INVALID_REQUEST", "The list cannot be read.", [violation]);
}

const summaryOf = ({ productId, needCount, satisfiedCount, declinedCount, customerCount }: NeedSums) => ({
  productId: productId ?? "",
  needCount,
  openCount: needCount - satisfiedCount - declinedCount,
  satisfiedCount,
  declinedCount,
  customerCount,
});
