import { refuse } from "@guanxi/kit/refuse";

export const unknownKind = (kinds: readonly string[]) =>
  refuse("invalid", "UNKNOWN_KIND", "Nothing here is made of such files.", [
    { field: "import.kind", description: `is none of ${kinds.join(", ")}`, reason: "UNKNOWN_KIND" },
  ]);

export const badMapping = (violations: readonly { field: string; description: string }[]) =>
  refuse(
    "invalid",
    "INVALID_MAPPING",
    "The mapping does not go with the file.",
    violations.map((violation) => ({ ...violation, reason: "INVALID_MAPPING" })),
  );

export const running = () =>
  refuse("precondition", "IMPORT_RUNNING", "The import is running: wait for its end, or cancel it.");

export const begun = () =>
  refuse(
    "precondition",
    "IMPORT_BEGUN",
    "The import has begun, so its file and mapping stay: make a new import.",
  );

export const completed = () =>
  refuse("precondition", "IMPORT_COMPLETED", "The import has been made: for another file make a new import.");

export const taken = () =>
  refuse("precondition", "IMPORT_UNDONE", "The import has been taken back: make a new import.");

export const noFile = () => refuse("precondition", "FILE_MISSING", "Upload the file first.");

export const expired = () =>
  refuse("precondition", "FILE_EXPIRED", "The file has been deleted after seven days: make a new import.");

export const nothingMapped = () =>
  refuse("precondition", "NOTHING_MAPPED", "No column goes to a field: say which does, by ConfigureImport.");

export const nothingToUndo = () =>
  refuse("precondition", "NOTHING_TO_UNDO", "The import has not written anything yet.");

export const uploadLost = () =>
  refuse("aborted", "UPLOAD_LOST", "Another upload of this import came in between: upload the file again.");

export const tooLarge = (most: number) =>
  refuse("invalid", "FILE_TOO_LARGE", `A file has at most ${most / 2 ** 20} MiB: split it.`);
