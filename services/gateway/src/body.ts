import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { JsonValue } from "@bufbuild/protobuf";
import { unreadable } from "./refused.ts";

const LARGEST_BODY = 1_000_000;
const JSON_TYPE = /^application\/([\w.+-]+\+)?json\s*(;\s*charset="?utf-8"?\s*)?$/i;

/** The body as JSON by RFC 8259; undefined where there is none. */
export async function readJson(req: IncomingMessage): Promise<JsonValue | undefined> {
  if (!hasBody(req)) return undefined;
  const { "content-type": type = "", "content-encoding": encoding = "identity" } = req.headers;
  if (!JSON_TYPE.test(type) || encoding !== "identity")
    throw unreadable("UNSUPPORTED_MEDIA_TYPE", "The body must be JSON in UTF-8, not compressed.");
  const bytes = await readAll(req);
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw broken("The body is not UTF-8.");
  try {
    return JSON.parse(bytes.toString()) as JsonValue;
  } catch (error) {
    throw broken((error as Error).message);
  }
}

export const broken = (description: string) =>
  unreadable("BROKEN_JSON", "The body is not JSON.", [{ field: "", description }]);

/** The texts of a form; files in it are left out. Programs that unsubscribe send either kind (RFC 8058). */
export async function readForm(req: IncomingMessage): Promise<Record<string, string>> {
  if (!hasBody(req)) return {};
  const { "content-type": type = "", "content-encoding": encoding = "identity" } = req.headers;
  if (!FORM_TYPE.test(type) || encoding !== "identity")
    throw unreadable("UNSUPPORTED_MEDIA_TYPE", "The body must be a form, not compressed.");
  const bytes = await readAll(req);
  const form = new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  const entries = [...(await form.catch(brokenForm))];
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

const FORM_TYPE = /^(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i;

function brokenForm(): never {
  throw unreadable("BROKEN_FORM", "The body is not a form.", [
    { field: "", description: "is not what its content type says" },
  ]);
}

const hasBody = ({ headers }: IncomingMessage) =>
  (headers["content-length"] ?? "0") !== "0" || headers["transfer-encoding"] !== undefined;

function readAll(req: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const tooLarge = () => {
      req.off("data", take).resume(); // the rest is let through unseen, so that the caller reads the answer
      reject(unreadable("PAYLOAD_TOO_LARGE", `The body is larger than ${LARGEST_BODY} bytes.`));
    };
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > LARGEST_BODY) tooLarge();
    };
    if (Number(req.headers["content-length"] ?? 0) > LARGEST_BODY) return tooLarge();
    req.on("data", take).once("error", reject);
    req.once("end", () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
  });
}
