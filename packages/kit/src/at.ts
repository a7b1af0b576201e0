import type { Origin } from "@guanxi/contract/guanxi/event/v1/event";
import type { Codec } from "./codec.ts";
import type { Row, Statement } from "./flush.ts";

/** Who acts: a person, a service on its own, or an import that a person has started. */
export interface Principal {
  readonly kind: "user" | "service" | "import";
  readonly id: string;
  readonly name: string;
}

/** Where a change comes from, for the Meta of its events. */
export interface Cause {
  readonly correlationId: string;
  readonly causationId: string;
  readonly hops: number;
  readonly initiator?: Principal;
  readonly traceparent?: string;
  /** LIVE where it is not said. */
  readonly origin?: Origin;
  /** The import that makes the change. */
  readonly importId?: string;
}

/** What a handler knows of its request, and its way to the database. Everything that is not a rule comes in here. */
export interface At {
  readonly tenantId: string;
  readonly principal: Principal;
  readonly cause: Cause;
  readonly now: Date;
  /** The tenant's business day of `now`, as 2026-01-31. */
  readonly today: string;
  /** IANA zone and ISO 4217 currency of the tenant. */
  readonly timeZone: string;
  readonly currencyCode: string;
  /** A new UUIDv7. */
  newId(): string;
  /** Whether the person has a right; known after the first awaited read. */
  may(resource: string, action: string): boolean;
  /** Refuses the request unless the person has a right on the method's resource: for what only some requests need. */
  need(action: string): void;
  /** Holds a message against the rules of the contract: a PATCH is checked after the merge, not as it was sent. */
  check<T>(codec: Codec<T>, message: T, path: string): T;
  /** Goes out together with all that is asked in this turn of the event loop. */
  ask(statement: Statement): Promise<Row[]>;
  /** Goes out with the next question, at the latest with COMMIT; its failure is the failure of the command. */
  tell(statement: Statement): void;
  /**
   * Only where a projection is made anew: what would be told to others event by event is told once instead, at its end. Else their rows
   * would be locked as long as that takes. What has the same key is said once.
   */
  readonly atEnd?: (key: string, say: () => void) => void;
  /** Says that this request will change a row, so that another of the same transaction keeps off it. */
  claim(key: string): void;
  /** Rows as last read or recorded, by table and id: where `record` finds what was before. */
  readonly known: Map<string, unknown>;
}
