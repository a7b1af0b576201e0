// What is different between two versions of a need, field by field.
import { fromBinary, type JsonObject, type JsonValue, toJson } from "@bufbuild/protobuf";
import { Need } from "@guanxi/contract/guanxi/service_desk/v1/need";
import { loadContract, messageOf } from "@guanxi/kit/contract";

/** Time and version stand beside each difference. */
const UNTOLD = new Set(["update_time", "etag"]);

interface Difference {
  readonly field: string;
  /** JSON as the API writes it; empty where nothing was set. */
  readonly oldValue: string;
  readonly newValue: string;
}

export function differences(before: Uint8Array | undefined, after: Uint8Array): Difference[] {
  const contract = loadContract();
  const desc = messageOf(contract, Need.$type);
  const json = (bytes: Uint8Array) =>
    toJson(desc, fromBinary(desc, bytes), { registry: contract, useProtoFieldName: true }) as JsonObject;
  const [old, now] = [before ? json(before) : {}, json(after)];
  return desc.fields
    .map(({ name }) => ({ field: name, oldValue: textOf(old[name]), newValue: textOf(now[name]) }))
    .filter(({ field, oldValue, newValue }) => !UNTOLD.has(field) && oldValue !== newValue);
}

const textOf = (value: JsonValue | undefined) => (value === undefined ? "" : JSON.stringify(value));
