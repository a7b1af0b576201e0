import { indexMigration } from "@guanxi/kit/index-migration";
import { importMigration, similarRowsMigration } from "@guanxi/import/service/migration";
import { Customers1700000000001 } from "./1700000000001-customers.ts";
import { Contacts1700000000002 } from "./1700000000002-contacts.ts";
import { FieldDefinitions1700000000003 } from "./1700000000003-field-definitions.ts";
import { Purchases1700000000004 } from "./1700000000004-purchases.ts";
import { GradeSource1700000000005 } from "./1700000000005-grade-source.ts";
import { LeadIntakes1700000000006 } from "./1700000000006-lead-intakes.ts";
import { Users1700000000007 } from "./1700000000007-users.ts";
import { ContactExternalIds1700000000008 } from "./1700000000008-contact-external-ids.ts";
import { OneCustomer1700000000041 } from "./1700000000041-one-customer.ts";
import { Portrait1700000000042 } from "./1700000000042-portrait.ts";
import { Segments1700000000043 } from "./1700000000043-segments.ts";
import { Lifecycle1700000000045 } from "./1700000000045-lifecycle.ts";
import { Duplicates1700000000046 } from "./1700000000046-duplicates.ts";
import { Merges1700000000044 } from "./1700000000044-merges.ts";

/** A customer has as many traits as tags: only what a field has is single. */
const indexes = indexMigration({
  title: "OneCustomerIndexes",
  stamp: 1700000000047,
  indexes: {
    customers_by_merged_into: {
      on: "customers (tenant_id, merged_into_customer_id) where merged_into_customer_id is not null",
    },
    customers_by_referrer: {
      on: "customers (tenant_id, referrer_customer_id) where referrer_customer_id is not null",
    },
    customer_history_of_owner: {
      on: `customer_history (tenant_id, new_value collate "C", time) where field = 'owner_id'`,
    },
    customer_values_single_of_field: {
      unique: true,
      on: "customer_values (tenant_id, customer_id, kind) where kind not in ('tag', 'party_role', 'trait')",
    },
  },
  drops: ["customer_values_single"],
  needs: "1700000000001", // what is single no more were traits, which older code does not write
});

export const migrations = [
  Customers1700000000001,
  Contacts1700000000002,
  FieldDefinitions1700000000003,
  Purchases1700000000004,
  GradeSource1700000000005,
  LeadIntakes1700000000006,
  Users1700000000007,
  ContactExternalIds1700000000008,
  importMigration("customer", 1700000000009),
  OneCustomer1700000000041,
  Portrait1700000000042,
  Segments1700000000043,
  Lifecycle1700000000045,
  Duplicates1700000000046,
  Merges1700000000044,
  indexes,
  similarRowsMigration(1700000000051),
];
