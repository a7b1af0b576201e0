// `npm run bench -- read create relay`: ratios of one run, all sides in turn. Only the ratios mean something elsewhere.
import { parseArgs } from "node:util";
import { benchRelay } from "./relay.ts";
import { benchRequests, type RequestOptions } from "./requests.ts";

const BENCHES: Record<string, (options: RequestOptions) => Promise<string>> = {
  read: (options) => benchRequests("read", options),
  create: (options) => benchRequests("create", options),
  relay: benchRelay,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: "string", default: "5" },
    seconds: { type: "string", default: "5" },
    connections: { type: "string", default: "32" },
  },
});
const options = {
  pairs: Number(values.pairs),
  seconds: Number(values.seconds),
  connections: Number(values.connections),
};
const unknown = positionals.filter((name) => !Object.hasOwn(BENCHES, name));
const sound = Object.values(options).every((value) => Number.isFinite(value) && value > 0);
if (positionals.length === 0 || unknown.length > 0 || !sound) {
  console.error("npm run bench -- [read] [create] [relay] [--pairs 5] [--seconds 5] [--connections 32]");
  process.exit(2);
}
const { pairs, seconds, connections } = options;
for (const name of positionals) {
  console.log(`${name}: ${pairs} pairs of ${seconds} s, ${connections} connections, medians`);
  console.log(`${await BENCHES[name]!(options)}\n`);
}
process.exit();
