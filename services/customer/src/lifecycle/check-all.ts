// Each customer is looked at anew: in the background, a batch at a time.
import type { Job } from "@guanxi/bus/app";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { CHECK_ALL, checkLater } from "../checks/check-later.ts";

const AT_ONCE = 1_000;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/** Begun anew after a kill: who is looked at twice is found as the rules want it. */
export const checkAllJob: Job = {
  name: CHECK_ALL,
  async run({ tenantId, signal }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: "customer/check-all" };
    let behind: string | undefined = BEFORE_ALL;
    while (behind) {
      signal.throwIfAborted();
      const from: string = behind;
      behind = await act(as, (at) => checkSome(at, from));
    }
  },
};

/** The last of those that are looked at, where there may be more. */
async function checkSome(at: At, behind: string): Promise<string | undefined> {
  const rows = await named<{ customerId: string }>(at, {
    name: "customers behind",
    text: `
select customer_id as "customerId" from customers where state = 'ACTIVE' and customer_id > $1
order by customer_id limit ${AT_ONCE}`,
    values: [behind],
  });
  checkLater(
    at,
    rows.map(({ customerId }) => customerId),
  );
  return rows.length === AT_ONCE ? rows.at(-1)!.customerId : undefined;
}
