import type {
  PreviewSegmentRequest,
  PreviewSegmentResponse,
} from "@guanxi/contract/guanxi/customer/v1/segment_service";
import { query } from "@guanxi/kit/handler";
import { find } from "@guanxi/kit/store";
import { customers } from "../../customers/customers.ts";
import { answer } from "../../customers/present.ts";
import { compileCondition } from "../condition.ts";
import { countRows, sampleIds } from "../rows.ts";

/** As the contract says. */
const MOST_COUNTED = 100_000;

export const previewSegment = query<PreviewSegmentRequest, PreviewSegmentResponse>(
  async ({ condition: text }, at) => {
    const condition = await compileCondition(at, text, "condition");
    const [{ count, more }, ids] = await Promise.all([
      countRows(at, { condition }, MOST_COUNTED),
      sampleIds(at, { condition }),
    ]);
    const sample = await find(at, customers, ids);
    return {
      customerCount: count,
      more,
      sample: sample.map((customer) => answer(customer, at)),
      notes: condition.notes.map(({ line, column, message }) => `line ${line}, column ${column}: ${message}`),
    };
  },
);
