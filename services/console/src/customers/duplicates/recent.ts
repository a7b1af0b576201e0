// The merges of this person in this browser, newest first: the service lists merges only of one customer.
import { useSyncExternalStore } from "react";
import { ownPlace } from "../../api/own.ts";

export interface KeptMerge {
  mergeId: string;
  /** As those were called that went into the other: their ids answer the other from now on. */
  absorbed: string[];
}

const NAME = "merges";
const MOST = 20;
const listeners = new Set<() => void>();

export function rememberMerge(merge: KeptMerge): void {
  localStorage.setItem(ownPlace(NAME), JSON.stringify([merge, ...read(text())].slice(0, MOST)));
  for (const listener of listeners) listener();
}

export function useRecentMerges(): readonly KeptMerge[] {
  return read(useSyncExternalStore(subscribe, text));
}

export const forgetMerges = (): void => localStorage.removeItem(ownPlace(NAME));

const text = () => localStorage.getItem(ownPlace(NAME)) ?? "[]";

function read(text: string): KeptMerge[] {
  try {
    const kept: unknown = JSON.parse(text);
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  } catch {
    return []; // somebody else wrote it
  }
}

function isKept(value: unknown): value is KeptMerge {
  const { mergeId, absorbed } = (value ?? {}) as Partial<KeptMerge>;
  return typeof mergeId === "string" && Array.isArray(absorbed);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
