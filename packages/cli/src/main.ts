import { Advice } from "@guanxi/local/advice";
import { parseArgs } from "node:util";
import { commands, type Command } from "./commands.ts";

const [first = "help", ...args] = process.argv.slice(2);
const name = /^(-h|--help)$/.test(args[0] ?? first) ? "help" : first;

function commandOf(name: string): Command {
  const command = commands.find((each) => each.name === name);
  if (command) return command;
  console.error(`There is no command "${name}": npx guanxi help lists them.`);
  process.exit(2);
}

function argumentsOf({ usage, options, words = 0 }: Command) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: words > 0 });
    if (positionals.length > words) throw new Error(`"${positionals[words]}" is one word too many.`);
    return { values: values as never, positionals }; // each command knows what its own options are
  } catch (error) {
    console.error(`${(error as Error).message} Usage: npx guanxi ${usage}`);
    process.exit(2);
  }
}

try {
  const command = commandOf(name);
  const { values, positionals } = argumentsOf(command);
  await command.run(values, positionals);
} catch (error) {
  console.error(error instanceof Advice ? error.message : error);
  process.exitCode = 1;
}
