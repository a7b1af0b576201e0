import { mkdirSync } from "node:fs";
import path from "node:path";

/** The folder of the whole project. */
export const root = path.join(import.meta.dirname, "../../..");

/** What a browser is given, where it has been built. */
export const pages = path.join(root, "services/console/dist/web");

/** Where the runner keeps everything, unless GUANXI_DATA names another folder. */
export function dataFolder(): string {
  return process.env.GUANXI_DATA ?? path.join(root, ".guanxi");
}

/** What was downloaded. Beside the checkout's data, so that it is fetched once for all folders and tests. */
export function toolsFolder(): string {
  const folder = path.join(root, ".guanxi/tools");
  mkdirSync(folder, { recursive: true });
  return folder;
}
