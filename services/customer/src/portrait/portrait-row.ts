// What the statement of a portrait answers.
import type { SegmentPolicy } from "@guanxi/contract/guanxi/customer/v1/segment";
import type { StoredAffiliation } from "../contacts/contact.ts";
import type { CustomerState } from "../customers/customer-state.ts";
import type { ItemArea } from "./items.ts";

/** What jsonb gives of an item: times are text. */
export interface ItemRow<B> {
  readonly id: string;
  readonly status: string;
  readonly time: string;
  readonly date: string | null;
  readonly micros: string | null;
  readonly currency: string | null;
  readonly body: B;
}

export interface InteractionBody {
  readonly channel: string | null;
  readonly direction: string | null;
  readonly subject: string;
  readonly outcome: string | null;
  readonly userId: string;
  readonly replyDueTime: string | null;
}

interface TaskBody {
  readonly kind: string | null;
  readonly title: string;
  readonly dueTime: string | null;
  readonly assigneeId: string;
  readonly reason: string;
}

interface CaseBody {
  readonly number: string;
  readonly kind: string | null;
  readonly priority: string | null;
  readonly subject: string;
  readonly assigneeId: string;
  readonly dueTime: string | null;
  readonly breached: boolean;
}

interface OpportunityBody {
  readonly displayName: string;
  readonly stageId: string;
  readonly probability: number;
  readonly nextStep: string;
  readonly nextStepDate: string | null;
  readonly ownerId: string;
}

interface OrderBody {
  readonly orderNumber: string;
  readonly creditNote: boolean;
}

interface ValueBody {
  readonly probabilityAliveMicros: string | null;
  readonly rfmSegment: string | null;
  readonly recencyScore: number;
  readonly frequencyScore: number;
  readonly monetaryScore: number;
  readonly cycleDays: number;
  readonly earliestDate: string | null;
  readonly latestDate: string | null;
}

interface FeedbackBody {
  readonly source: string | null;
  readonly topic: string;
  readonly score: number | null;
  readonly standing: string | null;
  readonly deadlineTime: string | null;
}

interface MemberBody {
  readonly campaignId: string;
  readonly campaignName: string | null;
  readonly suppressedReason: string;
}

interface PersonRow extends StoredAffiliation {
  readonly contactId: string;
  readonly displayName: string;
}

interface SegmentRow {
  readonly segmentId: string;
  readonly name: string;
  readonly sinceTime: string;
  readonly policy: SegmentPolicy | null;
}

interface NamedCustomer {
  readonly customerId: string;
  readonly displayName: string;
}

/** The columns of the customer, and beside them the parts. */
export interface PortraitRow extends CustomerState {
  readonly ownerName: string | null;
  readonly marks: Partial<Record<ItemArea, string>>;
  readonly people: readonly PersonRow[];
  readonly peopleCount: number;
  readonly segments: readonly SegmentRow[];
  readonly interactions: readonly ItemRow<InteractionBody>[];
  readonly unanswered: readonly ItemRow<InteractionBody>[];
  readonly contacted: Contacted;
  readonly tasks: readonly ItemRow<TaskBody>[];
  readonly cases: readonly ItemRow<CaseBody>[];
  readonly caseCounts: CaseCounts;
  readonly opportunities: readonly ItemRow<OpportunityBody>[];
  readonly pipeline: { readonly count: number; readonly micros: string };
  readonly orders: readonly ItemRow<OrderBody>[];
  readonly sold: Sold;
  readonly value: ItemRow<ValueBody> | null;
  readonly drop: ItemRow<{ readonly dropShare: number; readonly cause: string }> | null;
  readonly nps: ItemRow<{ readonly nps: number }> | null;
  readonly csat: ItemRow<{ readonly csatMicros: string }> | null;
  readonly feedback: readonly ItemRow<FeedbackBody>[];
  readonly campaigns: readonly ItemRow<MemberBody>[];
  readonly winBack: WinBackRow | null;
  readonly referrer: NamedCustomer | null;
  readonly referredCount: number;
  readonly absorbed: readonly NamedCustomer[];
}

/** The last attempt. */
interface WinBackRow {
  readonly winBackId: string;
  readonly startTime: string;
  readonly dueDate: string;
  readonly outcome: string | null;
}

interface Contacted {
  readonly lastInbound: string | null;
  readonly lastOutbound: string | null;
  readonly days90: number;
}

interface CaseCounts {
  readonly open: number;
  readonly breached: number;
  readonly complaints: number;
}

interface Sold {
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly revenue: string;
  readonly margin: string;
  readonly revenue365: string;
  readonly open: number;
}
