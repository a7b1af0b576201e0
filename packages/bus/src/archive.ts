import { Client, credentials } from "@grpc/grpc-js";
import {
  EventLogServiceService,
  ReadEventsRequest,
  type ReadEventsResponse,
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

/** Another service's log of its events. */
export interface Archive {
  pages(what: Pages): AsyncIterable<Received[]>;
}

const PAGE = 500;
const LONGEST_MS = 3_600_000;

export function archiveOf(url: string, token: ServiceToken): Archive {
  return {
    async *pages({ tenantId = "", after = 0 }) {
      const client = new Client(url, credentials.createInsecure(), keepalive);
      const { path, requestSerialize, responseDeserialize } = EventLogServiceService.readEvents;
      const request = ReadEventsRequest.fromPartial({ tenantId, afterStreamSequence: BigInt(after) });
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
    },
  };
}
