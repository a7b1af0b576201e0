import { Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import type { At } from "@guanxi/kit/at";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { where } from "@guanxi/kit/list";
import { refuse } from "@guanxi/kit/refuse";
import { side } from "@guanxi/kit/side";
import { lockFound, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { customers } from "../customers/customers.ts";
import type { ContactState } from "./contact.ts";
import { present } from "./present.ts";

const contactTable = new EntitySchema<ContactState>({
  name: "contact",
  tableName: "contacts",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    contactId: { name: "contact_id", type: "uuid", primary: true },
    displayName: { name: "display_name", type: "text" },
    contactPoints: { name: "contact_points", type: "jsonb" },
    preferredChannels: { name: "preferred_channels", type: "jsonb" },
    consents: { type: "jsonb" },
    affiliations: { type: "jsonb" },
    externalIds: { name: "external_ids", type: "jsonb" },
    state: { type: "text" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

const affiliations = side<ContactState>(
  "contact_affiliations",
  { customer_id: "uuid", ended: "bool" },
  ({ affiliations }) =>
    affiliations.map(({ customerId, endDate }) => ({ customer_id: customerId, ended: endDate !== null })),
);

const externalIds = side<ContactState>(
  "contact_external_ids",
  { system: "text", external_id: "text" },
  ({ externalIds }) => externalIds.map(({ system, id }) => ({ system, external_id: id })),
);

export const contacts = table({
  entity: contactTable,
  message: Contact,
  present,
  sides: [affiliations, externalIds],
  violations: {
    contact_affiliations_customer_fkey: () =>
      refuse("invalid", "UNKNOWN_CUSTOMER", "Name customers that exist."),
    contact_external_ids_pkey: () =>
      refuse("exists", "CONTACT_EXISTS", "Another contact has this external id already.", [
        { field: "contact.external_ids", description: "belongs to another contact", reason: "TAKEN" },
      ]),
  },
});

export const contactFields = catalogue<ContactState>({ id: "contact_id", side: "contact_values" }, [
  {
    name: "display_name",
    type: "text",
    stored: { column: "display_name" },
    read: ({ displayName }) => displayName,
    personal: true,
  },
  {
    name: "create_time",
    type: "time",
    stored: { column: "create_time" },
    read: ({ createTime }) => createTime,
  },
  {
    name: "update_time",
    type: "time",
    stored: { column: "update_time" },
    read: ({ updateTime }) => updateTime,
  },
]);

export const active = where("state = 'ACTIVE'");

export const atCustomer = (customerId: string, includeLeft: boolean) =>
  where(
    `contact_id in (select a.contact_id from contact_affiliations a
      where a.customer_id = ?::uuid and a.ended = any(?::bool[]))`,
    customerId,
    includeLeft ? [false, true] : [false],
  );

/** All who work or worked at these, whether they are in the archive or not. */
export async function contactIdsAt(at: At, customerIds: readonly string[]): Promise<string[]> {
  const rows = await named<{ contactId: string }>(at, {
    name: "contacts at customers",
    text: `
select distinct contact_id as "contactId" from contact_affiliations where customer_id = any($1::uuid[])`,
    values: [customerIds],
  });
  return rows.map(({ contactId }) => contactId);
}

/** People work at organisations. */
export async function requireOrganisations(at: At, contact: ContactState): Promise<void> {
  const ids = [...new Set(contact.affiliations.map(({ customerId }) => customerId))];
  // Locked, so that none of them is merged meanwhile and leaves the contact behind.
  const found = new Map((await lockFound(at, customers, ids)).map((each) => [each.customerId, each]));
  const violations = contact.affiliations.flatMap(({ customerId }, index) => {
    const field = `contact.affiliations[${index}].customer_id`;
    const customer = found.get(customerId);
    if (!customer) return [{ field, description: "is no customer", reason: "UNKNOWN_CUSTOMER" }];
    if (customer.mergedIntoCustomerId)
      return [
        { field, description: `is customer ${customer.mergedIntoCustomerId} now`, reason: "CUSTOMER_MERGED" },
      ];
    if (customer.kind === "ORGANISATION") return [];
    return [{ field, description: "is no organisation", reason: "NOT_AN_ORGANISATION" }];
  });
  const [first] = violations;
  const kind = first?.reason === "CUSTOMER_MERGED" ? "precondition" : "invalid";
  if (first) throw refuse(kind, first.reason, "Name organisations among the customers.", violations);
}
