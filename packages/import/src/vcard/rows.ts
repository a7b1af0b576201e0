import { unpacked } from "../gunzip.ts";
import type { Limits } from "../limits.ts";
import { textOf } from "../text.ts";
import type { FileFormat, FileRow } from "../types.ts";
import { cardReader } from "./card-reader.ts";
import { CARD_COLUMNS } from "./columns.ts";
import { jsonCards } from "./json-cards.ts";
import { lineFolder } from "./lines.ts";
import { xmlCards } from "./xml-cards.ts";

/** Cards as rows under the same columns, in each of the three ways in which cards are written. */
export async function* cardRows(
  bytes: AsyncIterable<Uint8Array>,
  format: FileFormat,
  limits: Limits,
): AsyncGenerator<FileRow[]> {
  yield [{ number: 0, values: CARD_COLUMNS, fault: undefined }];
  const pieces = textOf(unpacked(bytes, limits), format.encoding);
  const first = (await pieces.next()).value ?? "";
  const all = rejoined(first, pieces);
  const start = first.trimStart();
  if (start.startsWith("[")) yield* jsonCards(all);
  else if (start.startsWith("<")) yield* xmlCards(all);
  else yield* textCards(all, limits);
}

async function* rejoined(first: string, rest: AsyncIterable<string>) {
  yield first;
  yield* rest;
}

async function* textCards(pieces: AsyncIterable<string>, limits: Limits): AsyncGenerator<FileRow[]> {
  const folder = lineFolder(limits);
  const reader = cardReader(limits);
  for await (const piece of pieces) yield folder.fold(piece, false).flatMap(reader.take);
  yield folder.fold("", true).flatMap(reader.take);
  reader.end();
}
