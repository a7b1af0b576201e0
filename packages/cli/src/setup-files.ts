import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Content by path. */
export type Files = Readonly<Record<string, string>>;

const IMAGES_ID = 10001; // user and group of every image of ours

// Root's own with the group's right to read: whoever serves can neither change a secret nor let others see it, and
// setup itself needs no more of root's powers than to give files away.
const asRoot = process.getuid?.() === 0;

/** For whoever looks after the installation: restoring a backup puts the issuer's key back in here. */
export const makeShelf = (folder: string): void => makeFolder(folder, 0o770);

/** Each in one step: a service that reads meanwhile finds the old content or the new. */
export function writeAll(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    const part = `${file}.part`;
    if (!existsSync(path.dirname(file))) makeFolder(path.dirname(file), 0o750);
    writeFileSync(part, content, { mode: 0o600 });
    hand(part);
    renameSync(part, file);
  }
}

export function hand(file: string): void {
  own(file, 0o440);
}

/** A volume that an image of ours writes to; the engine makes them root's. */
export function giveTo(folder: string): void {
  if (asRoot && existsSync(folder)) chownSync(folder, IMAGES_ID, IMAGES_ID);
}

function makeFolder(folder: string, mode: number): void {
  mkdirSync(folder, { recursive: true });
  own(folder, mode);
}

/** The owner first: a restore leaves files of another user, and the mode is for the owner alone to change. */
function own(place: string, mode: number): void {
  if (asRoot) chownSync(place, 0, IMAGES_ID);
  chmodSync(place, mode);
}
