// The row of a template.
import type { MessageTemplate_State } from "@guanxi/contract/guanxi/marketing/v1/message_template";
import type { NameOf } from "@guanxi/kit/enum-names";

export interface TemplateState {
  readonly templateId: string;
  readonly name: string;
  readonly variants: readonly StoredVariant[];
  readonly state: NameOf<typeof MessageTemplate_State>;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export interface StoredVariant {
  /** EMAIL, SMS or WECHAT. */
  readonly channel: string;
  /** BCP 47; empty for any. */
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}
