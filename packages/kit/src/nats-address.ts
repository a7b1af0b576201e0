export interface NatsAddress {
  readonly servers: string;
  readonly user?: string;
  readonly pass?: string;
  readonly inboxPrefix?: string;
}

/**
 * What `connect` is told, of an address such as nats://customer:password@nats:4222. Whoever has a name hears answers at an
 * inbox of that name, so that a server can keep users from listening to each other's.
 */
export function natsAddress(url: string): NatsAddress {
  const { protocol, username, password, host } = new URL(url);
  const servers = `${protocol}//${host}`;
  if (!username) return { servers };
  const user = decodeURIComponent(username);
  return { servers, user, pass: decodeURIComponent(password), inboxPrefix: `_INBOX.${user}` };
}
