import { ProblemError, tokenFor } from "@guanxi/client/send";
import { Advice } from "@guanxi/local/advice";
import { signIdToken } from "@guanxi/local/issuer";
import { dataFolder } from "@guanxi/local/places";
import { addresses, notRunning } from "./addresses.ts";

/** The laptop's issuer says who somebody is, and identity gives a Guanxi token for it (RFC 8693). */
export async function token(subject: string): Promise<string> {
  const { gateway } = addresses();
  try {
    return await tokenFor(gateway, await signIdToken(dataFolder(), subject));
  } catch (error) {
    if (error instanceof ProblemError) throw new Advice(`${subject} gets no token: ${error.message}`);
    // A runner that was killed leaves its ports behind.
    throw error instanceof TypeError && error.cause ? notRunning() : error;
  }
}
