// Under which addresses customers and their contacts call and write, to know who it is.
import { onState, type StateChange } from "@guanxi/bus/reaction";
import { Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import {
  type ContactPoint,
  ContactPoint_Kind as Kind,
} from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { LEFT_THE_BOOK } from "@guanxi/directory/left-the-book";
import type { At } from "@guanxi/kit/at";
import { dayOf } from "@guanxi/kit/days";
import { named } from "@guanxi/kit/store";

interface Address {
  readonly holderId: string;
  readonly kind: "EMAIL" | "PHONE";
  readonly address: string;
  readonly customerId: string;
  readonly contactId: string | null;
}

/** From the last digit to the first, so that an index finds a number whose beginning was not sent. */
const phoneKey = (phone: string) => [...phone.replaceAll(/\D/g, "")].reverse().join("");

const addressesOf = (points: readonly ContactPoint[], holder: Omit<Address, "kind" | "address">): Address[] =>
  points.flatMap(({ kind, normalised }): Address[] => {
    if (normalised === "") return [];
    if (kind === Kind.EMAIL) return [{ ...holder, kind: "EMAIL", address: normalised }];
    return kind === Kind.PHONE ? [{ ...holder, kind: "PHONE", address: phoneKey(normalised) }] : [];
  });

export const mirrorCustomerAddresses = onState(Customer, ["addresses"], (changes, at) =>
  keep(at, changes, ({ customerId, contactPoints, state }) =>
    LEFT_THE_BOOK.includes(state)
      ? []
      : addressesOf(contactPoints, { holderId: customerId, customerId, contactId: null }),
  ),
);

/** At the organisations where the person still is. */
export const mirrorContactAddresses = onState(Contact, ["addresses"], (changes, at) =>
  keep(at, changes, ({ contactId, contactPoints, affiliations }) =>
    affiliations
      .filter(({ endDate }) => !endDate || dayOf(endDate) >= at.today)
      .flatMap(({ customerId }) =>
        addressesOf(contactPoints, { holderId: contactId, customerId, contactId }),
      ),
  ),
);

function keep<M>(at: At, changes: readonly StateChange<M>[], addresses: (state: M) => Address[]): void {
  const last = new Map(changes.map((change) => [change.meta.aggregateId, change]));
  const rows = [...last.values()].flatMap(({ state }) => (state ? addresses(state) : []));
  at.tell({
    name: "addresses delete",
    text: "delete from addresses where holder_id = any($1::uuid[])",
    values: [[...last.keys()]],
  });
  if (rows.length === 0) return;
  at.tell({
    name: "addresses insert",
    text: `
insert into addresses (holder_id, kind, address, customer_id, contact_id)
select distinct * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[])`,
    values: [
      rows.map(({ holderId }) => holderId),
      rows.map(({ kind }) => kind),
      rows.map(({ address }) => address),
      rows.map(({ customerId }) => customerId),
      rows.map(({ contactId }) => contactId),
    ],
  });
}

interface Caller {
  readonly customerId: string;
  readonly contactId: string;
}

/** A shorter end of a number is many people's. */
const LEAST_DIGITS = 7;

/**
 * Whose address it is; nobody's where it is several customers'. A number with + is compared as a whole, any other by
 * its last digits, since telephone systems leave out what they need not dial.
 */
export async function callerOf(
  at: At,
  { phone, email }: { phone: string; email: string },
): Promise<Caller | undefined> {
  const dialled = phone.trim().replace(/^00/, "+");
  const digits = phoneKey(dialled.replace(/^0+/, ""));
  const whole = dialled.startsWith("+");
  const asked = digits.length >= LEAST_DIGITS ? digits : "";
  const rows = await named<{ customerId: string; contactId: string | null }>(at, {
    name: "caller of address",
    text: `
select customer_id as "customerId", contact_id as "contactId" from addresses
where kind = 'EMAIL' and address = $1 and $1 <> ''
union select customer_id, contact_id from addresses
where kind = 'PHONE' and $2 <> '' and address >= $2 and address <= $3
limit 20`,
    values: [email.trim().toLowerCase(), asked, whole ? asked : `${asked}:`], // ':' comes behind the digits
  });
  const customers = new Set(rows.map(({ customerId }) => customerId));
  if (customers.size !== 1) return undefined;
  const contacts = new Set(rows.flatMap(({ contactId }) => contactId ?? []));
  return { customerId: [...customers][0]!, contactId: contacts.size === 1 ? [...contacts][0]! : "" };
}
