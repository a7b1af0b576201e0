import { existsSync, openAsBlob, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "@guanxi/local/places";

const folder = path.join(root, "../shared/data");

/** Real data lies beside a checkout of ours; a user's machine has none. */
export const dataIsHere = existsSync(path.join(folder, "crm-maven"));

export const dataBlob = (name: string) => openAsBlob(path.join(folder, name));
export const dataPath = (name: string) => path.join(folder, name);
export const dataText = (name: string) => readFileSync(path.join(folder, name), "utf8");
