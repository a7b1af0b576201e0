import { Customers1700000000001 } from "./1700000000001-customers.ts";
import { Contacts1700000000002 } from "./1700000000002-contacts.ts";
import { FieldDefinitions1700000000003 } from "./1700000000003-field-definitions.ts";

export const migrations = [Customers1700000000001, Contacts1700000000002, FieldDefinitions1700000000003];
