// Files over gRPC, as the gateway brings and takes them.
import { Client, credentials, Metadata, type ServiceError } from "@grpc/grpc-js";
import { once } from "node:events";
import { CallRefused, type Rpc } from "./calls.ts";

export interface Endpoint {
  readonly address: string;
  readonly token: string;
}

const MINUTES_MS = 300_000;

function opened({ address, token }: Endpoint) {
  const metadata = new Metadata();
  metadata.set("authorization", `Bearer ${token}`);
  const client = new Client(address, credentials.createInsecure());
  return { client, metadata, options: { deadline: Date.now() + MINUTES_MS } };
}

/** Sends the messages no faster than they are taken. */
export async function sendFile<Req, Res>(
  to: Endpoint,
  { path, requestSerialize, responseDeserialize }: Rpc<Req, Res>,
  messages: AsyncIterable<Req> | Iterable<Req>,
): Promise<Res> {
  const { client, metadata, options } = opened(to);
  const { promise, resolve, reject } = Promise.withResolvers<Res>();
  const answered = (error: ServiceError | null, answer?: Res) =>
    error ? reject(new CallRefused(error)) : resolve(answer!);
  promise.catch(() => undefined); // a refusal may come before the last message has gone
  const call = client.makeClientStreamRequest(
    path,
    requestSerialize,
    responseDeserialize,
    metadata,
    options,
    answered,
  );
  try {
    for await (const message of messages)
      if (!call.write(message)) await Promise.race([once(call, "drain"), promise]);
    call.end();
    return await promise;
  } catch (error) {
    call.cancel();
    throw error;
  } finally {
    client.close();
  }
}

/** All messages of the answer. */
export async function fetchFile<Req, Res>(
  from: Endpoint,
  { path, requestSerialize, responseDeserialize }: Rpc<Req, Res>,
  request: Req,
): Promise<Res[]> {
  const { client, metadata, options } = opened(from);
  const call = client.makeServerStreamRequest(
    path,
    requestSerialize,
    responseDeserialize,
    request,
    metadata,
    options,
  );
  try {
    return await Array.fromAsync(call as AsyncIterable<Res>);
  } catch (error) {
    throw new CallRefused(error as ServiceError);
  } finally {
    client.close();
  }
}
