/** A session's key as a browser keeps it. No script reads it, and no other site sends it. */
export interface SessionCookie {
  /** What the request brings, whatever it is worth; undefined where it brings none. */
  read(header: string | undefined): string | undefined;
  set(key: string): string;
  readonly cleared: string;
}

/**
 * By the prefix, which browsers take over HTTPS only, no neighbour under the same domain can set it. Strict: a link from a mail
 * leads to the page, which brings the cookie with its own calls. Without an age it goes with the browser.
 */
export function sessionCookie(overHttps: boolean): SessionCookie {
  const name = overHttps ? "__Host-guanxi" : "guanxi";
  const attributes = `Path=/; HttpOnly; SameSite=Strict${overHttps ? "; Secure" : ""}`;
  return {
    read(header = "") {
      const pairs = header.split(";").map((pair) => pair.trim());
      return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
    },
    set: (key) => `${name}=${key}; ${attributes}`,
    cleared: `${name}=; ${attributes}; Max-Age=0`,
  };
}
