// The customers that this person has opened last in this browser.
import { ownPlace } from "../api/own.ts";

export interface Recent {
  customerId: string;
  displayName: string;
}

const NAME = "recent";
const MOST = 5;

export function remembered(): Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(ownPlace(NAME)) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isRecent) : [];
  } catch {
    return []; // somebody else's text under our name
  }
}

export function remember(customer: Recent): void {
  const others = remembered().filter(({ customerId }) => customerId !== customer.customerId);
  localStorage.setItem(ownPlace(NAME), JSON.stringify([customer, ...others].slice(0, MOST)));
}

export const forgetRecent = (): void => localStorage.removeItem(ownPlace(NAME));

const isRecent = (each: unknown): each is Recent =>
  typeof (each as Recent | null)?.customerId === "string" && typeof (each as Recent).displayName === "string";
