import { getMe } from "@guanxi/client/gen/guanxi";
import { ProblemError } from "@guanxi/client/send";
import { afterEach, expect, test, vi } from "vitest";
import { queries, renewIfChanged, whenEnded } from "./api.ts";

const refusal = (status: number) =>
  new ProblemError({ type: "about:blank", title: "Refused", status, reason: "", traceId: "" });
const asked = (status: number) =>
  queries.fetchQuery({ queryKey: ["asked", status], queryFn: () => Promise.reject(refusal(status)) });

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  whenEnded(() => {});
  queries.clear();
});

test("an ended session is told of whether a question or an action is refused by it", async () => {
  const ended = vi.fn<() => void>();
  whenEnded(ended);
  await expect(asked(401)).rejects.toThrow("Refused");
  expect(ended).toHaveBeenCalledTimes(1);
  const action = queries
    .getMutationCache()
    .build(queries, { mutationFn: () => Promise.reject(refusal(401)) });
  await expect(action.execute(undefined)).rejects.toThrow("Refused");
  expect(ended).toHaveBeenCalledTimes(2);
});

test("no other refusal ends a session", async () => {
  const ended = vi.fn<() => void>();
  whenEnded(ended);
  await expect(asked(403)).rejects.toThrow("Refused");
  expect(ended).not.toHaveBeenCalled();
});

test("only what another changed first is read anew", () => {
  queries.setQueryData(["record"], { etag: "1" });
  const stale = () => queries.getQueryState(["record"])?.isInvalidated;
  renewIfChanged(refusal(409));
  expect(stale()).toBe(false);
  renewIfChanged(refusal(412));
  expect(stale()).toBe(true);
});

test("a page that nobody has touched for a while says so of all that it asks", async () => {
  const sent: Headers[] = [];
  vi.stubGlobal("fetch", async (_url: string, { headers }: { headers: Headers }) => {
    sent.push(headers);
    return Response.json({});
  });
  vi.useFakeTimers({ toFake: ["performance"], now: 0 });
  await getMe();
  vi.advanceTimersByTime(3_600_000);
  await getMe();
  expect(sent.map((headers) => headers.get("x-guanxi-unattended"))).toEqual([null, "1"]);
  for (const headers of sent) expect(headers.get("x-guanxi-console")).toBe("1");
});
