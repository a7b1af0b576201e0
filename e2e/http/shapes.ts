// Every text field that a caller may write, of the two resources with most of them.
import type { Resource, Slot } from "./naughty.ts";

const slots = (prefix: string, fields: Record<string, string>): Slot[] =>
  Object.entries(fields).map(([field, good]) => ({ field: `${prefix}.${field}`, good }));

const POINTS = {
  "contact_points[0].value": "gruesse",
  "contact_points[1].value": "lin@example.com",
  "contact_points[2].value": "+8613800138000",
  "contact_points[3].label": "office",
};

const points = (at: (field: string) => string) => [
  { kind: "KIND_WECHAT", value: at("contact_points[0].value") },
  { kind: "KIND_EMAIL", value: at("contact_points[1].value") },
  { kind: "KIND_PHONE", value: at("contact_points[2].value") },
  { kind: "KIND_OTHER", value: "room 7", label: at("contact_points[3].label") },
];

export const customer: Resource = {
  path: "/v1/customers",
  id: "customerId",
  slots: slots("customer", {
    ...POINTS,
    display_name: "Good",
    legal_name: "",
    credit_code: "",
    "addresses[0].language_code": "",
    "addresses[0].postal_code": "",
    "addresses[0].sorting_code": "",
    "addresses[0].administrative_area": "",
    "addresses[0].locality": "",
    "addresses[0].sublocality": "",
    "addresses[0].organization": "",
    "addresses[0].address_lines[0]": "1 Road",
    "addresses[0].recipients[0]": "Lin",
    "addresses[1].region_code": "CN",
    industry: "",
    "external_ids[0].id": "good",
    "external_ids[1].system": "erp",
    "source.detail": "",
    "source.campaign": "",
    "preferences.language": "",
    "preferences.topics[0]": "tea",
    "preferences.contact_hours[0].from": "08:00",
    "preferences.contact_hours[0].until": "24:00",
    "tags[0]": "good",
    category_id: "",
    owner_id: "",
    "custom.naughty": "good",
  }),
  shape(valueOf, index) {
    const at = (field: string) => valueOf(`customer.${field}`);
    return {
      kind: "KIND_ORGANISATION",
      displayName: at("display_name"),
      legalName: at("legal_name"),
      creditCode: at("credit_code"),
      contactPoints: points(at),
      addresses: [
        {
          languageCode: at("addresses[0].language_code"),
          postalCode: at("addresses[0].postal_code"),
          sortingCode: at("addresses[0].sorting_code"),
          administrativeArea: at("addresses[0].administrative_area"),
          locality: at("addresses[0].locality"),
          sublocality: at("addresses[0].sublocality"),
          organization: at("addresses[0].organization"),
          addressLines: [at("addresses[0].address_lines[0]")],
          recipients: [at("addresses[0].recipients[0]")],
        },
        { regionCode: at("addresses[1].region_code") },
      ],
      industry: at("industry"),
      externalIds: [
        { system: `list_${index}`, id: at("external_ids[0].id") },
        { system: at("external_ids[1].system"), id: `naughty ${index}` },
      ],
      source: { detail: at("source.detail"), campaign: at("source.campaign") },
      preferences: {
        language: at("preferences.language"),
        topics: [at("preferences.topics[0]")],
        contactHours: [
          {
            days: ["DAY_MONDAY"],
            from: at("preferences.contact_hours[0].from"),
            until: at("preferences.contact_hours[0].until"),
          },
        ],
      },
      tags: [at("tags[0]")],
      categoryId: at("category_id"),
      ownerId: at("owner_id"),
      custom: { naughty: at("custom.naughty") },
    };
  },
};

export const contactAt = (customerId: string): Resource => ({
  path: "/v1/contacts",
  id: "contactId",
  slots: slots("contact", {
    ...POINTS,
    display_name: "Good",
    "affiliations[0].title": "",
    "affiliations[0].department": "",
    "affiliations[0].customer_id": customerId,
  }),
  shape(valueOf) {
    const at = (field: string) => valueOf(`contact.${field}`);
    return {
      displayName: at("display_name"),
      contactPoints: points(at),
      affiliations: [
        {
          customerId: at("affiliations[0].customer_id"),
          role: "ROLE_USER",
          title: at("affiliations[0].title"),
          department: at("affiliations[0].department"),
        },
      ],
    };
  },
});
