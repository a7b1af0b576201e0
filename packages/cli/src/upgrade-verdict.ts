// What changing a service from one release to another asks of whoever does it. Only releases are looked at, so that it
// can be said for any two of them.
import { type Release, worksOn } from "@guanxi/kit/release";
import type { Step } from "@guanxi/kit/schema-steps";

/** Worst first: of several services the worst is what holds for all. */
const KINDS = ["unknown", "restore", "stop", "backup", "directly", "already"] as const;

export interface Verdict {
  readonly kind: (typeof KINDS)[number];
  /** Releases to pass on the way, the next one first. */
  readonly stops?: readonly string[];
  readonly why: string;
}

export interface Change {
  readonly service: string;
  /** The release that runs; undefined where the service does not run yet. */
  readonly from: string | undefined;
  readonly to: string;
}

/** `releases`: oldest first. */
export function judge(releases: readonly Release[], { service, from, to }: Change): Verdict {
  const target = releases.find(({ release }) => release === to);
  const running = releases.find(({ release }) => release === from);
  if (!target) return unknown(to);
  if (from === undefined) return { kind: "directly", why: `is new in ${to}` };
  if (!running) return unknown(from);
  if (running === target) return { kind: "already", why: `runs ${to}` };
  if (!target.services[service]) return { kind: "directly", why: `is no part of ${to}: stop it` };
  const way = releases.slice(releases.indexOf(running), releases.indexOf(target) + 1);
  return way.length > 0 ? forwards(way, service) : back(running, target, service);
}

const unknown = (release: string): Verdict => ({
  kind: "unknown",
  why: `${release || "what runs"} is not a release that I know`,
});

/** `way`: from what runs to what is wanted. */
function forwards(way: readonly Release[], service: string): Verdict {
  const [running, target] = [way[0]!, way.at(-1)!];
  const stops = stopsOn(way, service);
  if (!stops)
    return {
      kind: "backup",
      why:
        `the running ${running.release} does not work on the schema of ${target.release}: ` +
        "it stands still from the migration until the new one runs, and only a backup leads back",
    };
  if (stops.length > 0)
    return {
      kind: "stop",
      stops,
      why: `the running ${running.release} uses what ${target.release} takes away`,
    };
  const done = new Set(stepsOf(running, service).map(({ name }) => name));
  const taking = stepsOf(target, service).filter(({ name, needs }) => needs && !done.has(name));
  if (taking.length === 0)
    return { kind: "directly", why: `${running.release} works on until ${target.release} runs` };
  return { kind: "backup", why: `${namesOf(taking)} takes away what only a backup brings back` };
}

/** The fewest releases to stop at so that each runs on what the next one makes; undefined where there is no such way. */
function stopsOn(way: readonly Release[], service: string): string[] | undefined {
  const [running, target] = [way[0]!, way.at(-1)!];
  if (worksOn(running, service, stepsOf(target, service))) return [];
  const next = way.findLastIndex(
    (stop, index) =>
      index > 0 &&
      stepsOf(stop, service).length > stepsOf(running, service).length &&
      worksOn(running, service, stepsOf(stop, service)),
  );
  if (next < 0) return undefined;
  const further = stopsOn(way.slice(next), service);
  return further && [way[next]!.release, ...further];
}

function back(running: Release, target: Release, service: string): Verdict {
  const works = worksOn(target, service, stepsOf(running, service));
  return works
    ? { kind: "directly", why: `${target.release} works on the schema of ${running.release}` }
    : { kind: "restore", why: `${target.release} does not work on the schema of ${running.release}` };
}

const stepsOf = ({ services }: Release, service: string): readonly Step[] => services[service] ?? [];
const namesOf = (steps: readonly Step[]) => steps.map(({ name }) => name).join(", ");

/** What holds for all services together: they take the first stop of any of them together. */
export function worst(releases: readonly Release[], verdicts: readonly Verdict[]): Verdict {
  const worst = verdicts.toSorted((a, b) => rank(a) - rank(b))[0]!;
  if (worst.kind !== "stop") return worst;
  const place = ({ stops }: Verdict) => releases.findIndex(({ release }) => release === stops?.[0]);
  const stopping = verdicts.filter(({ kind }) => kind === "stop");
  return stopping.toSorted((a, b) => place(a) - place(b))[0]!;
}

const rank = ({ kind }: Verdict) => KINDS.indexOf(kind);
