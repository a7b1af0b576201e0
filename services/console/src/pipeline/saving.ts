// Saving a change of what was read: where somebody else was quicker, nothing is lost and nothing overwritten unasked.
import { useState } from "react";
import { ifMatch, problemOf } from "../api/api.ts";
import { useComplain } from "../ui/problem.tsx";

/** JSON's null takes away what is there; the client's types know only of leaving it out. */
export type Change<P> = { [K in keyof P]?: P[K] | null };

interface Calls<T, P> {
  update(change: P, headers: { "If-Match": string }): Promise<T>;
  read(): Promise<T>;
  saved(record: T): Promise<void>;
}

interface Conflict<T, P> {
  change: Change<P>;
  theirs: T;
}

export interface Saving<T, P> {
  /** Whether there is nothing more to edit: false where it was refused. */
  save(change: Change<P>): Promise<boolean>;
  conflict: Conflict<T, P> | undefined;
  useMine(): Promise<void>;
  useTheirs(): void;
}

export function useSaving<T extends { etag: string }, P>(record: T, calls: Calls<T, P>): Saving<T, P> {
  const [conflict, setConflict] = useState<Conflict<T, P>>();
  const complain = useComplain();
  const saveOver = async (read: T, change: Change<P>): Promise<boolean> => {
    try {
      await calls.saved(await calls.update(change as P, ifMatch(read.etag)));
      setConflict(undefined);
      return true;
    } catch (error) {
      if (problemOf(error).status !== 412) {
        complain(error);
        return false;
      }
      return compare(read, change);
    }
  };
  const compare = async (read: T, change: Change<P>): Promise<boolean> => {
    try {
      const theirs = await calls.read();
      await calls.saved(theirs);
      if (untouched(read, theirs, change)) return await saveOver(theirs, change);
      setConflict({ change, theirs });
      return true;
    } catch (error) {
      complain(error);
      return false;
    }
  };
  return {
    save: (change) => saveOver(record, change),
    conflict,
    useMine: async () => {
      if (conflict) await saveOver(conflict.theirs, conflict.change);
    },
    useTheirs: () => setConflict(undefined),
  };
}

/** Another particular was changed, perhaps by this person in the field beside: there is nothing to choose. */
const untouched = (read: object, theirs: object, change: object): boolean =>
  Object.keys(change).every(
    (key) => JSON.stringify(read[key as never]) === JSON.stringify(theirs[key as never]),
  );
