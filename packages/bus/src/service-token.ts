import { readFile } from "node:fs/promises";
import { Client, credentials, Metadata } from "@grpc/grpc-js";
import type { ExchangeTokenResponse } from "@guanxi/contract/guanxi/identity/v1/token_service";
import { ExchangeTokenRequest, TokenServiceService } from "@guanxi/contract/guanxi/identity/v1/token_service";

/** The credentials of a call in this service's own name. */
export type ServiceToken = () => Promise<Metadata>;

const EARLY_MS = 60_000;
const DEADLINE_MS = 5_000;

/** Proves with the token that the platform has put into a file who this service is, and keeps what identity gives for it. */
export function serviceToken(identityUrl: string, file: string): ServiceToken {
  let known: { readonly metadata: Metadata; readonly until: number } | undefined;
  return async () => {
    if (known && Date.now() < known.until) return known.metadata;
    const subjectToken = (await readFile(file, "utf8")).trim();
    const { accessToken, expiresIn } = await exchange(identityUrl, subjectToken);
    const metadata = new Metadata();
    metadata.set("authorization", `Bearer ${accessToken}`);
    known = { metadata, until: Date.now() + expiresIn * 1000 - EARLY_MS };
    return metadata;
  };
}

function exchange(identityUrl: string, subjectToken: string): Promise<ExchangeTokenResponse> {
  const client = new Client(identityUrl, credentials.createInsecure());
  const { path, requestSerialize, responseDeserialize } = TokenServiceService.exchangeToken;
  const request = ExchangeTokenRequest.fromPartial({
    grantType: "urn:ietf:params:oauth:grant-type:token-exchange",
    subjectToken,
    subjectTokenType: "urn:ietf:params:oauth:token-type:jwt",
  });
  const { promise, resolve, reject } = Promise.withResolvers<ExchangeTokenResponse>();
  const deadline = Date.now() + DEADLINE_MS;
  client.makeUnaryRequest(
    path,
    requestSerialize,
    responseDeserialize,
    request,
    new Metadata(),
    { deadline },
    (error, answer) => {
      client.close();
      if (error) reject(error);
      else resolve(answer!);
    },
  );
  return promise;
}
