// Files that become contacts.
import { Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import {
  ContactAdded,
  ContactChanged,
  ContactRemoved,
} from "@guanxi/contract/guanxi/customer/v1/contact_events";
import { importKind, type ImportRun, type Planned, type Unit } from "@guanxi/import/service/kind";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { add, change, type ContactSetting, type ContactState } from "../contacts/contact.ts";
import { contacts } from "../contacts/contacts.ts";
import { present } from "../contacts/present.ts";
import { settingOf } from "../contacts/setting.ts";
import { externalIdOf, textOf } from "./cells.ts";
import { contactFields } from "./contact-fields.ts";
import { contactOf } from "./contact-row.ts";
import { faultOf } from "./faults.ts";
import { type Lookup, organisationsNamed } from "./references.ts";

export const contactKind = importKind<ContactState>({
  name: "contact",
  resource: "contact",
  fields: async () => contactFields,
  key: ["external_id"],
  table: contacts,
  events: { created: ContactAdded, changed: ContactChanged, removed: ContactRemoved },
  known,
  plan,
});

async function known(at: At, sourceSystem: string, keys: readonly string[]) {
  const rows = await named<{ key: string; id: string }>(at, {
    name: "import contacts known",
    text: `
select external_id as key, contact_id as id from contact_external_ids where system = $1 and external_id = any($2::text[])`,
    values: [sourceSystem, keys],
  });
  return new Map(rows.map(({ key, id }) => [key, id]));
}

async function plan(at: At, units: readonly Unit<ContactState>[], run: ImportRun) {
  const companies = units.map(({ rows }) => textOf(rows[0]!.values, "company"));
  const company = await organisationsNamed(at, run.sourceSystem, companies);
  const setting = settingOf(at);
  return units.map((unit) => planned(unit, { at, run, setting, company }));
}

interface Knowledge {
  readonly at: At;
  readonly run: ImportRun;
  readonly setting: ContactSetting;
  readonly company: Lookup;
}

function planned(
  { key, rows, before }: Unit<ContactState>,
  { at, run, setting, company }: Knowledge,
): Planned<ContactState> {
  const { values } = rows[0]!;
  const name = textOf(values, "company").trim();
  const found = name === "" ? { id: undefined } : company(name);
  if ("fault" in found) return found;
  let places: ReadonlyMap<string, string> = new Map();
  try {
    const externalId = externalIdOf(run.sourceSystem, key);
    const row = { values, mapped: run.mapped, externalId, customerId: found.id, country: setting.country };
    const sent = contactOf(row, before && present(before));
    places = sent.places;
    const contact = at.check(Contact, sent.contact, "contact");
    return { state: before ? change(before, contact, setting) : add(contact, at.newId(), setting) };
  } catch (error) {
    return { fault: faultOf(error, run.mapped, places) };
  }
}
