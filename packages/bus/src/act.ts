import { checkOf } from "@guanxi/kit/answer";
import type { At, Cause, Principal } from "@guanxi/kit/at";
import { loadContract } from "@guanxi/kit/contract";
import { dayIn } from "@guanxi/kit/days";
import type { Db } from "@guanxi/kit/db";
import { gatherer } from "@guanxi/kit/group";
import { checker } from "@guanxi/kit/validate";
import { v7 } from "uuid";

/** In whose name something is done that no request asked for. */
export interface Acting {
  readonly tenantId: string;
  /** As in identity/provision. */
  readonly actor: string;
  readonly timeZone: string;
  readonly currencyCode: string;
  /** The service itself, where it is not said. */
  readonly principal?: Principal;
  readonly cause?: Partial<Cause>;
  /** Everything is done and then taken back; what would be refused is refused. */
  readonly dry?: boolean;
}

const check = (() => {
  let made: At["check"] | undefined;
  return () => (made ??= checkOf(loadContract(), checker(loadContract())));
})();

/** A command that no request asked for. */
export async function act<T>(db: Db, as: Acting, work: (at: At) => Promise<T>): Promise<T> {
  const { tenantId, actor, timeZone, currencyCode, dry = false } = as;
  const now = new Date();
  const beginning = v7();
  const { answer } = await gatherer(db)({
    kind: "command",
    method: actor,
    right: { resource: "", action: "" },
    dry,
    context: {
      tenantId,
      principal: as.principal ?? { kind: "service", id: actor, name: actor },
      cause: { correlationId: beginning, causationId: beginning, hops: 0, ...as.cause },
      now,
      today: dayIn(timeZone)(now),
      timeZone,
      currencyCode,
      check: check(),
    },
    handle: work,
    encode: () => Buffer.alloc(0),
    decode: (bytes) => bytes,
  });
  return answer as T;
}
