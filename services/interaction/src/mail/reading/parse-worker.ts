import { parentPort } from "node:worker_threads";
import { parseMail } from "./parse-mail.ts";

parentPort!.on("message", (bytes: Uint8Array) => {
  parseMail(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).then(
    (mail) => parentPort!.postMessage({ mail }, []),
    (error: unknown) => parentPort!.postMessage({ error: String(error).slice(0, 500) }, []),
  );
});
