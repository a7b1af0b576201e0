// The import resource of an area, from the upload to the undo, for the kinds of records that it names.
import type { Job } from "@guanxi/bus/app";
import { cancelImport, configureImport, createImport, runImport, undoImport } from "./commands.ts";
import { downloadFailures, uploadImport } from "./file.ts";
import { forgetJob, runJob } from "./jobs.ts";
import type { Kind } from "./kind.ts";
import { getImport, listImportKinds, listImports, previewImport } from "./queries.ts";

/**
 * The handlers suit every area's ImportService, all of which have one form; the jobs belong to the app, and
 * `importMigration` among its migrations.
 */
export function importService(kinds: readonly Kind[]) {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const handlers = {
    cancelImport,
    configureImport: configureImport(byName),
    createImport: createImport(byName),
    downloadFailures: downloadFailures(byName),
    getImport,
    listImportKinds: listImportKinds(byName),
    listImports,
    previewImport: previewImport(byName),
    runImport: runImport(byName),
    undoImport: undoImport(byName),
    uploadImport: uploadImport(byName),
  };
  const jobs: readonly Job[] = [runJob(byName), forgetJob];
  return { handlers, jobs };
}
