// The heads of a mail and of each of its parts are cut before the parser reads them: a list of addresses costs it the square of
// its length, groups within groups the cube (20 kB of "Cc: a:a:a:" took 9 s).
import { MailParser } from "mailparser";

/** As mailsplit makes it; the line has its name before the colon. */
interface HeadLine {
  readonly key: string;
  readonly line: string;
}

const MOST_LINES = 2_000;
const LONGEST_LINE = 32_000;
const LONGEST_HEAD = 200_000;
/** Of all lines with addresses together: about as many as are kept. */
const MOST_OF_ADDRESSES = 48_000;
/** One is written about a group; a few stand in names. */
const MOST_COLONS = 8;

const ADDRESSES = new Set([
  ...["from", "to", "cc", "bcc", "sender", "reply-to", "delivered-to", "return-path"],
  ...["disposition-notification-to", "list-post", "list-id", "list-help", "list-owner", "list-archive"],
  ...["list-subscribe", "list-unsubscribe"],
]);

function boundedHead(lines: readonly HeadLine[]): HeadLine[] {
  let left = LONGEST_HEAD;
  let leftOfAddresses = MOST_OF_ADDRESSES;
  return lines.slice(0, MOST_LINES).flatMap((head) => {
    const isList = ADDRESSES.has(head.key);
    const most = Math.min(LONGEST_LINE, left, isList ? leftOfAddresses : left);
    if (most <= 0) return [];
    const line = isList ? withoutNesting(cut(head, most)) : cut(head, most);
    left -= line.length;
    if (isList) leftOfAddresses -= line.length;
    return [{ ...head, line }];
  });
}

/** Of a thread the last ids are the ones that lead to it. */
const cut = ({ key, line }: HeadLine, most: number): string => {
  if (line.length <= most) return line;
  return key === "references"
    ? `References: ${line.slice(-most).replace(/^\S*\s/, "")}`
    : line.slice(0, most);
};

function withoutNesting(line: string): string {
  const colon = line.indexOf(":");
  const value = line.slice(colon + 1);
  if (value.split(":").length - 1 <= MOST_COLONS) return line;
  return line.slice(0, colon + 1) + value.replaceAll(":", " ");
}

interface Heads {
  processHeaders(lines?: readonly HeadLine[]): unknown;
}

/** The parser has no setting for it. Of its parts nobody asks for addresses, and there may be thousands. */
export function boundHeads(): void {
  const parser = MailParser.prototype as unknown as Heads;
  const { processHeaders } = parser;
  const begun = new WeakSet<object>();
  parser.processHeaders = function bounded(lines = []) {
    const asked = begun.has(this) ? lines.filter(({ key }) => !ADDRESSES.has(key)) : lines;
    begun.add(this);
    return processHeaders.call(this, boundedHead(asked));
  };
}
