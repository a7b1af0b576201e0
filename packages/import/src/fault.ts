/** Where in a file something is: counted from 1 as people do, but bytes, which are counted from 0 as tools do. */
export interface Where {
  readonly line?: number;
  readonly column?: number;
  readonly byte?: number;
  readonly sheet?: string;
  /** As a spreadsheet names it: C5. */
  readonly cell?: string;
}

/** The file as a whole cannot be read (further). `reason` is stable, the message says to a person what to fix. */
export class FileFault extends Error {
  readonly reason: string;
  readonly where: Where;

  constructor(reason: string, message: string, where: Where = {}) {
    super(message.toWellFormed());
    this.reason = reason;
    this.where = where;
  }
}

/** Why one row cannot be taken, or one cell of it; the rows around it are good. */
export interface RowFault {
  readonly reason: string;
  readonly message: string;
  /** Name of the column, where one cell is at fault. */
  readonly column?: string;
  /** The record that the row looks like, and in what: for those who may know. */
  readonly recordId?: string;
  readonly matchedFields?: readonly string[];
}
