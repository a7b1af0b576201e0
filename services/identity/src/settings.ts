import { ConfigFault, url } from "@guanxi/kit/env";
import { z } from "zod";
import { keysAt, keysIn, type TrustedIssuer } from "./tokens/id-token.ts";

export const identitySettings = {
  oidcIssuer: z.string().describe("the issuer whose id tokens are trusted, as their claim iss names it"),
  oidcAudience: z.string().default("guanxi"),
  serviceAudience: z.string().default("guanxi:services"),
  /** Usually OIDC_KEYS_FILE. */
  oidcKeys: z.string().refine(isKeySet).optional().describe("the issuer's public keys, as a JWK Set"),
  oidcKeysUrl: url("https", "http").optional(),
};

type IdentitySettings = z.infer<z.ZodObject<typeof identitySettings>>;

export function trustedIssuer(settings: IdentitySettings): TrustedIssuer {
  const { oidcIssuer: issuer, oidcAudience: audience, serviceAudience, oidcKeys, oidcKeysUrl } = settings;
  if (oidcKeys) return { issuer, audience, serviceAudience, keys: keysIn(oidcKeys) };
  if (oidcKeysUrl) return { issuer, audience, serviceAudience, keys: keysAt(oidcKeysUrl) };
  throw new ConfigFault([
    "OIDC_KEYS_FILE is missing: write where the issuer's public keys are, or OIDC_KEYS_URL.",
  ]);
}

function isKeySet(text: string): boolean {
  try {
    return Array.isArray((JSON.parse(text) as { keys?: unknown }).keys);
  } catch {
    return false;
  }
}
