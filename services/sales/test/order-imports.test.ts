import { Import_State } from "@guanxi/contract/guanxi/imports/v1/import";
import { Order_Kind as Kind, Order_Status as Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { counts, importsOf, mapping } from "@guanxi/testkit/import-calls";
import { publicData } from "@guanxi/testkit/public-data";
import type { TestUser } from "@guanxi/testkit/service";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addProduct, yuan } from "./calls.ts";
import { startCustomerTeller } from "./customer-teller.ts";
import { ImportServiceService } from "@guanxi/contract/guanxi/sales/v1/import_service";
import { getOrder, giveBack, listOrders } from "./order-calls.ts";
import { salesService } from "./service.ts";

const service = salesService();
const imports = importsOf(service, ImportServiceService, "erp");
let customer: Awaited<ReturnType<typeof startCustomerTeller>>;
beforeAll(async () => {
  customer = await startCustomerTeller(service);
});
afterAll(() => customer.stop());

const HEAD = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
const file = (...rows: string[]) => [HEAD, ...rows].join("\n");
const LINES = [
  "536365,85123A,WHITE HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom",
  "536365,71053,LANTERN,6,2010-12-01 08:26:00,3.39,17850,United Kingdom",
  "C536379,D,Discount,-1,2010-12-01 09:41:00,27.50,17850,United Kingdom",
  "A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,-11062.06,,EIRE",
  "536370,22728,ALARM CLOCK,24,2010-12-01 08:45:00,3.755,,Channel Islands",
];

const lin = async (): Promise<TestUser> => {
  const user = await service.user();
  await customer.register(user.tenantId, [
    { displayName: "Customer 17850", externalIds: [{ system: "erp", id: "17850" }] },
  ]);
  await customer.settled();
  return user;
};

test("R003 R110 lines of one number are one order, with its moment, its country and its customer", async () => {
  const user = await lin();
  const { productId } = await addProduct(user, { productCode: "85123A", unitCost: yuan(1) });
  const clock = { productCode: "CLOCK", externalIds: [{ system: "erp", id: "22728" }] };
  const { productId: clockId } = await addProduct(user, clock);
  const it = await imports.take(user, "order", file(...LINES));
  expect(await imports.failures(user, it.importId)).toEqual([]);
  expect(it.unmappedColumns).toEqual([]);
  expect(counts(it)).toEqual({ readRows: 5, createdRows: 5, createdRecords: 4 });
  const { orders } = await listOrders(user, { orderBy: "order_number" });
  expect(orders.map(({ orderNumber }) => orderNumber)).toEqual(["536365", "536370", "A563185", "C536379"]);
  const [sale, island, debt, back] = await Promise.all(orders.map(({ orderId }) => getOrder(user, orderId)));
  expect(sale).toMatchObject({
    kind: Kind.SALE,
    status: Status.FULFILLED,
    orderTime: new Date("2010-12-01T08:26:00+08:00"),
    orderDate: { year: 2010, month: 12, day: 1 },
    regionCode: "GB",
    regionName: "United Kingdom",
    netAmount: yuan(35, 640_000_000),
    marginAmount: yuan(9, 300_000_000),
    linesWithoutCost: 1,
    ownerId: "",
    externalIds: [{ system: "erp", id: "536365" }],
    lines: [
      { productId, productCode: "85123A", description: "WHITE HEART", quantity: "6", lineNumber: 1 },
      { productId: "", productCode: "71053", lineNumber: 2 },
    ],
  });
  expect(sale!.customerId).not.toBe("");
  expect(island).toMatchObject({ customerId: "", regionCode: "", regionName: "Channel Islands" });
  expect(island!.lines[0]).toMatchObject({
    listPrice: yuan(3, 755_000_000),
    productId: clockId,
    productCode: "22728",
  });
  expect(debt).toMatchObject({ kind: Kind.SALE, regionCode: "IE", netAmount: yuan(-11_062, -60_000_000) });
  expect(back).toMatchObject({ kind: Kind.RETURN, netAmount: yuan(-27, -500_000_000) });
  const events = (await service.events(user.tenantId)).filter(({ meta }) => meta.importId === it.importId);
  expect(events.map(({ type }) => type)).toEqual(Array(4).fill("OrderPlaced"));
  expect(events[0]!.meta.customerId).toBe(sale!.customerId);
});

test("the same file changes nothing, a file with other lines changes its order, and undo gives back what was", async () => {
  const user = await lin();
  const first = await imports.take(user, "order", file(...LINES));
  const { orders } = await listOrders(user, { filter: 'order_number == "536365"' });
  const { orderId } = orders[0]!;
  const before = await getOrder(user, orderId);
  const said = (await service.events(user.tenantId)).length;
  expect(counts(await imports.take(user, "order", file(...LINES)))).toEqual({
    readRows: 5,
    unchangedRows: 5,
  });
  expect(await service.events(user.tenantId)).toHaveLength(said);

  const other = await imports.take(user, "order", file(LINES[0]!.replace(",6,", ",7,")));
  expect(counts(other)).toEqual({ readRows: 1, updatedRows: 1, updatedRecords: 1 });
  expect(await getOrder(user, orderId)).toMatchObject({ netAmount: yuan(17, 850_000_000), etag: "2" });
  expect((await imports.takeBack(user, other.importId)).undoCounts).toMatchObject({ restoredRecords: 1n });
  const restored = await getOrder(user, orderId);
  expect({ ...restored, etag: "1", updateTime: before.updateTime }).toEqual(before);

  const undone = await imports.takeBack(user, first.importId);
  expect(undone.state).toBe(Import_State.UNDONE);
  // The one that was changed since is as it was again.
  expect(undone.undoCounts).toMatchObject({ removedRecords: 4n, keptRecords: 0n });
  const types = (await service.events(user.tenantId)).map(({ type }) => type);
  expect(types.filter((type) => type === "OrderRemoved")).toHaveLength(4);
});

test("what people did with an order since stays as they left it, where the file does not speak of it", async () => {
  const user = await lin();
  await imports.take(user, "order", file(LINES[4]!));
  const { orders } = await listOrders(user);
  await giveBack(user, orders[0]!.orderId);
  expect(counts(await imports.take(user, "order", file(LINES[4]!)))).toMatchObject({ unchangedRows: 1 });
});

test("a row that cannot be an order says why, and takes the others of its order with it", async () => {
  const user = await lin();
  const it = await imports.take(
    user,
    "order",
    file(
      "1,A,x,1,2010-12-01 08:26:00,1,17851,Norway",
      "1,B,x,1,2010-12-01 08:26:00,1,17851,Norway",
      "2,A,x,,2010-12-01 08:26:00,1,,Norway",
      "3,A,x,1,,1,,Norway",
      "4,A,x,0.0000001,2010-12-01 08:26:00,1,,Norway",
      "5,A,x,999999999,2010-12-01 08:26:00,99999999,,Norway",
      `6,A,${"x".repeat(501)},1,2010-12-01 08:26:00,1,,Norway`,
      "7,A,x,1,2010-12-01 08:26:00,1,,Norway",
      "8,A,x,999999999,2010-12-01 08:26:00,600,,Norway",
      "8,B,x,999999999,2010-12-01 08:26:00,600,,Norway",
    ),
  );
  const failures = await imports.failures(user, it.importId);
  expect(failures.map((line) => line.split(",").at(0) + " " + /[A-Z_]{8,}/.exec(line)?.[0])).toEqual([
    "1 UNKNOWN_REFERENCE",
    "1 UNKNOWN_REFERENCE",
    "2 MISSING_VALUE",
    "3 MISSING_VALUE",
    "4 TOO_PRECISE",
    "5 TOO_LARGE",
    "6 TOO_LONG",
    "8 TOO_LARGE",
    "8 TOO_LARGE",
  ]);
  expect(counts(it)).toMatchObject({ readRows: 10, createdRows: 1, failedRows: 9 });
  const elsewhere = await imports.take(user, "order", file("7,A,x,1,2010-12-01 08:26:00,1,,Norway"), {
    sourceSystem: "shop",
  });
  expect(await imports.failures(user, elsewhere.importId)).toEqual([expect.stringContaining("ORDER_EXISTS")]);
});

test("orders without a number get one, and amounts by line stay exact", async () => {
  const user = await lin();
  const text = "date,cds,sales\n19970101,3,10.00\n19970118,2,29.73\n19970202,1,14.96\n";
  const it = await imports.take(user, "order", text, {
    mapping: mapping({ date: "order_date", cds: "quantity", sales: "line_amount" }),
  });
  expect(counts(it)).toEqual({ readRows: 3, createdRows: 3, createdRecords: 3 });
  const { orders } = await listOrders(user, { orderBy: "order_date" });
  expect(orders.map(({ orderNumber }) => orderNumber)).toEqual(["O-000001", "O-000002", "O-000003"]);
  expect(orders.map(({ netAmount }) => netAmount)).toEqual([
    yuan(10),
    yuan(29, 730_000_000),
    yuan(14, 960_000_000),
  ]);
  expect(counts(await imports.take(user, "order", text, { mapping: it.mapping }))).toEqual({
    readRows: 3,
    unchangedRows: 3,
  });
});

/** Quantity × price of each line, read another way: from the end, where no cell is quoted. */
function sumOf(lines: string): bigint {
  const ends = lines.matchAll(/,(-?\d+),[-\d]+ [:\d]+,(-?\d+)(?:\.(\d+))?,\d*,[^,\n]*$/gm);
  let sum = 0n;
  for (const [, quantity, whole, decimals = ""] of ends)
    sum += BigInt(quantity!) * BigInt(`${whole}${decimals.padEnd(6, "0")}`);
  return sum;
}

const retail = publicData("online-retail/online_retail.csv.gz");

test.skipIf(!retail.isHere)(
  `R003 R110 the first 10,000 lines of an online shop come to what the file says, to the last decimal${retail.absent}`,
  { timeout: 120_000 },
  async () => {
    const user = await service.user();
    const lines = retail.read().toString().split("\n").slice(0, 10_001).join("\n");
    const columns = { InvoiceNo: "order_number", StockCode: "product_code", Description: "description" };
    const more = {
      Quantity: "quantity",
      InvoiceDate: "order_time",
      UnitPrice: "list_price",
      Country: "region",
    };
    const sent = { mapping: mapping({ ...columns, ...more }) };
    const it = await imports.take(user, "order", lines, sent);
    expect(await imports.failures(user, it.importId)).toEqual([]);
    expect(counts(it)).toMatchObject({ readRows: 10_000, createdRows: 10_000 });
    const { rows } = await service.admin.query(
      `select sum(net_micros)::text as net, sum(jsonb_array_length(lines))::int as lines, count(*)::int as orders
       from orders where tenant_id = $1`,
      [user.tenantId],
    );
    const orders = Number(it.counts!.createdRecords);
    expect(rows[0]).toEqual({ net: String(sumOf(lines)), lines: 10_000, orders });
    const again = await imports.take(user, "order", lines, sent);
    expect(counts(again)).toEqual({ readRows: 10_000, unchangedRows: 10_000 });
  },
);

const cdnow = publicData("cdnow/cdnowElog.csv");

test.skipIf(!cdnow.isHere)(
  `R003 R110 purchases without numbers belong to their customers, and come to what the file says${cdnow.absent}`,
  { timeout: 120_000 },
  async () => {
    const user = await service.user();
    const text = cdnow.read().toString();
    const ids = new Set(
      text
        .split("\n")
        .slice(1)
        .flatMap((row) => row.split(",")[0] || []),
    );
    const people = [...ids].map((id) => ({
      displayName: `Customer ${id}`,
      externalIds: [{ system: "erp", id }],
    }));
    await customer.register(user.tenantId, people);
    await customer.settled();
    const columns = { masterid: "customer", date: "order_date", cds: "quantity", sales: "line_amount" };
    const it = await imports.take(user, "order", text, { mapping: mapping(columns) });
    // 21 rows say the same as another one: two lines of one order, since nothing tells them apart.
    expect(counts(it)).toEqual({ readRows: 6919, createdRows: 6919, createdRecords: 6919 - 21 });
    const { rows } = await service.admin.query(
      `select sum(net_micros)::text as net, count(distinct customer_id)::int as customers
       from orders where tenant_id = $1`,
      [user.tenantId],
    );
    expect(rows).toEqual([{ net: "244091940000", customers: 2357 }]);
    const again = await imports.take(user, "order", text, { mapping: it.mapping });
    expect(counts(again)).toEqual({ readRows: 6919, unchangedRows: 6919 });
  },
);
