// The steps that a person takes with an import, less the file itself.
import { enqueue } from "@guanxi/bus/enqueue";
import type {
  CancelImportRequest,
  ConfigureImportRequest,
  CreateImportRequest,
  Import,
  RunImportRequest,
  UndoImportRequest,
} from "@guanxi/contract/guanxi/imports/v1/import";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock } from "@guanxi/kit/store";
import { readChunks } from "./chunks.ts";
import { imports, save, saved } from "./imports.ts";
import { inspect } from "./inspect.ts";
import { RUN } from "./jobs.ts";
import type { Kind } from "./kind.ts";
import { requireMapping, withColumns } from "./mapping-rules.ts";
import * as refusals from "./refusals.ts";
import { requireRightsOf, rightsFor } from "./rights.ts";
import { type ImportState, NOTHING_COUNTED, present, wishOf } from "./state.ts";

type Kinds = ReadonlyMap<string, Kind>;

export const createImport = (kinds: Kinds) =>
  command<CreateImportRequest, Import>(async ({ import: sent }, at) => {
    const {
      kind: name,
      sourceSystem,
      fileName,
      format,
      mapping,
      replacements,
      dryRun,
      afterSequence,
    } = sent!;
    const kind = kinds.get(name);
    if (!kind) throw refusals.unknownKind([...kinds.keys()]);
    if (mapping.length > 0) requireMapping(mapping, await kind.fields(at), undefined);
    const state: ImportState = {
      ...EMPTY,
      ...{ kind: name, sourceSystem, fileName, mapping, replacements, dryRun, afterSequence },
      importId: at.newId(),
      wish: wishOf(format),
      isGuessed: mapping.length === 0,
      creator: at.principal,
      initiator: at.principal,
      createTime: at.now,
    };
    return saved(at, state);
  });

const EMPTY = {
  ...NOTHING_COUNTED,
  format: null,
  manners: null,
  columns: [],
  state: "CREATED",
  uploadId: null,
  sizeBytes: 0n,
  sha256: "",
  run: 0,
  runDry: false,
  cursor: 0n,
  readBytes: 0n,
  removedRecords: 0n,
  restoredRecords: 0n,
  keptRecords: 0n,
  lastSequence: 0n,
  error: "",
  startTime: null,
  endTime: null,
  fileExpireTime: null,
  version: 0,
} as const;

export const configureImport = (kinds: Kinds) =>
  command<ConfigureImportRequest, Import>(async (request, at) => {
    const before = await lock(at, imports, request.importId);
    matchEtag(before, request.etag);
    requireUnbegun(before);
    const { mapping, replacements, dryRun, afterSequence } = request;
    const fields = await kinds.get(before.kind)!.fields(at);
    const said = mapping.length > 0 ? { mapping, isGuessed: false } : {};
    const state: ImportState = { ...before, ...said, replacements, dryRun, afterSequence, manners: null };
    if (!before.uploadId) {
      requireMapping(state.mapping, fields, undefined);
      return saved(at, { ...state, wish: request.format ? wishOf(request.format) : before.wish });
    }
    const uploaded = { ...state, state: "UPLOADED" as const };
    if (!request.format) {
      requireMapping(state.mapping, fields, state.columns);
      return saved(at, uploaded);
    }
    if (before.fileExpireTime! <= at.now) throw refusals.expired();
    const wish = wishOf(request.format);
    const open = () => readChunks(before.uploadId!, (work) => work(at));
    return saved(at, withColumns({ ...uploaded, wish }, await inspect(open, before.fileName, wish), fields));
  });

/** Only a dry run leaves everything as it was. */
export function requireUnbegun({ state, run, runDry }: ImportState): void {
  if (state === "RUNNING" || state === "UNDOING") throw refusals.running();
  if (run > 0 && !runDry) throw refusals.begun();
}

export const runImport = (kinds: Kinds) =>
  command<RunImportRequest, Import>(async ({ importId, etag }, at) => {
    const before = await lock(at, imports, importId);
    await requireRightsOf(at, at.principal, await rightsFor(at, kinds.get(before.kind)!, before.mapping));
    if (before.state === "RUNNING") return present(before);
    matchEtag(before, etag);
    requireRunnable(before, at.now);
    const goesOn = STOPPED.has(before.state) && before.run > 0 && before.runDry === before.dryRun;
    const begun = {
      ...before,
      state: "RUNNING" as const,
      initiator: at.principal,
      endTime: null,
      error: "",
      lastSequence: 0n,
    };
    const anew = {
      ...NOTHING_COUNTED,
      run: before.run + 1,
      runDry: before.dryRun,
      cursor: 0n,
      readBytes: 0n,
      startTime: at.now,
    };
    enqueue(at, RUN, importId);
    return saved(at, goesOn ? begun : { ...begun, ...anew });
  });

const STOPPED = new Set<ImportState["state"]>(["FAILED", "CANCELLED"]);

function requireRunnable({ state, runDry, uploadId, fileExpireTime, mapping }: ImportState, now: Date): void {
  if (state === "UNDOING" || state === "UNDONE") throw refusals.taken();
  if (state.startsWith("COMPLETED") && !runDry) throw refusals.completed();
  if (!uploadId) throw refusals.noFile();
  if (fileExpireTime! <= now) throw refusals.expired();
  if (mapping.length === 0) throw refusals.nothingMapped();
}

export const cancelImport = command<CancelImportRequest, Import>(async ({ importId, etag }, at) => {
  const before = await lock(at, imports, importId);
  if (before.state === "UNDOING") throw refusals.running();
  if (ENDED.has(before.state)) return present(before);
  matchEtag(before, etag);
  return saved(at, { ...before, state: "CANCELLED", endTime: at.now });
});

const ENDED = new Set<ImportState["state"]>([
  "COMPLETED",
  "COMPLETED_WITH_ERRORS",
  "FAILED",
  "CANCELLED",
  "UNDONE",
]);

export const undoImport = (kinds: Kinds) =>
  command<UndoImportRequest, Import>(async ({ importId, etag, afterSequence }, at) => {
    const before = await lock(at, imports, importId);
    await requireRightsOf(at, at.principal, await rightsFor(at, kinds.get(before.kind)!, []));
    if (before.state === "UNDOING" || before.state === "UNDONE") return present(before);
    if (before.state === "RUNNING") throw refusals.running();
    matchEtag(before, etag);
    if (before.run === 0 || before.runDry) throw refusals.nothingToUndo();
    enqueue(at, RUN, importId);
    const state = save(at, {
      ...before,
      state: "UNDOING",
      afterSequence,
      initiator: at.principal,
      endTime: null,
      lastSequence: 0n,
    });
    return present(state);
  });
