import type { HttpBody } from "@guanxi/contract/google/api/httpbody";
import type { DownloadMailRequest } from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import { download } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { get } from "@guanxi/kit/store";
import { mails, sourceOf } from "../mails.ts";

const PIECE_BYTES = 1024 * 1024;

export const downloadMail = download<DownloadMailRequest, HttpBody>(async function* ({ mailId }, { query }) {
  const bytes = await query(async (at) => {
    await get(at, mails, mailId);
    return sourceOf(at, mailId);
  });
  if (!bytes) throw refuse("notFound", "MAIL_NOT_KEPT", "The mail was too large to be kept, or empty.");
  for (let from = 0; from < bytes.length; from += PIECE_BYTES)
    yield {
      contentType: "message/rfc822",
      data: bytes.subarray(from, from + PIECE_BYTES),
      extensions: [],
    };
});
