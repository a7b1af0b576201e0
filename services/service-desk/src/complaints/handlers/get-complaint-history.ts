import type {
  ComplaintHistory,
  GetComplaintHistoryRequest,
} from "@guanxi/contract/guanxi/service_desk/v1/complaint_history_service";
import { customers } from "@guanxi/directory/customers";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { get } from "@guanxi/kit/store";
import { caseFields, cases } from "../../cases/cases.ts";
import { complaintOf, complaintsOf, complaintTotals } from "../complaints.ts";

export const getComplaintHistory = query<GetComplaintHistoryRequest, ComplaintHistory>(
  async ({ customerId, pageSize, pageToken }, at) => {
    const [totals, { items, nextPageToken }] = await Promise.all([
      complaintTotals(at, customerId),
      list(at, cases, {
        request: { pageSize, pageToken, orderBy: "open_time desc" },
        catalogue: caseFields,
        orders: ["open_time"],
        where: [complaintsOf(customerId)],
      }),
      get(at, customers, customerId), // of nobody there is no history
    ]);
    return { totals, complaints: items.map(complaintOf), nextPageToken };
  },
);
