// The milestones of one customer's way through all six services, on a system of its own, which writes to a mail server of its own.
// A program, for it waits a minute for a promise to be broken: the smoke counts its files meanwhile.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { startSystem } from "../bench/system.ts";
import { journey } from "../journey/journey.ts";
import { startMailSink } from "../service-loop/mail-sink.ts";
import { figures } from "./figures.ts";

/** Begins it beside; answers what it has printed, and whether every figure held. */
export async function wholeWay(): Promise<{ printed: string; good: boolean }> {
  const child = spawn(process.execPath, ["--conditions=source", import.meta.filename], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [[code], printed] = await Promise.all([once(child, "close"), text(child.stdout)]);
  return { printed, good: code === 0 };
}

async function goIt(): Promise<void> {
  const table = figures();
  const sink = await startMailSink();
  const system = await startSystem({ SMTP_URL: sink.url });
  try {
    await system.signIn();
    await journey(table, { gateway: system.gateway, letters: sink.taken });
  } catch (error) {
    console.error(error);
    table.broken((error as Error).message);
  } finally {
    await system.stop();
    await sink.stop();
  }
  table.print();
  process.exitCode = table.good() ? 0 : 1;
}

if (import.meta.main) await goIt();
