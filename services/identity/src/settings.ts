import { ConfigFault, url, words } from "@guanxi/kit/env";
import { z } from "zod";
import { keysAt, keysIn, type Platform, type TrustedIssuer } from "./tokens/id-token.ts";

export const identitySettings = {
  oidcIssuer: z.string().describe("the issuer whose id tokens are trusted, as their claim iss names it"),
  oidcAudience: z.string().default("guanxi"),
  serviceAudience: z.string().default("guanxi:services"),
  /** Usually OIDC_KEYS_FILE. */
  oidcKeys: keySet().optional().describe("the issuer's public keys, as a JWK Set"),
  oidcKeysUrl: url("https", "http").optional(),
  /** A platform that names its services itself, as Kubernetes does; without it OIDC_ISSUER speaks for services too. */
  serviceIssuer: z.string().optional().describe("the issuer of the services' tokens, unlike OIDC_ISSUER"),
  serviceSubjects: words()
    .refine((all) => all.every((each) => SUBJECT.test(each)))
    .describe("who is which service, as in system:serviceaccount:crm:guanxi-sales=sales"),
  serviceKeys: keySet().optional().describe("that issuer's public keys, as a JWK Set"),
  serviceKeysUrl: url("https", "http").optional(),
  serviceKeysTokenFile: z
    .string()
    .optional()
    .describe("the file of a token without which SERVICE_KEYS_URL does not answer"),
};

const SUBJECT = /^(?<subject>\S+)=(?<service>[a-z][a-z-]*)$/;

type IdentitySettings = z.infer<z.ZodObject<typeof identitySettings>>;

export function trustedIssuer(settings: IdentitySettings): TrustedIssuer {
  const { oidcIssuer: issuer, oidcAudience: audience, serviceAudience, oidcKeys, oidcKeysUrl } = settings;
  // The address first: keys that change are found there, and the file may be the one of the demo company.
  const keys = oidcKeysUrl ? keysAt(oidcKeysUrl) : oidcKeys && keysIn(oidcKeys);
  if (!keys) throw keysMissing("OIDC");
  return { issuer, audience, serviceAudience, keys, platform: platformOf(settings) };
}

function platformOf(settings: IdentitySettings): Platform | undefined {
  const { serviceIssuer: issuer, serviceSubjects, serviceKeys, serviceKeysUrl } = settings;
  if (!issuer) return undefined;
  if (issuer === settings.oidcIssuer)
    throw new ConfigFault(["SERVICE_ISSUER is OIDC_ISSUER: write it only where it is another one."]);
  const keys = serviceKeys
    ? keysIn(serviceKeys)
    : serviceKeysUrl && keysAt(serviceKeysUrl, settings.serviceKeysTokenFile);
  if (!keys) throw keysMissing("SERVICE");
  const services = serviceSubjects.map((each) => SUBJECT.exec(each)!.groups!);
  return { issuer, keys, services: new Map(services.map(({ subject, service }) => [subject!, service!])) };
}

const keysMissing = (whose: string) =>
  new ConfigFault([
    `${whose}_KEYS_FILE is missing: write where the issuer's public keys are, or ${whose}_KEYS_URL.`,
  ]);

function keySet() {
  return z.string().refine(isKeySet);
}

function isKeySet(text: string): boolean {
  try {
    return Array.isArray((JSON.parse(text) as { keys?: unknown }).keys);
  } catch {
    return false;
  }
}
