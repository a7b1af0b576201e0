import { FileFault } from "../fault.ts";
import type { Limits } from "../limits.ts";
import { readXml } from "../xml.ts";
import { partName } from "./zip.ts";

/** The texts that the sheets share: kept as bytes in one piece, which costs a third of as many strings. */
export interface SharedTexts {
  /** Undefined: there is none of this number. */
  at(index: number): string | undefined;
}

const EACH = 16; // bytes that a text costs besides its own

export async function sharedTexts(
  part: string,
  pieces: AsyncIterable<string>,
  limits: Limits,
): Promise<SharedTexts> {
  const store = textStore(limits);
  let text = "";
  let inText = false;
  let inReading = false; // how Japanese names are spoken stands beside them
  await readXml(partName(part), pieces, {
    open(name) {
      if (name === "si") text = "";
      else if (name === "rPh") inReading = true;
      else if (name === "t") inText = !inReading;
    },
    text(more) {
      if (inText) text += more;
    },
    close(name) {
      if (name === "si") store.add(unescaped(text));
      else if (name === "rPh") inReading = false;
      else if (name === "t") inText = false;
    },
  });
  return store;
}

/** _x000D_ is how the format writes what XML cannot hold. */
export const unescaped = (text: string) =>
  text.includes("_x")
    ? text.replaceAll(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;

function textStore(limits: Limits) {
  let bytes = Buffer.alloc(64 * 1024);
  let ends = new Uint32Array(1024);
  let count = 0;
  return {
    at(index: number): string | undefined {
      if (!(index >= 0 && index < count)) return undefined;
      return bytes.toString("utf8", index === 0 ? 0 : ends[index - 1], ends[index]);
    },
    add(text: string): void {
      const start = count === 0 ? 0 : (ends[count - 1] ?? 0);
      const end = start + Buffer.byteLength(text);
      if (end + count * EACH > limits.sharedTextBytes) throw tooMuch(limits);
      if (end > bytes.length) bytes = Buffer.concat([bytes], Math.max(end, bytes.length * 2));
      if (count === ends.length) {
        const more = new Uint32Array(count * 2);
        more.set(ends);
        ends = more;
      }
      bytes.write(text, start);
      ends[count++] = end;
    },
  };
}

const tooMuch = (limits: Limits) =>
  new FileFault(
    "FILE_TOO_BIG",
    `The workbook has more than ${limits.sharedTextBytes} bytes of different texts: save the sheet as .csv.`,
  );

export const NO_TEXTS: SharedTexts = { at: () => undefined };
