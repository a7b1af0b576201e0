/** Characters, except where bytes are said. */
export interface Limits {
  readonly fileBytes: number;
  readonly unpackedBytes: number;
  /** Unpacked to packed, looked at beyond `ratioFromBytes` unpacked. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  readonly row: number;
  readonly cell: number;
  readonly columns: number;
  /** Of a sheet, as the format has it. */
  readonly sheetRows: number;
  readonly sheetCell: number;
  /** Of a workbook, held on disk while it is read. */
  readonly workbookBytes: number;
  /** Bytes of the texts that the sheets of a workbook share, which are held in memory. */
  readonly sharedTextBytes: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

export const LIMITS: Limits = {
  fileBytes: 2048 * MIB,
  unpackedBytes: 512 * MIB,
  ratio: 100,
  ratioFromBytes: 10 * MIB,
  row: MIB,
  cell: 256 * KIB,
  columns: 16_384,
  sheetRows: 1_048_576,
  sheetCell: 32_767,
  workbookBytes: 256 * MIB,
  sharedTextBytes: 128 * MIB,
};
