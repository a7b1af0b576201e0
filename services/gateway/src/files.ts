// google.api.HttpBody: a request body becomes a stream of messages, a stream of messages becomes a response body.
// Neither is ever held whole: a slow reader slows the writer down, all the way to the socket.
import { once } from "node:events";
import { create, fromBinary, toBinary, type DescMessage, type Message } from "@bufbuild/protobuf";
import type { ClientWritableStream, ServiceError } from "@grpc/grpc-js";
import { messageOf } from "@guanxi/kit/contract";
import { answerJson } from "./answer.ts";
import type { Exchange } from "./exchange.ts";
import { fieldOf } from "./fields.ts";
import { untilThere } from "./presence.ts";
import { requestMessage } from "./request-json.ts";
import { deadlineOf, metadataOf, raw, rpcPath } from "./upstream.ts";

const CHUNK = 64 * 1024;

interface Upload {
  stream: ClientWritableStream<Buffer>;
  over: boolean;
  reply: Promise<Uint8Array>;
}

export async function upload(exchange: Exchange): Promise<void> {
  const { endpoint, req, res } = exchange;
  const first = requestMessage(exchange, undefined) as Message & Record<string, unknown>;
  if (endpoint.presence.away()) await untilThere(exchange);
  const call = startUpload(exchange);
  res.once("close", () => call.stream.cancel());
  await sendPieces(exchange, call, first);
  if (call.over && !req.complete) res.setHeader("connection", "close"); // refused half way: the rest is not wanted
  call.stream.end();
  answerJson({ ...exchange, endpoint }, await call.reply);
}

function startUpload(exchange: Exchange): Upload {
  const { endpoint } = exchange;
  const call = { over: false } as Upload;
  const reply = Promise.withResolvers<Uint8Array>();
  call.stream = endpoint.upstream.makeClientStreamRequest(
    rpcPath(endpoint),
    raw,
    raw,
    metadataOf(exchange),
    deadlineOf(exchange),
    (error: ServiceError | null, value?: Buffer) => {
      call.over = true;
      call.stream.emit("drain"); // wakes a writer that would wait for ever
      if (error) reply.reject(error);
      else reply.resolve(value!);
    },
  );
  call.reply = reply.promise;
  call.reply.catch(() => {}); // awaited later; it may fail while the body is still on its way
  return call;
}

/** pipeline() would destroy the request's socket on a failure, and the refusal would never arrive. */
async function sendPieces(
  { endpoint, req }: Exchange,
  call: Upload,
  first: Message & Record<string, unknown>,
) {
  const { contract, method } = endpoint;
  const field = fieldOf(method.input, endpoint.body)!.localName;
  const piece = (data: Uint8Array, contentType = "") =>
    create<DescMessage>(messageOf(contract, "google.api.HttpBody"), { data, contentType });
  const send = async (message: Message) => {
    if (!call.over && !call.stream.write(Buffer.from(toBinary(method.input, message))))
      await once(call.stream, "drain");
  };
  first[field] = piece(new Uint8Array(), req.headers["content-type"]);
  await send(first);
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length; at += CHUNK)
      await send(create<DescMessage>(method.input, { [field]: piece(chunk.subarray(at, at + CHUNK)) }));
    if (call.over) break;
  }
}

export async function download(exchange: Exchange): Promise<void> {
  const { endpoint, res } = exchange;
  const message = Buffer.from(toBinary(endpoint.method.input, requestMessage(exchange, undefined)));
  if (endpoint.presence.away()) await untilThere(exchange);
  const call = endpoint.upstream.makeServerStreamRequest(
    rpcPath(endpoint),
    raw,
    raw,
    message,
    metadataOf(exchange),
    deadlineOf(exchange),
  );
  const gone = new AbortController();
  res.once("close", () => {
    call.cancel();
    gone.abort();
  });
  for await (const bytes of call as AsyncIterable<Buffer>) {
    const { data, contentType } = fromBinary(endpoint.method.output, bytes) as unknown as Piece;
    if (!res.headersSent) startFile(exchange, contentType);
    if (data.length > 0 && !res.write(data)) await once(res, "drain", { signal: gone.signal });
  }
  if (!res.headersSent) startFile(exchange, "");
  res.end();
}

interface Piece {
  data: Uint8Array;
  contentType: string;
}

/** Always a file to save: what somebody uploaded must not run as a page of ours. */
function startFile({ endpoint, res }: Exchange, contentType: string): void {
  res.setHeader("content-type", contentType || "application/octet-stream");
  res.setHeader("content-disposition", "attachment");
  res.setHeader("cache-control", endpoint.cacheControl);
  res.flushHeaders();
}
