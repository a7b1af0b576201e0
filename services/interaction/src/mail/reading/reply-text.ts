// What somebody wrote, apart from what they quoted and what stands below each of their mails. Each line is looked at once or
// twice, by patterns that cannot run wild: email-reply-parser 2.3.9 took 253 s for one mail of 767 kB.

export interface Fragment {
  readonly text: string;
  readonly quoted: boolean;
  readonly signature: boolean;
  /** Quoted or signature, and nothing that was written follows. */
  readonly hidden: boolean;
}

export interface Reply {
  readonly visible: string;
  readonly quoted: string;
  readonly signature: string;
}

/** Longer ones are no line that a mail program writes above a quote. */
const LONGEST = 400;

const ABOVE_QUOTE = [
  /^On\s.*[\s>]wrote\s?[:：]?$/i,
  /^.{3,}[\s>]wrote\s?[:：]$/i,
  /^Am\s.*\sschrieb\b.*[:：]$/i,
  /^.{3,}\sschrieb\s?[:：]$/i,
  /^Le\s.*\sécrit\s?[:：]$/i,
  /^El\s.*\sescribió\s?[:：]$/i,
  /^Il\s.*\sscritto\s?[:：]$/i,
  /^.*\d.*写道\s?[:：]$/,
  /^.*\d.*寫道\s?[:：]$/,
];
/** One that goes over several lines begins so. */
const BEGINS_ABOVE_QUOTE = /^(On|Am|Le|El|Il|在|于)[\s\d]/;
const BROKEN_OVER = 3;

const SEPARATOR =
  /^-{2,30} ?(Original Message|Forwarded message|Ursprüngliche Nachricht|Weitergeleitete Nachricht|原始邮件|原邮件|转发邮件|回复的原邮件|原始郵件) ?-{2,30}$/i;
const FROM = /^\*{0,2}(From|Von|De|发件人|發件人|寄件者)\*{0,2} ?[:：]/i;
const OTHER_HEADER =
  /^\*{0,2}(Sent|Date|To|Cc|Subject|Gesendet|Datum|An|Betreff|发送时间|發送時間|发送日期|日期|时间|收件人|抄送|主题|主旨)\*{0,2} ?[:：]/i;

const UNDERLINE = /^\s*_{7,}$/;
const DIVIDER = /^\s*(-{2,}|_{2,}|—+)\s*$/;
/** More than these below a divider is no signature, but what somebody has to say. */
const MOST_SIGNATURE_LINES = 12;
const SIGNATURES = [
  /^-\p{Lu}[\p{L}.]*( \p{Lu}[\p{L}.]*){0,3}$/u,
  /^Sent from my( [\p{L}\p{N}-]+){1,4}$/iu,
  /^(Sent from|Get) (Outlook|Mail|Yahoo Mail|Gmail)\b.{0,60}$/i,
  /^(Gesendet von|Von) mein\p{L}* .{1,60}$/iu,
  /^Envoyé de mon .{1,40}$/i,
  /^(发自|發自|来自|從|从)我的 ?.{1,40}$/,
];

export function replyOf(text: string): Reply {
  const fragments = fragmentsOf(text);
  const joined = (which: (fragment: Fragment) => boolean) =>
    fragments
      .filter(which)
      .map((fragment) => fragment.text)
      .join("\n")
      .trim();
  return {
    // Quotes between the lines of an answer stay, since the answer would not be understood without them.
    visible: joined(({ hidden }) => !hidden),
    quoted: joined(({ hidden, quoted }) => hidden && quoted),
    signature: joined(({ hidden, signature }) => hidden && signature),
  };
}

interface Gathered {
  lines: string[];
  quoted: boolean;
  signature: boolean;
}

export function fragmentsOf(text: string): Fragment[] {
  const lines = rejoined(text.replaceAll(/\r\n?/g, "\n").replace(/^\n+/, "").split("\n"));
  const end = tailOf(lines);
  const gathered = gather(lines.slice(0, end));
  if (end < lines.length) gathered.push({ lines: lines.slice(end), quoted: true, signature: false });
  return withHidden(gathered);
}

/** A line above a quote that a mail program has broken is one line again. */
function rejoined(lines: readonly string[]): string[] {
  const made: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const length = brokenOver(lines, index);
    made.push(lines.slice(index, index + length).join(" "));
    index += length - 1;
  }
  return made;
}

function brokenOver(lines: readonly string[], index: number): number {
  const first = withoutMarks(lines[index]!);
  if (!BEGINS_ABOVE_QUOTE.test(first) || isAboveQuote(lines[index]!)) return 1;
  for (let length = 2; length <= BROKEN_OVER; length++) {
    const part = lines.slice(index, index + length).map(withoutMarks);
    if (part.length < length || part.at(-1) === "") return 1;
    if (isAboveQuote(part.join(" "))) return length;
  }
  return 1;
}

/** Where a mail was appended as it was, without marks: all below is quoted. */
function tailOf(lines: readonly string[]): number {
  const found = lines.findIndex((line, index) => SEPARATOR.test(short(line)) || isHeaderBlock(lines, index));
  return found < 0 ? lines.length : found;
}

const isHeaderBlock = (lines: readonly string[], index: number): boolean =>
  FROM.test(short(lines[index]!)) &&
  lines.slice(index + 1, index + 6).filter((line) => OTHER_HEADER.test(short(line))).length >= 2;

/** From the last line to the first, since only from below one sees that nothing follows. */
function gather(lines: readonly string[]): Gathered[] {
  const done: Gathered[] = [];
  let current: Gathered | undefined;
  const close = () => {
    if (current) done.push(current);
    current = undefined;
  };
  for (const line of lines.toReversed()) {
    if (current && (line.trim() === "" || UNDERLINE.test(current.lines.at(-1)!)) && ends(current)) close();
    const quoted = line.startsWith(">");
    if (current && !belongs(current, line, quoted)) close();
    current ??= { lines: [], quoted, signature: false };
    current.lines.push(line);
  }
  close();
  return done.reverse().map((fragment) => ({ ...fragment, lines: fragment.lines.reverse() }));
}

/** A paragraph is over, seen from below: by its first line one knows what it is. */
function ends(fragment: Gathered): boolean {
  const top = fragment.lines.at(-1)!;
  fragment.signature = !fragment.quoted && isSignature(top, fragment.lines);
  fragment.quoted ||= isAboveQuote(top);
  return fragment.signature || isAboveQuote(top);
}

const belongs = (fragment: Gathered, line: string, quoted: boolean): boolean =>
  fragment.quoted === quoted || (fragment.quoted && (line.trim() === "" || isAboveQuote(line)));

/** Lines that all begin with a dash are a list; and a line that only begins with a divider is a line of a letter. */
function isSignature(top: string, lines: readonly string[]): boolean {
  if (DIVIDER.test(short(top))) return lines.length <= MOST_SIGNATURE_LINES + 1;
  if (!SIGNATURES.some((pattern) => pattern.test(short(top)))) return false;
  return !/^-[^-]/.test(top) || !lines.slice(0, -1).some((line) => /^-[^-]/.test(line));
}

function isAboveQuote(line: string): boolean {
  const plain = withoutMarks(line);
  return plain.length <= LONGEST && ABOVE_QUOTE.some((pattern) => pattern.test(plain));
}

const withoutMarks = (line: string) =>
  short(line)
    .replace(/^[>\s]*/, "")
    .trimEnd();
const short = (line: string) => line.slice(0, LONGEST + 1);

function withHidden(fragments: readonly Gathered[]): Fragment[] {
  const texts = fragments.map(({ lines, ...rest }) => ({ ...rest, text: lines.join("\n") }));
  const last = texts.findLastIndex(({ quoted, signature, text }) => !quoted && !signature && text.trim());
  return texts.map((fragment, index) => ({ ...fragment, hidden: index > last }));
}
