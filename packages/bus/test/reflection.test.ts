import { Client, credentials } from "@grpc/grpc-js";
import { startService } from "@guanxi/testkit/service";
import { afterAll, expect, test } from "vitest";
import { teamsApp } from "./teams-app.ts";

const service = await startService(teamsApp);
afterAll(() => service.stop());

/** A question and its answer on the wire: what the library's own contract makes of them is not looked at. */
function ask(question: Buffer): Promise<string> {
  const raw = (bytes: Buffer) => bytes;
  const path = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
  const client = new Client(service.grpcAddress(), credentials.createInsecure());
  const call = client.makeBidiStreamRequest(path, raw, raw);
  const answer = new Promise<string>((resolve, reject) => {
    call.once("data", (answer: Buffer) => resolve(answer.toString("latin1")));
    call.once("error", reject);
    call.write(question);
    call.end();
  });
  return answer.finally(() => client.close());
}

const LIST_SERVICES = Buffer.from([0x3a, 0x00]);
const containing = (symbol: string) =>
  Buffer.concat([Buffer.from([0x22, symbol.length]), Buffer.from(symbol)]);

test("a server tells what it serves, with the messages that it takes, and nothing of others", async () => {
  const services = await ask(LIST_SERVICES);
  expect(services).toContain("guanxi.identity.v1.TeamService");
  expect(services).not.toContain("guanxi.sales.v1.OrderService");
  expect(await ask(containing("guanxi.identity.v1.Team"))).toContain("parent_team_id");
});
