// The words of CEL that the builder can hold.

export type Token =
  | { is: "name"; text: string }
  | { is: "number"; text: string }
  | { is: "text"; text: string }
  | { is: "sign"; text: string };

// Longer signs first. Raw, byte and triple-quoted texts are for people who write CEL by hand.
const TOKEN =
  /\s*(?:([A-Za-z_]\w*)|(\d+(?:\.\d+)?)(?![\w.])|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(&&|\|\||==|!=|<=|>=|[<>!()[\],.+-]))/gy;

/** Undefined where there is something else in it. */
export function tokensOf(source: string): Token[] | undefined {
  const tokens: Token[] = [];
  const text = source.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    const token = match && tokenOf(match);
    if (!token) return undefined;
    tokens.push(token);
  }
  return tokens.some(isPrefixed) ? undefined : tokens;
}

function tokenOf([, name, number, quoted, sign]: RegExpExecArray): Token | undefined {
  if (name !== undefined) return { is: "name", text: name };
  if (number !== undefined) return { is: "number", text: number };
  if (sign !== undefined) return { is: "sign", text: sign };
  const text = unquote(quoted!);
  return text === undefined ? undefined : { is: "text", text };
}

/** r"…", b"…", and "" before "…", which begins a text of three quotes: a name or text before a text. */
const isPrefixed = (token: Token, index: number, all: Token[]): boolean =>
  token.is === "text" && (all[index - 1]?.is === "text" || isStringPrefix(all[index - 1]));

const isStringPrefix = (token: Token | undefined): boolean =>
  token?.is === "name" && /^(r|b|rb|br)$/i.test(token.text);

const ESCAPE = /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([0-3][0-7]{2})|(.))/gi;
const SIMPLE: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v", a: "\x07" };

function unquote(quoted: string): string | undefined {
  let strange = false;
  const text = quoted.slice(1, -1).replaceAll(ESCAPE, (_, x, u, long, octal, simple: string | undefined) => {
    const hex: string | undefined = x ?? u ?? long;
    const point = hex === undefined ? octal && Number.parseInt(octal, 8) : Number.parseInt(hex, 16);
    if (point !== undefined) {
      strange ||= point > 0x10ffff;
      return strange ? "" : String.fromCodePoint(point);
    }
    strange ||= !/["'`?\\nrtbfva]/.test(simple!);
    return SIMPLE[simple!] ?? simple!;
  });
  return strange ? undefined : text;
}
