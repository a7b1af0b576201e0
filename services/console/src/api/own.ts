// Who is signed in at this browser, and where it keeps what is theirs. Tabs share one cookie, which none of them can see: by this
// they learn that somebody else has signed in, or nobody is.
const WHO = "guanxi.user";

export const signedInIs = (userId: string): void => localStorage.setItem(WHO, userId);

export const nobodyIsSignedIn = (): void => localStorage.removeItem(WHO);

/** Where something of this name is kept of whoever is signed in: the next one does not see it. */
export const ownPlace = (name: string): string => `guanxi.${name}.${localStorage.getItem(WHO) ?? ""}`;

/** Calls back when another tab has changed who it is; answers how to stop it. */
export function whenAnother(act: (userId: string | null) => void): () => void {
  // Only the other tabs are told of a change of what is stored.
  const listen = ({ key, newValue }: StorageEvent) => {
    if (key === WHO) act(newValue);
  };
  addEventListener("storage", listen);
  return () => removeEventListener("storage", listen);
}
