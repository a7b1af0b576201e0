// The service behind the tests: it keeps customers in memory, as a service keeps them in its database.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { JsonObject } from "@bufbuild/protobuf";
import { status } from "@grpc/grpc-js";
import { Refusal, type Handler } from "./json-service.ts";

export interface Book {
  handlers: Record<string, Handler>;
  /** How many of the next calls are answered with UNAVAILABLE. */
  trouble: { unavailable: number };
  /** What downloads have given out so far. */
  produced: { bytes: number };
}

export function createBook(): Book {
  const book = new Map<string, JsonObject>();
  const trouble = { unavailable: 0 };
  const produced = { bytes: 0 };
  const find = (id: unknown) => {
    const customer = book.get(String(id));
    if (!customer)
      throw new Refusal(status.NOT_FOUND, "CUSTOMER_NOT_FOUND", `There is no customer ${String(id)}.`);
    return customer;
  };
  const keep = (customer: JsonObject) => {
    const kept: JsonObject = { ...customer, etag: String(Number(customer.etag ?? 0) + 1) };
    book.set(String(kept.customerId), kept);
    return kept;
  };
  const available = () => {
    if (trouble.unavailable === 0) return;
    trouble.unavailable -= 1;
    throw new Refusal(status.UNAVAILABLE, "TRY_AGAIN");
  };
  const handlers: Record<string, Handler> = {
    getCustomer: async ({ customerId }: JsonObject) => {
      available();
      if (customerId === "bug") throw new Error("password=secret");
      if (customerId === "slow") await sleep(30_000, undefined, { ref: false });
      if (customerId === "short") await sleep(300);
      return customerId === "short" ? { customerId } : find(customerId);
    },
    getRemark: ({ customerId, page }: JsonObject) => ({ customerId: customerId!, page: page!, etag: "r1" }),
    keepAnything: ({ anything }: JsonObject) => anything as JsonObject,
    listCustomers: () => {
      available();
      return { customers: [...book.values()].reverse() };
    },
    createCustomer: ({ customer }: JsonObject) => {
      available();
      const { displayName = "" } = customer as JsonObject;
      if (displayName === "")
        throw new Refusal(status.INVALID_ARGUMENT, "INVALID_REQUEST", "Not by the rules.", EMPTY);
      return keep({
        ...(customer as JsonObject),
        customerId: randomUUID(),
        state: "STATE_ACTIVE",
        etag: "0",
      });
    },
    updateCustomer: ({ customer, etag, updateMask }: JsonObject) => {
      const sent = customer as JsonObject;
      const before = find(sent.customerId);
      if (!etag)
        throw new Refusal(status.FAILED_PRECONDITION, "ETAG_REQUIRED", "Send the etag that you read.");
      if (etag !== before.etag)
        throw new Refusal(status.ABORTED, "ETAG_MISMATCH", "It was changed meanwhile.");
      const changes = String(updateMask)
        .split(",")
        .map((path) => path.split(".", 1)[0]!)
        .map((name) => [name, sent[name] ?? null]);
      return keep({ ...before, ...(Object.fromEntries(changes) as JsonObject) });
    },
    archiveCustomer: ({ customerId }: JsonObject) => {
      const before = find(customerId);
      if ((before.tags as string[]).includes("open-deal"))
        throw new Refusal(status.FAILED_PRECONDITION, "CUSTOMER_HAS_OPEN_DEALS", "It still has open deals.");
      return keep({ ...before, state: "STATE_ARCHIVED" });
    },
    greetCustomer: ({ customerId, requestId }: JsonObject) => {
      if (!requestId) throw new Refusal(status.INVALID_ARGUMENT, "REQUEST_ID_REQUIRED", "Name the request.");
      return find(customerId);
    },
    followLink: ({ token, prefetch }: JsonObject) => ({
      location:
        token === "script" ? "javascript:alert(1)" : `https://shop.example/?seen=${String(!prefetch)}`,
    }),
    leaveList: ({ token, acceptLanguage = "", listUnsubscribe = "" }: JsonObject) => ({
      contentType: "text/html; charset=utf-8",
      data: Buffer.from([token, acceptLanguage, listUnsubscribe].join(" ")).toString("base64"),
    }),
    uploadImport,
    downloadFailures: (request: JsonObject) => downloadFailures(request, produced),
  };
  return { handlers, trouble, produced };
}

const EMPTY = [
  { field: "customer.display_name", description: "must not be empty", reason: "STRING_MIN_LEN" },
];

async function uploadImport(requests: AsyncIterable<JsonObject>): Promise<JsonObject> {
  let [importId, contentType, size] = ["", "", 0];
  for await (const { importId: id, file } of requests) {
    const { data, contentType: type } = file as { data: string; contentType: string };
    importId ||= String(id);
    contentType ||= type;
    size += Buffer.byteLength(data, "base64");
    if (importId === "too-large" && size > 1_000_000)
      throw new Refusal(status.INVALID_ARGUMENT, "PAYLOAD_TOO_LARGE", "At most 1 MB here.");
    if (importId === "slow-reader" && size % (1 << 20) < 65_536) await sleep(5);
    if (importId === "stuck") await sleep(30_000, undefined, { ref: false });
  }
  return { importId, contentType, sizeBytes: String(size) };
}

async function* downloadFailures({ importId, sizeBytes }: JsonObject, produced: Book["produced"]) {
  if (importId === "none") throw new Refusal(status.NOT_FOUND, "IMPORT_NOT_FOUND");
  const piece = Buffer.alloc(64 * 1024, "a");
  for (let left = Number(sizeBytes); left > 0; left -= piece.length) {
    if (importId === "breaks") throw new Refusal(status.UNAVAILABLE, "LOST");
    const data = piece.subarray(0, Math.min(left, piece.length)).toString("base64");
    yield { contentType: "text/csv", data };
    produced.bytes += piece.length;
    if (importId === "breaks-late" && left < Number(sizeBytes) / 2)
      throw new Refusal(status.UNAVAILABLE, "LOST");
  }
}
