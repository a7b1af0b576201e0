// People at work while things go wrong: whoever gets no answer asks again, with the same key, until there is one.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import {
  addTags,
  archiveCustomer,
  createCustomer,
  type Customer,
  CustomerKind,
  CustomerState,
  getCustomer,
  restoreCustomer,
  updateCustomer,
} from "@guanxi/client/gen/guanxi";
import { ProblemError } from "@guanxi/client/send";

/** What became of a key. `type` is the event that an acknowledged one must have left. */
interface Outcome {
  readonly key: string;
  readonly type: string;
  readonly answer: Customer | undefined;
  /** Why not. */
  readonly refused: string | undefined;
}

export interface Writers {
  readonly outcomes: readonly Outcome[];
  acknowledged(): number;
  /** Attempts that had to be made again. */
  again(): number;
  stop(): Promise<void>;
}

/** What neighbours do to each other; anything else is a fault of this test or of the system. */
const REFUSALS = ["ETAG_MISMATCH", "TOO_MANY_TAGS"];
const AGAIN_MS = 50;
const PATIENCE_MS = 60_000;

export function startWriters(count: number): Writers {
  const outcomes: Outcome[] = [];
  const ids: string[] = [];
  let again = 0;
  const stopping = new AbortController();
  let failure: Error | undefined;

  /** Until somebody has said yes or no. */
  async function answered<T>(ask: () => Promise<T>): Promise<{ answer?: T; refused?: string }> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return { answer: await ask() };
      } catch (error) {
        if (!(error instanceof ProblemError) && !isLost(error)) throw error;
        if (isFinal(error)) return { refused: error.problem.reason };
        if (Date.now() > end) throw error;
        again++;
        await pause(AGAIN_MS);
      }
    }
  }

  async function write(type: string, ask: (key: string) => Promise<Customer>): Promise<void> {
    const key = randomUUID();
    const { answer, refused } = await answered(() => ask(key));
    if (refused && !REFUSALS.includes(refused)) throw new Error(`${type} was refused: ${refused}`);
    outcomes.push({ key, type, answer, refused });
    if (answer && type === "CustomerRegistered") ids.push(answer.customerId);
  }

  async function change(id: string): Promise<void> {
    const { answer: seen } = await answered(() => getCustomer(id));
    if (!seen) throw new Error(`the customer ${id} was acknowledged and is not there`);
    const name = `Writer ${randomUUID()}`;
    const header = (key: string) => ({ "Idempotency-Key": key, "If-Match": `"${seen.etag}"` });
    const archived = seen.state === CustomerState.STATE_ARCHIVED;
    const choice = Math.random();
    if (choice < 0.5)
      await write("CustomerChanged", (key) => updateCustomer(id, { displayName: name }, header(key)));
    else if (choice < 0.8)
      await write("CustomerTagged", (key) => addTags(id, { tags: [key] }, { "Idempotency-Key": key }));
    else if (archived) await write("CustomerRestored", (key) => restoreCustomer(id, {}, header(key)));
    else await write("CustomerArchived", (key) => archiveCustomer(id, { reason: "moved away" }, header(key)));
  }

  async function writer(number: number): Promise<void> {
    while (!stopping.signal.aborted) {
      const id = ids[Math.floor(Math.random() * ids.length)];
      const fresh = {
        kind: CustomerKind.KIND_ORGANISATION,
        displayName: `Made by ${number} as ${randomUUID()}`,
      };
      if (!id || Math.random() < 0.1)
        await write("CustomerRegistered", (key) => createCustomer(fresh, { "Idempotency-Key": key }));
      else await change(id);
    }
  }

  const working = Promise.all(Array.from({ length: count }, (_, number) => writer(number)));
  working.catch((error: Error) => (failure = error)); // told by the next question
  return {
    outcomes,
    acknowledged() {
      if (failure) throw failure;
      return outcomes.filter(({ answer }) => answer).length;
    },
    again: () => again,
    async stop() {
      stopping.abort();
      await working;
    },
  };
}

/** What fetch throws when nobody is there, or goes in the middle of an answer. */
const isLost = (error: unknown) => error instanceof TypeError && error.cause !== undefined;

/** A refusal by a rule; a fault of ours, a lost connection and a twin still at work are no answer. */
function isFinal(error: unknown): error is ProblemError {
  if (!(error instanceof ProblemError)) return false;
  const { status, reason } = error.problem;
  return status < 500 && reason !== "REQUEST_IN_PROGRESS";
}
