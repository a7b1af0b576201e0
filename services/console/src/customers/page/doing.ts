// What one is about to do with the customer: the dialog that is open, or the particulars that are being changed.
import { createContext, useContext } from "react";

export type Judged = "stage" | "class" | "grade" | "level";

export type Doing =
  | { what: "contact"; answers?: string; channel?: string }
  | { what: "task" }
  | { what: "finishTask"; taskId: string; title: string }
  | { what: "opportunity" | "case" | "owner" | "claim" | "archive" | "restore" | "merge" | "edit" }
  | { what: "judge"; about: Judged; departed?: boolean }
  | { what: "person"; contactId?: string }
  | { what: "leave"; contactId: string; name: string }
  | { what: "consent"; channel?: string; purpose?: string; withdraw?: boolean }
  | { what: "feedback"; feedbackId: string }
  | { what: "winBack"; winBackId?: string }
  | { what: "unmerge"; mergeId: string };

interface Acting {
  doing: Doing | undefined;
  act: (doing: Doing | undefined) => void;
}

export const DoContext = createContext<Acting>({ doing: undefined, act: () => undefined });
export const useDo = () => useContext(DoContext).act;
export const useDoing = () => useContext(DoContext).doing;
