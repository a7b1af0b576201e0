import { settings } from "@guanxi/kit/env";
import { expect, test } from "vitest";
import { z } from "zod";
import { identitySettings, trustedIssuer } from "./settings.ts";

const told = (env: Record<string, string>) =>
  trustedIssuer(
    settings(z.object(identitySettings), { OIDC_ISSUER: "urn:test", OIDC_KEYS: '{"keys":[]}', ...env }),
  );
const cluster = { SERVICE_ISSUER: "https://kubernetes.test", SERVICE_KEYS: '{"keys":[]}' };

test("a platform says which of its names is which service", () => {
  const { platform } = told({
    ...cluster,
    SERVICE_SUBJECTS: "system:serviceaccount:crm:guanxi-sales=sales, urn:a=b=customer",
  });
  expect(Object.fromEntries(platform!.services)).toEqual({
    "system:serviceaccount:crm:guanxi-sales": "sales",
    "urn:a=b": "customer",
  });
  expect(told({}).platform).toBeUndefined();
});

test.for<[string, Record<string, string>, string]>([
  ["without keys", { SERVICE_ISSUER: "https://kubernetes.test" }, "SERVICE_KEYS_FILE is missing"],
  ["that is people's issuer", { ...cluster, SERVICE_ISSUER: "urn:test" }, "SERVICE_ISSUER is OIDC_ISSUER"],
  ["with a nameless service", { ...cluster, SERVICE_SUBJECTS: "lin" }, "SERVICE_SUBJECTS is not valid"],
])("a platform %s is refused with a sentence", ([, env, sentence]) => {
  expect(() => told(env)).toThrow(sentence);
});
