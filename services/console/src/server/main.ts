// The console's pages by themselves, where the gateway does not show them. It knows no service: a page asks the gateway, which
// an edge puts under the same address.
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { orExit, settingsOrExit } from "@guanxi/kit/env";
import { listen } from "@guanxi/kit/listen";
import { createLog } from "@guanxi/kit/log";
import { startManagement } from "@guanxi/kit/management";
import { misspelt } from "@guanxi/kit/misspelt";
import { type Site, site } from "@guanxi/kit/site";
import { subcommand } from "@guanxi/kit/subcommand";
import { stopTelemetry } from "@guanxi/kit/telemetry";
import { whenTold } from "@guanxi/kit/told";
import { versionOf } from "@guanxi/kit/version";
import { consoleSettings, ownPages } from "./config.ts";

const giveUp = (error: Error) => {
  process.stderr.write(`The console does not start: ${error.message}\n`);
  process.exit(1);
};
process.once("uncaughtException", giveUp);
await subcommand({
  name: "console",
  version: () => versionOf("console"),
  settings: () => consoleSettings,
  commands: { serve },
});

async function serve(): Promise<void> {
  const config = settingsOrExit(consoleSettings);
  const log = createLog("console", config.logLevel);
  for (const line of misspelt(consoleSettings)) log.warn(line);
  const pages = await orExit(async () => site(config.consoleFolder ?? ownPages));
  const management = await startManagement({
    host: config.host,
    port: config.managementPort,
    checks: {},
    version: versionOf("console"),
  });
  const http = await listen((req, res) => answer(pages, req, res), config.host, config.httpPort);
  process.off("uncaughtException", giveUp);
  log.info({ port: http.port, managementPort: management.port }, "ready");
  whenTold((signal) => void stop(signal));

  async function stop(signal: string): Promise<void> {
    log.info({ signal }, "stopping");
    management.draining();
    http.draining();
    await pause(config.drainSeconds * 1_000);
    await http.stop(config.stopSeconds * 1_000);
    await management.close();
    await stopTelemetry();
    log.info("stopped");
  }
}

function answer(pages: Site, req: IncomingMessage, res: ServerResponse): void {
  if (pages(req, res)) return;
  res.writeHead(404, { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" });
  res.end("There is no such page.\n");
}
