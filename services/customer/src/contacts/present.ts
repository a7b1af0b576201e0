import {
  type Affiliation,
  Affiliation_Role as Role,
  Affiliation_Seniority as Seniority,
  type Contact,
  Contact_State,
} from "@guanxi/contract/guanxi/customer/v1/contact";
import { Channel } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { dateOf } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { presentConsent } from "../contact-points/consents.ts";
import type { ContactState, StoredAffiliation } from "./contact.ts";

export const present = (contact: ContactState): Contact => ({
  contactId: contact.contactId,
  displayName: contact.displayName,
  contactPoints: [...contact.contactPoints],
  preferredChannels: contact.preferredChannels.map((channel) => numberOf(Channel, channel)),
  consents: contact.consents.map(presentConsent),
  affiliations: contact.affiliations.map(presentAffiliation),
  externalIds: [...contact.externalIds],
  state: numberOf(Contact_State, contact.state),
  createTime: contact.createTime,
  updateTime: contact.updateTime,
  etag: etagOf(contact),
});

const presentAffiliation = ({
  came: _came,
  held: _held,
  ...affiliation
}: StoredAffiliation): Affiliation => ({
  ...affiliation,
  role: numberOf(Role, affiliation.role),
  seniority: numberOf(Seniority, affiliation.seniority),
  startDate: affiliation.startDate === null ? undefined : dateOf(affiliation.startDate),
  endDate: affiliation.endDate === null ? undefined : dateOf(affiliation.endDate),
});
