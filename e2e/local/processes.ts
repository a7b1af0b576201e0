import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/**
 * Everybody alive who was started for a data folder, whatever its parent is by now: the folder stands in the
 * environment, which children inherit.
 */
export function processesOf(folder: string): string[] {
  const mark = `GUANXI_DATA=${folder}`;
  if (!existsSync("/proc/self/environ")) {
    const all = execFileSync("ps", ["-axEww", "-o", "pid=,command="], { encoding: "utf8" });
    return all.split("\n").filter((line) => line.includes(mark));
  }
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const living = pids.filter(
    (pid) => read(pid, "environ").split("\0").includes(mark) && read(pid, "cmdline"),
  );
  return living.map((pid) => `${pid} ${read(pid, "cmdline").replaceAll("\0", " ")}`);
}

function read(pid: string, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, "utf8");
  } catch {
    return ""; // it has ended meanwhile
  }
}
