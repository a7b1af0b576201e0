import { checkOf } from "@guanxi/kit/answer";
import type { At } from "@guanxi/kit/at";
import { loadContract } from "@guanxi/kit/contract";
import type { Db } from "@guanxi/kit/db";
import { gatherer } from "@guanxi/kit/group";
import { checker } from "@guanxi/kit/validate";
import { v7 } from "uuid";
import type { Acting } from "./app.ts";

/** A command that no request asked for. */
export async function act<T>(db: Db, as: Acting, work: (at: At) => Promise<T>): Promise<T> {
  const { tenantId, actor, timeZone, currencyCode } = as;
  const now = new Date();
  const beginning = v7();
  const { answer } = await gatherer(db)({
    kind: "command",
    method: actor,
    right: { resource: "", action: "" },
    context: {
      tenantId,
      principal: { kind: "service", id: actor, name: actor },
      cause: { correlationId: beginning, causationId: beginning, hops: 0 },
      now,
      today: new Intl.DateTimeFormat("en-CA", { timeZone }).format(now),
      timeZone,
      currencyCode,
      check: checkOf(loadContract(), checker(loadContract())),
    },
    handle: work,
    encode: () => Buffer.alloc(0),
    decode: (bytes) => bytes,
  });
  return answer as T;
}
