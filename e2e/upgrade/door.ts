// The front door as one person uses it. Not the typed client, which speaks this release's contract alone.

export type Json = Record<string, unknown>;
export type Door = ReturnType<typeof openDoor>;

export function openDoor(url: string, token: () => Promise<string>) {
  async function call<T = Json>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await token()}`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`${method} ${path} ${JSON.stringify(body) ?? ""}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  }

  const get = <T = Json>(path: string) => call<T>("GET", path);

  /** All pages of a list. */
  async function all(path: string): Promise<Json[]> {
    const rows: Json[] = [];
    for (let token = ""; ; ) {
      const at = `${path}${path.includes("?") ? "&" : "?"}page_size=200&page_token=${encodeURIComponent(token)}`;
      const { nextPageToken, ...rest } = await get(at);
      rows.push(...(Object.values(rest).find(Array.isArray) as Json[]));
      token = nextPageToken as string;
      if (!token) return rows;
    }
  }

  return {
    get,
    all,
    post: <T = Json>(path: string, body: unknown) => call<T>("POST", path, body),
    patch: <T = Json>(path: string, body: unknown, etag: string) =>
      call<T>("PATCH", path, body, { "if-match": `"${etag}"` }),
  };
}

/** So many at a time, answers in the order of the questions. */
export async function each<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = Array.from({ length: items.length });
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) answers[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return answers;
}
