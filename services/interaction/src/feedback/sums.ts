// What SummarizeFeedback answers: whatever came in has had a response, waits for one, or was spam.
import { Feedback_Source } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import type {
  FeedbackSum,
  SummarizeFeedbackResponse,
} from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import type { At } from "@guanxi/kit/at";
import { type NameOf, numberOf } from "@guanxi/kit/enum-names";
import { named } from "@guanxi/kit/store";

interface Sum {
  readonly source: NameOf<typeof Feedback_Source>;
  readonly count: number;
  readonly responded: number;
  readonly waiting: number;
  readonly spam: number;
  readonly overdue: number;
  readonly escalated: number;
  readonly resolved: number;
  readonly responseHours: number;
}

export interface SumOptions {
  readonly fromDay: string | null;
  readonly toDay: string | null;
  readonly ownerId: string;
}

const SUMS = `
select source, count(*)::int as count,
  (count(*) filter (where response_time is not null))::int as responded,
  (count(*) filter (where response_time is null and state <> 'SPAM'))::int as waiting,
  (count(*) filter (where response_time is null and state = 'SPAM'))::int as spam,
  (count(*) filter (where state in ('NEW', 'ACKNOWLEDGED', 'IN_PROGRESS') and deadline_time <= $3::timestamptz))::int as overdue,
  (count(*) filter (where escalate_time is not null))::int as escalated,
  (count(*) filter (where resolve_time is not null))::int as resolved,
  coalesce(sum(extract(epoch from response_time - event_time)) / 3600, 0)::float8 as "responseHours"
from feedback where event_date between coalesce($1::date, '-infinity') and coalesce($2::date, 'infinity')`;

export async function sumFeedback(at: At, { fromDay, toDay, ownerId }: SumOptions): Promise<Sum[]> {
  const values = [fromDay, toDay, at.now.toISOString()];
  return ownerId === ""
    ? named<Sum>(at, { name: "feedback sums", text: `${SUMS} group by source order by source`, values })
    : named<Sum>(at, {
        name: "feedback sums of owner",
        text: `${SUMS} and owner_id = $4 group by source order by source`,
        values: [...values, ownerId],
      });
}

const NONE = {
  count: 0,
  responded: 0,
  waiting: 0,
  spam: 0,
  overdue: 0,
  escalated: 0,
  resolved: 0,
  responseHours: 0,
};

export function presentSums(sums: readonly Sum[]): SummarizeFeedbackResponse {
  const total = { ...NONE };
  for (const sum of sums)
    for (const key of Object.keys(NONE) as (keyof typeof NONE)[]) total[key] += sum[key];
  return {
    sums: sums.map((sum) => presentSum(sum, numberOf(Feedback_Source, sum.source))),
    total: presentSum(total, Feedback_Source.UNSPECIFIED),
  };
}

const presentSum = (sum: Omit<Sum, "source">, source: Feedback_Source): FeedbackSum => ({
  source,
  count: BigInt(sum.count),
  responded: BigInt(sum.responded),
  waiting: BigInt(sum.waiting),
  spam: BigInt(sum.spam),
  overdue: BigInt(sum.overdue),
  escalated: BigInt(sum.escalated),
  resolved: BigInt(sum.resolved),
  meanResponseHours: sum.responded > 0 ? sum.responseHours / sum.responded : 0,
});
