// Tells which handlers and files a reader would find long. Nothing fails by it: to split or squeeze in order to meet a
// number makes code worse.
import { globSync, readFileSync } from "node:fs";

const FILE = 200;
const HANDLER = 60;

const paths = globSync("{packages,services}/*/{src,tools}/**/*.ts", { exclude: ["**/gen/**"] });
const long = paths
  .map((path) => ({ path, lines: readFileSync(path, "utf8").split("\n").length - 1 }))
  .filter(({ path, lines }) => lines > (path.includes("/handlers/") ? HANDLER : FILE))
  .sort((a, b) => b.lines - a.lines);
for (const { path, lines } of long) console.log(`${String(lines).padStart(5)} lines  ${path}`);
