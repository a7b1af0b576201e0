// A release of the teams as a process: `RELEASE=2 node --conditions=source packages/bus/test/teams-main.ts serve`.
import { run } from "../src/run.ts";
import { mistakenRelease, teamsRelease } from "./teams-app.ts";

const release = process.env.RELEASE;
await run(release === "mistaken" ? mistakenRelease : teamsRelease(Number(release) as 1 | 2 | 3));
