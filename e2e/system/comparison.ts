// The one question behind all accidents: does the stream tell what the tables hold?
import { isDeepStrictEqual } from "node:util";
import { fromBinary, fromJson, type JsonObject, type JsonValue, toBinary, toJson } from "@bufbuild/protobuf";
import { loadContract, messageOf } from "@guanxi/kit/contract";
import type { Told } from "./stream.ts";

/** An aggregate as its service answers it: in plain proto JSON, with the version that its etag names. */
export interface Answered {
  readonly id: string;
  readonly version: number;
  readonly json: JsonValue;
}

/** Each a list of what is wrong, in words; all empty where the stream tells the truth. */
export interface Findings {
  /** Versions that are in no message. */
  lost: string[];
  /** Versions that first came behind a later one. */
  disordered: string[];
  /** Aggregates whose last state in the stream is not the one that is answered. */
  differing: string[];
}

/** Told twice is no fault: the promise is at least once, and whoever reads knows an event by its id. */
export function compare(told: readonly Told[], answered: readonly Answered[], type: string): Findings {
  const events = distinct(told).filter(({ meta }) => meta.aggregateType === type);
  const byAggregate = Map.groupBy(events, ({ meta }) => meta.aggregateId);
  const findings: Findings = { lost: [], disordered: [], differing: [] };
  for (const { id, version, json } of answered) {
    const history = byAggregate.get(id) ?? [];
    const versions = history.map(({ meta }) => meta.version);
    const missing = upTo(version).filter((each) => !versions.includes(each));
    if (missing.length > 0) findings.lost.push(`${id} lacks ${missing.join(", ")} of ${version}`);
    if (versions.some((each, index) => each < (versions[index - 1] ?? 0)))
      findings.disordered.push(`${id} came as ${versions.join(", ")}`);
    const last = history.toSorted((a, b) => a.meta.version - b.meta.version).at(-1);
    if (!last || !isDeepStrictEqual(plain(type, last.state), json)) findings.differing.push(id); // maps have no order
    byAggregate.delete(id);
  }
  findings.differing.push(...[...byAggregate.keys()].map((id) => `${id}, which nobody answers`));
  return findings;
}

export const distinct = (told: readonly Told[]): Told[] =>
  [...new Map(told.toReversed().map((each) => [each.meta.eventId, each])).values()].toReversed();

const upTo = (version: number) => Array.from({ length: version }, (_, index) => index + 1);

function plain(type: string, bytes: Uint8Array): JsonValue {
  const contract = loadContract();
  const message = messageOf(contract, type);
  return toJson(message, fromBinary(message, bytes), { registry: contract });
}

/** From bytes, or from proto JSON, which has several forms of one message: with and without what is not set. */
export function answeredOf(type: string, answer: object): Answered {
  const contract = loadContract();
  const message = messageOf(contract, type);
  const bytes =
    answer instanceof Uint8Array
      ? answer
      : toBinary(message, fromJson(message, answer as JsonObject, { registry: contract }));
  const json = plain(type, bytes) as JsonObject;
  return { id: String(json[message.fields[0]!.jsonName]), version: Number(json.etag), json };
}
