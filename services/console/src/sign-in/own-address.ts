/** Where to go after signing in: only to a place of our own, since whoever made the link may be anybody. */
export function ownAddress(to = "/"): string {
  const address = URL.parse(to, location.origin);
  if (address?.origin !== location.origin) return "/";
  const { pathname, search, hash } = address;
  return pathname.startsWith("//") ? "/" : pathname + search + hash;
}
