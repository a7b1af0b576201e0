import { toBinary } from "@bufbuild/protobuf";
import { answerJson } from "./answer.ts";
import { readJson } from "./body.ts";
import type { Exchange } from "./exchange.ts";
import { requestMessage } from "./request-json.ts";
import { deadlineOf, metadataOf, raw, rpcPath } from "./upstream.ts";

export async function unary(exchange: Exchange): Promise<void> {
  const { endpoint, req } = exchange;
  const body = endpoint.body ? await readJson(req) : undefined;
  const message = toBinary(endpoint.method.input, requestMessage(exchange, body));
  answerJson(exchange, await call(exchange, Buffer.from(message.buffer, message.byteOffset, message.length)));
}

function call(exchange: Exchange, message: Buffer): Promise<Uint8Array> {
  const { endpoint, res } = exchange;
  return new Promise((resolve, reject) => {
    const call = endpoint.upstream.makeUnaryRequest(
      rpcPath(endpoint),
      raw,
      raw,
      message,
      metadataOf(exchange),
      deadlineOf(endpoint),
      (error, reply) => (error ? reject(error) : resolve(reply!)),
    );
    res.once("close", () => call.cancel()); // nobody waits any more; after an answer this does nothing
  });
}
