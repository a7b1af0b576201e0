import { FileFault, type RowFault } from "../fault.ts";
import type { Limits } from "../limits.ts";
import type { FileRow } from "../types.ts";
import { cardValues } from "./columns.ts";
import type { CardLine } from "./lines.ts";
import { type Property, propertyOf } from "./property.ts";

interface Card {
  readonly number: number;
  readonly properties: Property[];
  version: string;
  size: number;
  fault: RowFault | undefined;
}

/** Puts lines together to cards. A line that makes no sense is a fault of its card, one outside of any of the file. */
export function cardReader(limits: Limits) {
  let card: Card | undefined;
  let depth = 0;

  function begin(number: number): void {
    depth++;
    if (card) card.fault ??= cardInCard(number);
    else card = { number, properties: [], version: "", size: 0, fault: undefined };
  }
  function end(): FileRow[] {
    depth = Math.max(depth - 1, 0);
    if (!card || depth > 0) return [];
    const { number, properties, fault } = card;
    card = undefined;
    return [{ number, values: cardValues(properties), fault }];
  }
  return {
    take(line: CardLine): FileRow[] {
      const text = line.text.trim();
      if (text === "") return [];
      if (/^BEGIN:VCARD$/i.test(text)) begin(line.number);
      else if (/^END:VCARD$/i.test(text)) return end();
      else if (!card) throw outside(line.number);
      else if (depth === 1) add(card, line, limits);
      return [];
    },
    end(): void {
      if (card) throw notEnded(card.number);
    },
  };
}

function add(card: Card, line: CardLine, limits: Limits): void {
  card.size += line.text.length;
  const isTooLong = line.isCut || card.size > limits.row;
  const property = isTooLong
    ? tooLong(line.number)
    : (propertyOf(line.text, card.version) ?? notUnderstood(line.number));
  if ("reason" in property) {
    card.fault ??= property;
    return;
  }
  if (property.name === "VERSION") card.version = property.parts[0] ?? "";
  card.properties.push(property);
}

const cardInCard = (line: number): RowFault => ({
  reason: "CARD_IN_CARD",
  message: `Line ${line} begins another card within this one: put it behind.`,
});

const tooLong = (line: number): RowFault => ({
  reason: "CELL_TOO_LONG",
  message: `Line ${line} is too long: shorten its text.`,
});

const notUnderstood = (line: number): RowFault => ({
  reason: "LINE_NOT_UNDERSTOOD",
  message: `Line ${line} is no line of a vCard: it has no name and colon.`,
});

const outside = (line: number) =>
  new FileFault(
    "LINE_OUTSIDE_CARD",
    `Line ${line} stands outside of any card: a card begins with BEGIN:VCARD.`,
    {
      line,
    },
  );

const notEnded = (line: number) =>
  new FileFault(
    "CARD_NOT_ENDED",
    `The card that begins at line ${line} has no END:VCARD: the file may be cut off.`,
    {
      line,
    },
  );
