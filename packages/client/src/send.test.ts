import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getUser, updateUser } from "./gen/guanxi.ts";
import { connect, ProblemError, tokenFor } from "./send.ts";

const asked: { line: string; headers: IncomingMessage["headers"] }[] = [];
let answer: (res: ServerResponse) => void;
const server = createServer((req, res) => {
  asked.push({ line: `${req.method} ${req.url}`, headers: req.headers });
  req.resume().on("end", () => answer(res));
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const json = (status: number, type: string, body: object) => (res: ServerResponse) =>
  res.writeHead(status, { "content-type": type }).end(JSON.stringify(body));

test("a call carries address, encoded path, headers and a token that is fetched anew each time", async () => {
  let tokens = 0;
  connect({ url, token: async () => `token-${++tokens}` });
  answer = json(200, "application/json; charset=utf-8", { userId: "a/b", etag: "7" });
  expect((await getUser("a/b")).userId).toBe("a/b");
  await updateUser("a/b", { displayName: "林晓" }, { "If-Match": '"7"' });
  await getUser("a", undefined, { headers: { authorization: "Bearer mine" } });
  expect(asked.map(({ line, headers }) => [line, headers.authorization, headers["if-match"]])).toEqual([
    ["GET /v1/users/a%2Fb", "Bearer token-1", undefined],
    ["PATCH /v1/users/a%2Fb", "Bearer token-2", '"7"'],
    ["GET /v1/users/a", "Bearer mine", undefined],
  ]);
});

test("what a connection says besides goes with every call, unless the call says otherwise", async () => {
  asked.length = 0;
  answer = json(200, "application/json", {});
  connect({ url, headers: { "x-guanxi-console": "1", "accept-language": "zh-CN" } });
  await getUser("a");
  await getUser("b", undefined, { headers: { "Accept-Language": "en" } });
  expect(asked.map(({ headers }) => [headers["x-guanxi-console"], headers["accept-language"]])).toEqual([
    ["1", "zh-CN"],
    ["1", "en"],
  ]);
  let calls = 0;
  connect({ url, headers: () => ({ "x-guanxi-console": String((calls += 1)) }) });
  await getUser("a");
  await getUser("b");
  expect(asked.slice(2).map(({ headers }) => headers["x-guanxi-console"])).toEqual(["1", "2"]);
});

test("whoever is asked for a token may ask for it here, while other calls go on with theirs", async () => {
  asked.length = 0;
  answer = json(200, "application/json", { access_token: "fresh", userId: "a" });
  connect({ url, token: () => tokenFor(url, "an id token") });
  await Promise.all([getUser("a"), getUser("b")]);
  const calls = asked.map(({ line, headers }) => `${line} ${headers.authorization}`);
  expect(calls.toSorted()).toEqual([
    "GET /v1/users/a Bearer fresh",
    "GET /v1/users/b Bearer fresh",
    "POST /v1/token:exchange undefined",
    "POST /v1/token:exchange undefined",
  ]);
});

test("a refusal is an error that carries the problem", async () => {
  connect({ url });
  const problem = { title: "Not found", status: 404, reason: "NOT_FOUND", detail: "There is no user a." };
  answer = json(404, "application/problem+json; charset=utf-8", problem);
  const error = await getUser("a").catch((each: unknown) => each);
  expect(error).toBeInstanceOf(ProblemError);
  expect(error).toMatchObject({ message: "There is no user a.", problem });
});

test("so is one of a proxy that knows no problems", async () => {
  connect({ url });
  answer = (res) => res.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad Gateway</h1>");
  await expect(getUser("a")).rejects.toMatchObject({
    message: "<h1>Bad Gateway</h1>",
    problem: { status: 502, title: "Bad Gateway", reason: "" },
  });
});
