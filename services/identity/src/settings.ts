import { about, ConfigFault, url, words } from "@guanxi/kit/env";
import { z } from "zod";
import { keysAt, keysIn, type Platform, type TrustedIssuer } from "./tokens/id-token.ts";

export const identitySettings = {
  oidcIssuer: about(
    "The company's identity provider: it says who a person is.",
    z.string().describe("the issuer whose id tokens are trusted, as their claim iss names it"),
  ),
  oidcAudience: about(
    "For whom people's id tokens are, as their claim aud names it.",
    z.string().default("guanxi"),
  ),
  serviceAudience: about(
    "For whom services' tokens are, as their claim aud names it.",
    z.string().default("guanxi:services"),
  ),
  oidcKeys: about(
    "The keys that OIDC_ISSUER signs with, usually by OIDC_KEYS_FILE; OIDC_KEYS_URL goes before it.",
    keySet().optional().describe("the issuer's public keys, as a JWK Set"),
  ),
  oidcKeysUrl: about("Where OIDC_ISSUER shows its keys.", url("https", "http").optional()),
  serviceIssuer: about(
    "A platform that names its services itself, as Kubernetes does; without it OIDC_ISSUER speaks for services too.",
    z.string().optional().describe("the issuer of the services' tokens, unlike OIDC_ISSUER"),
  ),
  serviceSubjects: about(
    "Which names of SERVICE_ISSUER stand for which services.",
    words()
      .refine((all) => all.every((each) => SUBJECT.test(each)))
      .describe("who is which service, as in system:serviceaccount:crm:guanxi-sales=sales"),
  ),
  serviceKeys: about(
    "The keys that SERVICE_ISSUER signs with, usually by SERVICE_KEYS_FILE.",
    keySet().optional().describe("that issuer's public keys, as a JWK Set"),
  ),
  serviceKeysUrl: about("Where SERVICE_ISSUER shows its keys.", url("https", "http").optional()),
  serviceKeysTokenFile: about(
    "What to show SERVICE_KEYS_URL, as a cluster asks for.",
    z.string().optional().describe("the file of a token without which SERVICE_KEYS_URL does not answer"),
  ),
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
