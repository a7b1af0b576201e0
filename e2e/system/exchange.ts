const TOKEN_MS = 240_000; // they live for five minutes

/** Not by the typed client, which would ask for a token first. */
export async function exchange(url: string, proof: string): Promise<string> {
  const body = {
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: proof,
    subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
  };
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}/v1/token:exchange`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** A token for each, and another before it ends. */
export function remembered(make: (name: string) => Promise<string>): (name: string) => Promise<string> {
  const known = new Map<string, { until: number; made: Promise<string> }>();
  return (name) => {
    const found = known.get(name);
    if (found && Date.now() < found.until) return found.made;
    const made = make(name);
    known.set(name, { until: Date.now() + TOKEN_MS, made });
    made.catch(() => known.delete(name));
    return made;
  };
}
