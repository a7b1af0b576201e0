import { FileFault } from "../fault.ts";
import type { Limits } from "../limits.ts";
import { isBinary, isQuoted } from "./property.ts";

/** A line of a card, put together of the lines of the file that it is folded over. */
export interface CardLine {
  readonly number: number;
  readonly text: string;
  /** Whether it is longer than a cell may be; the text is its beginning then. */
  readonly isCut: boolean;
}

interface OpenLine {
  readonly number: number;
  readonly isBinary: boolean;
  readonly isQuoted: boolean;
  text: string;
  isCut: boolean;
  /** Whether the next line of the file belongs to it, as "=" at its end says where it is quoted. */
  goesOn: boolean;
}

/** Takes text piece by piece and gives the lines that have ended. */
export function lineFolder(limits: Limits) {
  let rest = "";
  let number = 0;
  let open: OpenLine | undefined;
  let ready: CardLine[] = [];

  function take(line: string): void {
    number++;
    if (line === "" && !open?.goesOn) return; // some programs put one behind each line, within folded ones too
    if (open?.goesOn) extend(open, line, limits);
    else if (open && /^[ \t]/.test(line)) extend(open, line.slice(1), limits);
    else {
      if (open) ready.push(open);
      open = {
        number,
        isBinary: isBinary(line),
        isQuoted: isQuoted(line),
        text: "",
        isCut: false,
        goesOn: false,
      };
      extend(open, line, limits);
    }
  }
  return {
    fold(piece: string, last: boolean): CardLine[] {
      // A carriage return at the end of the piece may be half of a line end.
      const lines = (rest + piece).split(last ? /\r\n|\n|\r/ : /\r\n|\n|\r(?!$)/);
      rest = last ? "" : (lines.pop() ?? "");
      if (rest.length > limits.row) throw lineTooLong(number + lines.length + 1, limits);
      for (const line of lines) take(line);
      if (last && open) ready.push(open);
      const folded = ready;
      ready = [];
      return folded;
    },
  };
}

function extend(line: OpenLine, more: string, limits: Limits): void {
  line.goesOn = line.isQuoted && more.endsWith("=");
  const text = line.goesOn ? more.slice(0, -1) : more;
  const isFull = line.text.length + text.length > limits.cell;
  if (isFull && !line.isBinary) line.isCut = true;
  // Of a picture its first line is enough, to see that there is one.
  else if (line.text === "" || !line.isBinary) line.text += text.slice(0, limits.cell);
}

const lineTooLong = (line: number, limits: Limits) =>
  new FileFault(
    "ROW_TOO_LONG",
    `Line ${line} has more than ${limits.row} characters: look for a missing line end.`,
    {
      line,
    },
  );
