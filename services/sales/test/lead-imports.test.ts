import { Source_Channel as Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  Lead_DisqualifyReason as Reason,
  Lead_Status as Status,
} from "@guanxi/contract/guanxi/sales/v1/lead";
import { expect, test } from "vitest";
import { yuan } from "./calls.ts";
import { ImportServiceService } from "@guanxi/contract/guanxi/sales/v1/import_service";
import { counts, importsOf } from "@guanxi/testkit/import-calls";
import { assign, getLead, listLeads, qualify } from "./order-calls.ts";
import { salesService } from "./service.ts";

const service = salesService();
const imports = importsOf(service, ImportServiceService, "erp");

const ROWS = [
  "线索编号,姓名,公司,职位,邮箱,手机,城市,国家,来源,线索状态,创建日期,预算,需求,无效原因",
  "L1,王芳,北京华新,采购经理,wang@huaxin.cn,13800138000,北京,中国,TRADE_SHOW,CONTACTING,2026-01-05,50000,座椅,",
  "L2,,晨光贸易,,,,,,,,,,,",
  "L3,李雷,,,lilei@example.com,,,,,DISQUALIFIED,2026-01-06,,,JUNK",
  "L4,,,,,,,,,,,,,",
  "L5,韩梅梅,,,not an e-mail,,,,,,,,,",
  "L6,吉姆,,,,,,,,CONVERTED,,,,",
];

test("rows become leads, with the headers of a Chinese system, and a fault names its column", async () => {
  const lin = await service.user();
  const it = await imports.take(lin, "lead", ROWS.join("\n"), { sourceSystem: "fxiaoke" });
  expect(it.unmappedColumns).toEqual([]);
  expect(counts(it)).toEqual({ readRows: 6, createdRows: 3, createdRecords: 3, failedRows: 3 });
  const failures = await imports.failures(lin, it.importId);
  expect(failures.map((line) => [line.slice(0, 2), /[A-Z_]{8,},.*/.exec(line)?.[0]])).toEqual([
    ["L4", "MISSING_VALUE,姓名: Neither a person nor an organisation is named."],
    ["L5", expect.stringMatching(/^STRING_EMAIL,邮箱: /)],
    ["L6", expect.stringContaining("线索状态:")],
  ]);
  const { leads } = await listLeads(lin, { orderBy: "organisation_name" });
  expect(leads).toHaveLength(3);
  const [lilei, wang] = leads;
  expect(wang).toMatchObject({
    personName: "王芳",
    organisationName: "北京华新",
    phone: "13800138000",
    regionCode: "CN",
    source: { channel: Channel.TRADE_SHOW, firstTouchTime: new Date("2026-01-05T00:00:00Z") },
    status: Status.CONTACTING,
    createDate: { year: 2026, month: 1, day: 5 },
    qualification: { budget: yuan(50_000), need: "座椅", answered: 2 },
    externalIds: [{ system: "fxiaoke", id: "L1" }],
  });
  expect(lilei).toMatchObject({ status: Status.DISQUALIFIED, disqualifyReason: Reason.JUNK });
  const types = (await service.events(lin.tenantId)).map(({ type }) => type);
  expect(types).toEqual(["LeadCreated", "LeadCreated", "LeadCreated"]);
});

test("the same file changes nothing, what people did stays, and undo takes back what nobody touched", async () => {
  const lin = await service.user();
  const text = "Lead ID,First Name,Last Name,Company\n1,Ada,Lovelace,Engines\n2,芳,王,华新\n";
  const it = await imports.take(lin, "lead", text);
  const { leads } = await listLeads(lin, { orderBy: "organisation_name" });
  expect(leads.map(({ personName }) => personName)).toEqual(["Ada Lovelace", "王芳"]);
  const { leadId } = leads[0]!;
  await assign(lin, leadId, lin.userId);
  await qualify(lin, leadId, { need: "engines" });
  expect(counts(await imports.take(lin, "lead", text))).toEqual({ readRows: 2, unchangedRows: 2 });
  expect(await getLead(lin, leadId)).toMatchObject({ status: Status.QUALIFIED, ownerId: lin.userId });
  const undone = await imports.takeBack(lin, it.importId);
  expect(undone.undoCounts).toMatchObject({ removedRecords: 1n, keptRecords: 1n });
  expect((await listLeads(lin)).leads.map((lead) => lead.leadId)).toEqual([leadId]);
});
