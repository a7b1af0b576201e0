import { useSyncExternalStore } from "react";

const wide = matchMedia("(min-width: 1200px)");

/** Room for three things side by side. */
export const useRoomy = (): boolean => useSyncExternalStore(subscribe, () => wide.matches);

function subscribe(listener: () => void): () => void {
  wide.addEventListener("change", listener);
  return () => wide.removeEventListener("change", listener);
}
