import { exchangeToken } from "@guanxi/client/gen/guanxi";
import { connect, ProblemError } from "@guanxi/client/send";
import { Advice } from "@guanxi/local/advice";
import { signIdToken } from "@guanxi/local/issuer";
import { dataFolder } from "@guanxi/local/places";
import { addresses, notRunning } from "./addresses.ts";

/** The laptop's issuer says who somebody is, and identity gives a Guanxi token for it (RFC 8693). */
export async function token(subject: string): Promise<string> {
  connect({ url: addresses().gateway });
  try {
    const { access_token } = await exchangeToken({
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: await signIdToken(dataFolder(), subject),
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
    });
    return access_token;
  } catch (error) {
    if (error instanceof ProblemError) throw new Advice(`${subject} gets no token: ${error.message}`);
    // A runner that was killed leaves its ports behind.
    throw error instanceof TypeError && error.cause ? notRunning() : error;
  }
}
