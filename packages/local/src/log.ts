import { createWriteStream, existsSync, renameSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

export type Log = {
  line: (text: string) => void;
  take: (stream: Readable | null) => void;
  last: () => string[];
};

// A program's log of this start; the one of the start before is kept beside it, so the folder does not grow
// for ever.
export function openLog(folder: string, name: string, show: (line: string) => void): Log {
  const file = path.join(folder, `${name}.log`);
  if (existsSync(file)) renameSync(file, path.join(folder, `${name}.previous.log`));
  const out = createWriteStream(file);
  const last: string[] = [];
  const line = (text: string) => {
    out.write(`${text}\n`);
    if (last.push(text) > 10) last.shift();
    show(text);
  };
  return {
    line,
    take: (stream) => stream && createInterface({ input: stream }).on("line", line),
    last: () => [...last],
  };
}
