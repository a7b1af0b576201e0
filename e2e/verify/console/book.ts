// A book of customers as companies have them: brought in by a file, and quiet again before anybody looks at it.
import { setTimeout as pause } from "node:timers/promises";
import { queryCustomerCounts } from "@guanxi/client/gen/guanxi";
import { importFile } from "@guanxi/cli/importing";
import { chance, type Chance } from "@guanxi/cli/seed/chance";
import { csv } from "@guanxi/cli/seed/files";
import { customerOf } from "@guanxi/cli/seed/people";
import { cpuOf, sum } from "../../bench/cpu.ts";
import type { System } from "../../bench/system.ts";
import { knowing } from "../../smoke/wait.ts";

const GRADES = ["A", "B", "B", "C", "C", "C", "D", "D", "D", ""];
const STAGES = ["prospect", "acquisition", "growth", "maturity", "decline"];
const TAGS = [
  "重点客户",
  "展会",
  "老客户转介绍",
  "价格敏感",
  "需要样品",
  "VIP",
  "distributor",
  "key account",
];
const SYSTEM = "crm";

/** Answers the seconds that it took. */
export async function fill(system: System, count: number): Promise<number> {
  const draw = chance(7);
  const began = performance.now();
  const file = csv(
    "customer",
    Array.from({ length: count }, (_, index) => rowOf(index + 1, draw)),
  );
  const { counts, lastSequence } = await importFile({ ...file, sourceSystem: SYSTEM });
  if (Number(counts?.createdRows) !== count) throw new Error(`not all were taken: ${JSON.stringify(counts)}`);
  const seconds = (performance.now() - began) / 1000;
  await knowing(lastSequence, () => queryCustomerCounts());
  await system.admin.query("vacuum analyze"); // as the database does by itself, some minutes later
  await quiet(system);
  return seconds;
}

function rowOf(id: number, draw: Chance) {
  const { kind, name, email, phone, city, region, industry, owner, source } = customerOf(id, draw);
  const tags = TAGS.filter(() => draw.happens(0.15));
  return {
    external_id: `C${id}`,
    kind,
    display_name: name,
    email,
    phone,
    city,
    country: region,
    industry,
    owner,
    source_channel: source,
    grade: draw.one(GRADES),
    lifecycle_stage: draw.one(STAGES),
    tags: tags.join(";"),
  };
}

const LOOK_MS = 2_000;
const QUIET = 0.1;
const PATIENCE_MS = 300_000;

/** What an import sets off goes on behind it; nobody judges a list while it does. */
async function quiet({ processes }: System): Promise<void> {
  const spent = () => sum(Object.values(cpuOf(processes)));
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; ) {
    const before = spent();
    await pause(LOOK_MS);
    if (spent() - before < QUIET * LOOK_MS * 1000) return;
  }
  throw new Error("the services do not come to rest");
}
