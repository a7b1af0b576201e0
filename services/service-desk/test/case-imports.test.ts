import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import {
  Case_Kind as Kind,
  Case_Origin as Origin,
  Case_Phase as Phase,
  Case_Priority as Priority,
  Case_Status as Status,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import {
  CaseServiceService as rpc,
  ListCasesRequest,
} from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import {
  SlaTarget_Kind as TargetKind,
  SlaTarget_State as TargetState,
} from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { nameOf } from "@guanxi/kit/enum-names";
import { counts, importsOf } from "@guanxi/testkit/import-calls";
import { publicData } from "@guanxi/testkit/public-data";
import type { TestUser } from "@guanxi/testkit/service";
import { expect, test } from "vitest";
import { COMPLAINTS, INCIDENTS } from "../../../e2e/imports/case-mappings.ts";
import { ImportServiceService } from "@guanxi/contract/guanxi/service_desk/v1/import_service";
import {
  assignCase,
  createProcess,
  createQueue,
  customerReply,
  mergeCases,
  moveCase,
  openCase,
  reopen,
  takeUp,
} from "./case-calls.ts";
import { deskService } from "./service.ts";
import { openAlways, openLooker, standOf } from "./sla-calls.ts";
import { knownCustomer, teller } from "./tellers.ts";

const service = deskService();
const customer = teller(service, "customer");
const imports = importsOf(service, ImportServiceService, "desk");

const list = async (user: TestUser, request: Partial<ListCasesRequest> = {}) =>
  (await user.call(rpc.listCases, ListCasesRequest.fromPartial({ orderBy: "open_time", ...request }))).cases;

const targetsOf = ({ sla }: Case) =>
  sla!.targets.map(({ kind, state, stated }) => [
    nameOf(TargetKind, kind),
    nameOf(TargetState, state),
    stated,
  ]);

const ROWS = [
  "工单编号,主题,工单类型,渠道,优先级,状态,客户,Group,Opened At,Resolved At,Made SLA,Reopens",
  "C1,座椅坏了,故障,电话,P1,Closed,晨光,座椅组,2026-01-05 09:30,2026-01-06 10:00,true,2",
  "C2,开票,咨询,微信,中,处理中,,,2026-01-05 10:00,,,",
  "C3,送货太晚,投诉,邮件,高,已取消,,,2026-01-05 10:00,,,",
  "C4,没有的客户,咨询,邮件,低,新建,晨光文俱,,2026-01-05 10:00,,,",
  "C5,明天,咨询,邮件,低,新建,,,2999-01-01,,,",
  "C6,先关后开,咨询,邮件,低,Closed,,,2026-01-05,2026-01-04,,",
  "C7,?,咨询,烟,低,新建,,,2026-01-05,,,",
];

test("rows become cases with what was stated, and a fault names its column", async () => {
  const lin = await service.user();
  const customerId = await knownCustomer(customer, lin.tenantId, { displayName: "晨光" });
  const it = await imports.take(lin, "case", ROWS.join("\n"));
  expect(it.unmappedColumns).toEqual([]);
  expect(counts(it)).toEqual({ readRows: 7, createdRows: 2, createdRecords: 2, failedRows: 5 });
  const failures = await imports.failures(lin, it.importId);
  expect(failures.map((line) => /([A-Z_]{8,}),"?([^:]*)/.exec(line)?.slice(1))).toEqual([
    ["COMPLAINT_STAYS", "状态"],
    ["UNKNOWN_REFERENCE", "客户"],
    ["INVALID_TIME", "Opened At"],
    ["INVALID_TIME", "Resolved At"],
    ["UNKNOWN_VALUE", "渠道"],
  ]);
  const [one, two, ...more] = await list(lin);
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    number: 1n,
    kind: Kind.INCIDENT,
    phase: Phase.AFTER_SALE,
    origin: Origin.PHONE,
    priority: Priority.URGENT,
    status: Status.CLOSED,
    customerId,
    tags: ["team:座椅组"],
    openTime: new Date("2026-01-05T01:30:00Z"),
    openDate: { year: 2026, month: 1, day: 5 },
    resolveTime: new Date("2026-01-06T02:00:00Z"),
    reopenCount: 2,
    externalIds: [{ system: "desk", id: "C1" }],
  });
  expect(targetsOf(one!)).toEqual([["RESOLUTION", "MET", true]]);
  // What is open and has no stated outcome has ordinary clocks from its opening: weeks ago, so they are broken.
  expect(two).toMatchObject({ number: 2n, origin: Origin.WECHAT, status: Status.IN_PROGRESS });
  expect(targetsOf(two!)).toEqual([
    ["FIRST_RESPONSE", "BREACHED", false],
    ["RESOLUTION", "BREACHED", false],
  ]);
  // They were broken before the case came here, so that nobody is alarmed.
  const { rowCount } = await service.admin.query(
    "select from jobs where tenant_id = $1 and name = 'case watch'",
    [lin.tenantId],
  );
  expect(rowCount).toBe(0);
  const types = async () => (await service.events(lin.tenantId)).map(({ type }) => type);
  expect((await types()).filter((type) => type === "CaseOpened")).toHaveLength(2);
  // Nor is it when somebody works on them, or opens one again.
  await takeUp(lin, two!.caseId);
  await customerReply(lin, two!.caseId);
  await reopen(lin, one!.caseId, { reason: "坏了" });
  const looker = await openLooker(service);
  for (const { caseId } of [one!, two!]) await looker.look(lin, caseId);
  await looker.close();
  expect((await types()).filter((type) => ["SlaBreached", "CaseEscalated"].includes(type))).toEqual([]);
});

/** Of a tenant that is open day and night. */
async function newcomer(): Promise<TestUser> {
  const user = await service.user();
  await openCase(user); // has calendars and policies made
  await openAlways(user);
  return user;
}

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const HEAD = "Number,Summary,State,Opened At,Closed At,Type,Queue";
const file = (...rows: string[]) => [HEAD, ...rows].join("\n");
const only = async (user: TestUser, number: string) =>
  (await list(user)).find(({ externalIds }) => externalIds.some(({ id }) => id === number))!;

test("an undone import has never said that a case was closed, and what services derive hinders no undo", async () => {
  const lin = await newcomer();
  const first = await imports.take(lin, "case", file(`A,Printer,Active,${ago(10)},,,`));
  const { caseId } = await only(lin, "A");
  const second = await imports.take(lin, "case", file(`A,Printer,Closed,${ago(10)},${ago(5)},,`));
  expect(standOf(await only(lin, "A"), "RESOLUTION")).toMatchObject({ state: "MET" });
  expect((await imports.takeBack(lin, second.importId)).undoCounts).toMatchObject({ restoredRecords: 1n });
  const back = await only(lin, "A");
  expect(back).toMatchObject({ status: Status.IN_PROGRESS, closeTime: undefined });
  expect(standOf(back, "RESOLUTION")).toMatchObject({ state: "RUNNING", metTime: undefined });
  expect(standOf(back, "FIRST_RESPONSE")).toMatchObject({ state: "RUNNING", metTime: undefined });
  // It is watched again: what is not kept is said, and that is no change of anybody's.
  await service.admin.query("update case_marks set time = time - interval '5 hours' where case_id = $1", [
    caseId,
  ]);
  const looker = await openLooker(service);
  await looker.look(lin, caseId);
  await looker.close();
  expect(standOf(await only(lin, "A"), "FIRST_RESPONSE")).toMatchObject({ state: "BREACHED" });
  expect((await imports.takeBack(lin, first.importId)).undoCounts).toMatchObject({ removedRecords: 1n });
});

test("what a later file says of a status, it says of now, so that no time is lost", async () => {
  const lin = await newcomer();
  const say = (...rows: string[]) => imports.take(lin, "case", file(...rows));
  const opened = ago(30);
  await say(`A,A,Closed,${opened},${ago(10)},,`, `B,B,Active,${opened},,,`, `C,C,Active,${opened},,,`);
  await moveCase(lin, (await only(lin, "B")).caseId, { status: Status.ON_HOLD });
  await say(`A,A,Active,${opened},,,`, `B,B,Active,${opened},,,`, `C,C,On Hold,${opened},,,`);
  const [a, b, c] = [await only(lin, "A"), await only(lin, "B"), await only(lin, "C")];
  expect(standOf(a, "RESOLUTION")).toMatchObject({ state: "RUNNING" });
  expect(standOf(b, "RESOLUTION")).toMatchObject({ state: "RUNNING" });
  expect(standOf(c, "RESOLUTION")).toMatchObject({ state: "PAUSED" });
  for (const each of [a, b, c]) {
    const { elapsedSeconds } = standOf(each, "RESOLUTION")!;
    expect(Number(elapsedSeconds)).toBeGreaterThanOrEqual((each === a ? 20 : 30) * 60);
  }
  // Solved before it was put on hold, as the file has it: never before what was said here.
  await say(`C,C,Closed,${opened},${ago(20)},,`);
  expect(standOf(await only(lin, "C"), "RESOLUTION")).toMatchObject({ state: "MET" });
});

test("rows of an event log tell of one course, wherever in the file they stand", async () => {
  const lin = await newcomer();
  const others = Array.from({ length: 1_100 }, () => `X,X,Closed,${ago(60)},${ago(50)},,`); // more than a batch
  const rows = [`A,A,New,${ago(60)},,,`, ...others, `A,A,On Hold,${ago(60)},,,`, ...others];
  await imports.take(lin, "case", file(...rows, `A,A,Closed,${ago(60)},${ago(50)},,`));
  expect(standOf(await only(lin, "A"), "RESOLUTION")).toMatchObject({
    state: "MET",
  });
});

test("R082 no file makes a complaint something else, and none goes on in a case that was merged", async () => {
  const lin = await service.user();
  const say = (...rows: string[]) => imports.take(lin, "case", file(...rows));
  await say(
    `A,A,New,2026-01-05,,Complaint,`,
    `B,B,New,2026-01-05,,Question,`,
    `C,C,New,2026-01-05,,Question,`,
  );
  await mergeCases(lin, (await only(lin, "B")).caseId, { absorbedCaseIds: [(await only(lin, "C")).caseId] });
  const it = await say(`A,A,Cancelled,2026-01-05,,Question,`, `C,C,New,2026-01-05,,Question,`);
  expect(counts(it)).toEqual({ readRows: 2, failedRows: 2 });
  const failures = await imports.failures(lin, it.importId);
  expect(failures.map((line) => /([A-Z_]{8,}),"?([^:]*)/.exec(line)?.slice(1))).toEqual([
    ["COMPLAINT_STAYS", "Type"],
    ["CASE_MERGED", "Number"],
  ]);
});

test("R151 a case gets the steps of its queue from a file, and when it enters one", async () => {
  const lin = await service.user();
  const { queueId } = await createQueue(lin, { displayName: "维修" });
  await createProcess(lin, { kind: Kind.REPAIR, queueId, steps: [{ code: "call_back", label: "回访" }] });
  const say = (...rows: string[]) => imports.take(lin, "case", file(...rows));
  await say(
    `A,A,New,2026-01-05,,Repair,维修`,
    `B,B,New,2026-01-05,,Repair,`,
    `C,C,Closed,2026-01-05,,Repair,维修`,
  );
  const codes = async (number: string) => (await only(lin, number)).steps.map(({ code }) => code);
  expect([await codes("A"), await codes("B"), await codes("C")]).toEqual([["call_back"], [], []]);
  await assignCase(lin, (await only(lin, "B")).caseId, { queueId });
  expect(await codes("B")).toEqual(["call_back"]);
  expect((await only(lin, "B")).processVersion).toMatch(/\/1$/);
  expect(counts(await say(`A,A,New,2026-01-05,,Repair,维修`))).toEqual({ readRows: 1, unchangedRows: 1 });
});

test("of rows that tell of one case the last one holds, the same file changes nothing, and undo takes it back", async () => {
  const lin = await service.user();
  const log = ["Number,Summary,State,Opened At,Closed At,Made SLA"];
  const row = (id: string, state: string, met: boolean) =>
    `${id},Printer,${state},2026-02-01 10:00,2026-02-03 10:00,${met}`;
  log.push(row("A", "New", true), row("A", "Active", true), row("A", "Closed", false));
  log.push(row("B", "New", true), row("B", "Awaiting User Info", true));
  const it = await imports.take(lin, "case", log.join("\n"));
  expect(counts(it)).toEqual({ readRows: 5, createdRows: 5, createdRecords: 2 });
  const [a, b] = (await list(lin)).toSorted((x, y) => Number(x.number - y.number));
  expect(a).toMatchObject({ status: Status.CLOSED, closeTime: new Date("2026-02-03T02:00:00Z") });
  expect(targetsOf(a!)).toEqual([["RESOLUTION", "BREACHED", true]]);
  // It is open: that its promise is kept so far is no outcome.
  expect(b).toMatchObject({ status: Status.WAITING_CUSTOMER, closeTime: undefined });
  expect(targetsOf(b!).every(([, , stated]) => stated === false)).toBe(true);
  expect(counts(await imports.take(lin, "case", log.join("\n")))).toEqual({ readRows: 5, unchangedRows: 5 });
  const more = [log[0]!, row("B", "Closed", true)];
  expect(counts(await imports.take(lin, "case", more.join("\n")))).toEqual({
    readRows: 1,
    updatedRows: 1,
    updatedRecords: 1,
  });
  const closed = (await list(lin)).find(({ caseId }) => caseId === b!.caseId)!;
  expect(targetsOf(closed)).toContainEqual(["RESOLUTION", "MET", true]);
  const undone = await imports.takeBack(lin, it.importId);
  expect(undone.undoCounts).toMatchObject({ removedRecords: 1n, keptRecords: 1n });
  expect((await list(lin)).map(({ caseId }) => caseId)).toEqual([b!.caseId]);
});

const incidents = publicData(INCIDENTS.path);

test.skipIf(!incidents.isHere)(
  `R080 a real log of incidents comes in as it is stated${incidents.absent}`,
  async () => {
    const lin = await service.user();
    const { head, truth } = firstIncidents(incidents.read().toString(), 1_000);
    const { kind, sourceSystem, mapping, replacements, format } = INCIDENTS;
    const it = await imports.take(lin, kind, head, { sourceSystem, mapping, replacements, format });
    expect(counts(it)).toEqual({ readRows: truth.rows, createdRows: truth.rows, createdRecords: 1_000 });
    const { rows } = await service.admin.query(
      `select count(*)::int as cases, count(*) filter (where reopen_count > 0)::int as reopened,
         count(*) filter (where sla->'targets'->0->>'state' = 'MET')::int as met,
         sum(extract(epoch from close_time - open_time))::float8 as seconds
       from cases where tenant_id = $1 and kind = 'INCIDENT' and status = 'CLOSED'`,
      [lin.tenantId],
    );
    const { met, reopened, seconds } = truth;
    expect(rows).toEqual([{ cases: 1_000, reopened, met, seconds }]);
  },
  60_000,
);

/** The rows of so many incidents, and what they come to by a count of their own. */
function firstIncidents(text: string, most: number) {
  const lines = text.split(/\r?\n/).filter(Boolean);
  const columns = lines[0]!.split(",");
  const last = new Map<string, string[]>();
  let rows = 0;
  for (const line of lines.slice(1)) {
    const cells = line.split(","); // no cell of this file has a comma
    if (last.size === most && !last.has(cells[0]!)) break;
    last.set(cells[0]!, cells);
    rows += 1;
  }
  const cell = (cells: string[], column: string) => cells[columns.indexOf(column)]!;
  const secondsOf = (cells: string[], column: string) => {
    const [day = 0, month = 0, year = 0, hour = 0, minute = 0] = cell(cells, column)
      .split(/[/ :]/)
      .map(Number);
    return Date.UTC(year, month - 1, day, hour, minute) / 1000;
  };
  const all = [...last.values()];
  return {
    head: lines.slice(0, rows + 1).join("\n"),
    truth: {
      rows,
      met: all.filter((cells) => cell(cells, "made_sla") === "true").length,
      reopened: all.filter((cells) => Number(cell(cells, "reopen_count")) > 0).length,
      seconds: all.reduce(
        (sum, cells) => sum + secondsOf(cells, "closed_at") - secondsOf(cells, "opened_at"),
        0,
      ),
    },
  };
}

const complaints = publicData(COMPLAINTS.path);

test.skipIf(!complaints.isHere)(
  `R082 real complaints come in with whether they were answered in time${complaints.absent}`,
  async () => {
    const lin = await service.user();
    const lines = complaints.read().toString().split("\n").slice(0, 501);
    const { kind, sourceSystem, mapping, replacements, format } = COMPLAINTS;
    const it = await imports.take(lin, kind, lines.join("\n"), {
      sourceSystem,
      mapping,
      replacements,
      format,
    });
    expect(counts(it)).toEqual({ readRows: 500, createdRows: 500, createdRecords: 500 });
    const { rows } = await service.admin.query(
      `select count(*)::int as cases, count(*) filter (where status = 'IN_PROGRESS')::int as open,
         count(*) filter (where t->>'state' = 'MET')::int as timely
       from cases, jsonb_array_elements(sla->'targets') t
       where tenant_id = $1 and kind = 'COMPLAINT' and t->>'kind' = 'FIRST_RESPONSE' and (t->>'stated')::bool`,
      [lin.tenantId],
    );
    const ends = lines.slice(1).map((line) => END.exec(line.trimEnd())!);
    const count = (index: number, word: string) => ends.filter((end) => end[index] === word).length;
    expect(rows).toEqual([{ cases: 500, open: count(1, "In progress"), timely: count(2, "Yes") }]);
  },
  60_000,
);

/** Company response, timely, disputed. */
const END = /,([^,]*),(Yes|No),(?:Yes|No)?$/;
