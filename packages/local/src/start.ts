import { Advice } from "./advice.ts";
import { fillDemoTenant } from "./demo-company.ts";
import { openDataFolder, type DataFolder } from "./data-folder.ts";
import { hints } from "./hints.ts";
import { startWarden } from "./launch.ts";
import { openLog } from "./log.ts";
import { dataFolder } from "./places.ts";
import { plan } from "./plan.ts";
import type { Program } from "./program.ts";
import { readable } from "./readable.ts";
import { openScreen, type Screen } from "./screen.ts";
import { endOn, stopOnce } from "./stop.ts";
import { supervise, type Supervised, type Tools } from "./supervise.ts";

export async function start(): Promise<void> {
  const folder = await openDataFolder(dataFolder());
  const screen = openScreen(process.stdout);
  const tools = toolsOf(folder, screen);
  const floors: Supervised[][] = []; // what stands on what; taken down from the top
  const stop = stopOnce(async () => {
    for (const floor of floors.toReversed()) await Promise.all(floor.map((program) => program.stop()));
    tools.warden.pipe.end();
    folder.forget();
  });
  endOn(stop, screen);
  tools.warden.process.on("exit", () => void stop.because("The warden has ended", 1));

  const raise = (programs: Program[]) => {
    const floor = programs.map((program) => supervise(program, tools));
    floors.push(floor);
    return floor;
  };
  try {
    const { gateway, ground, services } = await plan(folder, screen.say);
    if (stop.begun()) return;
    // All at once: a service itself waits for that part of the ground that it needs.
    const below = raise(ground);
    const above = raise(services((name) => standing(below, name)));
    if (!(await allReady(below))) throw new Advice(whatFailed(below, folder));
    const complete = await allReady(above);
    if (stop.begun()) return;
    screen.hints(complete ? hints(folder, gateway) : [whatFailed(above, folder)]);
    if (complete) await fillDemoTenant(folder, screen.say);
  } catch (error) {
    if (stop.begun()) return; // it is what stopping looks like from here
    await stop.quietly();
    throw error;
  }
}

function toolsOf(folder: DataFolder, screen: Screen): Tools {
  return {
    folder,
    warden: startWarden(),
    log: ({ name, quiet }) =>
      openLog(folder.logs, name, (line) => void (quiet || screen.log(name, readable(line)))),
    changed: screen.changed,
  };
}

async function allReady(floor: Supervised[]): Promise<boolean> {
  return (await Promise.all(floor.map(({ ready }) => ready))).every(Boolean);
}

/** Resolves when that program answers; one that is not ours to start stands already. */
async function standing(floor: Supervised[], name: string): Promise<void> {
  const program = floor.find(({ row }) => row.name === name);
  if (program && !(await program.ready)) throw new Advice(`${name} is not there`);
}

function whatFailed(floor: Supervised[], folder: DataFolder): string {
  const failed = floor.map(({ row }) => row).filter(({ state }) => state === "failed");
  const each = failed.map(({ name, note }) => `${name} did not come up: ${note}`);
  return `${each.join("; ")} (logs: ${folder.logs})`;
}
