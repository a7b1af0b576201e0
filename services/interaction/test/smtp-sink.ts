// A real SMTP server that keeps what it gets, and does what real ones do to those who send.
import type { AddressInfo } from "node:net";
import { simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerSession } from "smtp-server";

interface SunkMail {
  readonly messageId: string;
  readonly to: string;
  readonly text: string;
  /** Empty where there is none. */
  readonly html: string;
  /** As it came. */
  readonly raw: string;
  readonly headers: ReadonlyMap<string, unknown>;
  readonly files: readonly { readonly name: string | undefined; readonly content: Buffer }[];
}

const refusal = (responseCode: number, message: string) =>
  Object.assign(new Error(message), { responseCode });

/**
 * Recipients choose what becomes of them: gone@ is refused for good, later@ for now, junk@ after the mail, and of lost@ the
 * connection breaks between the mail and the answer.
 */
export async function startSink({ delayMs = () => 0 }: { readonly delayMs?: () => number } = {}) {
  const mails: SunkMail[] = [];
  const refusals = new Map<string, readonly [code: number, message: string]>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onMailFrom({ address }, _session, done) {
      const said = refusals.get(address);
      if (said) done(refusal(...said));
      else done();
    },
    onRcptTo({ address }, _session, done) {
      if (address.startsWith("gone@")) done(refusal(550, "5.1.1 no such user"));
      else if (address.startsWith("later@")) done(refusal(451, "4.7.1 greylisted, come again"));
      else done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => void keep(Buffer.concat(chunks), session, done));
    },
  });

  async function keep(bytes: Buffer, session: SMTPServerSession, done: (error?: Error) => void) {
    const to = session.envelope.rcptTo[0]!.address;
    if (to.startsWith("junk@")) return done(refusal(554, "5.7.1 junk"));
    const { messageId = "", text = "", html, headers, attachments } = await simpleParser(bytes);
    const files = attachments.map(({ filename, content }) => ({ name: filename, content }));
    mails.push({
      messageId: messageId.replaceAll(/[<>]/g, ""),
      ...{ to, text, html: html || "", raw: bytes.toString("latin1"), headers, files },
    });
    if (to.startsWith("lost@")) for (const each of server.connections) each._socket.destroy();
    else setTimeout(done, delayMs());
  }

  server.on("error", () => {}); // clients that are killed
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    /** By sender: what is answered to all of theirs. */
    refusals,
    to: (address: string) => mails.filter((mail) => mail.to === address),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
