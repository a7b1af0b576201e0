// `npm run bench -- read create relay import`: ratios of one run, all sides in turn. Only the ratios mean something elsewhere.
import { parseArgs } from "node:util";
import { benchImport } from "./import.ts";
import { benchRelay } from "./relay.ts";
import { benchRequests, type RequestOptions } from "./requests.ts";

interface Bench {
  readonly pairs: number;
  /** What a pair is. */
  of(options: RequestOptions): string;
  run(options: RequestOptions): Promise<string>;
}

const ofRequests = ({ seconds, connections }: RequestOptions) =>
  ` of ${seconds} s, ${connections} connections`;

const BENCHES: Record<string, Bench> = {
  read: { pairs: 5, of: ofRequests, run: (options) => benchRequests("read", options) },
  create: { pairs: 5, of: ofRequests, run: (options) => benchRequests("create", options) },
  relay: { pairs: 5, of: ({ seconds }) => ` of ${seconds} s`, run: benchRelay },
  import: { pairs: 2, of: () => "", run: benchImport },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: "string" },
    seconds: { type: "string", default: "5" },
    connections: { type: "string", default: "32" },
  },
});
const given = {
  ...(values.pairs && { pairs: Number(values.pairs) }),
  seconds: Number(values.seconds),
  connections: Number(values.connections),
};
const unknown = positionals.filter((name) => !Object.hasOwn(BENCHES, name));
const sound = Object.values(given).every((value) => Number.isFinite(value) && value > 0);
if (positionals.length === 0 || unknown.length > 0 || !sound) {
  console.error(
    "npm run bench -- [read] [create] [relay] [import] [--pairs 5] [--seconds 5] [--connections 32]",
  );
  process.exit(2);
}
for (const name of positionals) {
  const bench = BENCHES[name]!;
  const options = { pairs: bench.pairs, ...given };
  console.log(`${name}: ${options.pairs} pairs${bench.of(options)}, medians`);
  console.log(`${await bench.run(options)}\n`);
}
process.exit();
