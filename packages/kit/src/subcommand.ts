// The first word after a program's name: main.ts of the services and of the gateway.
import { constants } from "node:os";
import type { z } from "zod";
import { orExit, settingsOrExit } from "./env.ts";
import { misspelt } from "./misspelt.ts";
import { whenTold } from "./told.ts";
import type { Version } from "./version.ts";

export type Words = readonly string[];

interface Program {
  readonly name: string;
  version(): Version;
  settings(): z.ZodObject;
  /** What their schema cannot say. */
  checkSettings?(settings: unknown): unknown;
  /** By how they are used, as in "replay <reader> <tenant>": the first word is the command, what follows it is given to it. */
  readonly commands: Readonly<Record<string, (words: Words) => unknown>>;
}

const EX_USAGE = 64;

/** `serve` unless something else is asked for; every program knows `version` and `check-config`. */
export async function subcommand(program: Program, words: Words = process.argv.slice(2)): Promise<void> {
  const [command = "serve", ...rest] = words;
  // Whoever has not begun to serve has nothing to bring to an end; any other command has not done what it was to do.
  whenTold((signal) => process.exit(command === "serve" ? 0 : 128 + constants.signals[signal]));
  const commands: Program["commands"] = {
    ...program.commands,
    version: () => say(JSON.stringify(program.version())),
    "check-config": () => checkConfig(program),
  };
  const work = Object.entries(commands).find(([use]) => use.split(" ", 1)[0] === command)?.[1];
  if (work) return void (await work(rest));
  process.stderr.write(`${program.name} knows no command ${command}: ${Object.keys(commands).join(", ")}\n`);
  process.exitCode = EX_USAGE;
}

/** Whether it would start as it is told to; nobody is asked whether what is named is there. */
async function checkConfig({ settings, checkSettings }: Program): Promise<void> {
  const schema = settings();
  const told = settingsOrExit(schema);
  await orExit(async () => checkSettings?.(told));
  for (const line of [...misspelt(schema), "complete"]) say(line);
}

const say = (line: string) => process.stdout.write(`${line}\n`);
