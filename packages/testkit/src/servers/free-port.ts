import { randomInt } from "node:crypto";
import { isFree } from "@guanxi/local/ports";

const taken = new Set<number>();

/** Another one at each call, below those of runners; at random, since other test files are looking too. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 20_000);
    if (taken.has(port) || !(await isFree(port))) continue;
    taken.add(port);
    return port;
  }
}
