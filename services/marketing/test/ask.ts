// Requests as JSON says them, so that a test names only what it is about.
import { fromJson, type JsonValue, toBinary } from "@bufbuild/protobuf";
import { loadContract } from "@guanxi/kit/contract";
import type { Rpc } from "@guanxi/testkit/calls";
import type { TestUser } from "@guanxi/testkit/service";

type Method<Req, Res> = Rpc<Req, Res> & { readonly requestDeserialize: (bytes: Buffer) => Req };

export function requestOf<Req, Res>(rpc: Method<Req, Res>, said: object): Req {
  const contract = loadContract();
  const [, service = "", name] = rpc.path.split("/");
  const { input } = contract.getService(service)!.methods.find((method) => method.name === name)!;
  const text = JSON.stringify(said, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  const message = fromJson(input, JSON.parse(text) as JsonValue, { registry: contract });
  return rpc.requestDeserialize(Buffer.from(toBinary(input, message)));
}

export const ask = <Req, Res>(user: TestUser, rpc: Method<Req, Res>, said: object): Promise<Res> =>
  user.call(rpc, requestOf(rpc, said));
