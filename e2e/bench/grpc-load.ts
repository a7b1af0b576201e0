import { Client, credentials, Metadata } from "@grpc/grpc-js";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import { loadContract, messageOf } from "@guanxi/kit/contract";
import { fromJson, toBinary } from "@bufbuild/protobuf";
import { randomUUID } from "node:crypto";
import { aCustomer } from "./customers.ts";

const { getCustomer, createCustomer } = CustomerServiceService;
const customer = messageOf(loadContract(), Customer.$type);

/** The service without the gateway; answers stay bytes, since reading them is the caller's cost. */
export function grpcCalls(address: string, authorization: string) {
  const client = new Client(address, credentials.createInsecure());
  const metadata = new Metadata();
  metadata.set("authorization", authorization);
  const raw = (bytes: Buffer) => bytes;
  const call = (path: string, request: Buffer) =>
    new Promise<void>((resolve, reject) => {
      const options = { deadline: Date.now() + 10_000 };
      client.makeUnaryRequest(path, raw, raw, request, metadata, options, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  return {
    read: (customerId: string) => call(getCustomer.path, getCustomer.requestSerialize({ customerId })),
    create() {
      const sent = Customer.decode(toBinary(customer, fromJson(customer, aCustomer())));
      const request = { customer: sent, requestId: randomUUID() };
      return call(createCustomer.path, createCustomer.requestSerialize(request));
    },
    close: () => client.close(),
  };
}
