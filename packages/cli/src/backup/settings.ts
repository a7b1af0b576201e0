import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Advice } from "@guanxi/local/advice";
import { dataFolder } from "@guanxi/local/places";
import { syncFolder } from "./files.ts";
import type { Backup } from "./manifest.ts";

/**
 * What a new data folder would make another of: the key by which the installation's own issuer signs, and the mark that the
 * made-up company has moved in. Passwords are not among them. An installation elsewhere has no folder here unless one is named.
 */
export const settings = (): string[] =>
  process.env.GUANXI_URL && !process.env.GUANXI_DATA
    ? []
    : ["issuer.key.json", "issuer.jwks.json", "demo-company"];

export const fileOf = (name: string) => path.join(dataFolder(), name);

interface RestoredSettings {
  stage(): void;
  putInPlace(): Promise<void>;
  discard(): void;
}

/**
 * Written beside where they belong before anything else is touched, for nothing else shows that they can be. Then moved, which
 * needs the folder's right alone: the files that are there `guanxi setup` has handed out as nobody's to change.
 */
export function restoredSettings({ folder, manifest }: Backup): RestoredSettings {
  const wanted = manifest.settings.filter(({ name }) => settings().includes(name));
  const files = wanted.map((each) => ({ from: path.join(folder, each.path), to: fileOf(each.name) }));
  const discard = () => files.forEach(({ to }) => rmSync(partOf(to), { force: true }));
  const stage = () => {
    try {
      discard(); // an older one may be another user's
      for (const { from, to } of files)
        writeFileSync(partOf(to), readFileSync(from), { mode: 0o600, flush: true });
    } catch (error) {
      throw new Advice(
        `${(error as Error).message}: let this user write to ${dataFolder()}, or name another folder by GUANXI_DATA.`,
      );
    }
  };
  const putInPlace = async () => {
    for (const { to } of files) renameSync(partOf(to), to);
    if (files.length > 0) await syncFolder(dataFolder());
  };
  return { stage, putInPlace, discard };
}

const partOf = (file: string) => `${file}.part`;
