// The way of a file, as the tests take it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ImportServiceService as rpc } from "@guanxi/contract/guanxi/customer/v1/import_service";
import {
  ConfigureImportRequest,
  CreateImportRequest,
  DownloadFailuresRequest,
  GetImportRequest,
  type Import,
  Import_State as State,
  RunImportRequest,
  UndoImportRequest,
  UploadImportRequest,
} from "@guanxi/contract/guanxi/imports/v1/import";
import { fetchFile, sendFile } from "@guanxi/testkit/files";
import type { TestUser } from "@guanxi/testkit/service";
import type { customerService } from "./service.ts";

const ENDED: readonly State[] = [
  State.COMPLETED,
  State.COMPLETED_WITH_ERRORS,
  State.FAILED,
  State.CANCELLED,
  State.UNDONE,
];

export interface Wish extends Partial<Omit<Import, "mapping">> {
  /** What the guess is changed to. */
  readonly mapping?: Readonly<Record<string, string>>;
}

export function importing(service: ReturnType<typeof customerService>) {
  const at = (user: TestUser) => ({ address: service.grpcAddress(), token: user.token });

  async function ended(user: TestUser, importId: string): Promise<Import> {
    for (const end = Date.now() + 60_000; Date.now() < end; await pause(20)) {
      const it = await user.call(rpc.getImport, GetImportRequest.fromPartial({ importId }));
      if (ENDED.includes(it.state)) return it;
    }
    throw new Error(`the import ${importId} does not end`);
  }

  function* pieces(importId: string, bytes: Buffer) {
    yield UploadImportRequest.fromPartial({ importId, file: { contentType: "application/octet-stream" } });
    yield UploadImportRequest.fromPartial({ file: { data: bytes } });
  }

  return {
    /** From the creation to the end of the run; with a mapping, what it says is added to what was guessed. */
    async take(user: TestUser, kind: string, file: string | Buffer, wish: Wish = {}): Promise<Import> {
      const { mapping, ...more } = wish;
      const { importId } = await user.call(
        rpc.createImport,
        CreateImportRequest.fromPartial({
          import: { kind, sourceSystem: "crm", fileName: "people.csv", ...more },
        }),
      );
      const uploaded = await sendFile(at(user), rpc.uploadImport, pieces(importId, Buffer.from(file)));
      if (mapping) {
        const others = uploaded.mapping.filter(({ column }) => !(column in mapping));
        const own = Object.entries(mapping).map(([column, field]) => ({ column, field }));
        const request = { importId, mapping: [...others, ...own.filter(({ field }) => field)] };
        await user.call(rpc.configureImport, ConfigureImportRequest.fromPartial(request));
      }
      await user.call(rpc.runImport, RunImportRequest.fromPartial({ importId }));
      return ended(user, importId);
    },
    async undo(user: TestUser, importId: string): Promise<Import> {
      await user.call(rpc.undoImport, UndoImportRequest.fromPartial({ importId }));
      return ended(user, importId);
    },
    /** What each refused row is refused for: row, column, reason, message as they stand in the file. */
    async failures(user: TestUser, importId: string): Promise<string> {
      const request = DownloadFailuresRequest.fromPartial({ importId });
      const bodies = await fetchFile(at(user), rpc.downloadFailures, request);
      return Buffer.concat(bodies.map(({ data }) => data)).toString();
    },
  };
}

/** read, created, updated, unchanged, failed */
export const counts = ({ counts: all }: Import) =>
  [all!.readRows, all!.createdRows, all!.updatedRows, all!.unchangedRows, all!.failedRows].map(Number);

/** Real files, which lie beside the project where they may be read. */
export const DATA = join(import.meta.dirname, "../../../../shared/data");

export const hasData = existsSync(DATA);
export const dataFile = (name: string) => readFileSync(join(DATA, name));
