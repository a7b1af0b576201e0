import {
  CreateUserRequest,
  DeactivateUserRequest,
  UserServiceService,
} from "@guanxi/contract/guanxi/identity/v1/user_service";
import { GetTenantRequest, TenantServiceService } from "@guanxi/contract/guanxi/identity/v1/tenant_service";
import { ListUsersRequest } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { createRemoteJWKSet, decodeJwt, generateKeyPair, jwtVerify, UnsecuredJWT } from "jose";
import { afterAll, expect, test } from "vitest";
import { aCompany, type IdToken, inSeconds, ISSUER, startIdentity } from "./rig.ts";

const identity = await startIdentity();
afterAll(() => identity.stop());

const lin = aCompany();
const { tenantId } = await identity.provision(lin);
await identity.settled();
const theirs = await generateKeyPair("ES256");
const refused = { code: "UNAUTHENTICATED", reason: "INVALID_SUBJECT_TOKEN" };

test("an id token becomes a Guanxi token that says who and for whom, and nothing of rights", async () => {
  const answer = await identity.exchange(await identity.idToken({ claims: { sub: lin.subject } }));
  expect(answer).toMatchObject({
    issuedTokenType: "urn:ietf:params:oauth:token-type:access_token",
    tokenType: "Bearer",
    expiresIn: 300,
  });
  const keys = createRemoteJWKSet(new URL(`${identity.managementUrl()}/keys`));
  const { payload, protectedHeader } = await jwtVerify(answer.accessToken, keys);
  expect(protectedHeader).toMatchObject({ alg: "ES256", typ: "at+jwt", kid: expect.any(String) });
  expect(Object.keys(payload).sort()).toEqual(
    ["aud", "client_id", "exp", "iat", "iss", "jti", "name", "sub", "tenant_id"].sort(),
  );
  expect(payload).toMatchObject({ aud: "guanxi", tenant_id: tenantId, name: "林晓", client_id: "guanxi" });
  expect(payload.exp! - payload.iat!).toBe(300);
});

test("the token opens the company's door", async () => {
  const ask = await identity.signIn(lin.subject);
  const tenant = await ask(TenantServiceService.getTenant, GetTenantRequest.fromPartial({}));
  expect(tenant).toMatchObject({ tenantId, displayName: "晨光贸易", timeZone: "Asia/Shanghai", etag: "1" });
});

test.for<[string, IdToken]>([
  ["of another issuer", { claims: { iss: "https://elsewhere.example.com" } }],
  ["for another audience", { claims: { aud: "somebody" } }],
  ["expired", { claims: { exp: inSeconds(-61) } }],
  ["by a foreign key", { key: theirs.privateKey }],
  ["of an unknown person", { claims: { sub: "nobody" } }],
  ["of the wrong type", { header: { typ: "at+jwt" } }],
])("a token %s is refused, and the caller does not learn why", async ([, changes]) => {
  const token = await identity.idToken({ ...changes, claims: { sub: lin.subject, ...changes.claims } });
  await expect(identity.exchange(token)).rejects.toMatchObject({ ...refused, violations: [] });
});

test("a token without a signature is refused", async () => {
  const claims = { iss: ISSUER, aud: "guanxi", sub: lin.subject, exp: inSeconds(300) };
  await expect(identity.exchange(new UnsecuredJWT(claims).encode())).rejects.toMatchObject(refused);
});

test("a Guanxi token is no id token: nobody prolongs their own", async () => {
  const { accessToken } = await identity.exchange(await identity.idToken({ claims: { sub: lin.subject } }));
  await expect(identity.exchange(accessToken)).rejects.toMatchObject(refused);
});

test("a request that is no exchange is refused by the contract", async () => {
  await expect(identity.exchange("", "no-uuid")).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    violations: expect.arrayContaining([
      expect.objectContaining({ field: "subject_token" }),
      expect.objectContaining({ field: "tenant_id" }),
    ]),
  });
});

test("a user of two companies is asked which, and told their names", async () => {
  const here = aCompany({ displayName: "甲" });
  const there = { ...here, tenant: { ...here.tenant, displayName: "乙" } };
  const first = await identity.provision(here);
  // A second company for the same account: founded by another, who lets the person in.
  const founder = aCompany({ displayName: there.tenant.displayName });
  const second = await identity.provision(founder);
  await identity.settled();
  const ask = await identity.signIn(founder.subject);
  const user = { displayName: "林晓", issuer: ISSUER, subject: here.subject };
  await ask(UserServiceService.createUser, CreateUserRequest.fromPartial({ user }));

  const token = await identity.idToken({ claims: { sub: here.subject } });
  const { accessToken: ordinary } = await identity.exchange(token);
  expect(decodeJwt(ordinary)).toMatchObject({ tenant_id: first.tenantId });
  const { accessToken } = await identity.exchange(token, second.tenantId);
  expect(decodeJwt(accessToken)).toMatchObject({ tenant_id: second.tenantId });
  await expect(identity.exchange(token, tenantId)).rejects.toMatchObject(refused);
});

test("a service proves itself and gets a token without a tenant, which opens no door for people", async () => {
  const { accessToken } = await identity.exchange(
    await identity.idToken({ claims: { sub: "service:sales", aud: "guanxi:services" } }),
  );
  const person = await identity.idToken({ claims: { sub: "service:sales" } });
  await expect(identity.exchange(person)).rejects.toMatchObject(refused);
  expect(decodeJwt(accessToken)).toMatchObject({ sub: "service:sales" });
  expect(decodeJwt(accessToken)).not.toHaveProperty("tenant_id");
  const asking = identity.call(UserServiceService.listUsers, ListUsersRequest.fromPartial({}), accessToken);
  await expect(asking).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
});

test("a deactivated user is out at once: no new token, and the old one opens nothing", async () => {
  const admin = await identity.signIn(lin.subject);
  const user = {
    displayName: "王磊",
    issuer: ISSUER,
    subject: "wang",
    grants: [{ resource: "user", action: "read" }],
  };
  const { userId } = await admin(UserServiceService.createUser, CreateUserRequest.fromPartial({ user }));
  await identity.settled();
  const wang = await identity.signIn("wang");
  const list = () => wang(UserServiceService.listUsers, ListUsersRequest.fromPartial({}));
  await expect(list()).resolves.toMatchObject({ nextPageToken: "" });

  await admin(
    UserServiceService.deactivateUser,
    DeactivateUserRequest.fromPartial({ userId, reason: "left" }),
  );
  await expect(identity.signIn("wang")).rejects.toMatchObject(refused);
  await identity.settled();
  await expect(list()).rejects.toMatchObject({ code: "PERMISSION_DENIED" });

  await admin(UserServiceService.reactivateUser, { userId, etag: "", requestId: "" });
  await identity.settled();
  await expect(list()).resolves.toBeDefined();
});
