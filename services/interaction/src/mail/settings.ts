import { secret, url } from "@guanxi/kit/env";

/** Credentials belong to the installation, not to the database of a tenant. */
export const mailSettings = {
  smtpUrl: secret(
    "The mail server that takes what is to be sent; without it messages stay queued, and say so. With a password the way is encrypted, unless ?tls=none.",
    url("smtp", "smtps").optional().describe("a mail server: smtp://user:password@host:587"),
  ),
};

export interface MailSettings {
  readonly smtpUrl?: string | undefined;
}
