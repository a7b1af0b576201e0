import { Client, credentials, type Metadata } from "@grpc/grpc-js";
import {
  EventLogServiceService,
  GetCountsRequest,
  type GetCountsResponse,
  ReadEventsRequest,
  type ReadEventsResponse,
  ReadNewestRequest,
  ReconciliationServiceService,
} from "@guanxi/contract/guanxi/event/v1/event_service";
import { keepalive } from "@guanxi/kit/keepalive";
import type { Received } from "./received.ts";
import { incoming } from "./reaction.ts";
import type { ServiceToken } from "./service-token.ts";

interface Pages {
  readonly tenantId?: string;
  /** Only what stands behind this place in the stream. */
  readonly after?: number;
}

interface Newest {
  readonly tenantId: string;
  /** All where they are not said; none where there are none. */
  readonly ids?: readonly string[];
}

/** Another service's log of its events. */
export interface Archive {
  pages(what: Pages): AsyncIterable<Received[]>;
  /** The newest event of each aggregate, in the order of their ids. */
  newest(what: Newest): AsyncIterable<Received[]>;
  /** What it counts in its own tables. */
  counts(tenantId: string): Promise<GetCountsResponse>;
}

const PAGE = 500;
const LONGEST_MS = 3_600_000;

export function archiveOf(url: string, token: ServiceToken): Archive {
  const { readEvents, readNewest } = EventLogServiceService;
  return {
    pages: ({ tenantId = "", after = 0 }) =>
      paged(
        url,
        token,
        readEvents,
        ReadEventsRequest.fromPartial({ tenantId, afterStreamSequence: BigInt(after) }),
      ),
    async *newest({ tenantId, ids }) {
      const parts = ids ? inParts(ids) : [[]];
      for (const aggregateIds of parts)
        yield* paged(url, token, readNewest, ReadNewestRequest.fromPartial({ tenantId, aggregateIds }));
    },
    counts: async (tenantId) => countsOf(url, await token(), tenantId),
  };
}

const inParts = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, part) =>
    ids.slice(part * PAGE, (part + 1) * PAGE),
  );

interface Streaming<Q> {
  readonly path: string;
  readonly requestSerialize: (request: Q) => Buffer;
  readonly responseDeserialize: (bytes: Buffer) => ReadEventsResponse;
}

async function* paged<Q>(
  url: string,
  token: ServiceToken,
  { path, requestSerialize, responseDeserialize }: Streaming<Q>,
  request: Q,
): AsyncGenerator<Received[]> {
  const client = new Client(url, credentials.createInsecure(), keepalive);
  const options = { deadline: Date.now() + LONGEST_MS };
  const call = client.makeServerStreamRequest(
    path,
    requestSerialize,
    responseDeserialize,
    request,
    await token(),
    options,
  );
  try {
    let page: Received[] = [];
    for await (const { streamSequence, subject, payload } of call as AsyncIterable<ReadEventsResponse>) {
      const sequence = Number(streamSequence);
      page.push({ sequence, subject, event: incoming(subject, payload, sequence) });
      if (page.length < PAGE) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  } finally {
    call.cancel();
    client.close();
  }
}

function countsOf(url: string, metadata: Metadata, tenantId: string): Promise<GetCountsResponse> {
  const client = new Client(url, credentials.createInsecure(), keepalive);
  const { path, requestSerialize, responseDeserialize } = ReconciliationServiceService.getCounts;
  const { promise, resolve, reject } = Promise.withResolvers<GetCountsResponse>();
  client.makeUnaryRequest(
    path,
    requestSerialize,
    responseDeserialize,
    GetCountsRequest.fromPartial({ tenantId }),
    metadata,
    { deadline: Date.now() + LONGEST_MS },
    (error, answer) => {
      client.close();
      if (error) reject(error);
      else resolve(answer!);
    },
  );
  return promise;
}
