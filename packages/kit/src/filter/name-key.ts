/** A name as it is looked for when nobody has it as it was written: letters and digits, whatever their case and width. */
export const nameKey = (name: string) =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFKC")
    .replaceAll(/[^\p{L}\p{M}\p{N}]/gu, "");
