import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Entry, fromFdPromise, type ZipFile } from "yauzl";
import { FileFault } from "../fault.ts";
import { bomb } from "../gunzip.ts";
import type { Limits } from "../limits.ts";
import { textOf } from "../text.ts";

/** The parts of a workbook, each to be read once from its beginning. */
export interface Parts {
  has(name: string): boolean;
  text(name: string): AsyncGenerator<string>;
  close(): Promise<void>;
}

/** A part, for a person. */
export const partName = (part: string) => `The part ${part} of the workbook`;

const MOST_ENTRIES = 10_000;

/**
 * A zip file has its contents at its end, and a workbook its texts behind the sheet that names them: it is put on disk,
 * under no name, so that nothing stays of it however this process ends.
 */
export async function openParts(bytes: AsyncIterable<Uint8Array>, limits: Limits): Promise<Parts> {
  const { file, size } = await spooled(bytes, limits);
  try {
    const zip = await fromFdPromise(file.fd, { autoClose: false, lazyEntries: true });
    const entries = await entriesOf(zip);
    const budget = { packed: size, unpacked: 0 };
    return {
      has: (name) => entries.has(name.toLowerCase()),
      text: (name) => textOf(partBytes(zip, entries.get(name.toLowerCase()), name, budget, limits), "utf-8"),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw faultOf(error);
  }
}

async function spooled(bytes: AsyncIterable<Uint8Array>, limits: Limits) {
  const folder = await mkdtemp(join(tmpdir(), "import-"));
  const file = await open(join(folder, "workbook"), "wx+", 0o600);
  try {
    await rm(folder, { recursive: true });
    return { file, size: await writtenTo(file, bytes, limits) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function writtenTo(
  file: { writeFile(data: Uint8Array): Promise<void> },
  bytes: AsyncIterable<Uint8Array>,
  limits: Limits,
): Promise<number> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > limits.workbookBytes) {
      throw new FileFault(
        "FILE_TOO_BIG",
        `The workbook has more than ${limits.workbookBytes} bytes: save it as .csv.`,
      );
    }
    await file.writeFile(chunk);
  }
  return size;
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.size === MOST_ENTRIES) throw broken();
    if (entry.isEncrypted()) {
      throw new FileFault(
        "WORKBOOK_ENCRYPTED",
        "The workbook is protected by a password: save it without one.",
      );
    }
    // Windows programs write backslashes, and names in any case.
    entries.set(entry.fileName.replaceAll("\\", "/").toLowerCase(), entry);
  }
  return entries;
}

interface Budget {
  readonly packed: number;
  unpacked: number;
}

async function* partBytes(
  zip: ZipFile,
  entry: Entry | undefined,
  name: string,
  budget: Budget,
  limits: Limits,
): AsyncGenerator<Uint8Array> {
  if (!entry) throw new FileFault("WORKBOOK_BROKEN", `The workbook has no part ${name}: save it anew.`);
  try {
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Uint8Array>) {
      budget.unpacked += chunk.length; // what comes out, whatever the entry says of its size
      spend(budget, limits);
      yield chunk;
    }
  } catch (error) {
    throw faultOf(error);
  }
}

function spend({ packed, unpacked }: Budget, limits: Limits): void {
  if (unpacked > limits.unpackedBytes) {
    const message = `The workbook unpacks to more than ${limits.unpackedBytes} bytes: save the sheet as .csv.`;
    throw new FileFault("FILE_TOO_BIG", message);
  }
  if (unpacked > limits.ratioFromBytes && unpacked > limits.ratio * packed) throw bomb(limits);
}

const faultOf = (error: unknown) => (error instanceof FileFault ? error : broken());

const broken = () =>
  new FileFault("WORKBOOK_BROKEN", "The workbook is damaged or ends too early: save it or send it again.");
