// The addresses in a message that lead to us.
import type { Tracking } from "./settings.ts";
import { type LinkKind, signLink } from "./token.ts";

export interface Links {
  /** The way to an address that is noted when it is followed. */
  follow(target: string): string;
  /** The picture at the end of a mail; undefined where nothing is to be noted. */
  readonly pixel: string | undefined;
  readonly unsubscribe: string;
}

/** Browsers and mail programs take more, but a proxy on the way may not. */
const LONGEST_TARGET = 1_500;

const PATHS: Record<LinkKind, string> = {
  open: "/v1/trackedOpens/",
  follow: "/v1/trackedLinks/",
  unsubscribe: "/v1/unsubscribes/",
};

export function trackedLinks(
  { publicUrl, keys }: Tracking,
  { tenantId, messageId }: { readonly tenantId: string; readonly messageId: string },
): Links {
  const base = publicUrl.replace(/\/+$/, "");
  const link = (kind: LinkKind, target = "") =>
    base + PATHS[kind] + signLink({ kind, tenantId, messageId, target }, keys);
  return {
    follow: (target) => (Buffer.byteLength(target) > LONGEST_TARGET ? target : link("follow", target)),
    pixel: link("open"),
    unsubscribe: link("unsubscribe"),
  };
}

/** Of a preview, which nobody was sent. */
export const PREVIEW_LINKS: Links = {
  follow: (target) => target,
  pixel: undefined,
  unsubscribe: "https://example.com/unsubscribe",
};
