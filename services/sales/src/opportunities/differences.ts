// What is different between two versions of an opportunity, field by field.
import { fromBinary, type JsonObject, type JsonValue, toJson } from "@bufbuild/protobuf";
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { loadContract, messageOf } from "@guanxi/kit/contract";

/** The stages are told by stage_id, and time and version stand beside each difference. */
const UNTOLD = new Set(["stage_entries", "update_time", "etag"]);

export interface Difference {
  readonly field: string;
  /** JSON as the API writes it; empty where nothing was set. */
  readonly oldValue: string;
  readonly newValue: string;
}

export function differences(before: Uint8Array | undefined, after: Uint8Array): Difference[] {
  const contract = loadContract();
  const desc = messageOf(contract, Opportunity.$type);
  const json = (bytes: Uint8Array) =>
    toJson(desc, fromBinary(desc, bytes), { registry: contract, useProtoFieldName: true }) as JsonObject;
  const [old, now] = [before ? json(before) : {}, json(after)];
  return desc.fields
    .map(({ name }) => ({ field: name, oldValue: textOf(old[name]), newValue: textOf(now[name]) }))
    .filter(({ field, oldValue, newValue }) => !UNTOLD.has(field) && oldValue !== newValue);
}

const textOf = (value: JsonValue | undefined) => (value === undefined ? "" : JSON.stringify(value));
