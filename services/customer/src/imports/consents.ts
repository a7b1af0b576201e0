// Columns that say who may be written offers to, as systems export it beside the address.
import { Channel, Consent, Consent_State } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type { Field } from "@guanxi/import/service/kind";
import { withConsent } from "../contact-points/consents.ts";
import type { CustomerState } from "../customers/customer-state.ts";
import { textOf, type Values } from "./cells.ts";
import { allOf, CONSENTS, meant } from "./words.ts";

const PURPOSE = "marketing";

interface ConsentField {
  readonly name: string;
  readonly channel: Channel;
  readonly headers: readonly string[];
}

const column = (name: string, channel: Channel, headers: string): ConsentField => ({
  name: `consent.${name}`,
  channel,
  headers: headers.split(", "),
});

/** No column that says the opposite, as Email Opt Out does: read the wrong way it would write to those who said no. */
const COLUMNS: readonly ConsentField[] = [
  column(
    "email",
    Channel.EMAIL,
    "Email Consent, Marketing Consent, Email Opt In, Email Opt-in, Accepts Email Marketing, 邮件营销同意, 同意接收邮件",
  ),
  column(
    "sms",
    Channel.SMS,
    "SMS Consent, SMS Opt In, SMS Opt-in, Accepts SMS Marketing, 短信营销同意, 同意接收短信",
  ),
  column("phone", Channel.PHONE, "Phone Consent, Call Consent, 电话营销同意, 同意接听电话"),
  column("wechat", Channel.WECHAT, "WeChat Consent, 微信营销同意"),
];

export const consentFields: Field[] = COLUMNS.map(({ name, headers }) => ({
  name,
  kind: "enum",
  headers,
  values: allOf(CONSENTS),
}));

interface Said {
  readonly values: Values;
  readonly evidence: string;
  readonly now: Date;
}

/** An empty cell says nothing. What somebody has said already a file may only take back: it may be older than their word. */
export function consented(customer: CustomerState, { values, evidence, now }: Said): CustomerState {
  let { consents } = customer;
  for (const { name, channel } of COLUMNS) {
    const word = meant(CONSENTS, textOf(values, name));
    if (!word) continue;
    const state = Consent_State[word];
    const before = consents.find((each) => each.channel === channel && each.purpose === PURPOSE);
    if (before && (before.state === state || word === "GRANTED")) continue;
    consents = withConsent(
      consents,
      Consent.fromPartial({ channel, purpose: PURPOSE, state, evidence }),
      now,
    );
  }
  return consents === customer.consents ? customer : { ...customer, consents };
}
