// `npm run smoke`: the main job on an empty system, from a company's files to what its customers are worth. Exit 0 only if
// every figure is what it has to be. GUANXI_URL names a system that runs already.
import { getTenant, updateTenant } from "@guanxi/client/gen/guanxi";
import { signIn } from "@guanxi/cli/sign-in";
import { startSystem } from "../bench/system.ts";
import { cases } from "./cases.ts";
import { cdnow } from "./cdnow.ts";
import { dataIsHere } from "./data.ts";
import { figures } from "./figures.ts";
import { wholeWay } from "./whole-way.ts";
import { maven } from "./maven.ts";
import { seeded } from "./seeded.ts";
import { voices } from "./voices.ts";

const began = performance.now();
const beside = process.env.GUANXI_URL ? { printed: "", good: true } : wholeWay();
const system = process.env.GUANXI_URL ? elsewhere() : await startSystem();
const table = figures();
try {
  await system.signIn();
  if (dataIsHere) {
    await countInDollars();
    await maven(table);
    await cdnow(table);
    await cases(table);
    await voices(table);
  } else {
    console.log(
      "There is no ../shared/data here: the smoke runs on a made-up company, whose truth its maker knows.",
    );
    await seeded(table);
  }
} catch (error) {
  console.error(error);
  table.broken((error as Error).message);
} finally {
  await system.stop();
}
table.print();
const { printed, good } = await beside;
process.stdout.write(printed);
const allGood = table.good() && good;
console.log(`${allGood ? "All figures hold" : "NOT all figures hold"}, after ${seconds()} s.`);
process.exitCode = allGood ? 0 : 1;

/** Signed in by the issuer's key of the folder that GUANXI_DATA names. */
function elsewhere() {
  return { signIn: () => signIn("lin"), stop: async () => {} };
}

function seconds(): string {
  return ((performance.now() - began) / 1000).toFixed(1);
}

/** These files are of American firms, and name no currency. */
async function countInDollars(): Promise<void> {
  const { etag } = await getTenant();
  await updateTenant({ currencyCode: "USD" }, { "If-Match": `"${etag}"` });
}
