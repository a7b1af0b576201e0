import { readFileSync } from "node:fs";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import fc from "fast-check";
import { expect, test } from "vitest";
import { archive, create, list, read } from "./calls.ts";
import { customerService } from "./service.ts";

const service = customerService();

test("fifty twins of one request have one effect and one answer", async () => {
  const lin = await service.user();
  const answers = await Promise.all(Array.from({ length: 50 }, () => create(lin, {}, "request 1")));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect((await list(lin)).customers).toHaveLength(1);
  expect(await service.events(lin.tenantId)).toHaveLength(1);
  await expect(create(lin, { displayName: "李四" }, "request 1")).rejects.toMatchObject({
    reason: "REQUEST_ID_REUSED",
  });
  const { customerId } = answers[0]!;
  const twins = await Promise.all(
    Array.from({ length: 5 }, () => archive(lin, customerId, { etag: "1", requestId: "request 2" })),
  );
  expect(new Set(twins.map(({ etag }) => etag))).toEqual(new Set(["2"]));
});

test("a walk through the pages meets each customer once, in every order, while others are added", async () => {
  const lin = await service.user();
  const names = ["b", "a", "Z", "张", "a", "é", "b", "A", "李", "a"];
  const created = await Promise.all(names.map((displayName) => create(lin, { displayName })));
  const wanted = created.map(({ customerId }) => customerId).sort();
  for (const orderBy of [
    "",
    "create_time desc",
    "display_name",
    "display_name desc",
    "update_time",
    "completeness desc",
  ]) {
    const met: string[] = [];
    let pageToken = "";
    do {
      const page = await list(lin, {
        pageSize: 3,
        pageToken,
        orderBy,
        filter: 'kind == "PERSON" && completeness < 5',
      });
      met.push(...page.customers.map(({ customerId }) => customerId));
      pageToken = page.nextPageToken;
      await create(lin, { displayName: "newcomer", partyRoles: [1] }); // 5 points, so no part of this list
    } while (pageToken);
    expect(met.sort(), orderBy).toEqual(wanted);
  }
  const { customers } = await list(lin, { orderBy: "display_name", filter: "completeness < 5" });
  expect(customers.map(({ displayName }) => displayName)).toEqual([
    "A",
    "Z",
    "a",
    "a",
    "a",
    "b",
    "b",
    "é",
    "张",
    "李",
  ]);
});

test("a page token holds for its list only, and lists have limits", async () => {
  const lin = await service.user();
  await Promise.all([create(lin), create(lin)]);
  const { nextPageToken } = await list(lin, { pageSize: 1 });
  for (const request of [
    { pageToken: nextPageToken, orderBy: "display_name" },
    { pageToken: nextPageToken, filter: "core" },
    { pageToken: "nonsense" },
    { pageSize: 201 },
    { pageSize: -1 },
    { orderBy: "birth_date" },
    { filter: "nothing == 1" },
    { filter: "display_name ==" },
    { filter: `"${"x".repeat(2100)}" in tags` },
  ]) {
    await expect(list(lin, request), JSON.stringify(request)).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  }
});

test("many are read at once, in the order asked for, without those that are not there", async () => {
  const lin = await service.user();
  const [a, b] = await Promise.all([create(lin), create(lin)]);
  const nobody = "01970000-0000-7000-8000-000000000001";
  const { customers } = await lin.call(CustomerServiceService.batchGetCustomers, {
    customerIds: [b.customerId, nobody, a.customerId],
  });
  expect(customers.map(({ customerId }) => customerId)).toEqual([b.customerId, a.customerId]);
  await expect(lin.call(CustomerServiceService.batchGetCustomers, { customerIds: [] })).rejects.toMatchObject(
    {
      code: "INVALID_ARGUMENT",
    },
  );
});

test("texts come back byte by byte, in every field that takes one", async () => {
  expect.hasAssertions();
  const lin = await service.user();
  // What has hurt others: line ends, directions, combining marks, signs beyond the first plane, blanks at the ends.
  const nasty = [
    "\r\n\t x ",
    "\u202eabc",
    "e\u0301",
    "é",
    "𠮷野家👨‍👩‍👧",
    "\ufeff",
    "' or 1=1 --",
    "%_\\",
    "\u0001",
    "ﷺ",
    "İ",
  ];
  const text = fc.oneof(
    fc.constantFrom(...nasty),
    fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
  );
  await fc.assert(
    fc.asyncProperty(text, text, text, async (one, two, three) => {
      fc.pre(![one, two, three].some((each) => each.includes("\0") || each === "***"));
      const sent = {
        displayName: one,
        legalName: two,
        industry: three,
        tags: [one],
        source: { detail: two, campaign: three },
        preferences: { topics: [one, two] },
        addresses: [{ locality: three, addressLines: [one] }],
        contactPoints: [{ kind: 3, value: two, label: one }],
        externalIds: [{ system: "erp", id: `${two}${three}` }],
      };
      const created = await create(lin, sent).catch((error: { reason?: string }) => {
        if (error.reason === "CUSTOMER_EXISTS") return undefined; // fast-check repeats itself
        throw error;
      });
      if (created) expect(await read(lin, created.customerId)).toMatchObject(sent);
    }),
    { numRuns: 40 },
  );
});

test("each index says which query it is for", () => {
  const sql = readFileSync(new URL("../src/migrations/1700000000001-customers.ts", import.meta.url), "utf8");
  const lines = sql.split("\n");
  const bare = lines.filter(
    (line, index) => /^create (unique )?index/.test(line) && !explained(lines, index),
  );
  expect(bare).toEqual([]);
});

/** A comment stands behind it or above its group. */
function explained(lines: readonly string[], index: number): boolean {
  const above =
    lines.slice(0, index).findLast((line) => !/^(create (unique )?index| {2}where)/.test(line)) ?? "";
  return lines[index]!.includes("--") || above.startsWith("--");
}
