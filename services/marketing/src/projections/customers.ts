// What is known here of a customer: by what sending is decided, and what templates speak of.
import {
  Channel,
  Consent_State,
  type ContactPoint,
  ContactPoint_Kind,
} from "@guanxi/contract/guanxi/customer/v1/contact_point";
import {
  type Customer,
  Customer_Kind,
  Grade,
  LifecycleStage,
} from "@guanxi/contract/guanxi/customer/v1/customer";
import { mirrorCustomersWith } from "@guanxi/directory/customers";
import type { At } from "@guanxi/kit/at";
import { dayOf } from "@guanxi/kit/days";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";
import { named } from "@guanxi/kit/store";

interface StoredPoint {
  readonly kind: NameOf<typeof ContactPoint_Kind> | null;
  readonly value: string;
  readonly primary: boolean;
}

interface StoredConsent {
  readonly channel: NameOf<typeof Channel> | null;
  readonly purpose: string;
  readonly state: NameOf<typeof Consent_State> | null;
  /** Since when; jsonb has no times. */
  readonly time: string | null;
}

/** What templates may say besides. */
interface Profile {
  readonly legalName: string;
  readonly industry: string;
  readonly regionCode: string;
  readonly city: string;
  readonly grade: NameOf<typeof Grade> | null;
  readonly lifecycleStage: NameOf<typeof LifecycleStage> | null;
  readonly tags: readonly string[];
  readonly topics: readonly string[];
  readonly custom: Readonly<Record<string, unknown>>;
}

interface Kept {
  readonly state: number;
  readonly kind: NameOf<typeof Customer_Kind> | null;
  readonly points: readonly StoredPoint[];
  readonly consents: readonly StoredConsent[];
  readonly preferredChannel: string | null;
  readonly language: string;
  readonly timeZone: string;
  readonly profile: Profile;
  readonly sourceChannel: number;
  readonly createDate: string | null;
}

export interface CustomerCopy extends Kept {
  readonly customerId: string;
  readonly displayName: string;
  readonly ownerId: string | null;
}

export const mirrorCustomers = mirrorCustomersWith<Kept>({
  columns: {
    state: { type: "int" },
    kind: { type: "text", nullable: true },
    points: { type: "jsonb" },
    consents: { type: "jsonb" },
    preferredChannel: { name: "preferred_channel", type: "text", nullable: true },
    language: { type: "text" },
    timeZone: { name: "time_zone", type: "text" },
    profile: { type: "jsonb" },
    sourceChannel: { name: "source_channel", type: "int" },
    createDate: { name: "create_date", type: "date", nullable: true },
  },
  pick: keptOf,
});

/** As the customer service begins the evidence of a consent that an import brought in. */
const FROM_FILE = "import ";

function keptOf(customer: Customer): Kept {
  const { state, kind, contactPoints, consents, preferences } = customer;
  return {
    state,
    kind: nameOf(Customer_Kind, kind),
    points: contactPoints.map(storedPoint),
    consents: consents.map(({ channel, purpose, state: said, time, evidence }) => ({
      channel: nameOf(Channel, channel),
      purpose,
      state: nameOf(Consent_State, said),
      // Of what a file told nobody knows when it was said: it outdoes no unsubscription.
      time: evidence.startsWith(FROM_FILE) ? null : (time?.toISOString() ?? null),
    })),
    preferredChannel: nameOf(Channel, preferences?.preferredChannel ?? 0),
    language: preferences?.language ?? "",
    timeZone: preferences?.timeZone ?? "",
    profile: profileOf(customer),
    sourceChannel: customer.source?.channel ?? 0,
    createDate: customer.createDate ? dayOf(customer.createDate) : null,
  };
}

const storedPoint = ({ kind, value, primary }: ContactPoint): StoredPoint => ({
  kind: nameOf(ContactPoint_Kind, kind),
  value,
  primary,
});

const profileOf = (customer: Customer): Profile => ({
  legalName: customer.legalName,
  industry: customer.industry,
  regionCode: customer.regionCode,
  city: customer.city,
  grade: nameOf(Grade, customer.grade),
  lifecycleStage: nameOf(LifecycleStage, customer.lifecycleStage),
  tags: [...customer.tags],
  topics: [...(customer.preferences?.topics ?? [])],
  custom: { ...customer.custom },
});

const SELECT = `select customer_id as "customerId", display_name as "displayName", owner_id as "ownerId", state, kind, points,
    consents, preferred_channel as "preferredChannel", language, time_zone as "timeZone", profile
  from customers where customer_id = any($1::uuid[])`;

/** Those that have been heard of. */
export async function customersOf(
  at: At,
  customerIds: readonly string[],
): Promise<Map<string, CustomerCopy>> {
  const rows = await named<CustomerCopy>(at, {
    name: "customers whole",
    text: SELECT,
    values: [customerIds],
  });
  return new Map(rows.map((row) => [row.customerId, row]));
}
