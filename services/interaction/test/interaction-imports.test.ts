import { Channel, Direction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { Origin } from "@guanxi/contract/guanxi/event/v1/event";
import { Conversation_State as State } from "@guanxi/contract/guanxi/interaction/v1/conversation";
import { counts, importsOf } from "@guanxi/testkit/import-calls";
import { publicData } from "@guanxi/testkit/public-data";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AIRLINE_TWEETS, BANKING_QUESTIONS } from "../../../e2e/imports/interaction-mappings.ts";
import { aCustomer, listContacts, listConversations, recordContact, typesOf } from "./contact-calls.ts";
import { ImportServiceService } from "@guanxi/contract/guanxi/interaction/v1/import_service";
import { interactionService } from "./service.ts";

const service = interactionService();
const imports = importsOf(service, ImportServiceService, "erp");
let customers: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  customers = await startTeller(service, "customer");
});
afterAll(() => customers.stop());

/** The header and so many rows; a text may go over several lines, so a slice ends before a line that begins a row. */
function slice(bytes: Buffer, rows: number, beginning: RegExp): string {
  const lines = bytes.toString().split("\n");
  const begins = lines.flatMap((line, index) => (index > 0 && beginning.test(line) ? [index] : []));
  return lines.slice(0, begins[rows]).join("\n");
}

const tweets = publicData(AIRLINE_TWEETS.path);
test.skipIf(!tweets.isHere)(
  `R060 mentions of a public file are stored once, in threads, and none is lost${tweets.absent}`,
  async () => {
    const lin = await service.user();
    const text = slice(tweets.read(), 1_500, /^\d+,(?:neutral|positive|negative),/);
    const it = await imports.take(lin, "interaction", text, AIRLINE_TWEETS.sent);
    expect(counts(it)).toEqual({ readRows: 1500, createdRows: 1500, createdRecords: 1500 });
    const { interactions } = await listContacts(lin, { orderBy: "event_time", pageSize: 1 });
    expect(interactions).toMatchObject([
      {
        channel: Channel.SOCIAL,
        direction: Direction.INBOUND,
        userId: "",
        reply: undefined,
        detail: { value: { network: "twitter", public: true } },
        externalIds: [{ system: "twitter" }],
      },
    ]);
    const { conversations } = await listConversations(lin, { pageSize: 200 });
    const contacts = conversations.map(({ interactionCount }) => interactionCount);
    expect(contacts.reduce((sum, count) => sum + count, 0)).toBe(1500);
    expect(
      conversations.every(({ state, waitingSinceTime }) => state === State.CLOSED && !waitingSinceTime),
    ).toBe(true);
    const { rows } = await service.admin.query(
      `select count(distinct (conversation_id, position))::int as places, max(position) as last from interactions
       where tenant_id = $1`,
      [lin.tenantId],
    );
    expect(rows).toEqual([{ places: 1500, last: Math.max(...contacts) }]);
    const again = await imports.take(lin, "interaction", text, AIRLINE_TWEETS.sent);
    expect(counts(again)).toEqual({ readRows: 1500, unchangedRows: 1500 });
  },
);

const questions = publicData(BANKING_QUESTIONS.path);
test.skipIf(!questions.isHere)(
  `R060 questions without an id are known by what they hold: one that comes again is said to be unchanged${questions.absent}`,
  async () => {
    const lin = await service.user();
    const lines = questions.read().toString().split("\n");
    const whole = lines.slice(0, 301).filter((line) => !line.includes('"'));
    const rows = whole.length - 1;
    const text = [...whole, whole[1], whole[2]].join("\n");
    const it = await imports.take(lin, "interaction", text, BANKING_QUESTIONS.sent);
    expect(counts(it)).toEqual({
      readRows: rows + 2,
      createdRows: rows,
      createdRecords: rows,
      unchangedRows: 2,
    });
    const { interactions } = await listContacts(lin, { filter: 'topic == "card_arrival"', pageSize: 200 });
    expect(interactions[0]).toMatchObject({
      channel: Channel.WEB_CHAT,
      conversationId: "",
      reply: undefined,
    });
    expect((await listConversations(lin)).conversations).toEqual([]);
  },
);

const CALLS = [
  "编号,渠道,方向,客户,内容,时间,时长,分类",
  "k1,PHONE,INBOUND,晨光文具,asks for the catalogue,2026-03-02 10:00,95,sales",
  "k2,PHONE,OUTBOUND,晨光文具,called back,2026-03-02 11:00,30,sales",
  "k3,PHONE,OUTBOUND,没有这家,called,2026-03-02 11:00,30,sales",
  "k4,PIGEON,OUTBOUND,晨光文具,flew,2026-03-02 11:00,30,sales",
  "k5,PHONE,OUTBOUND,晨光文具,called,2126-03-02 11:00,30,sales",
].join("\n");

test("R060 an import says of the past only: no clock runs, faults name their column, and undo takes it all back", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customers, lin.tenantId);
  const it = await imports.take(lin, "interaction", CALLS);
  expect(it.unmappedColumns).toEqual([]);
  expect(counts(it)).toEqual({ readRows: 5, createdRows: 2, createdRecords: 2, failedRows: 3 });
  const failures = await imports.failures(lin, it.importId);
  expect(failures).toEqual([
    expect.stringMatching(/UNKNOWN_REFERENCE,"?客户: /),
    expect.stringMatching(/,"?渠道: /),
    expect.stringMatching(/IN_THE_FUTURE,"?时间: /),
  ]);
  const { interactions } = await listContacts(lin, { orderBy: "event_time" });
  expect(interactions).toMatchObject([
    { customerId, position: 1, durationSeconds: 95, topic: "sales", reply: undefined },
    { customerId, position: 2, eventTime: new Date("2026-03-02T03:00:00Z") },
  ]);
  const events = await service.events(lin.tenantId);
  expect(events.every(({ meta }) => meta.origin === Origin.IMPORT)).toBe(true);
  const { rows } = await service.admin.query(
    "select name from jobs where tenant_id = $1 and name like 'reply%'",
    [lin.tenantId],
  );
  expect(rows).toEqual([]);
  const live = await recordContact(lin, {
    channel: Channel.PHONE,
    direction: Direction.OUTBOUND,
    customerId,
  });
  expect(live.position).toBe(1);
  await imports.takeBack(lin, it.importId);
  expect((await listContacts(lin)).interactions.map(({ interactionId }) => interactionId)).toEqual([
    live.interactionId,
  ]);
  expect((await listConversations(lin)).conversations).toMatchObject([{ interactionCount: 1 }]);
  expect(await typesOf(service, lin.tenantId)).toContain("ConversationRemoved");
});

test("after half of a conversation was taken back, no place is given twice", async () => {
  const lin = await service.user();
  const file = (from: number, to: number) =>
    [
      "external_id,thread,body",
      ...Array.from({ length: to - from }, (_, index) => `${from + index},t,x`),
    ].join("\n");
  const first = await imports.take(lin, "interaction", file(0, 3));
  await imports.take(lin, "interaction", file(3, 5));
  await imports.takeBack(lin, first.importId);
  await imports.take(lin, "interaction", file(5, 7));
  const { interactions } = await listContacts(lin);
  expect(interactions.map(({ position }) => position).toSorted((a, b) => a - b)).toEqual([4, 5, 6, 7]);
  expect((await listConversations(lin)).conversations).toMatchObject([{ interactionCount: 4 }]);
});
