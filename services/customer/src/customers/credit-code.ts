// GB 32100-2015: 17 characters, and one that makes the weighted sum a multiple of 31. Without I, O, S, V and Z.
const SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = Array.from({ length: 17 }, (_, place) => 3 ** place % SIGNS.length);

/** The 18th character for the 17 before it; undefined where these cannot begin a code. */
export function checkDigitOf(code: string): string | undefined {
  const values = [...code.slice(0, WEIGHTS.length)].map((sign) => SIGNS.indexOf(sign));
  if (values.length < WEIGHTS.length || values.includes(-1)) return undefined;
  const sum = values.reduce((total, value, place) => total + value * WEIGHTS[place]!, 0);
  return SIGNS[(SIGNS.length - (sum % SIGNS.length)) % SIGNS.length];
}

export const isCreditCode = (code: string) => code.length === 18 && code[17] === checkDigitOf(code);
