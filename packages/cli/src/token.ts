import { Advice } from "@guanxi/local/advice";
import { signIdToken } from "@guanxi/local/issuer";
import { dataFolder } from "@guanxi/local/places";
import { gatewayUrl, notRunning } from "./gateway-url.ts";

/** The laptop's issuer says who somebody is, and identity gives a Guanxi token for it (RFC 8693). */
export async function token(subject: string): Promise<string> {
  const url = `${gatewayUrl()}/v1/token:exchange`;
  const body = JSON.stringify({
    grantType: "urn:ietf:params:oauth:grant-type:token-exchange",
    subjectToken: await signIdToken(dataFolder(), subject),
    subjectTokenType: "urn:ietf:params:oauth:token-type:id_token",
  });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body }).catch(() => {
    throw notRunning(); // a runner that was killed leaves its ports behind
  });
  const said = await answer.text();
  if (!answer.ok)
    throw new Advice(`${subject} gets no token: ${detailOf(said) ?? `${answer.status} ${said}`}`);
  return (JSON.parse(said) as { accessToken: string }).accessToken;
}

// Of a problem document (RFC 9457), which a proxy between may not have sent.
function detailOf(said: string): string | undefined {
  try {
    return (JSON.parse(said) as { detail?: string }).detail;
  } catch {
    return undefined;
  }
}
