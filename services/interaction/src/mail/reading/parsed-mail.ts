// What is read out of a mail.

export interface ParsedAddress {
  readonly address: string;
  readonly name: string;
}

/** What happened to one recipient of a mail of ours. */
export interface FailedRecipient {
  readonly address: string;
  /** As in 5.1.1; empty where the server did not say. */
  readonly status: string;
  readonly diagnostic: string;
  /** It will not get there later either. */
  readonly hard: boolean;
}

/** A part of a mail that is no text of it. */
export interface ParsedAttachment {
  readonly fileName: string;
  readonly content: Uint8Array;
}

export type MailKind = "MESSAGE" | "AUTO_REPLY" | "BOUNCE" | "COMPLAINT";

export interface ParsedMail {
  readonly messageId: string;
  readonly inReplyTo: string;
  readonly references: readonly string[];
  readonly from: ParsedAddress;
  readonly replyTo: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  /** In milliseconds; absent where the mail does not say, or nonsense. */
  readonly date: number | undefined;
  /** Without quotes and signature. */
  readonly body: string;
  readonly quotedText: string;
  readonly signature: string;
  readonly safeHtml: string;
  /** It has HTML that is too large to be shown. */
  readonly htmlLeftOut: boolean;
  readonly kind: MailKind;
  /** Written by a machine or to a list: never to be answered by a machine. */
  readonly quiet: boolean;
  readonly failed: readonly FailedRecipient[];
  /** Message-IDs that stand in a report: the mail it is about is one of them. */
  readonly reported: readonly string[];
  /** Of heads, text and attachments: the same mail has the same, whichever way it came. */
  readonly contentHash: string;
  readonly attachmentCount: number;
  /** The first of them: as many as a record may have. */
  readonly attachments: readonly ParsedAttachment[];
}
