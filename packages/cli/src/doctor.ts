import { statfsSync } from "node:fs";
import { getTenant } from "@guanxi/client/gen/guanxi";
import { natsAddress } from "@guanxi/kit/nats-address";
import { readRunning } from "@guanxi/local/data-folder";
import { daysLeft } from "@guanxi/local/issuer";
import { dataFolder } from "@guanxi/local/places";
import { services } from "@guanxi/local/services";
import { jetstreamManager, type JetStreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { addresses, notRunning, streamName } from "./addresses.ts";
import { handOver } from "./hand-over.ts";
import { readersWithoutDurable } from "./readers.ts";
import { signIn } from "./sign-in.ts";

interface Finding {
  readonly what: string;
  readonly good: boolean;
  readonly note: string;
}

const FEW_GIGABYTES = 2;
const FEW_DAYS = 30;
const TIMEOUT_MS = 3000;

/** Looks at everything that an administrator would, and says what to do about what is not well. */
export async function doctor(): Promise<void> {
  if (handOver(["doctor"])) return;
  const here = process.env.GUANXI_URL ? [] : [runner(), disk()];
  const each = services.map(({ name }) => service(name));
  const findings = await Promise.all([...here, ...each, bus(), ...signingIn(), api()]);
  const width = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, good, note } of findings)
    console.log(`${good ? "ok " : "BAD"} ${what.padEnd(width)}  ${note}`);
  const bad = findings.filter(({ good }) => !good).length;
  console.log(bad === 0 ? "All is well." : `${bad} of ${findings.length} checks are not well.`);
  process.exitCode = bad === 0 ? 0 : 1;
}

async function check(what: string, look: () => Promise<string> | string): Promise<Finding> {
  try {
    return { what, good: true, note: await look() };
  } catch (error) {
    return { what, good: false, note: (error as Error).message.split("\n")[0]! };
  }
}

const ask = (url: string) => fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });

const runner = () =>
  check("runner", () => {
    const running = readRunning(dataFolder());
    if (!running) throw notRunning();
    process.kill(running.pid, 0);
    return `pid ${running.pid}, since ${running.since}`;
  });

/** Ready, and nothing put aside that its readers could not apply, and no job that fails. */
const service = (name: string) =>
  check(name, async () => {
    const management = addresses().management(name);
    const ready = await ask(`${management}/health/ready`);
    const { checks } = (await ready.json()) as { checks: Record<string, string> };
    const each = Object.entries(checks).map(([check, state]) => `${check} ${state}`);
    if (!ready.ok) throw new Error(`not ready: ${each.join(", ")}; its log says why`);
    const metrics = await (await ask(`${management}/metrics`)).text();
    const letters = total(metrics, "reader_dead_letters");
    if (letters > 0) throw new Error(`${letters} events are put aside: look at dead_letters, then replay`);
    const failing = total(metrics, "jobs_failing");
    if (failing > 0) throw new Error(`${failing} jobs fail and are tried again: jobs.error says why`);
    return each.join(", ") || "ready";
  });

function total(metrics: string, name: string): number {
  const series = metrics.split("\n").filter((line) => line.startsWith(`${name}{`));
  return series.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}

const bus = () =>
  check("bus", async () => {
    const nats = await connect({
      ...natsAddress(addresses().natsUrl),
      timeout: TIMEOUT_MS,
      reconnect: false,
    });
    try {
      const jsm = await jetstreamManager(nats);
      const stream = await jsm.streams.info(streamName());
      const waiting = (await jsm.consumers.list(stream.config.name).next()).map(({ name, num_pending }) => ({
        name,
        num_pending,
      }));
      const behind = waiting.filter(({ num_pending }) => num_pending > 10_000);
      if (behind.length > 0)
        throw new Error(
          behind.map(({ name, num_pending }) => `${name} is ${num_pending} events behind`).join(", "),
        );
      const refused = await readersWithoutDurable({ durables: () => durablesOf(jsm), metrics: allMetrics });
      if (refused.length > 0) throw new Error(`${refused.join(", ")} may not read: ${REFUSED}`);
      return `nats-server ${nats.info?.version}, ${stream.state.messages} events, ${waiting.length} readers`;
    } finally {
      await nats.close();
    }
  });

const REFUSED =
  "the bus gives rights by the release of the tools: raise CLI_VERSION first, and bring nats up anew";

async function durablesOf(jsm: JetStreamManager): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of jsm.consumers.list(streamName())) names.push(name);
  return names;
}

/** Of those that answer; who does not is told of by its own check. */
const allMetrics = () =>
  Promise.all(
    services.map(({ name }) =>
      ask(`${addresses().management(name)}/metrics`).then(
        (answer) => answer.text(),
        () => "",
      ),
    ),
  );

/** What can be tried where the installation speaks for its services, and knows people whom everybody knows. */
function signingIn() {
  const tokens = services.flatMap(({ name }) => daysLeft(dataFolder(), name) ?? []);
  const demo = process.env.GUANXI_DEMO !== "none" && !process.env.OIDC_ISSUER;
  return [...(tokens.length > 0 ? [serviceTokens(Math.min(...tokens))] : []), ...(demo ? [signedIn()] : [])];
}

const serviceTokens = (days: number) =>
  check("tokens", () => {
    if (days < FEW_DAYS)
      throw new Error(`the services' own tokens end in ${days} days: start it anew, which renews them`);
    return `the services' own tokens hold for ${days} days`;
  });

const signedIn = () =>
  check("sign-in", async () => {
    await signIn("lin");
    const { displayName, timeZone, currencyCode } = await getTenant();
    return `lin of ${displayName}, ${timeZone}, ${currencyCode}`;
  });

const api = () =>
  check("api", async () => {
    const { gateway } = addresses();
    const answer = await ask(`${gateway}/openapi.json`);
    const { paths } = (await answer.json()) as { paths: Record<string, object> };
    return `${Object.keys(paths).length} paths at ${gateway}`;
  });

const disk = () =>
  check("disk", () => {
    const { bavail, bsize } = statfsSync(dataFolder());
    const gigabytes = (bavail * bsize) / 2 ** 30;
    if (gigabytes < FEW_GIGABYTES) throw new Error(`${gigabytes.toFixed(1)} GB free: make room`);
    return `${gigabytes.toFixed(1)} GB free at ${dataFolder()}`;
  });
