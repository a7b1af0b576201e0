import { toBinary } from "@bufbuild/protobuf";
import { answerJson } from "./answer.ts";
import { readJson } from "./body.ts";
import type { Exchange } from "./exchange.ts";
import { requestMessage } from "./request-json.ts";

export async function unary(exchange: Exchange): Promise<void> {
  const { endpoint, req } = exchange;
  const body = endpoint.body ? await readJson(req) : undefined;
  const message = toBinary(endpoint.method.input, requestMessage(exchange, body));
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.length);
  answerJson(exchange, await endpoint.send(exchange, bytes));
}
