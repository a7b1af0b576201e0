// An event that a service cannot apply, as a release that cannot take what another one says leaves it: seen, and applied once the
// cause is mended.
import {
  createCustomer,
  createOpportunity,
  salesListDeadLetters,
  salesReplayDeadLetters,
  updateCustomer,
} from "@guanxi/client/gen/guanxi";
import { expect, onTestFinished, test } from "vitest";
import { sql } from "./database.ts";
import { ailments, atTheConsole, open, seen } from "./rig.ts";

atTheConsole();

const READER = "sales-customer-projection-customers";
const once = () => ({ "Idempotency-Key": crypto.randomUUID() });

/** Sales cannot keep a customer of such a name, until it can again. */
async function blocked(name: string): Promise<() => Promise<void>> {
  const rule = `no_${name}`;
  const mend = async () => void (await sql(`alter table sales.customers drop constraint if exists ${rule}`));
  onTestFinished(async () => {
    await mend();
    await salesReplayDeadLetters({ consumer: READER }, once());
  });
  const check = `check (display_name not like '%${name}%') not valid`;
  await sql(`alter table sales.customers add constraint ${rule} ${check}`);
  return mend;
}

const parked = async (customerId: string) => {
  const { deadLetters } = await salesListDeadLetters({ consumer: READER });
  return deadLetters.filter((each) => each.aggregateId === customerId && each.parked).length;
};

test.skipIf(!seen)(
  "what a service could not apply is shown with its reason and what it says, and is applied from the page",
  { timeout: 90_000 },
  async () => {
    const name = `x${crypto.randomUUID().slice(0, 8)}`;
    const mend = await blocked(name);
    const customer = await createCustomer(
      { kind: "KIND_ORGANISATION", displayName: `宁波一 ${name}` },
      once(),
    );
    const { customerId } = customer;
    await updateCustomer(
      customerId,
      { displayName: `宁波二 ${name}` },
      { ...once(), "If-Match": `"${customer.etag}"` },
    );
    await expect.poll(() => parked(customerId), { timeout: 60_000, interval: 500 }).toBe(2);
    const aDeal = () => createOpportunity({ displayName: `商机 ${name}`, customerId }, once());
    await expect(aDeal()).rejects.toMatchObject({ problem: { status: 400 } });

    const page = await open("/events?view=letters");
    const reader = page.locator("section").filter({ hasText: READER });
    await reader.getByText(`${READER} · 2 条`).waitFor();
    const letter = (type: string) => reader.getByRole("row").filter({ hasText: type });
    const first = letter("CustomerRegistered");
    await first.getByText("已搁置").waitFor();
    await first.getByText(`no_${name}`).waitFor();
    expect((await first.getByRole("cell").allInnerTexts())[4]).toBe("8");
    await letter("CustomerChanged").getByText("waits behind another").waitFor();
    await first.getByRole("button").click();
    const told = reader.locator("pre");
    await told.waitFor();
    expect(JSON.parse(await told.innerText())).toMatchObject({
      customer: { customerId, displayName: `宁波一 ${name}` },
    });
    expect(await ailments(page)).toEqual([]);

    const replay = async () => {
      await reader.getByRole("button", { name: "重新处理" }).click();
      await page.getByRole("tooltip").getByRole("button", { name: "确定" }).click();
    };
    await replay();
    await page.getByText("已处理 0 条，剩余 2 条").waitFor();
    expect(await parked(customerId)).toBe(2);
    await mend();
    await replay();
    await page.getByText("已处理 2 条，剩余 0 条").waitFor();
    await page.getByText(READER).waitFor({ state: "detached" });
    expect(await parked(customerId)).toBe(0);
    expect(
      await sql("select display_name, version from sales.customers where customer_id = $1", [customerId]),
    ).toEqual([{ display_name: `宁波二 ${name}`, version: 2 }]);
    expect(await aDeal()).toMatchObject({ customerId });
  },
);
