// How two public files become cases: the log of a help desk, whose last row of an incident holds, and complaints to an authority.

interface CaseFile {
  readonly kind: "case" | "complaint";
  /** Under shared/data. */
  readonly path: string;
  readonly sourceSystem: string;
  readonly mapping: readonly { readonly column: string; readonly field: string }[];
  readonly replacements: readonly { readonly column: string; readonly from: string; readonly to: string }[];
  readonly format: { readonly dateOrder: string };
}

const mapped = (columns: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(columns).flatMap(([column, fields]) => fields.map((field) => ({ column, field })));

const said = (column: string, words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([from, to]) => ({ column, from, to }));

/** 24,918 incidents in 141,712 rows; ? is what nobody knows, and -100 a state without a name. */
export const INCIDENTS: CaseFile = {
  kind: "case",
  path: "incident-uci/incident_event_log.csv.gz",
  sourceSystem: "servicenow",
  mapping: mapped({
    number: ["external_id"],
    incident_state: ["status"],
    // Each row is of an incident; whether it is active, its state says too.
    active: ["kind"],
    reassignment_count: ["reassignment_count"],
    reopen_count: ["reopen_count"],
    made_sla: ["sla_met"],
    opened_at: ["open_time"],
    contact_type: ["origin"],
    category: ["topic"],
    subcategory: ["topic"],
    u_symptom: ["subject"],
    priority: ["priority"],
    assignment_group: ["team"],
    closed_code: ["resolution_note"],
    resolved_at: ["resolve_time"],
    closed_at: ["close_time"],
  }),
  replacements: [
    ...said("active", { true: "INCIDENT", false: "INCIDENT" }),
    ...said("incident_state", { "-100": "" }),
    ...said("contact_type", { "Direct opening": "" }),
    ...["category", "subcategory", "u_symptom", "assignment_group", "closed_code", "resolved_at"].flatMap(
      (column) => said(column, { "?": "" }),
    ),
  ],
  format: { dateOrder: "dmy" },
};

/** 28,156 complaints; the first response is the day on which the company had it. */
export const COMPLAINTS: CaseFile = {
  kind: "complaint",
  path: "cfpb-complaints/consumer_complaints_28k.csv",
  sourceSystem: "cfpb",
  mapping: mapped({
    "Complaint ID": ["external_id"],
    Product: ["topic"],
    "Sub-product": ["topic"],
    Issue: ["subject"],
    "Sub-issue": ["description"],
    "Date received": ["open_time"],
    "Date sent to company": ["first_response_time"],
    "Company response": ["status", "resolution_note"],
    "Timely response?": ["timely"],
  }),
  replacements: said("Company response", { "Untimely response": "Closed: untimely response" }),
  format: { dateOrder: "mdy" },
};
