import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** What is in the repository or would be by the next commit. */
export function committed(): string[] {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard"];
  return execFileSync("git", list, { cwd: root, encoding: "utf8" }).trim().split("\n");
}

export function sources(...patterns: string[]): { path: string; text: string }[] {
  const paths = globSync(patterns, { cwd: root, exclude: ["**/node_modules", "**/gen", "**/dist"] });
  return paths.sort().map((path) => ({ path, text: read(path) }));
}

export const read = (path: string): string => readFileSync(join(root, path), "utf8");

const TOKENS =
  /(?<comment>\/\*[^]*?\*\/|\/\/[^\n]*)|(?<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)/g;

/** Comments may give examples; what the code says is the rest. */
export const withoutComments = (text: string): string =>
  text.replace(TOKENS, (token, _comment, string?: string) => string ?? " ".repeat(token.length));

export const stringsOf = (text: string): string[] =>
  [...text.matchAll(TOKENS)].flatMap(({ groups }) => groups?.string ?? []);
