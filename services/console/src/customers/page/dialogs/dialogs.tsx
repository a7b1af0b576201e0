// Which dialog does what one is about to do.
import type { Doing } from "../doing.ts";
import { Archive, Claim, Restore, Unmerge } from "./confirmations.tsx";
import { ChangeOwner } from "./change-owner.tsx";
import { FeedbackDialog } from "./feedback.tsx";
import { FinishTask, NewTask } from "./tasks.tsx";
import { Judge } from "./judge.tsx";
import { Leave, PersonDialog } from "./person.tsx";
import { LogContact } from "./log-contact.tsx";
import { Merge } from "./merge.tsx";
import { NewCase } from "./new-case.tsx";
import { NewOpportunity } from "./new-opportunity.tsx";
import { RecordConsent } from "./record-consent.tsx";
import { EndWinBack, StartWinBack } from "./win-back.tsx";

export function Dialogs({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  switch (doing.what) {
    case "contact":
      return <LogContact {...doing} onClose={onClose} />;
    case "task":
      return <NewTask onClose={onClose} />;
    case "finishTask":
      return <FinishTask {...doing} onClose={onClose} />;
    case "opportunity":
      return <NewOpportunity onClose={onClose} />;
    case "case":
      return <NewCase onClose={onClose} />;
    case "person":
      return <PersonDialog {...doing} onClose={onClose} />;
    case "leave":
      return <Leave {...doing} onClose={onClose} />;
    case "consent":
      return <RecordConsent {...doing} onClose={onClose} />;
    case "feedback":
      return <FeedbackDialog {...doing} onClose={onClose} />;
    default:
      return <OfStanding doing={doing} onClose={onClose} />;
  }
}

function OfStanding({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  switch (doing.what) {
    case "owner":
      return <ChangeOwner onClose={onClose} />;
    case "claim":
      return <Claim onClose={onClose} />;
    case "judge":
      return <Judge {...doing} onClose={onClose} />;
    case "archive":
      return <Archive onClose={onClose} />;
    case "restore":
      return <Restore onClose={onClose} />;
    case "merge":
      return <Merge onClose={onClose} />;
    case "unmerge":
      return <Unmerge {...doing} onClose={onClose} />;
    case "winBack":
      return doing.winBackId ? (
        <EndWinBack winBackId={doing.winBackId} onClose={onClose} />
      ) : (
        <StartWinBack onClose={onClose} />
      );
    default:
      return null;
  }
}
