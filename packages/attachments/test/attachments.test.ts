// R019 through the front door: a service whose notes have files, in a folder and in an object store.
import { randomBytes, randomUUID, createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import {
  DownloadAttachmentRequest,
  ListAttachmentsRequest,
  RemoveAttachmentRequest,
  UploadAttachmentRequest,
} from "@guanxi/contract/guanxi/attachments/v1/attachment";
import {
  AttachmentServiceService as rpcs,
  type AttachmentServiceServer,
} from "@guanxi/contract/guanxi/interaction/v1/attachment_service";
import { app } from "@guanxi/bus/app";
import { implement } from "@guanxi/kit/edge";
import { secure } from "@guanxi/kit/ground";
import type { Handlers } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";
import { fetchFile, sendFile } from "@guanxi/testkit/files";
import { startService, type TestUser } from "@guanxi/testkit/service";
import S3rver from "s3rver";
import type { QueryRunner } from "typeorm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attachmentService, clearUpJob } from "../src/attachment-service.ts";
import { fileSettings } from "../src/file-store.ts";
import { attachmentMigration } from "../src/migration.ts";

class Notes1700000000001 {
  name = "Notes1700000000001";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table notes (tenant_id uuid not null default tenant(), note_id uuid not null, primary key (tenant_id, note_id));
      ${secure("notes", "interaction")}`);
  }
  async down(): Promise<void> {}
}

const note = {
  name: "note",
  resource: "note",
  async require(at: Parameters<typeof named>[0], id: string) {
    const rows = await named(at, {
      name: "note",
      text: "select 1 from notes where note_id = $1",
      values: [id],
    });
    if (rows.length === 0) throw refuse("notFound", "NOT_FOUND", "There is no such note.");
  },
};

const notes = app({
  name: "interaction",
  settings: fileSettings,
  migrations: [Notes1700000000001, attachmentMigration("interaction", 1700000000002)],
  readers: [],
  jobs: [clearUpJob],
  open: ({ settings }) => ({
    services: [
      implement(rpcs, attachmentService([note], settings) satisfies Handlers<AttachmentServiceServer>),
    ],
  }),
});

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const PIECE = 64 * 1024;
const folder = mkdtempSync(join(tmpdir(), "guanxi-files-"));
const bucket = new S3rver({
  address: "127.0.0.1",
  port: 0,
  silent: true,
  directory: join(folder, "s3"),
  configureBuckets: [{ name: "files", configs: [] }],
});
const shelves = { folder: join(folder, "shelf"), bucket: join(folder, "s3/files/guanxi") };
let endpoint = "";
beforeAll(async () => {
  const { port } = await bucket.run();
  endpoint = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await bucket.close();
  rmSync(folder, { recursive: true, force: true });
});

const settingsOf = (kind: keyof typeof shelves): Record<string, string> =>
  kind === "folder"
    ? { FILES_URL: pathToFileURL(shelves.folder).href }
    : {
        FILES_URL: "s3://files/guanxi",
        FILES_ENDPOINT: endpoint,
        FILES_ACCESS_KEY_ID: "S3RVER",
        FILES_SECRET_ACCESS_KEY: "S3RVER",
      };

describe.for(["folder", "bucket"] as const)("in a %s", (kind) => {
  let service: Awaited<ReturnType<typeof startService>>;
  let lin: TestUser;
  let recordId: string;
  beforeAll(async () => {
    service = await startService(notes, settingsOf(kind));
    lin = await service.user();
    recordId = await newNote(lin);
  });
  afterAll(() => service.stop());

  async function newNote({ tenantId }: TestUser): Promise<string> {
    const id = randomUUID();
    await service.admin.query("insert into notes values ($1, $2)", [tenantId, id]);
    return id;
  }

  const at = (user: TestUser) => ({ address: service.grpcAddress(), token: user.token });
  const send = (user: TestUser, bytes: Buffer, place: object = {}) =>
    sendFile(
      at(user),
      rpcs.uploadAttachment,
      messages(bytes, { recordKind: "note", recordId, fileName: "a.txt", ...place }),
    );
  const fetched = async (user: TestUser, attachmentId: string) => {
    const pieces = await fetchFile(
      at(user),
      rpcs.downloadAttachment,
      DownloadAttachmentRequest.fromPartial({ attachmentId }),
    );
    return Buffer.concat(pieces.map(({ data }) => data));
  };
  const list = async (user: TestUser, id = recordId) =>
    (
      await user.call(
        rpcs.listAttachments,
        ListAttachmentsRequest.fromPartial({ recordKind: "note", recordId: id }),
      )
    ).attachments;
  /** As they lie there, less the store's own notes. */
  const lying = () =>
    readdirSync(shelves[kind], { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/_metadata\.json$|\.md5$/.test(entry.name))
      .map(({ name }) => name);

  test("R019 a file comes back byte by byte; what it is was seen, whatever it is called", async () => {
    const bytes = Buffer.concat([PNG, randomBytes(300_000)]);
    const kept = await send(lin, bytes, { fileName: "合同 signed.txt" });
    expect(kept).toMatchObject({
      recordKind: "note",
      recordId,
      fileName: "合同 signed.txt",
      contentType: "image/png",
      sizeBytes: BigInt(bytes.length),
      sha256: createHash("sha256").update(bytes).digest("hex"),
      createdBy: lin.userId,
    });
    expect((await fetched(lin, kept.attachmentId)).equals(bytes)).toBe(true);
    expect(await lin.call(rpcs.getAttachment, { attachmentId: kept.attachmentId })).toEqual(kept);
    const page = await send(lin, Buffer.from("<script>alert(1)</script>"), { fileName: "page.html" });
    expect(page.contentType).toBe("text/plain; charset=utf-8");
    expect((await send(lin, Buffer.alloc(0), { fileName: "empty" })).sizeBytes).toBe(0n);
  });

  test("R019 the same file is there once, however often and at once it is sent", async () => {
    const id = await newNote(lin);
    const all = await Promise.all(Array.from({ length: 6 }, () => send(lin, PNG, { recordId: id })));
    const [kept, ...others] = await list(lin, id);
    expect(others).toEqual([]);
    for (const each of all) expect(each).toEqual(kept);
  });

  test("R019 too much is refused, and nothing of it stays", async () => {
    const before = lying().length;
    const id = await newNote(lin);
    const most = Buffer.alloc(25 * 1024 * 1024 + 1);
    await expect(send(lin, most, { recordId: id })).rejects.toMatchObject({ reason: "FILE_TOO_LARGE" });
    expect(await list(lin, id)).toEqual([]);
    await cleared(id);
    expect(lying().length).toBe(before);
  });

  test("R019 who may not see or change the record may not see or change its files", async () => {
    const kept = await send(lin, PNG, { fileName: "secret.png" });
    const grants = [{ resource: "attachment", action: "*" }];
    const stranger = await service.user({ tenantId: lin.tenantId, grants });
    const reader = await service.user({
      tenantId: lin.tenantId,
      grants: [...grants, { resource: "note", action: "read" }],
    });
    const confidant = await service.user({
      tenantId: lin.tenantId,
      grants: [...grants, ...["read", "read_personal"].map((action) => ({ resource: "note", action }))],
    });
    await expect(list(stranger)).rejects.toMatchObject({ reason: "PERMISSION_DENIED" });
    await expect(fetched(stranger, kept.attachmentId)).rejects.toMatchObject({ reason: "PERMISSION_DENIED" });
    await expect(list(reader)).rejects.toMatchObject({ reason: "PERMISSION_DENIED" });
    await expect(fetched(reader, kept.attachmentId)).rejects.toMatchObject({ reason: "PERMISSION_DENIED" });
    expect((await fetched(confidant, kept.attachmentId)).equals(PNG)).toBe(true);
    await expect(send(reader, PNG)).rejects.toMatchObject({ reason: "PERMISSION_DENIED" });
    const another = await service.user();
    await expect(fetched(another, kept.attachmentId)).rejects.toMatchObject({ reason: "NOT_FOUND" });
    await expect(send(another, PNG)).rejects.toMatchObject({ reason: "NOT_FOUND" });
    await expect(send(lin, PNG, { recordKind: "house" })).rejects.toMatchObject({
      reason: "UNKNOWN_RECORD_KIND",
    });
    await expect(send(lin, PNG, { fileName: "../../etc/passwd" })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  });

  test("R019 a file that is taken away is gone from the list and from where it lay", async () => {
    const id = await newNote(lin);
    const kept = await send(lin, randomBytes(10), { recordId: id });
    expect(lying()).toEqual(expect.arrayContaining([expect.stringContaining(kept.attachmentId)]));
    await lin.call(
      rpcs.removeAttachment,
      RemoveAttachmentRequest.fromPartial({ attachmentId: kept.attachmentId }),
    );
    expect(await list(lin, id)).toEqual([]);
    await expect(fetched(lin, kept.attachmentId)).rejects.toMatchObject({ reason: "NOT_FOUND" });
    await cleared(id);
    expect(lying().filter((name) => name.includes(kept.attachmentId))).toEqual([]);
  });

  const cleared = async (id: string) => {
    const rows = () =>
      service.admin.query("select from attachments where record_id = $1 and state <> 'KEPT'", [id]);
    while ((await rows()).rowCount) await pause(10);
  };
});

test("R019 without a place for files they are refused, and the rest works", async () => {
  const service = await startService(notes);
  const lin = await service.user();
  const place = { recordKind: "note", recordId: randomUUID(), fileName: "a" };
  await expect(
    sendFile(
      { address: service.grpcAddress(), token: lin.token },
      rpcs.uploadAttachment,
      messages(PNG, place),
    ),
  ).rejects.toMatchObject({ reason: "FILES_NOT_SET_UP" });
  await service.stop();
});

function* messages(bytes: Buffer, place: object) {
  yield UploadAttachmentRequest.fromPartial({ ...place, file: { contentType: "text/plain" } });
  for (let at = 0; at < bytes.length; at += PIECE)
    yield UploadAttachmentRequest.fromPartial({ file: { data: bytes.subarray(at, at + PIECE) } });
}
