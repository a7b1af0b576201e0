// Stands where the customer service and identity stand: says who an audience is, and takes the token of a service.
import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import {
  type AudienceServiceServer,
  AudienceServiceService,
  type Audience,
} from "@guanxi/contract/guanxi/customer/v1/audience_service";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  ExchangeTokenResponse,
  type TokenServiceServer,
  TokenServiceService,
} from "@guanxi/contract/guanxi/identity/v1/token_service";

/**
 * By segment: its customers, in the order of their ids. What is not here is refused as unknown, and a condition over the phone
 * is for those who may read what is personal. `counting` is waited for before anybody is counted.
 */
export async function startCustomerStand(
  segments: ReadonlyMap<string, readonly string[]>,
  counting: { wait(): Promise<void> } = { wait: () => Promise.resolve() },
) {
  const server = new Server();
  const membersOf = (audience: Audience | undefined): string[] | undefined => {
    const asked = audience?.segmentIds ?? [];
    if (asked.some((id) => !segments.has(id))) return undefined;
    const excluded = new Set([
      ...(audience?.excludedCustomerIds ?? []),
      ...(audience?.excludedSegmentIds ?? []).flatMap((id) => segments.get(id) ?? []),
    ]);
    const all = new Set(asked.flatMap((id) => segments.get(id)!));
    const after = audience?.afterCustomerId ?? "";
    return [...all].filter((id) => !excluded.has(id) && id > after).toSorted();
  };
  const unknown = { code: status.INVALID_ARGUMENT, details: "There is no such segment." };
  const hidden = { code: status.PERMISSION_DENIED, details: "A condition over the phone needs a right." };
  const refusalOf = (audience: Audience | undefined) => {
    const { condition = "", granted = [] } = audience ?? {};
    const knows = granted.includes("*:*") || granted.includes("customer:read_personal");
    if (condition.includes("phone") && !knows) return hidden;
    return membersOf(audience) ? undefined : unknown;
  };
  const audience: AudienceServiceServer = {
    streamAudience(call) {
      const refusal = refusalOf(call.request.audience);
      if (refusal) return void call.emit("error", refusal);
      for (const customerId of membersOf(call.request.audience)!)
        call.write({ customer: Customer.fromPartial({ customerId }), segmentIds: [] });
      call.end();
    },
    checkAudience(call, answer) {
      const refusal = refusalOf(call.request.audience);
      if (refusal) answer(refusal);
      else answer(null, {});
    },
    countAudience(call, answer) {
      const refusal = refusalOf(call.request.audience);
      if (refusal) return answer(refusal);
      const customerCount = membersOf(call.request.audience)!.length;
      counting.wait().then(
        () => answer(null, { customerCount, sample: [] }),
        (error: Error) => answer(error),
      );
    },
  };
  const token: Pick<TokenServiceServer, "exchangeToken"> = {
    exchangeToken: (_call, answer) =>
      answer(null, ExchangeTokenResponse.fromPartial({ accessToken: "of-marketing", expiresIn: 300 })),
  };
  server.addService(AudienceServiceService, audience);
  server.addService({ exchangeToken: TokenServiceService.exchangeToken }, token);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}
