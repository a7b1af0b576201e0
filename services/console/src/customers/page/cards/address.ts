import type { PostalAddress } from "@guanxi/client/gen/guanxi";

/** From the largest to the smallest, or the other way round, as the country writes it. */
export function addressOf({
  regionCode,
  postalCode,
  administrativeArea,
  locality,
  sublocality,
  addressLines,
}: PostalAddress): string {
  if (regionCode === "CN")
    return [administrativeArea, locality, sublocality, ...addressLines].filter(Boolean).join("");
  return [...addressLines, sublocality, locality, administrativeArea, postalCode, regionCode]
    .filter(Boolean)
    .join(", ");
}
