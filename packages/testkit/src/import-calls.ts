// The steps of an import, as the tests take them.
import { setTimeout as pause } from "node:timers/promises";
import type { HttpBody } from "@guanxi/contract/google/api/httpbody";
import {
  CreateImportRequest,
  DownloadFailuresRequest,
  GetImportRequest,
  type Import,
  Import_State,
  RunImportRequest,
  UndoImportRequest,
  UploadImportRequest,
} from "@guanxi/contract/guanxi/imports/v1/import";
import type { Rpc } from "./calls.ts";
import { fetchFile, sendFile } from "./files.ts";
import type { startService, TestUser } from "./service.ts";

type Service = Pick<Awaited<ReturnType<typeof startService>>, "grpcAddress">;

/** Every area has an import service of its own, with the same requests. */
interface ImportRpcs {
  readonly createImport: Rpc<CreateImportRequest, Import>;
  readonly uploadImport: Rpc<UploadImportRequest, Import>;
  readonly runImport: Rpc<RunImportRequest, Import>;
  readonly getImport: Rpc<GetImportRequest, Import>;
  readonly undoImport: Rpc<UndoImportRequest, Import>;
  readonly downloadFailures: Rpc<DownloadFailuresRequest, HttpBody>;
}

const PIECE = 64 * 1024;

function* pieces(importId: string, bytes: Buffer) {
  yield UploadImportRequest.fromPartial({ importId, file: { contentType: "text/csv" } });
  for (let at = 0; at < bytes.length; at += PIECE)
    yield UploadImportRequest.fromPartial({ file: { data: bytes.subarray(at, at + PIECE) } });
}

const ENDED: readonly Import_State[] = [
  Import_State.COMPLETED,
  Import_State.COMPLETED_WITH_ERRORS,
  Import_State.FAILED,
  Import_State.CANCELLED,
  Import_State.UNDONE,
];

/** `service` may be started later: it is asked when an import is. */
export function importsOf(service: Service, rpcs: ImportRpcs, sourceSystem: string) {
  const at = (user: TestUser) => ({ address: service.grpcAddress(), token: user.token });

  async function ended(user: TestUser, importId: string): Promise<Import> {
    for (;;) {
      const it = await user.call(rpcs.getImport, GetImportRequest.fromPartial({ importId }));
      if (ENDED.includes(it.state)) return it;
      await pause(20);
    }
  }
  return {
    ended,
    /** From the creation to the end of the run. */
    async take(user: TestUser, kind: string, file: string | Buffer, sent: object = {}): Promise<Import> {
      const it = { kind, sourceSystem, fileName: `${kind}s.csv`, ...sent };
      const { importId } = await user.call(
        rpcs.createImport,
        CreateImportRequest.fromPartial({ import: it }),
      );
      await sendFile(at(user), rpcs.uploadImport, pieces(importId, Buffer.from(file)));
      await user.call(rpcs.runImport, RunImportRequest.fromPartial({ importId }));
      return ended(user, importId);
    },
    async takeBack(user: TestUser, importId: string): Promise<Import> {
      await user.call(rpcs.undoImport, UndoImportRequest.fromPartial({ importId }));
      return ended(user, importId);
    },
    /** Without the header. */
    async failures(user: TestUser, importId: string): Promise<string[]> {
      const request = DownloadFailuresRequest.fromPartial({ importId });
      const all = await fetchFile(at(user), rpcs.downloadFailures, request);
      const text = Buffer.concat(all.map(({ data }) => data)).toString();
      return text.split("\r\n").filter(Boolean).slice(1);
    },
  };
}

/** Counts that are not nothing. */
export const counts = ({ counts }: Import) =>
  Object.fromEntries(
    Object.entries(counts!)
      .map(([name, count]) => [name, Number(count)] as const)
      .filter(([, count]) => count > 0),
  );

export const mapping = (columns: Record<string, string>) =>
  Object.entries(columns).map(([column, field]) => ({ column, field }));
