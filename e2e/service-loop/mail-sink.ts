// A mail server that takes everything, and shows what it took.
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const PATIENCE_MS = 20_000;

export async function startMailSink() {
  const taken: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => {
        taken.push(mail);
        done();
      }, done);
    },
  });
  const { port } = await new Promise<AddressInfo>((resolve) => {
    const listening = server.listen(0, "127.0.0.1", () => resolve(listening.address() as AddressInfo));
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    /** The mail whose text says this; it may still be on its way. */
    async saying(text: string): Promise<ParsedMail> {
      for (const end = performance.now() + PATIENCE_MS; ; await pause(50)) {
        const found = taken.find((mail) => mail.text?.includes(text));
        if (found) return found;
        if (performance.now() > end) throw new Error(`no mail says ${text}`);
      }
    },
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}
