import { useSyncExternalStore } from "react";

const phone = matchMedia("(max-width: 767px)");

/** A phone: no room for two things side by side. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => phone.matches);

function subscribe(listener: () => void): () => void {
  phone.addEventListener("change", listener);
  return () => phone.removeEventListener("change", listener);
}
