import { agree } from "../../services/service-desk/test/sla-agreement.ts";

/** The SLA clock and the oracle that lives minute by minute see the same (R083). */
export async function verifySla(runs = 100_000): Promise<string> {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const { cases, looks, seen } = agree({ runs, seed });
  const often = Object.entries(seen).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rare = often.filter(([, times]) => times < runs / 200).map(([what]) => what);
  if (rare.length > 0) throw new Error(`too seldom seen: ${rare.join(", ")} (seed ${seed})`);
  const list = often.map(([what, times]) => `${what} ${times}`).join(", ");
  return `${cases} cases, ${looks} looks without a difference (seed ${seed}): ${list}`;
}
