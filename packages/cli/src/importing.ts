import type {
  ColumnMappingInput,
  FileFormatInput,
  Import,
  ReplacementInput,
} from "@guanxi/client/gen/guanxi";
import { ProblemError } from "@guanxi/client/send";
import { setTimeout as pause } from "node:timers/promises";
import { type Area, areaOf } from "./areas.ts";

export interface Wish {
  readonly kind: string;
  readonly sourceSystem: string;
  readonly file: Blob;
  readonly fileName: string;
  readonly format?: FileFormatInput;
  readonly mapping?: ColumnMappingInput[];
  readonly replacements?: ReplacementInput[];
  readonly dryRun?: boolean;
  /** Of an import whose records this one refers to: its lastSequence. */
  readonly afterSequence?: string;
}

type Watch = (state: Import) => void;

const LOOK_AGAIN_MS = 200;
const PATIENCE_MS = 60_000;
const UNDER_WAY = new Set<Import["state"]>(["STATE_RUNNING", "STATE_UNDOING"]);

/** Brings a file to the service that takes its kind, and stays until all rows are read. */
export async function importFile(wish: Wish, watch: Watch = () => {}): Promise<Import> {
  const area = await areaOf(wish.kind);
  const { file, ...about } = wish;
  const { importId } = await area.create(about);
  await area.upload(importId, file);
  await area.run(importId, {});
  return ended(area, importId, watch);
}

/** Takes back what an import wrote, once its service has heard of what was taken back before. */
export async function undoImport(
  area: Area,
  importId: string,
  afterSequence = "0",
  watch: Watch = () => {},
): Promise<Import> {
  await area.undo(importId, { afterSequence });
  return ended(area, importId, watch);
}

/** Through, and its last event published, so that others can wait for it. A service that is just away is waited for. */
async function ended(area: Area, importId: string, watch: Watch): Promise<Import> {
  let heard = performance.now();
  for (;;) {
    try {
      const state = await area.get(importId);
      heard = performance.now();
      watch(state);
      if (!UNDER_WAY.has(state.state) && published(state)) return state;
    } catch (error) {
      if (!isAway(error) || performance.now() - heard > PATIENCE_MS) throw error;
    }
    await pause(LOOK_AGAIN_MS);
  }
}

/** Nobody listens, or the gateway reaches nobody. */
const isAway = (error: unknown) =>
  error instanceof ProblemError ? error.problem.status >= 500 : error instanceof TypeError;

function published({ dryRun, counts, lastSequence }: Import): boolean {
  const written = Number(counts?.createdRecords ?? 0) + Number(counts?.updatedRecords ?? 0);
  return dryRun || written === 0 || lastSequence !== "0";
}
