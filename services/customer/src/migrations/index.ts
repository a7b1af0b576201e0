import { importMigration } from "@guanxi/import/service/migration";
import { Customers1700000000001 } from "./1700000000001-customers.ts";
import { Contacts1700000000002 } from "./1700000000002-contacts.ts";
import { FieldDefinitions1700000000003 } from "./1700000000003-field-definitions.ts";
import { Purchases1700000000004 } from "./1700000000004-purchases.ts";
import { GradeSource1700000000005 } from "./1700000000005-grade-source.ts";
import { LeadIntakes1700000000006 } from "./1700000000006-lead-intakes.ts";
import { Users1700000000007 } from "./1700000000007-users.ts";
import { ContactExternalIds1700000000008 } from "./1700000000008-contact-external-ids.ts";

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
];
