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

function valuesOf({ usage, options }: Command): Record<string, string> {
  try {
    return parseArgs({ args, options }).values as Record<string, string>;
  } catch (error) {
    console.error(`${(error as Error).message} Usage: npx guanxi ${usage}`);
    process.exit(2);
  }
}

try {
  const command = commandOf(name);
  await command.run(valuesOf(command));
} catch (error) {
  console.error(error instanceof Advice ? error.message : error);
  process.exitCode = 1;
}
