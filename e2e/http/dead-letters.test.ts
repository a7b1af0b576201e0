// Events that a reader could not apply: seen, and applied once the cause is mended, through the gateway.
import { randomUUID } from "node:crypto";
import { UserChanged, UserJoined } from "@guanxi/contract/guanxi/identity/v1/user_events";
import { User } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newcomer, type Rig, startRig } from "./rig.ts";

const READER = "customer-identity-projection-users";
const LETTERS = "/v1/customerDeadLetters";

let rig: Rig;
let identity: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  rig = await startRig();
  identity = await startTeller(rig.service, "identity");
});
afterAll(async () => {
  await identity.stop();
  await rig.stop();
});

test("what a reader could not apply is listed with its error, and replayed when its cause is mended", {
  timeout: 60_000,
}, async () => {
  const lin = await newcomer(rig);
  const [stuck, fine] = [randomUUID(), randomUUID()];
  const user = (userId: string, displayName: string) => ({
    id: userId,
    state: { userId, displayName, email: "wang@example.com" },
  });
  // As a release that cannot take what another one says.
  await rig.service.admin.query(
    "alter table users add constraint no_wang check (name_key not like '王%') not valid",
  );
  await identity.tell(lin.tenantId, User, UserJoined, user(stuck, "王磊"));
  await identity.tell(lin.tenantId, User, UserChanged, user(stuck, "王小磊"));
  await identity.tell(lin.tenantId, User, UserJoined, user(fine, "林晓"));
  const letters = async (query = "") => (await lin.ask("GET", LETTERS + query)).json;
  await vi.waitFor(
    async () => {
      const { deadLetters } = await letters();
      expect(deadLetters.map(({ parked }: { parked: boolean }) => parked)).toEqual([true, true]);
    },
    { timeout: 40_000, interval: 200 },
  );

  const { deadLetters } = await letters(`?consumer=${READER}`);
  expect(deadLetters[0]).toMatchObject({
    consumer: READER,
    type: "guanxi.identity.v1.UserJoined",
    aggregateId: stuck,
    version: 1,
    attempts: 8,
    error: expect.stringContaining("no_wang"),
  });
  expect(JSON.parse(deadLetters[0].event)).toMatchObject({ user: { displayName: "王磊" } });
  expect(deadLetters[1]).toMatchObject({ version: 2, error: "waits behind another" });
  const first = await letters("?pageSize=1");
  expect(first.deadLetters).toHaveLength(1);
  const second = await letters(`?pageSize=1&pageToken=${first.nextPageToken}`);
  expect([second.deadLetters[0].version, second.nextPageToken]).toEqual([2, ""]);
  expect((await letters("?consumer=customer-sales-projection-purchases")).deadLetters).toEqual([]);

  const replay = (consumer: string, person = lin) =>
    person.ask("POST", `${LETTERS}:replay`, { json: { consumer } });
  expect((await replay(READER)).json).toEqual({ applied: 0, left: 2 });
  await rig.service.admin.query("alter table users drop constraint no_wang");
  const stranger = await newcomer(rig);
  expect((await replay(READER, stranger)).json).toEqual({ applied: 0, left: 0 }); // another company's are none of theirs
  expect((await replay(READER)).json).toEqual({ applied: 2, left: 0 });
  expect((await letters()).deadLetters).toEqual([]);
  const { rows } = await rig.service.admin.query(
    "select user_id, display_name, version from users where tenant_id = $1 order by version",
    [lin.tenantId],
  );
  expect(rows).toEqual([
    { user_id: fine, display_name: "林晓", version: 1 },
    { user_id: stuck, display_name: "王小磊", version: 2 },
  ]);
  expect(await replay("customer-sales-projection-nobody")).toMatchObject({
    status: 400,
    json: { reason: "UNKNOWN_CONSUMER" },
  });
});

test("letters need the right to read them, their events that to read who somebody is, and to replay them another", async () => {
  const answer = async (grants: { resource: string; action: string }[]) => {
    const { token } = await rig.service.user({ grants });
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const list = await fetch(rig.url + LETTERS, { headers });
    const body = JSON.stringify({ consumer: READER });
    const replay = await fetch(`${rig.url}${LETTERS}:replay`, { method: "POST", headers, body });
    return [list.status, replay.status];
  };
  expect(await answer([{ resource: "customer", action: "*" }])).toEqual([403, 403]);
  expect(await answer([{ resource: "dead_letter", action: "read" }])).toEqual([200, 403]);
  expect(await answer([{ resource: "dead_letter", action: "replay" }])).toEqual([403, 200]);
});
