import { Notice, Notice_Purpose } from "@guanxi/contract/guanxi/service_desk/v1/notice";
import type { State } from "@guanxi/kit/columns";
import { type NameOf, namesOf, numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { column } from "../columns.ts";

export interface NoticeState extends State {
  readonly noticeId: string;
  readonly purpose: NameOf<typeof Notice_Purpose>;
  readonly customerId: string;
  readonly contactId: string | null;
  readonly subject: string;
  readonly text: string;
  readonly caseId: string | null;
  readonly needId: string | null;
  readonly correctiveActionId: string | null;
  readonly feedbackId: string | null;
  readonly createTime: Date;
}

export const presentNotice = (notice: NoticeState): Notice => ({
  noticeId: notice.noticeId,
  purpose: numberOf(Notice_Purpose, notice.purpose),
  customerId: notice.customerId,
  contactId: notice.contactId ?? "",
  subject: notice.subject,
  text: notice.text,
  caseId: notice.caseId ?? "",
  needId: notice.needId ?? "",
  correctiveActionId: notice.correctiveActionId ?? "",
  feedbackId: notice.feedbackId ?? "",
  createTime: notice.createTime,
  etag: etagOf(notice),
});

export const notices = table({
  entity: new EntitySchema<NoticeState>({
    name: "notice",
    tableName: "notices",
    columns: {
      noticeId: { name: "notice_id", type: "uuid", primary: true },
      purpose: { type: "text" },
      customerId: { name: "customer_id", type: "uuid" },
      contactId: { name: "contact_id", type: "uuid", nullable: true },
      subject: { type: "text" },
      text: { type: "text" },
      caseId: { name: "case_id", type: "uuid", nullable: true },
      needId: { name: "need_id", type: "uuid", nullable: true },
      correctiveActionId: { name: "corrective_action_id", type: "uuid", nullable: true },
      feedbackId: { name: "feedback_id", type: "uuid", nullable: true },
      createTime: { name: "create_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: Notice,
  present: presentNotice,
  customerOf: ({ customerId }) => customerId,
});

export const noticeFields = catalogue<NoticeState>({ id: "notice_id", side: "" }, [
  column("purpose", "enum", ({ purpose }) => purpose, { values: namesOf(Notice_Purpose) }),
  column("customer_id", "id", ({ customerId }) => customerId),
  column("case_id", "id", ({ caseId }) => caseId),
  column("need_id", "id", ({ needId }) => needId),
  column("corrective_action_id", "id", ({ correctiveActionId }) => correctiveActionId),
  column("feedback_id", "id", ({ feedbackId }) => feedbackId),
  column("create_time", "time", ({ createTime }) => createTime),
]);
