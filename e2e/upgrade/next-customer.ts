// The release of customer that comes next: it rewards customers whose owner has news. Its migration forgets those who are there
// already, who have no reward yet; with MENDED it does not. `node --conditions=source e2e/upgrade/next-customer.ts serve|migrate`
import { onState, projection } from "@guanxi/bus/reaction";
import { run } from "@guanxi/bus/run";
import { User } from "@guanxi/contract/guanxi/identity/v1/user_service";
import type { Migration } from "@guanxi/kit/migrate";
import { customer } from "../../services/customer/src/app.ts";

type Step = InstanceType<Migration>;

class Rewards1900000000000 implements Step {
  name = "Rewards1900000000000";
  async up(runner: Parameters<Step["up"]>[0]): Promise<void> {
    await runner.query("create table rewards_half_done (id int)");
    await runner.query(`alter table customers add column reward int not null ${process.env.MENDED ?? ""}`);
  }
  async down(): Promise<void> {
    throw new Error("rewards are not forgotten by a migration");
  }
}

const rewarding = onState(User, [], (changes, at) =>
  at.tell({
    text: "update customers set reward = reward + 1 where owner_id = any($1::uuid[])",
    values: [changes.map(({ meta }) => meta.aggregateId)],
  }),
);

await run({
  ...customer,
  migrations: [...customer.migrations, Rewards1900000000000],
  readers: customer.readers.map((reader) =>
    reader.name === "users" ? projection("users", "identity", [...reader.reactions, rewarding]) : reader,
  ),
});
