// Whether a person wrote a mail, and whether a machine may answer it (RFC 3834).
import type { MailKind } from "./parsed-mail.ts";

export interface KindHints {
  /** By lower-case name, the first of each. */
  readonly headers: ReadonlyMap<string, string>;
  readonly from: string;
  readonly subject: string;
  readonly failures: number;
}

export function kindOf({ headers, from, subject, failures }: KindHints): MailKind {
  const report = reportType(headers);
  if (report === "feedback-report") return "COMPLAINT";
  if (failures > 0 || headers.has("x-failed-recipients")) return "BOUNCE";
  if (report === "delivery-status" || report === "disposition-notification") return "AUTO_REPLY";
  if (isDaemon(from)) return isNull(headers.get("return-path")) ? "BOUNCE" : "AUTO_REPLY";
  return isAutoReply(headers) || AWAY.test(subject) ? "AUTO_REPLY" : "MESSAGE";
}

/** What programs write that say so nowhere else, set apart from what follows: "Out of office chairs" is a letter. */
const AWAY =
  /^\s*[[【(（]?\s*(automatic reply|auto(matic)?[ -]?(reply|response)|out of( the)? office|automatische antwort|abwesenheitsnotiz|réponse automatique|respuesta automática|risposta automatica|自动(回复|答复)|自動(回覆|回復|答覆))\s*([:：\]】)）–—-]|(re|aw|auto-?reply)\b|$)/i;

/** What must not be answered by a machine besides what one wrote: lists, newsletters, and who asks for no answer. */
export const isQuiet = (headers: ReadonlyMap<string, string>, from: string): boolean =>
  isMade(headers) ||
  isDaemon(from) ||
  from === "" ||
  isNull(headers.get("return-path")) ||
  ["list-id", "list-unsubscribe", "list-post", "x-auto-response-suppress", "feedback-id"].some((name) =>
    headers.has(name),
  ) ||
  /^(bulk|list|junk)$/i.test(headers.get("precedence") ?? "") ||
  /^(no-?reply|do-?not-?reply)[@+.-]/i.test(from);

/** A form of a website and a shop's notice say so too (auto-generated): a customer may well speak by them. */
const isMade = (headers: ReadonlyMap<string, string>) =>
  !submitted(headers).startsWith("no") || isAutoReply(headers);

const isAutoReply = (headers: ReadonlyMap<string, string>): boolean =>
  submitted(headers).startsWith("auto-replied") ||
  /^auto[_-]?reply$/i.test(headers.get("precedence") ?? "") ||
  ["x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply"].some((name) => headers.has(name));

const submitted = (headers: ReadonlyMap<string, string>) =>
  (headers.get("auto-submitted") ?? "no").trim().toLowerCase();

const isDaemon = (from: string) => /^(mailer-daemon|postmaster)@/i.test(from);
const isNull = (path: string | undefined) => path !== undefined && /^\s*<?\s*>?\s*$/.test(path);

function reportType(headers: ReadonlyMap<string, string>): string {
  const type = headers.get("content-type") ?? "";
  if (!/^\s*multipart\/report\b/i.test(type)) return "";
  return /report-type\s*=\s*"?([a-z-]{1,40})/i.exec(type)?.[1]?.toLowerCase() ?? "";
}
