import { setTimeout as pause } from "node:timers/promises";
import { loadContract } from "@guanxi/kit/contract";
import { orExit } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import { startManagement } from "@guanxi/kit/management";
import { misspelt } from "@guanxi/kit/misspelt";
import { site } from "@guanxi/kit/site";
import { subcommand } from "@guanxi/kit/subcommand";
import { stopTelemetry } from "@guanxi/kit/telemetry";
import { whenTold } from "@guanxi/kit/told";
import { versionOf } from "@guanxi/kit/version";
import { configOf, readConfig } from "./config.ts";
import { createGateway } from "./gateway.ts";
import { listen } from "@guanxi/kit/listen";

const giveUp = (error: Error) => {
  process.stderr.write(`The gateway does not start: ${error.message}\n`);
  process.exit(1);
};
process.once("uncaughtException", giveUp);
await subcommand({
  name: "gateway",
  version: () => versionOf("gateway"),
  settings: () => configOf(loadContract()),
  commands: { serve },
});

async function serve(): Promise<void> {
  const contract = loadContract();
  const config = readConfig(contract);
  const log = createLog("gateway", config.logLevel);
  for (const line of misspelt(configOf(contract))) log.warn(line);
  const { natsUrl, natsStream } = config;
  const bus = natsUrl ? { natsUrl, natsStream } : undefined;
  const { consoleFolder } = config;
  const pages = consoleFolder ? await orExit(async () => site(consoleFolder)) : undefined;
  const gateway = createGateway({ ...config, bus, pages, contract, log });
  // Not ready for the lack of one service would take the others' paths away as well, so nothing is asked of them here.
  const management = await startManagement({
    host: config.host,
    port: config.managementPort,
    checks: {},
    version: versionOf("gateway"),
  });
  const http = await listen(gateway.app, config.host, config.httpPort);
  process.off("uncaughtException", giveUp);
  log.info({ port: http.port, managementPort: management.port }, "ready");
  whenTold((signal) => void stop(signal));

  async function stop(signal: string): Promise<void> {
    log.info({ signal }, "stopping");
    management.draining();
    http.draining();
    gateway.draining();
    await pause(config.drainSeconds * 1_000);
    await http.stop(config.stopSeconds * 1_000);
    gateway.close();
    await management.close();
    await stopTelemetry();
    log.info("stopped");
  }
}
