// Copies of feedback, to know that it is there and whose it is.
import { mirror } from "@guanxi/bus/reaction";
import { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface FeedbackCopy extends State {
  readonly feedbackId: string;
  readonly customerId: string | null;
  readonly contactId: string | null;
}

export const feedbacks = table({
  entity: new EntitySchema<FeedbackCopy>({
    name: "feedback",
    tableName: "feedbacks",
    columns: {
      feedbackId: { name: "feedback_id", type: "uuid", primary: true },
      customerId: { name: "customer_id", type: "uuid", nullable: true },
      contactId: { name: "contact_id", type: "uuid", nullable: true },
      version: { type: "int" },
    },
  }),
});

export const mirrorFeedbacks = mirror(
  Feedback,
  feedbacks,
  ({ customerId, contactId }, { aggregateId, version }) => ({
    feedbackId: aggregateId,
    customerId: customerId || null,
    contactId: contactId || null,
    version,
  }),
);
