/** The form in which addresses are compared: a number by its digits, anything else in lower case. */
export const addressKey = (kind: string, address: string) =>
  kind === "PHONE" ? address.normalize("NFKC").replaceAll(/[^\d+]/gu, "") : address.trim().toLowerCase();
