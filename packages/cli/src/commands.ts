import type { ParseArgsOptionsConfig } from "node:util";
import { Advice } from "@guanxi/local/advice";
import { doctor } from "./doctor.ts";
import { tail, type TailOptions } from "./events-tail.ts";
import { addresses } from "./addresses.ts";
import { backup } from "./backup/backup.ts";
import { restore, type RestoreOptions } from "./backup/restore.ts";
import { sayWhereInCompose } from "./hand-over.ts";
import { importCommand, type ImportOptions } from "./import.ts";
import { type ReconcileOptions, reconcileCommand } from "./reconcile.ts";
import { routes } from "./routes.ts";
import { seedCommand, type SeedOptions } from "./seed/seed.ts";
import { setupCommand, type SetupOptions } from "./setup.ts";
import { token } from "./token.ts";
import { upgradeCheck, type UpgradeOptions } from "./upgrade.ts";

export type Command = {
  name: string;
  usage: string;
  what: string;
  options: ParseArgsOptionsConfig;
  /** How many words besides the options it takes. */
  words?: number;
  run: (values: never, words: string[]) => Promise<void> | void;
};

export const commands: Command[] = [
  {
    name: "token",
    usage: "token [--as NAME]",
    what: "prints a token to call with, of lin or another of the demo people",
    options: { as: { type: "string", default: "lin" } },
    run: async ({ as }: { as: string }) => console.log(await token(as)),
  },
  {
    name: "url",
    usage: "url",
    what: "prints where the gateway of `npm start` listens",
    options: {},
    run: () => console.log(addresses().gateway),
  },
  {
    name: "routes",
    usage: "routes",
    what: "prints every path with its method, RPC and the access it needs",
    options: {},
    run: routes,
  },
  {
    name: "import",
    usage:
      "import FILE --kind KIND [--system NAME] [--map column=field]… [--replace column:from=to]… [--dry-run]",
    what: "brings a CSV, XLSX or vCard file in, as customer, contact, product, lead, opportunity, order or user; or --undo ID",
    options: {
      as: { type: "string", default: "lin" },
      kind: { type: "string" },
      system: { type: "string" },
      map: { type: "string", multiple: true },
      replace: { type: "string", multiple: true },
      "dry-run": { type: "boolean" },
      after: { type: "string" },
      "date-order": { type: "string" },
      decimal: { type: "string" },
      undo: { type: "string" },
    },
    words: 1,
    run: (options: ImportOptions, words) => importCommand(options, words),
  },
  {
    name: "events",
    usage: "events tail [--area AREA] [--type EVENT] [--from SEQUENCE] [--count N]",
    what: "prints events as they are said, one JSON object to a line",
    options: {
      area: { type: "string" },
      type: { type: "string" },
      from: { type: "string" },
      count: { type: "string" },
    },
    words: 1,
    run: (options: TailOptions, [word]) => {
      if (word !== "tail") throw new Advice("Say npx guanxi events tail.");
      return tail(options);
    },
  },
  {
    name: "seed",
    usage: "seed [--customers N] [--seed N] [--remove]",
    what: "fills a company that has no customers with made-up ones and two years of business; --remove takes them away",
    options: {
      customers: { type: "string", default: "2000" },
      seed: { type: "string", default: "1" },
      remove: { type: "boolean" },
    },
    run: (options: SeedOptions) => seedCommand(options),
  },
  {
    name: "reconcile",
    usage: "reconcile [--area AREA] [--repair] [--json]",
    what: "holds the figures' facts against the services that they come from, and names all that differ; --repair mends them",
    options: {
      as: { type: "string", default: "lin" },
      area: { type: "string" },
      repair: { type: "boolean" },
      json: { type: "boolean" },
    },
    run: (options: ReconcileOptions) => reconcileCommand(options),
  },
  {
    name: "backup",
    usage: "backup FOLDER",
    what: "writes stream, databases and settings of an installation that runs into a new folder",
    options: {},
    words: 1,
    run: (_, [folder]) => {
      sayWhereInCompose("backup");
      return backup(theFolder(folder));
    },
  },
  {
    name: "restore",
    usage: "restore FOLDER [--replace]",
    what: "puts a backup into an installation whose services are stopped; --replace where it holds something already",
    options: { replace: { type: "boolean" } },
    words: 1,
    run: (options: RestoreOptions, [folder]) => {
      // Who names a data folder means an installation of its own.
      if (!process.env.GUANXI_DATA) sayWhereInCompose("restore");
      return restore(theFolder(folder), options);
    },
  },
  {
    name: "upgrade",
    usage: "upgrade check --to RELEASE [--releases FILE|URL|-]",
    what: "says of each service whether it may go to a release directly (0), has to stop at another, or be backed up first",
    options: { to: { type: "string" }, releases: { type: "string" } },
    words: 1,
    run: (options: UpgradeOptions, [word]) => {
      if (word !== "check") throw new Advice("Say npx guanxi upgrade check --to RELEASE.");
      return upgradeCheck(options);
    },
  },
  {
    name: "doctor",
    usage: "doctor",
    what: "looks at everything that runs, and says what to do about what is not well",
    options: {},
    run: doctor,
  },
  {
    name: "setup",
    usage: "setup FOLDER [--change-secret]",
    what: "derives all passwords of an installation from GUANXI_SECRET, for compose to give each service its own",
    options: { "change-secret": { type: "boolean" } },
    words: 1,
    run: (options: SetupOptions, words) => setupCommand(options, words),
  },
  { name: "help", usage: "help", what: "prints this", options: {}, run: help },
];

function theFolder(folder: string | undefined): string {
  if (!folder) throw new Advice("Name the folder of the backup.");
  return folder;
}

function help(): void {
  for (const { usage, what } of commands) console.log(`npx guanxi ${usage}\n    ${what}`);
}
