import type {
  Need_Importance,
  Need_Status,
  NeedSource_Kind,
} from "@guanxi/contract/guanxi/service_desk/v1/need";
import type { State } from "@guanxi/kit/columns";
import type { NameOf } from "@guanxi/kit/enum-names";

export type NeedStatus = NameOf<typeof Need_Status>;

/** Absent is null, so that has() of a condition is true of what is there. */
export interface NeedState extends State {
  readonly needId: string;
  readonly statement: string;
  readonly customerId: string | null;
  readonly contactId: string | null;
  readonly productId: string | null;
  readonly opportunityId: string | null;
  readonly caseId: string | null;
  readonly sourceKind: NameOf<typeof NeedSource_Kind>;
  readonly sourceId: string | null;
  readonly sourceNote: string;
  /** No two needs share it; null where a person wrote the need down. */
  readonly sourceKey: string | null;
  readonly status: NeedStatus;
  readonly statusSinceTime: Date;
  readonly importance: NameOf<typeof Need_Importance>;
  readonly custom: boolean;
  readonly ownerId: string | null;
  readonly declineReason: string;
  readonly satisfiedDate: string | null;
  readonly toldTime: Date | null;
  readonly reopenCount: number;
  readonly identifyTime: Date;
  readonly createTime: Date;
  readonly updateTime: Date;
}
