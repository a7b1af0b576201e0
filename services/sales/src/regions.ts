// Which ISO 3166-1 region is meant by a name, as files write it.

/** Reserved for unions, tests and parts of others: codes that CLDR names, and ISO does not give to a country. */
const NO_COUNTRY = new Set([
  "AC",
  "CP",
  "CQ",
  "DG",
  "EA",
  "EU",
  "EZ",
  "IC",
  "TA",
  "UN",
  "XA",
  "XB",
  "XK",
  "QO",
  "ZZ",
]);

/** Names that are older, shorter or more local than those of CLDR. */
const ALSO: Readonly<Record<string, string>> = {
  america: "US",
  britain: "GB",
  burma: "MM",
  czechrepublic: "CZ",
  eire: "IE",
  england: "GB",
  greatbritain: "GB",
  holland: "NL",
  hongkong: "HK",
  ivorycoast: "CI",
  korea: "KR",
  macau: "MO",
  macao: "MO",
  macedonia: "MK",
  rsa: "ZA",
  russianfederation: "RU",
  scotland: "GB",
  swaziland: "SZ",
  thenetherlands: "NL",
  turkey: "TR",
  uae: "AE",
  uk: "GB",
  unitedstatesofamerica: "US",
  usa: "US",
  vietnam: "VN",
  wales: "GB",
  中国大陆: "CN",
  中国香港: "HK",
  香港: "HK",
  中国澳门: "MO",
  澳门: "MO",
  中国台湾: "TW",
  韩国: "KR",
};

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const LANGUAGES = ["en", "zh-Hans", "de", "fr", "es"];

const plain = (name: string) =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");

const codes = new Set<string>();
const byName = new Map<string, string>();

function learn(): void {
  const names = LANGUAGES.map(
    (language) => new Intl.DisplayNames(language, { type: "region", fallback: "none" }),
  );
  for (const first of LETTERS)
    for (const second of LETTERS) {
      const code = first + second;
      // UK and DD are names of what has another code now.
      const isCurrent = Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
      const called = isCurrent && !NO_COUNTRY.has(code) ? names.flatMap((each) => each.of(code) ?? []) : [];
      if (called.length > 0) codes.add(code);
      for (const name of called) byName.set(plain(name), code);
    }
  for (const [name, code] of Object.entries(ALSO)) byName.set(plain(name), code);
}

/** Null where no country of today is meant. */
export function regionCodeOf(name: string): string | null {
  if (codes.size === 0) learn();
  const written = name.trim();
  return codes.has(written) ? written : (byName.get(plain(written)) ?? null);
}
