// What the rules say against a record, said of the row and the column that it comes from.
import type { Fault } from "@guanxi/import/service/kind";
import { isPassing } from "@guanxi/kit/passing";
import { Refusal } from "@guanxi/kit/refuse";

/** What goes wrong otherwise is no fault of the row. */
export function faultOf(
  error: unknown,
  fields: ReadonlySet<string>,
  places: ReadonlyMap<string, string>,
): Fault {
  if (!(error instanceof Refusal) || isPassing(error)) throw error;
  const [first] = error.violations;
  if (!first) return { reason: error.reason, message: error.message };
  const field = fieldOf(first.field, fields, places);
  const said = first.description;
  return {
    ...(field !== undefined && { field }),
    reason: first.reason !== undefined && OWN.has(first.reason) ? first.reason : "INVALID_VALUE",
    message: field === undefined ? `${first.field} ${said}.` : `This ${said}.`,
  };
}

/** Reasons that tell more than that a value is wrong; those of single rules of the contract do not. */
const OWN = new Set([
  "UNKNOWN_VALUE",
  "UNKNOWN_REFERENCE",
  "AMBIGUOUS_REFERENCE",
  "MISSING_VALUE",
  "REQUIRED",
  "TAKEN",
]);

/** customer.contact_points[1].value -> phone.mobile */
function fieldOf(
  path: string,
  fields: ReadonlySet<string>,
  places: ReadonlyMap<string, string>,
): string | undefined {
  const name = path.replace(/^(customer|contact)\./, "");
  const [place] = /^\w+\[\d+\]/.exec(name) ?? [];
  const candidates = [
    name,
    place !== undefined && places.get(place),
    SPECIAL[name.replace(/\[.*/, "")],
    name.replace(/[[.].*/, ""),
  ];
  return candidates.find((each): each is string => Boolean(each) && fields.has(each as string));
}

const SPECIAL: Readonly<Record<string, string>> = {
  external_ids: "external_id",
  "preferences.language": "language",
  "preferences.preferred_channel": "preferred_channel",
  "source.channel": "source_channel",
  "source.detail": "source_detail",
  "source.campaign": "source_campaign",
  "source.first_touch_time": "first_touch_time",
  affiliations: "company",
};
