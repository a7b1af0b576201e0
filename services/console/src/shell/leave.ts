// Signing out, of every tab: whoever comes next at this machine sees nothing of the person before.
import { useEffect } from "react";
import { whenEnded } from "../api/api.ts";
import { nobodyIsSignedIn, whenAnother } from "../api/own.ts";
import { signOut, useMe } from "../api/session.ts";
import { forgetMerges } from "../customers/duplicates/recent.ts";
import { useComplain } from "../ui/problem.tsx";
import { forgetRecent } from "./recent.ts";

export function useLeave(): () => Promise<void> {
  const complain = useComplain();
  return async () => {
    try {
      await signOut();
    } catch (error) {
      return complain(error);
    }
    whenEnded(() => {}); // what is refused from here on leads nowhere else
    forgetRecent();
    forgetMerges();
    nobodyIsSignedIn();
    // A new document: drafts and the like are kept in modules of this one.
    location.assign("/sign-in");
  };
}

/** When another tab signed out, or somebody else in: what is shown here is nobody's any more. */
export function useLeft(): void {
  const { userId } = useMe().user;
  useEffect(
    () =>
      whenAnother((now) => {
        if (now !== userId) location.reload();
      }),
    [userId],
  );
}
