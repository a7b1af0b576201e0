import type {
  CareStanding,
  ListCareStandingsRequest,
  ListCareStandingsResponse,
} from "@guanxi/contract/guanxi/interaction/v1/care_plan_service";
import { dateOrNone } from "@guanxi/kit/days";
import { query } from "@guanxi/kit/handler";
import { list, where } from "@guanxi/kit/list";
import type { CareClock } from "../care-clock.ts";
import { careClockFields, careClocks } from "../care-clocks.ts";

const present = (clock: CareClock): CareStanding => ({
  carePlanId: clock.carePlanId,
  customerId: clock.customerId,
  orderId: clock.orderId ?? "",
  nextDueDate: dateOrNone(clock.nextDueDate),
  openTaskId: clock.openTaskId ?? "",
  madeCount: clock.madeCount,
  doneCount: clock.doneCount,
  skippedCount: clock.skippedCount,
  lastDoneDate: dateOrNone(clock.lastDoneDate),
});

export const listCareStandings = query<ListCareStandingsRequest, ListCareStandingsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, careClocks, {
      request,
      catalogue: careClockFields,
      orders: ["next_due_date"],
      where: [where("care_plan_id = ?::uuid", request.carePlanId)],
    });
    return { careStandings: items.map(present), nextPageToken };
  },
);
