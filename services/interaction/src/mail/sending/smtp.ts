// One connection to the mail server, and what is known after each try: above all whether the server can have the mail.
import { Readable } from "node:stream";
import SMTPConnection, { type SMTPConnectionOptions } from "nodemailer/lib/smtp-connection";

/** However slowly it takes a mail: ten minutes after its claim a message may be sent again by hand (see resend.ts). */
const LONGEST_SEND_MS = 5 * 60_000;
const LONGEST_TALK_MS = 30_000;
const TIMEOUTS = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  // Servers look into a mail before they answer for it, and RFC 5321 grants them ten minutes: whoever hangs up sooner does
  // not know what became of it.
  socketTimeout: 4.5 * 60_000,
  dnsTimeout: 10_000,
};
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const TEMPORARY = 500;
const LONGEST_DETAIL = 500;

export type Outcome =
  | { readonly fate: "sent" | "refused" | "put off"; readonly detail: string }
  /** The connection broke before the mail was handed over: it has not left. */
  | { readonly fate: "not taken"; readonly detail: string }
  /** Nothing from this sender is taken, or nothing from us at all: the mail is not at fault. */
  | { readonly fate: "sender refused" | "closed to us"; readonly detail: string }
  /** It broke while or after the mail was handed over: nobody can know. */
  | { readonly fate: "unknown"; readonly detail: string };

export interface SmtpSession {
  send(from: string, to: string, mail: Buffer): Promise<Outcome>;
  /** Needed before another mail where one was not taken, since its sender still stands. Rejects where that fails. */
  reset(): Promise<void>;
  close(): void;
}

/** Rejects where the server cannot be reached, or does not let us in. */
export async function openSmtp(url: string): Promise<SmtpSession> {
  const { options, credentials } = optionsOf(url);
  const connection = new SMTPConnection(options);
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {}); // it may break while nobody waits: the next send meets it
  connection.on("error", broken.reject);
  connection.once("end", () => broken.reject(new Error("the mail server has closed the connection")));
  const said = (begin: (done: (error?: Error | null) => void) => void) =>
    inTime(connection, LONGEST_TALK_MS, [
      broken.promise,
      new Promise<void>((resolve, reject) => begin((error) => (error ? reject(error) : resolve()))),
    ]);
  try {
    await said((done) => connection.connect(done));
    if (credentials) await said((done) => connection.login({ credentials }, done));
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    send: (from, to, mail) => send(connection, broken.promise, { from, to, mail }),
    reset: () => said((done) => connection.reset(done)),
    close: () => connection.quit(),
  };
}

/** What comes first of these; a server that takes too long is left. */
async function inTime<T>(connection: SMTPConnection, ms: number, awaited: readonly Promise<T>[]): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error("the mail server takes too long"));
    connection.close();
  }, ms);
  try {
    return await Promise.race([...awaited, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

interface Hand {
  readonly from: string;
  readonly to: string;
  readonly mail: Buffer;
}

async function send(connection: SMTPConnection, broken: Promise<never>, hand: Hand): Promise<Outcome> {
  let begun = false;
  // The connection reads it when the server has said that it may come, and not before.
  const message = Readable.from(
    (function* () {
      begun = true;
      yield hand.mail;
    })(),
  );
  try {
    const sending = new Promise<string>((resolve, reject) =>
      connection.send({ from: hand.from, to: [hand.to] }, message, (error, info) =>
        error ? reject(error) : resolve(info?.response ?? ""),
      ),
    );
    const response = await inTime(connection, LONGEST_SEND_MS, [sending, broken]);
    return { fate: "sent", detail: short(response) };
  } catch (error) {
    return failed(error as SmtpError, begun);
  }
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

/** Only an answer to the mail itself says that the server does not have it. */
function failed(error: SmtpError, begun: boolean): Outcome {
  const { code, responseCode, message } = error;
  const detail = short(message);
  const answered = code === "EENVELOPE" || code === "EMESSAGE";
  if (answered && responseCode && responseCode >= TEMPORARY) return { fate: whoseFault(error), detail };
  if (answered && responseCode) return { fate: "put off", detail };
  if (answered) return { fate: "refused", detail };
  return { fate: begun ? "unknown" : "not taken", detail };
}

/** A 5xx is no word on a mail where it says that we have to sign in, or have sent enough for today. */
function whoseFault({ code, responseCode, response = "", command }: SmtpError) {
  const status = /^5\d\d[ -](5\.\d{1,3}\.\d{1,3})\b/m.exec(response)?.[1];
  const ofMail = code === "EMESSAGE"; // 5.7.0 of a mail as a whole says that its content is not wanted
  if (responseCode === 530 || responseCode === 535 || status === "5.4.5") return "closed to us";
  if (status === "5.7.0" && !ofMail) return "closed to us";
  return command === "MAIL FROM" ? "sender refused" : "refused";
}

/** What a server says is not ours, and may be long. */
const short = (text: string) => text.replaceAll(/\s+/g, " ").slice(0, LONGEST_DETAIL).toWellFormed();

function optionsOf(url: string): {
  options: SMTPConnectionOptions;
  credentials?: { user: string; pass: string };
} {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  const secure = protocol === "smtps:";
  const credentials = username
    ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
    : undefined;
  const open = searchParams.get("tls") === "none" || LOOPBACK.test(hostname);
  const options = {
    host: hostname,
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && !open && credentials !== undefined,
    ignoreTLS: searchParams.get("tls") === "none",
    ...TIMEOUTS,
  };
  return credentials ? { options, credentials } : { options };
}
