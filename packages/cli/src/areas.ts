import {
  customerCreateImport,
  customerDownloadFailures,
  customerGetImport,
  customerListImportKinds,
  customerListImports,
  customerRunImport,
  customerUndoImport,
  customerUploadImport,
  interactionCreateImport,
  interactionDownloadFailures,
  interactionGetImport,
  interactionListImportKinds,
  interactionListImports,
  interactionRunImport,
  interactionUndoImport,
  interactionUploadImport,
  salesCreateImport,
  salesDownloadFailures,
  salesGetImport,
  salesListImportKinds,
  salesListImports,
  salesRunImport,
  salesUndoImport,
  salesUploadImport,
  serviceDeskCreateImport,
  serviceDeskDownloadFailures,
  serviceDeskGetImport,
  serviceDeskListImportKinds,
  serviceDeskListImports,
  serviceDeskRunImport,
  serviceDeskUndoImport,
  serviceDeskUploadImport,
} from "@guanxi/client/gen/guanxi";
import { ProblemError } from "@guanxi/client/send";
import { Advice } from "@guanxi/local/advice";

const customer = {
  name: "customer",
  kinds: customerListImportKinds,
  create: customerCreateImport,
  upload: customerUploadImport,
  run: customerRunImport,
  get: customerGetImport,
  list: customerListImports,
  undo: customerUndoImport,
  failures: customerDownloadFailures,
};

const sales: Area = {
  name: "sales",
  kinds: salesListImportKinds,
  create: salesCreateImport,
  upload: salesUploadImport,
  run: salesRunImport,
  get: salesGetImport,
  list: salesListImports,
  undo: salesUndoImport,
  failures: salesDownloadFailures,
};

const serviceDesk: Area = {
  name: "service-desk",
  kinds: serviceDeskListImportKinds,
  create: serviceDeskCreateImport,
  upload: serviceDeskUploadImport,
  run: serviceDeskRunImport,
  get: serviceDeskGetImport,
  list: serviceDeskListImports,
  undo: serviceDeskUndoImport,
  failures: serviceDeskDownloadFailures,
};

const interaction: Area = {
  name: "interaction",
  kinds: interactionListImportKinds,
  create: interactionCreateImport,
  upload: interactionUploadImport,
  run: interactionRunImport,
  get: interactionGetImport,
  list: interactionListImports,
  undo: interactionUndoImport,
  failures: interactionDownloadFailures,
};

/** A service that takes files. All speak alike. */
export type Area = typeof customer;

export const areas: readonly Area[] = [customer, sales, serviceDesk, interaction];

/** The service that makes records of this kind out of files. */
export async function areaOf(kind: string): Promise<Area> {
  const offers = await Promise.all(areas.map((area) => area.kinds()));
  const index = offers.findIndex(({ kinds }) => kinds.some((each) => each.kind === kind));
  if (index >= 0) return areas[index]!;
  const known = offers.flatMap(({ kinds }) => kinds.map((each) => each.kind));
  throw new Advice(`There is no kind "${kind}": files become ${known.join(", ")}, or user.`);
}

export async function fieldsOf(kind: string): Promise<string[]> {
  const { kinds } = await (await areaOf(kind)).kinds();
  return kinds.find((each) => each.kind === kind)!.fields.map(({ name }) => name);
}

/** The service that knows this import. */
export async function areaWith(importId: string): Promise<Area> {
  for (const area of areas) {
    try {
      await area.get(importId);
      return area;
    } catch (error) {
      if (!(error instanceof ProblemError && error.problem.status === 404)) throw error;
    }
  }
  throw new Advice(`There is no import ${importId}.`);
}
