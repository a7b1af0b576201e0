import type { ParseArgsOptionsConfig } from "node:util";
import { gatewayUrl } from "./gateway-url.ts";
import { routes } from "./routes.ts";
import { token } from "./token.ts";

export type Command = {
  name: string;
  usage: string;
  what: string;
  options: ParseArgsOptionsConfig;
  run: (values: Record<string, string>) => Promise<void> | void;
};

export const commands: Command[] = [
  {
    name: "token",
    usage: "token [--as NAME]",
    what: "prints a token to call with, of lin or another of the demo people",
    options: { as: { type: "string", default: "lin" } },
    run: async ({ as = "" }) => console.log(await token(as)),
  },
  {
    name: "url",
    usage: "url",
    what: "prints where the gateway of `npm start` listens",
    options: {},
    run: () => console.log(gatewayUrl()),
  },
  {
    name: "routes",
    usage: "routes",
    what: "prints every path with its method, RPC and the access it needs",
    options: {},
    run: routes,
  },
  { name: "help", usage: "help", what: "prints this", options: {}, run: help },
];

function help(): void {
  for (const { usage, what } of commands) console.log(`npx guanxi ${usage.padEnd(20)}${what}`);
}
