import { useSyncExternalStore } from "react";

export type Mode = "light" | "dark";
/** "system" is what one has who never chose. */
export type ModeChoice = Mode | "system";

const KEPT_AS = "guanxi.mode";
const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

export const useModeChoice = (): ModeChoice => useSyncExternalStore(subscribe, choice);
export const useMode = (): Mode => useSyncExternalStore(subscribe, mode);

export function chooseMode(chosen: ModeChoice): void {
  localStorage.setItem(KEPT_AS, chosen);
  for (const listener of listeners) listener();
}

function choice(): ModeChoice {
  const kept = localStorage.getItem(KEPT_AS);
  return kept === "light" || kept === "dark" ? kept : "system";
}

function mode(): Mode {
  const chosen = choice();
  if (chosen !== "system") return chosen;
  return system.matches ? "dark" : "light";
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  system.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener("change", listener);
  };
}
