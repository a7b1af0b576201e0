// What the window is like, and what somebody wants of every page. Whoever asks is drawn anew when it changes.
import { useSyncExternalStore } from "react";

function asking(query: string): () => boolean {
  const media = matchMedia(query);
  const subscribe = (listener: () => void) => {
    media.addEventListener("change", listener);
    return () => media.removeEventListener("change", listener);
  };
  return () => useSyncExternalStore(subscribe, () => media.matches);
}

/** A phone: no room for two things side by side. */
export const useNarrow = asking("(max-width: 767px)");
/** Room for a column beside what one reads. */
export const useWide = asking("(min-width: 1100px)");
/** Room for three things side by side. */
export const useRoomy = asking("(min-width: 1200px)");
/** Nothing is to move. */
export const useCalm = asking("(prefers-reduced-motion: reduce)");
