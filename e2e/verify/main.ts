// `npm run verify [name …]`: what is too large for every test run. Each function answers with its figures, or throws.
import { verifyCampaign } from "./campaign.ts";
import { verifyConsole } from "./console.ts";
import { verifyDuplicates } from "./duplicates.ts";
import { verifyFilter } from "./filter.ts";
import { verifyMail } from "./mail.ts";
import { verifyMerges } from "./merges.ts";
import { verifyModels } from "./models.ts";
import { verifyPortrait } from "./portrait.ts";
import { verifyRetail } from "./retail.ts";
import { verifySegments } from "./segments.ts";
import { verifySla } from "./sla.ts";

const VERIFICATIONS: Record<string, () => Promise<string>> = {
  campaign: verifyCampaign,
  console: verifyConsole,
  duplicates: verifyDuplicates,
  filter: verifyFilter,
  mail: verifyMail,
  merges: verifyMerges,
  models: verifyModels,
  portrait: verifyPortrait,
  retail: verifyRetail,
  segments: verifySegments,
  sla: verifySla,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(VERIFICATIONS, name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")}; there is ${Object.keys(VERIFICATIONS).join(", ")}.`);
  process.exit(1);
}
for (const [name, verify] of Object.entries(VERIFICATIONS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const began = performance.now();
  try {
    const figures = await verify();
    console.log(`passed ${name} in ${seconds(began)}: ${figures}`);
  } catch (error) {
    console.error(`failed ${name} in ${seconds(began)}:`, error);
    process.exitCode = 1;
  }
}

function seconds(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}
