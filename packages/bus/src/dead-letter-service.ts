// What people may ask about events that could not be applied: the same in every area that offers it.
import { fromBinary, toJson } from "@bufbuild/protobuf";
import type { ServiceDefinition } from "@grpc/grpc-js";
import {
  type DeadLetter,
  ListDeadLettersRequest,
  ListDeadLettersResponse,
  ReplayDeadLettersRequest,
  ReplayDeadLettersResponse,
} from "@guanxi/contract/guanxi/event/v1/dead_letter";
import type { Codec } from "@guanxi/kit/codec";
import { loadContract } from "@guanxi/kit/contract";
import type { Service } from "@guanxi/kit/edge";
import type { Row } from "@guanxi/kit/flush";
import { asking, type Handler, query } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { type ApplyOptions, durableOf } from "./apply.ts";
import { replay } from "./dead-letters.ts";

const DEFAULT_SIZE = 50;
/** Half of what the gateway waits: who is told how many are left asks once more, and who is told nothing knows nothing. */
const LONGEST_MS = 5_000;

/** Few stand here at any time, in most installations none, so they are sorted without an index of their own. */
const LIST = `select consumer, event_id, subject, aggregate_id, version, stream_sequence, attempts, parked, error,
    create_time, payload
  from dead_letters
  where ($1 = '' or consumer = $1) and (stream_sequence, consumer) > ($2, $3)
  order by stream_sequence, consumer limit $4`;

/** None where the contract gives this area no such service. */
export function deadLetterServices(area: string, readers: readonly ApplyOptions[]): Service[] {
  const name = `guanxi.${area}.v1.DeadLetterService`;
  if (!loadContract().getService(name)) return [];
  const definition: ServiceDefinition = {
    listDeadLetters: rpc(`/${name}/ListDeadLetters`, ListDeadLettersRequest, ListDeadLettersResponse),
    replayDeadLetters: rpc(`/${name}/ReplayDeadLetters`, ReplayDeadLettersRequest, ReplayDeadLettersResponse),
  };
  const handlers: Record<string, Handler<never, unknown>> = {
    listDeadLetters,
    replayDeadLetters: replayDeadLetters(readers),
  };
  return [{ definition, handlers }];
}

const listDeadLetters = query<ListDeadLettersRequest, ListDeadLettersResponse>(
  async ({ pageSize, pageToken, consumer }, at) => {
    const size = pageSize || DEFAULT_SIZE;
    const [sequence, last] = pageToken ? placeIn(pageToken, consumer) : ["-1", ""];
    const rows = await at.ask({ text: LIST, values: [consumer, sequence, last, size + 1] });
    const deadLetters = rows.slice(0, size).map(letterOf);
    const end = deadLetters.at(-1);
    return { deadLetters, nextPageToken: rows.length > size && end ? tokenOf(end, consumer) : "" };
  },
);

const replayDeadLetters = (readers: readonly ApplyOptions[]) =>
  asking<ReplayDeadLettersRequest, ReplayDeadLettersResponse, ReplayDeadLettersResponse>(
    "command",
    async ({ consumer }, call) => {
      await call.query(async () => undefined); // asks for the right, before anything is done
      const reader = readers.find((each) => durableOf(each) === consumer);
      if (!reader) throw unknownConsumer(consumer);
      return replay(reader, call.tenantId, AbortSignal.any([call.signal, AbortSignal.timeout(LONGEST_MS)]));
    },
    async (_request, _at, said) => said,
  );

/** As ts-proto writes it for a service that has its requests to itself. */
const rpc = <Req, Res>(path: string, request: Codec<Req>, response: Codec<Res>) => ({
  path,
  requestStream: false,
  responseStream: false,
  requestSerialize: (value: Req) => Buffer.from(request.encode(value).finish()),
  requestDeserialize: (bytes: Buffer) => request.decode(bytes),
  responseSerialize: (value: Res) => Buffer.from(response.encode(value).finish()),
  responseDeserialize: (bytes: Buffer) => response.decode(bytes),
});

function letterOf(row: Row): DeadLetter {
  const { type, event } = eventIn(row.subject as string, row.payload as Buffer);
  return {
    consumer: row.consumer as string,
    eventId: row.event_id as string,
    type,
    aggregateId: row.aggregate_id as string,
    version: row.version as number,
    streamSequence: BigInt(row.stream_sequence as string),
    attempts: row.attempts as number,
    parked: row.parked as boolean,
    error: row.error as string,
    createTime: row.create_time as Date,
    event,
  };
}

/** guanxi.<tenant>.<area>.v1.<Event>.p07 -> guanxi.<area>.v1.<Event>, and the event as the contract writes it. */
function eventIn(subject: string, payload: Uint8Array): { type: string; event: string } {
  const [, , area, major, name] = subject.split(".");
  const type = `guanxi.${area}.${major}.${name}`;
  const message = loadContract().getMessage(type);
  if (!message) return { type, event: "" };
  try {
    const json = toJson(message, fromBinary(message, payload), { registry: loadContract() });
    return { type, event: JSON.stringify(json) };
  } catch {
    return { type, event: "" }; // that it cannot be read may be why it is here
  }
}

const tokenOf = ({ streamSequence, consumer }: DeadLetter, asked: string) =>
  Buffer.from(JSON.stringify([asked, String(streamSequence), consumer])).toString("base64url");

function placeIn(token: string, asked: string): [sequence: string, consumer: string] {
  try {
    const [of, sequence, consumer] = JSON.parse(Buffer.from(token, "base64url").toString()) as unknown[];
    const isPlace = typeof sequence === "string" && /^\d{1,18}$/.test(sequence);
    if (of === asked && isPlace && typeof consumer === "string") return [sequence, consumer];
  } catch {
    // not one of ours
  }
  const description = "is of another list: the reader must be that of the first page";
  const field = { field: "page_token", description, reason: "PAGE_TOKEN" };
  throw refuse("invalid", "INVALID_REQUEST", "The list cannot be read.", [field]);
}

const unknownConsumer = (consumer: string) =>
  refuse("invalid", "UNKNOWN_CONSUMER", `Nobody here reads as ${consumer}: name one that the list shows.`, [
    { field: "consumer", description: "is no reader of this area" },
  ]);
