import { startPostgres } from "@guanxi/testkit/servers/postgres";
import { agree } from "../../services/customer/test/segment-streams.ts";
import { costAt } from "../../services/customer/test/segment-cost.ts";

const SMALL = 10_000;
const LARGE = 1_000_000;

/** Segments kept by events and by time are those counted anew, and what an event costs, with few customers and with many. */
export async function verifySegments(
  streams = Number(process.env.STREAMS ?? 10_000),
  large = Number(process.env.CUSTOMERS ?? LARGE),
): Promise<string> {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const server = await startPostgres(process.env.GUANXI_PG ?? "18");
  try {
    const { events, comparisons, turns } = await agree(server.adminUrl, { streams, seed });
    const costs = [await costAt(server.adminUrl, SMALL), await costAt(server.adminUrl, large)];
    const figures = costs.map(
      ({ customers, ms }) => `${customers} customers: ${ms.toFixed(2)} ms for one event`,
    );
    const agreed = `${streams} streams, ${events} events, ${turns} turns, ${comparisons} comparisons without a difference`;
    return `${agreed} (seed ${seed}); ${figures.join(", ")}`;
  } finally {
    await server.stop();
  }
}
