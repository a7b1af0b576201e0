/** The port through which files go: what lies behind it knows neither tenants nor records. */
export interface FileStore {
  /** Whole or not at all; the same key again takes the place of what was there. */
  write(key: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  read(key: string): AsyncIterable<Uint8Array>;
  /** Of what is not there, too. */
  remove(key: string): Promise<void>;
}
