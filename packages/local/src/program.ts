/** How to start something. */
export type Command = {
  command: string[];
  env?: Record<string, string> | undefined;
  cwd?: string | undefined;
};

/** A command that is run to its end before the program begins, e.g. a migration. */
export type Step = Command & { input?: string | undefined };

/** Anything the runner keeps alive: Postgres, NATS, each service. They differ in nothing but this. */
export type Program = {
  name: string;
  address: string;
  /** How it likes to be told that it is over. */
  stop: "TERM" | "INT";
  /** Resolves when it may be started, with how; rejects with what is missing. */
  begin: (run: (step: Step) => Promise<void>) => Promise<Command>;
  /** Resolves once the program answers in its own protocol. */
  ask: () => Promise<unknown>;
  /** Its log goes to the file only. */
  quiet?: boolean;
};

export type Row = {
  name: string;
  address: string;
  state: "waiting" | "preparing" | "starting" | "ready" | "restarting" | "failed" | "stopping" | "stopped";
  pid?: number | undefined;
  readyAfter?: number | undefined;
  note?: string | undefined;
};
